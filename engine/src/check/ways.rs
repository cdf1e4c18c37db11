//! What a group lists and cannot use, and what the rules refuse on its ways.

use std::collections::BTreeMap;

use outlast_models::diagnostic::Severity;
use outlast_models::plan::{AccessWay, Group};
use outlast_models::{Id, Place};

use super::subject::Subject;
use super::{Finding, mends};
use crate::explain::{self, Status, WayReason};
use crate::routes::path::Refusal;

/// Rules that speak of a setting which somebody got wrong; the others say what there
/// is, and close much that nobody meant to use.
const SETTINGS: [&str; 24] = [
    "APP-03", "APP-06", "APP-07", "APP-08", "INT-01", "INT-02", "INT-03", "INT-05", "INT-09",
    "OFF-07", "PRV-03", "PRV-05", "PRV-07", "PRX-03", "PRX-04", "PRX-05", "PRX-06", "PRX-07",
    "PRX-08", "VDI-02", "VPN-02", "VPN-03", "VPN-06", "VPN-07",
];

/// Findings on the ways of every group.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    for (id, cohorts) in subject.groups() {
        let Some(group) = subject.plan.groups.get(&id) else { continue };
        let people: u64 = cohorts.iter().map(|&n| subject.people[n]).sum();
        if people == 0 {
            continue;
        }
        let ways = cohorts.iter().flat_map(|&n| subject.ways_of(n).map(|(way, _)| way));
        let as_written = |way: &&WayReason| is_as_written(group, way);
        let ways = ways.map(|way| &subject.reasons[way]).filter(as_written);
        let ways: Vec<&WayReason> = ways.collect();
        let of = OfGroup { subject, id: &id, ways: &ways, people };
        all.extend(cohorts.iter().flat_map(|&n| of.closed(group, n)));
        all.extend(elements(group).iter().flat_map(|element| of.unusable(element)));
        all.extend(of.settings());
        all.extend(of.optional());
    }
    all
}

/// Whether a way hangs on no change of the browser, the tunnel or the entry.
fn is_as_written(group: &Group, way: &WayReason) -> bool {
    let key = &way.key;
    key.pac.is_none() && !key.split && (!key.direct || group.enters_direct.value)
}

/// Something that a group lists for its agents to use.
struct Element {
    words: String,
    place: Place,
    kind: Part,
    id: Id,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Place,
    Access,
    Phone,
}

impl Element {
    fn is_of(&self, way: &WayReason) -> bool {
        let key = &way.key;
        match self.kind {
            _ if key.stated => false,
            Part::Place => key.place == self.id,
            Part::Access => key.access.as_str().split('+').any(|part| *part == *self.id.as_str()),
            Part::Phone => key.phone.as_ref() == Some(&self.id),
        }
    }
}

fn elements(group: &Group) -> Vec<Element> {
    let mut all = Vec::new();
    let mut add = |kind, words: &str, id: &Id, place| {
        all.push(Element { words: format!("{words} {id}"), place, kind, id: id.clone() });
    };
    for named in &group.work_at {
        add(Part::Place, "place", &named.id, named.place);
    }
    for named in group.phones.iter().filter(|_| group.voice) {
        add(Part::Phone, "phone", &named.id, named.place);
    }
    for way in group.access.value.iter().filter(|_| group.access.is_given()) {
        match way {
            AccessWay::Private(place) => add(Part::Access, "access", &Id::new("private"), *place),
            AccessWay::Internet(place) => add(Part::Access, "access", &Id::new("internet"), *place),
            AccessWay::Vpn(named) | AccessWay::Proxy(named) | AccessWay::Vdi(named) => {
                add(Part::Access, "access", &named.id, named.place);
            }
        }
    }
    all
}

struct OfGroup<'a> {
    subject: &'a Subject<'a>,
    id: &'a Id,
    ways: &'a [&'a WayReason],
    people: u64,
}

impl OfGroup<'_> {
    /// What closes every way of some of a group whose others work: those whom a bundle
    /// or a provider serves otherwise.
    fn closed(&self, group: &Group, cohort: usize) -> Vec<Finding> {
        let own = self.subject.ways_of(cohort).map(|(way, _)| &self.subject.reasons[way]);
        let ways: Vec<&WayReason> = own.filter(|way| is_as_written(group, way)).collect();
        let (id, people) = (self.id, self.subject.people[cohort]);
        let some = OfGroup { subject: self.subject, id, ways: &ways, people };
        if people > 0 && some.severity() < self.severity() {
            return some.nearest_refusals();
        }
        Vec::new()
    }

    fn nearest_refusals(&self) -> Vec<Finding> {
        let Some(nearest) = self.ways.iter().min_by_key(|way| explain::order(way)) else {
            return Vec::new();
        };
        let breaks = format!("{} of {}", nearest.words, self.id);
        let list: Vec<&Refusal> = match &nearest.status {
            Status::Refused(list) => list.iter().collect(),
            Status::Needs(changes) => changes.iter().map(|(_, refusal)| refusal).collect(),
            Status::Live | Status::Full(_) | Status::Down(_) => Vec::new(),
        };
        list.into_iter().map(|refusal| self.refused(refusal, None, &breaks)).collect()
    }

    /// What closes every way that uses an element: it is there in vain.
    fn unusable(&self, element: &Element) -> Vec<Finding> {
        let with: Vec<&&WayReason> = self.ways.iter().filter(|way| element.is_of(way)).collect();
        let is_open = |way: &&&WayReason| matches!(way.status, Status::Live | Status::Full(_));
        if with.iter().any(is_open) {
            return Vec::new();
        }
        let Some(nearest) = with.iter().min_by_key(|way| explain::order(way)) else {
            return Vec::new();
        };
        let breaks = format!("{} of {}", element.words, self.id);
        let line = Some(element.place).filter(Place::is_written);
        match &nearest.status {
            Status::Refused(list) => {
                list.iter().map(|refusal| self.refused(refusal, line, &breaks)).collect()
            }
            Status::Needs(changes) => changes
                .iter()
                .map(|(change, refusal)| {
                    let says = format!("{}; it waits for {change}", refusal.says);
                    Finding { says, ..self.refused(refusal, line, &breaks) }
                        .mend(mends::of(change.rule()).unwrap_or_default())
                })
                .collect(),
            Status::Live | Status::Full(_) | Status::Down(_) => Vec::new(),
        }
    }

    /// What closes something; that there is no such network closes nothing that
    /// anybody got wrong, unless the group has no other way.
    fn refused(&self, refusal: &Refusal, line: Option<Place>, breaks: &str) -> Finding {
        let place = refusal.place.filter(Place::is_written).or(line);
        let at = self.subject.entry_of_refusal(refusal, place);
        let mut finding = Finding::warning(refusal.rule.to_string(), at)
            .place(place)
            .says(&refusal.says)
            .mend(mends::of_refusal(refusal));
        finding.severity = match self.severity() {
            Severity::Warning if refusal.is_no_way() => Severity::Note,
            severity => severity,
        };
        finding.breaks.insert(breaks.to_owned());
        finding.hits(BTreeMap::from([(self.id.clone(), self.people)]))
    }

    /// An error where the group has no way but those that are closed.
    fn severity(&self) -> Severity {
        let is_open = |way: &&&WayReason| matches!(way.status, Status::Live | Status::Full(_));
        if self.ways.iter().any(|way| is_open(&way)) { Severity::Warning } else { Severity::Error }
    }

    /// Settings that close some way.
    fn settings(&self) -> Vec<Finding> {
        let mut all = Vec::new();
        for way in self.ways {
            let is_open = matches!(way.status, Status::Live | Status::Full(_));
            for leg in way.legs.iter().filter(|leg| leg.required || is_open) {
                let list: Vec<&Refusal> = match &leg.status {
                    Status::Refused(list) => list.iter().collect(),
                    Status::Needs(changes) => changes.iter().map(|(_, refusal)| refusal).collect(),
                    Status::Live | Status::Full(_) | Status::Down(_) => continue,
                };
                let optional = if leg.required { "" } else { "optional " };
                for refusal in list.into_iter().filter(|one| one.rule.is_one_of(&SETTINGS)) {
                    let breaks = format!("{optional}{} of {}: {}", leg.name, self.id, way.words);
                    all.push(self.refused(refusal, None, &breaks));
                }
            }
        }
        all
    }

    /// Optional applications that no open way carries.
    fn optional(&self) -> Vec<Finding> {
        let is_open = |way: &&&WayReason| matches!(way.status, Status::Live | Status::Full(_));
        let open: Vec<&&WayReason> = self.ways.iter().filter(is_open).collect();
        let mut lost: BTreeMap<&str, &Status> = BTreeMap::new();
        for leg in open.iter().flat_map(|way| &way.legs).filter(|leg| !leg.required) {
            lost.entry(&leg.name).or_insert(&leg.status);
        }
        for leg in open.iter().flat_map(|way| &way.legs) {
            if matches!(leg.status, Status::Live | Status::Full(_)) {
                lost.remove(leg.name.as_str());
            }
        }
        let mut all = Vec::new();
        for (name, status) in lost {
            let breaks = format!("optional {name} of {}", self.id);
            if let Status::Refused(list) = status {
                all.extend(list.iter().map(|refusal| self.refused(refusal, None, &breaks)));
            }
        }
        all
    }
}
