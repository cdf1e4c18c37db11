//! What the plan calls `unknown` and a rule asks of something in use.

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::facts;
use outlast_models::plan::Unknown;

use super::subject::Subject;
use super::{Finding, Whom};
use crate::routes::leg::Leg;
use crate::rules;

/// A note for each such place of the plan on which an open way stands.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let unknowns = subject.plan.unknowns().into_iter().filter(|one| one.place.is_some());
    let asked = unknowns.filter_map(|unknown| Asked::of(subject, unknown));
    let asked: Vec<Asked> = asked.collect();
    let ids: BTreeSet<&str> = asked.iter().map(|asked| asked.unknown.id.as_str()).collect();
    let whom = users(subject, &ids);
    let users = |asked: &Asked| whom.get(asked.unknown.id.as_str()).cloned();
    asked.iter().filter_map(|asked| Some(asked.finding(subject, users(asked)?))).collect()
}

/// Who stands on each of these, by an open way.
fn users<'i>(subject: &Subject<'_>, ids: &BTreeSet<&'i str>) -> BTreeMap<&'i str, Whom> {
    let mut all: BTreeMap<&str, Whom> = BTreeMap::new();
    if ids.is_empty() {
        return all;
    }
    for n in (0..subject.people.len()).filter(|&n| subject.people[n] > 0) {
        let open = subject.ways_of(n).filter(|(way, _)| subject.is_open(*way));
        for (_, way) in open {
            let paths = way.posture.legs.iter().flat_map(Leg::open_paths);
            let paths = paths.map(|(_, path)| path).chain([&way.posture.base]);
            for id in paths.flat_map(|path| &path.assumptions) {
                if let Some(id) = ids.get(id.as_str()) {
                    all.entry(id).or_default().insert(subject.key(n), subject.people[n]);
                }
            }
        }
    }
    all
}

/// A fact that nobody knows, with the rule that asks for it.
struct Asked {
    unknown: Unknown,
    rule: &'static str,
    says: String,
}

impl Asked {
    fn of(subject: &Subject<'_>, unknown: Unknown) -> Option<Self> {
        let (kind, of) = unknown.id.split_once(':').unwrap_or((&unknown.id, ""));
        let (rule, says) = match kind {
            "udp_idle" => ("PRV-03", format!("how long {of} keeps idle UDP sessions is not known")),
            "dpi" => {
                let is_proxy = subject.plan.proxies.contains_key(of);
                let rule = if is_proxy { "PRX-07" } else { "INT-03" };
                (rule, format!("whether {of} inspects TURN is not known"))
            }
            _ => {
                let spec = facts::fact(kind)?;
                let says = format!("{}; taken for it: {}", spec.says_of(of), spec.value);
                (rules::rule(spec.source)?.id, says)
            }
        };
        Some(Self { unknown, rule, says })
    }

    fn finding(&self, subject: &Subject<'_>, whom: Whom) -> Finding {
        Finding::note(self.rule, subject.entry_of(self.unknown.place))
            .place(self.unknown.place)
            .says(&self.says)
            .mend("find out and write it; `outlast ask` says what hangs on it")
            .hits(whom)
    }
}
