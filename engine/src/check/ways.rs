//! What a group lists and cannot use, and what the rules refuse on its ways.

use std::collections::BTreeMap;

use outlast_models::diagnostic::Severity;
use outlast_models::plan::{AccessWay, Group};
use outlast_models::{Id, Place};

use super::subject::Subject;
use super::{Finding, joined, mends};
use crate::explain::{self, LegReason, Status, WayReason};
use crate::input::Change;
use crate::routes::path::Refusal;

/// Rules that speak of a setting which somebody got wrong; the others say what there
/// is, and close much that nobody meant to use.
const SETTINGS: [&str; 24] = [
    "APP-03", "APP-06", "APP-07", "APP-08", "INT-01", "INT-02", "INT-03", "INT-05", "INT-09",
    "OFF-07", "PRV-03", "PRV-05", "PRV-07", "PRX-03", "PRX-04", "PRX-05", "PRX-06", "PRX-07",
    "PRX-08", "VDI-02", "VPN-02", "VPN-03", "VPN-06", "VPN-07",
];

/// Findings on the ways of every group, those who are alike together.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    for cohort in (0..subject.people.len()).filter(|&n| subject.people[n] > 0) {
        let id = &subject.problem.cohorts[cohort].group;
        let Some(group) = subject.plan.groups.get(id) else { continue };
        let ways = subject.ways_of(cohort).map(|(way, _)| &subject.reasons[way]);
        let ways: Vec<&WayReason> = ways.filter(|way| is_as_written(group, way)).collect();
        let of = Alike { subject, id, cohort, ways };
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
    Stated,
}

impl Element {
    fn is_of(&self, way: &WayReason) -> bool {
        let key = &way.key;
        match self.kind {
            Part::Stated => key.stated && key.access == self.id,
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
    for (id, way) in &group.ways {
        add(Part::Stated, "stated way", id, way.place);
    }
    all
}

/// Agents of a group who are alike, with the ways they have as the plan is written.
struct Alike<'a> {
    subject: &'a Subject<'a>,
    id: &'a Id,
    cohort: usize,
    ways: Vec<&'a WayReason>,
}

impl Alike<'_> {
    /// What closes every way that uses an element: it is there in vain.
    fn unusable(&self, element: &Element) -> Vec<Finding> {
        let with: Vec<&&WayReason> = self.ways.iter().filter(|way| element.is_of(way)).collect();
        if with.iter().any(|way| way.status.is_open()) {
            return Vec::new();
        }
        let Some(nearest) = with.iter().min_by_key(|way| explain::order(way)) else {
            return Vec::new();
        };
        let breaks = format!("{} of {}", element.words, self.id);
        self.closed(&nearest.status, Some(element.place).filter(Place::is_written), &breaks)
    }

    /// All that closes something.
    fn closed(&self, status: &Status, line: Option<Place>, breaks: &str) -> Vec<Finding> {
        closing(status).into_iter().map(|one| self.finding(one, line, breaks)).collect()
    }

    /// What closes something; that there is no such network closes nothing that
    /// anybody got wrong, unless these agents have no other way.
    fn finding(&self, closing: Closing<'_>, line: Option<Place>, breaks: &str) -> Finding {
        let Closing { refusal, change } = closing;
        let place = refusal.place.filter(Place::is_written).or(line);
        let mut at = self.subject.entry_of_refusal(refusal, place);
        if at.starts_with("groups.") {
            at = format!("groups.{}", self.id); // the line may be that of a group it is `like`
        }
        let mut finding = Finding::warning(refusal.rule.to_string(), at).place(place);
        finding = match change {
            None => finding.says(&refusal.says).mend(mends::of_refusal(refusal)),
            Some(change) => finding
                .says(format!("{}; it waits for {change}", refusal.says))
                .mend(mends::of(change.rule()).unwrap_or_default()),
        };
        finding.write = self.line_to_write(closing);
        finding.severity = match self.severity() {
            Severity::Warning if refusal.is_no_way() => Severity::Note,
            severity => severity,
        };
        finding.breaks.insert(breaks.to_owned());
        finding.hits([(self.subject.key(self.cohort), self.subject.people[self.cohort])].into())
    }

    /// The line of the mend, where it is always the same or follows from the group.
    fn line_to_write(&self, closing: Closing<'_>) -> Option<String> {
        let Some(Change::ProvisionPhone { phone, .. }) = closing.change else {
            return mends::line(closing.refusal).map(str::to_owned);
        };
        let plan = self.subject.plan;
        // Of agents in a roster their rows may say it.
        let group = plan.groups.get(self.id).filter(|_| plan.roster.is_none())?;
        let known = group.provisioned.value.iter().map(|named| named.id.as_str());
        let all: Vec<&str> = known.chain([phone.as_str()]).collect();
        Some(format!("provisioned: [{}]", all.join(", ")))
    }

    /// An error where they have no way but those that are closed.
    fn severity(&self) -> Severity {
        if self.ways.iter().any(|way| way.status.is_open()) {
            Severity::Warning
        } else {
            Severity::Error
        }
    }

    /// Settings that close some way.
    fn settings(&self) -> Vec<Finding> {
        let mut all = Vec::new();
        for way in self.ways.iter().filter(|way| !self.is_round_about(way)) {
            let mut refused: Vec<(Closing<'_>, Vec<&LegReason>)> = Vec::new();
            for leg in way.legs.iter().filter(|leg| leg.required || way.status.is_open()) {
                let list = closing(&leg.status).into_iter();
                for one in list.filter(|one| one.refusal.rule.is_one_of(&SETTINGS)) {
                    match refused.iter_mut().find(|(known, _)| known.says_the_same(one)) {
                        Some((_, legs)) => legs.push(leg),
                        None => refused.push((one, vec![leg])),
                    }
                }
            }
            for (one, legs) in refused {
                let breaks = format!("{} of {}: {}", names(&legs), self.id, way.words);
                all.push(self.finding(one, None, &breaks));
            }
        }
        all
    }

    /// A tunnel that begins where it ends is nobody's way.
    fn is_round_about(&self, way: &WayReason) -> bool {
        let mut access = way.key.access.as_str().split('+');
        access.any(|part| {
            let vpn = self.subject.plan.vpn.get(part);
            vpn.is_some_and(|vpn| vpn.site.id == way.key.place)
        })
    }

    /// Optional applications that no open way carries.
    fn optional(&self) -> Vec<Finding> {
        let open: Vec<&&WayReason> = self.ways.iter().filter(|way| way.status.is_open()).collect();
        let mut lost: BTreeMap<&str, &Status> = BTreeMap::new();
        for leg in open.iter().flat_map(|way| &way.legs).filter(|leg| !leg.required) {
            lost.entry(&leg.name).or_insert(&leg.status);
        }
        for leg in open.iter().flat_map(|way| &way.legs) {
            if leg.status.is_open() {
                lost.remove(leg.name.as_str());
            }
        }
        let of = |name: &str| format!("optional {name} of {}", self.id);
        let lost = lost.into_iter();
        lost.flat_map(|(name, status)| self.closed(status, None, &of(name))).collect()
    }
}

/// What closes something, for good or until a change.
#[derive(Clone, Copy)]
struct Closing<'a> {
    refusal: &'a Refusal,
    change: Option<&'a Change>,
}

impl Closing<'_> {
    fn says_the_same(self, other: Closing<'_>) -> bool {
        let (one, two) = (self.refusal, other.refusal);
        (&one.rule, &one.says, one.place, self.change)
            == (&two.rule, &two.says, two.place, other.change)
    }
}

fn closing(status: &Status) -> Vec<Closing<'_>> {
    match status {
        Status::Refused(list) => {
            list.iter().map(|refusal| Closing { refusal, change: None }).collect()
        }
        Status::Needs(changes) => {
            let each = changes.iter();
            each.map(|(change, refusal)| Closing { refusal, change: Some(change) }).collect()
        }
        Status::Live | Status::Full(_) | Status::Down(_) => Vec::new(),
    }
}

/// The names of legs that one thing closes: what closes the tunnel or the desktop's
/// session closes what runs inside.
fn names(legs: &[&LegReason]) -> String {
    let carries =
        |leg: &&&LegReason| leg.name == "tunnel" || leg.name.starts_with("desktop session");
    let outer = legs.iter().find(carries);
    let legs = outer.map_or(legs, std::slice::from_ref);
    let name =
        |leg: &&LegReason| format!("{}{}", if leg.required { "" } else { "optional " }, leg.name);
    joined(legs.iter().map(name).collect(), "and")
}
