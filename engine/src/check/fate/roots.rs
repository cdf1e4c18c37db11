//! What is behind several failures that strand the same people: said once.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use outlast_models::Kind;

use super::super::subject::Subject;
use super::failures::Failures;
use super::families::Families;

/// A failure with the families that fall with it.
#[derive(Debug, Clone)]
pub(super) struct Fall {
    pub(super) failure: usize,
    pub(super) families: BTreeSet<usize>,
}

/// A failure that is behind others.
#[derive(Debug)]
pub(super) struct Root {
    pub(super) fall: Fall,
    /// What goes down with it and would suffice by itself, for the same or fewer.
    pub(super) takes: Vec<Fall>,
    /// What suffices as well and does not go down with it.
    pub(super) also: Vec<Fall>,
}

impl Root {
    /// Whether it covers another fall: all whom this one strands, it strands too, and
    /// this one goes down with it, or does what something that it covers does.
    fn covers(&self, fall: &Fall, goes_down: bool) -> bool {
        let mut known = [&self.fall].into_iter().chain(&self.takes).chain(&self.also);
        fall.families.is_subset(&self.fall.families)
            && (goes_down || known.any(|one| one.families == fall.families))
    }
}

/// The roots among some falls, those that concern most first.
pub(super) fn of(
    subject: &Subject<'_>,
    failures: &Failures,
    families: &Families<'_>,
    mut falls: Vec<Fall>,
) -> Vec<Root> {
    falls.sort_by_cached_key(|fall| {
        let failure = &failures.all[fall.failure];
        let agents = agents(subject, families, fall);
        (Reverse(agents), Reverse(fall.families.len()), rank(failure.kind), failure.place)
    });
    let mut roots: Vec<Root> = Vec::new();
    let mut down: Vec<BTreeSet<usize>> = Vec::new();
    for fall in falls {
        let covering = roots.iter_mut().zip(&down).find_map(|(root, down)| {
            let goes_down = down.contains(&fall.failure);
            root.covers(&fall, goes_down).then_some((root, goes_down))
        });
        match covering {
            Some((root, true)) => root.takes.push(fall),
            Some((root, false)) => root.also.push(fall),
            None => {
                down.push(taken_down(subject, failures, fall.failure));
                roots.push(Root { fall, takes: Vec::new(), also: Vec::new() });
            }
        }
    }
    roots
}

/// How many agents some families have.
pub(super) fn agents(subject: &Subject<'_>, families: &Families<'_>, fall: &Fall) -> u64 {
    let cohorts: BTreeSet<usize> =
        fall.families.iter().map(|&family| families.all[family].cohort).collect();
    cohorts.iter().map(|&cohort| subject.people[cohort]).sum()
}

/// Other failures that one brings with it.
fn taken_down(subject: &Subject<'_>, failures: &Failures, failure: usize) -> BTreeSet<usize> {
    let live = failures.alone(subject, failure);
    let is_down = |other: &usize| {
        // A company has no gate, though a component may have its name.
        let component = Some(&failures.all[*other]).filter(|one| one.kind.is_some());
        let known = component.and_then(|one| subject.problem.components.get(&one.id));
        *other != failure && known.is_some_and(|(_, gate)| !live.is_on(*gate))
    };
    (0..failures.all.len()).filter(is_down).collect()
}

/// What is named where several do the same: where things stand, then what they go by,
/// last what is behind these, and whose they are.
const fn rank(kind: Option<Kind>) -> u8 {
    let Some(kind) = kind else { return 6 };
    match kind {
        Kind::Office | Kind::DataCenter | Kind::Homes | Kind::Vendor => 0,
        Kind::Conduit => 1,
        Kind::Network => 2,
        Kind::Component | Kind::Pool => 4,
        Kind::Feed => 5,
        _ => 3,
    }
}
