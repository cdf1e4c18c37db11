//! Shared fate in a sentence.

use std::collections::BTreeSet;

use outlast_models::{Id, Kind};

use super::super::subject::Subject;
use super::super::{Finding, Whom, by_group, joined};
use super::failures::{Failure, Failures};
use super::families::{Families, Family, Part, is_needed, leg};
use super::roots::{Fall, Root, agents};
use crate::explain::{access_words, phone_words};
use crate::gates::Liveness;
use crate::problem::Way;
use crate::routes::path::Path;

/// What says more of why something is passed than the lines that lead there.
const MACHINES: [Kind; 7] =
    [Kind::Carrier, Kind::Pbx, Kind::Proxy, Kind::Sbc, Kind::Trunk, Kind::Vdi, Kind::Vpn];

/// At most so many names in a row.
const NAMED: usize = 3;

/// The finding of a root.
pub(super) fn finding(
    subject: &Subject<'_>,
    failures: &Failures,
    families: &Families<'_>,
    root: &Root,
) -> Finding {
    let failure = &failures.all[root.fall.failure];
    let live = failures.alone(subject, root.fall.failure);
    let of = Of { subject, failures, families, root, live };
    let main = of.main();
    let says = match main.part {
        Part::Whole => of.whole(main),
        Part::Access | Part::Phone => of.partial(main),
    };
    let (rule, mend) = match main.part {
        Part::Whole => ("OWN-02", "another place, network or phone"),
        Part::Access => ("OWN-03", "a way in there"),
        Part::Phone => ("OWN-03", "a phone there"),
    };
    let id = failure.name();
    let mend = match failure.kind {
        Some(Kind::Conduit) => {
            format!("lay a circuit outside {id}, or give these agents {mend} without it")
        }
        _ if of.by_sign_on(main) => {
            format!("run the identity provider where it does not hang on {id}, or in the cloud")
        }
        _ => format!("give these agents {mend} that does not hang on {id}"),
    };
    let mut finding = Finding::warning(rule, subject.entry_of(Some(failure.place)))
        .place(failure.place)
        .says(format!("{says}{}", of.besides()))
        .mend(mend)
        .hits(of.whom());
    finding.breaks = of.breaks();
    finding
}

struct Of<'a> {
    subject: &'a Subject<'a>,
    failures: &'a Failures,
    families: &'a Families<'a>,
    root: &'a Root,
    /// What is live when the root has failed.
    live: Liveness,
}

impl Of<'_> {
    fn id(&self) -> &Id {
        self.failures.id(self.root.fall.failure)
    }

    fn name(&self) -> String {
        self.failures.all[self.root.fall.failure].name()
    }

    fn fallen(&self) -> impl Iterator<Item = &Family> {
        self.root.fall.families.iter().map(|&family| &self.families.all[family])
    }

    /// The family with most agents; of equals the first.
    fn main(&self) -> &Family {
        let people = |family: &&Family| self.subject.people[family.cohort];
        let most = self.fallen().map(|family| people(&family)).max();
        let mut fallen = self.fallen();
        fallen.find(|family| Some(people(family)) == most).expect("a fall has families")
    }

    fn group(&self, family: &Family) -> &Id {
        &self.subject.problem.cohorts[family.cohort].group
    }

    fn whom(&self) -> Whom {
        let cohorts: BTreeSet<usize> = self.fallen().map(|family| family.cohort).collect();
        self.subject.of_cohorts(cohorts)
    }

    /// `310 agents of cards-leeds`; where there are several groups, of which of them
    /// the sentence goes on to speak.
    fn whose(&self, main: &Family) -> (String, String) {
        let groups = by_group(&self.whom());
        let first = self.group(main);
        let others = groups.keys().filter(|group| *group != first);
        let names = [first].into_iter().chain(others).map(Id::to_string).collect();
        let whom = format!("{} agents of {}", groups.values().sum::<u64>(), row(names, "and"));
        let of = if groups.len() > 1 { format!("of {first} ") } else { String::new() };
        (whom, of)
    }

    fn whole(&self, family: &Family) -> String {
        let (one, two) = (self.way(family.first), self.way(self.other(family)));
        let (whom, of) = self.whose(family);
        let head = format!("plan B dies with plan A for {whom}");
        let (a, b) = (self.short(one), self.short(two));
        if one.key.place == *self.id() && !one.key.stated {
            let why = self.clause(family, self.other(family));
            let why = if why.is_empty() { why } else { format!(" ({why})") };
            let who = if of.is_empty() { "they ".to_owned() } else { format!("agents {of}") };
            let id = self.id();
            return format!("{head}: {who}sit in {id}, and {b} hangs on it as well{why}");
        }
        let keys: BTreeSet<_> = family
            .ways
            .iter()
            .map(|&way| &self.way(way).key)
            .map(|key| (&key.place, &key.access, &key.phone))
            .collect();
        let what = match keys.len() {
            2 => format!("{a} and {b} both hang"),
            3 => format!("{a}, {b} and one way more hang"),
            more => format!("{a}, {b} and {} ways more hang", more - 2),
        };
        format!("{head}: {of}{what} on {}{}", self.name(), self.why(family))
    }

    fn partial(&self, family: &Family) -> String {
        let (one, two) = (&self.way(family.first).key, &self.way(self.other(family)).key);
        let problem = self.subject.problem;
        let (whom, of) = self.whose(family);
        let (what, first, second, at) = if family.part == Part::Access {
            let words = |access: &Id| access_words(problem, access);
            let at = format!("at {}", one.place);
            ("way in", words(&one.access), words(&two.access), at)
        } else {
            let words = |phone: &Option<Id>| phone.as_ref().map_or_else(String::new, phone_words);
            let by = access_words(problem, &one.access);
            let at = format!("at {} by {by}", one.place);
            ("phone", words(&one.phone), words(&two.phone), at)
        };
        format!(
            "the second {what} dies with the first for {whom}: {of}{at}, {first} and {second} \
             both hang on {}{}",
            self.name(),
            self.why(family)
        )
    }

    fn way(&self, way: usize) -> &Way {
        &self.subject.problem.ways[way]
    }

    /// Plan B: what differs most from plan A.
    fn other(&self, family: &Family) -> usize {
        let key = |way: usize| &self.subject.problem.ways[way].key;
        let first = key(family.first);
        let find =
            |differs: &dyn Fn(usize) -> bool| family.ways.iter().copied().find(|way| differs(*way));
        let by_place = || find(&|way| key(way).place != first.place);
        let parts = |access: &Id| -> Vec<String> {
            access.as_str().split('+').map(str::to_owned).collect()
        };
        let shares = |way: usize| {
            let known = parts(&first.access);
            parts(&key(way).access).iter().any(|part| known.contains(part))
        };
        let by_access =
            || find(&|way| !shares(way)).or_else(|| find(&|way| key(way).access != first.access));
        let by_phone = || find(&|way| key(way).phone != first.phone);
        let other = match family.part {
            Part::Whole => by_place().or_else(by_access).or_else(by_phone),
            Part::Access => by_access(),
            Part::Phone => by_phone(),
        };
        other.expect("a family has two ways")
    }

    /// `homes-north (VPN vpn-york, mobile)`.
    fn short(&self, way: &Way) -> String {
        let key = &way.key;
        if key.stated {
            return format!("{} (stated by the plan)", key.access);
        }
        let access = access_words(self.subject.problem, &key.access);
        let phone = key.phone.as_ref().map(phone_words);
        let parts: Vec<String> = [access].into_iter().chain(phone).collect();
        format!("{} ({})", key.place, parts.join(", "))
    }

    /// Why both hang on it, in parentheses.
    fn why(&self, family: &Family) -> String {
        let one = self.clause(family, family.first);
        let two = self.clause(family, self.other(family));
        match (one.is_empty(), two.is_empty()) {
            (true, true) => String::new(),
            _ if one == two => format!(" ({one})"),
            (true, false) => format!(" ({two})"),
            (false, true) => format!(" ({one})"),
            (false, false) => format!(" ({one}; {two})"),
        }
    }

    /// Whether plan B is lost for want of the company's own identity provider.
    fn by_sign_on(&self, family: &Family) -> bool {
        let lost = self.lost(family, self.other(family));
        lost.is_some_and(|(_, down)| down.is_some_and(|id| id == "sso-provider"))
    }

    /// `phone by sbc-york`: what of a way is lost, and by what.
    fn clause(&self, family: &Family, number: usize) -> String {
        match self.lost(family, number) {
            None => String::new(),
            Some((leg, None)) => leg.to_owned(),
            Some((leg, Some(down))) => format!("{leg} by {down}"),
        }
    }

    /// The leg of a way that is lost, and what on it is down besides the root.
    fn lost(&self, family: &Family, number: usize) -> Option<(&str, Option<Id>)> {
        let way = self.way(number);
        if !self.live.is_on(way.gate) {
            let down = self.first_down(&way.posture.base)?;
            return Some(("work", Some(down)));
        }
        for (n, entry) in way.legs.iter().enumerate() {
            let is_of_part = match family.part {
                Part::Whole => true,
                Part::Access => !entry.voice,
                Part::Phone => entry.voice,
            };
            let needed = is_of_part && is_needed(self.subject.problem, entry);
            if !needed || leg(&entry.routes, &self.live) != 0 {
                continue;
            }
            let used = &self.subject.reasons[number].legs[n].hops;
            let is_used = |path: &&Path| path.hops.iter().map(|hop| &hop.id).eq(used);
            let path = way.posture.legs[n].paths.iter().find(is_used);
            return Some((&entry.name, path.and_then(|path| self.first_down(path))));
        }
        None
    }

    /// What on a path is down, unless it is the root itself: the first machine, or the
    /// first thing at all.
    fn first_down(&self, path: &Path) -> Option<Id> {
        let components = &self.subject.problem.components;
        let is_machine = |id: &Id| {
            let kind = components.get(id).map(|(component, _)| component.kind);
            kind.is_some_and(|kind| MACHINES.contains(&kind))
        };
        let down = path.hops.iter().filter(|hop| !self.live.is_on(hop.gate));
        let down: Vec<&Id> = down.map(|hop| &hop.id).collect();
        let first = down.iter().find(|id| is_machine(id)).or_else(|| down.first())?;
        Some((*first).clone()).filter(|id| id != self.id())
    }

    /// What else does the same.
    fn besides(&self) -> String {
        let names = |falls: &[&Fall], word| {
            let failures = || falls.iter().map(|fall| &self.failures.all[fall.failure]);
            let late = failures().any(|failure| self.spends_reserves(&failure.id));
            let late = if late { " (once UPS and fuel are spent)" } else { "" };
            format!("{}{late}", row(failures().map(Failure::name).collect(), word))
        };
        let agents = |fall: &Fall| agents(self.subject, self.families, fall);
        let mut parts = Vec::new();
        if self.spends_reserves(self.id()) {
            parts.push(", once UPS and fuel are spent".to_owned());
        }
        let also: Vec<&Fall> = self.root.also.iter().collect();
        if !also.is_empty() {
            let does = if also.len() == 1 { "does" } else { "do" };
            parts.push(format!("; {} {does} the same", names(&also, "and")));
        }
        let suffices = |fall: &&Fall| agents(fall) == agents(&self.root.fall);
        let (full, part): (Vec<&Fall>, Vec<&Fall>) = self.root.takes.iter().partition(suffices);
        if !full.is_empty() {
            parts.push(format!("; of what falls with it, {} is enough", names(&full, "or")));
        } else if let Some(most) = part.first() {
            let names = names(&[most], "or");
            parts.push(format!("; for {} of them {names} is enough", agents(most)));
        }
        parts.concat()
    }

    /// Whether it is a feed that somebody with a reserve has no other than.
    fn spends_reserves(&self, id: &Id) -> bool {
        let only = |(feeds, reserve): &(Vec<Id>, outlast_models::units::Millis)| {
            reserve.0 > 0 && feeds.iter().all(|feed| feed == id)
        };
        self.subject.problem.reserves.values().any(only)
    }

    fn breaks(&self) -> BTreeSet<String> {
        let words = |family: &Family| {
            format!("{} of {}", self.short(self.way(self.other(family))), self.group(family))
        };
        self.fallen().map(words).collect()
    }
}

/// `a`, `a and b`, `a, b and 4 more`.
fn row(mut names: Vec<String>, word: &str) -> String {
    if names.len() > NAMED {
        let more = names.split_off(NAMED - 1).len();
        names.push(format!("{more} more"));
    }
    joined(names, word)
}
