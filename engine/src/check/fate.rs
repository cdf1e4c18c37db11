//! Alternatives that fall with what they replace (OWN-02, OWN-03, OWN-04).
//!
//! Every component that the plan names fails alone, in the normal state, and of every
//! company all that it provides; whoever had alternatives and has none left is told so,
//! once for what is behind it. What all agents stand on by nature (the cloud, the kind
//! of their workstation, the only place and its line) is nobody's shared fate.

mod congestion;
mod failures;
mod families;
mod roots;
mod words;

use std::collections::BTreeSet;

use outlast_models::{Id, Kind};

use super::Finding;
use super::subject::Subject;
use failures::{Failure, Failures};
use families::{Families, Family, Part};
use roots::Fall;

/// Findings on alternatives, worst first.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let failures = Failures::of(subject);
    let families = Families::of(subject);
    let falls = falls(subject, &failures, &families);
    let (whole, partial) = apart(&families, falls);
    let mut all = Vec::new();
    for falls in [whole, partial] {
        let roots = roots::of(subject, &failures, &families, falls);
        all.extend(roots.iter().map(|root| words::finding(subject, &failures, &families, root)));
    }
    all.extend(congestion::findings(subject));
    all
}

/// For each failure the families that fall with it.
fn falls(subject: &Subject<'_>, failures: &Failures, families: &Families<'_>) -> Vec<Fall> {
    let mut all = Vec::new();
    for first in (0..failures.all.len()).step_by(64) {
        let range = first..failures.all.len().min(first + 64);
        let live = failures.each(subject, range.clone());
        let words = families.fallen(subject.problem, &live);
        for (bit, failure) in range.enumerate() {
            let fallen = words.iter().filter(|(_, word)| word >> bit & 1 == 1);
            let families: BTreeSet<usize> = fallen
                .map(|(family, _)| *family)
                .filter(|&family| {
                    !is_only_line(subject, &failures.all[failure], &families.all[family])
                })
                .collect();
            if !families.is_empty() {
                all.push(Fall { failure, families });
            }
        }
    }
    let told = all.iter().map(|fall| what_is_new(failures, &all, fall));
    told.filter(|fall| !fall.families.is_empty()).collect()
}

/// Of what falls with a company, that which falls with no single thing of what it
/// provides.
fn what_is_new(failures: &Failures, falls: &[Fall], fall: &Fall) -> Fall {
    let company = &failures.all[fall.failure];
    let mut new = fall.clone();
    if company.kind.is_some() {
        return new;
    }
    let provided: BTreeSet<&Id> = company.components.iter().map(|of| &of.id).collect();
    for part in falls.iter().filter(|part| part.failure != fall.failure) {
        let one = &failures.all[part.failure];
        if one.kind.is_some() && provided.contains(&one.id) {
            new.families.retain(|family| !part.families.contains(family));
        }
    }
    new
}

/// Those that lose every way, and those that lose the alternatives of one part; the
/// latter is not said again where the former is.
fn apart(families: &Families<'_>, falls: Vec<Fall>) -> (Vec<Fall>, Vec<Fall>) {
    let (mut whole, mut partial) = (Vec::new(), Vec::new());
    for fall in falls {
        let is_whole = |family: &usize| families.all[*family].part == Part::Whole;
        let (all, parts): (BTreeSet<usize>, BTreeSet<usize>) =
            fall.families.into_iter().partition(is_whole);
        let lost: BTreeSet<usize> = all.iter().map(|&family| families.all[family].cohort).collect();
        let said = |family: &usize| lost.contains(&families.all[*family].cohort);
        let parts: BTreeSet<usize> = parts.into_iter().filter(|family| !said(family)).collect();
        for (list, families) in [(&mut whole, all), (&mut partial, parts)] {
            if !families.is_empty() {
                list.push(Fall { failure: fall.failure, families });
            }
        }
    }
    (whole, partial)
}

/// Whether it is the line of the only home: nobody has two.
fn is_only_line(subject: &Subject<'_>, failure: &Failure, family: &Family) -> bool {
    let way = &subject.problem.ways[family.first];
    let goes_by = |line: &Id| {
        let mut paths = way.posture.legs.iter().flat_map(|leg| leg.paths.iter());
        paths.any(|path| path.hops.iter().any(|hop| hop.id == *line))
    };
    let mut lines = failure.components.iter().filter(|one| one.kind == Kind::HomeIsp);
    family.only_place.is_some() && lines.any(|line| goes_by(&line.id))
}
