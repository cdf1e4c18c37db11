//! Whether a run of a plan without doubts lies between what is certain and what is
//! possible where some of its facts are not known.

use outlast_reports::Named;
use outlast_reports::document::{
    BreakdownDocument, Extent, OutcomeDocument, RunDocument, Span, Tally, UnknownDocument,
};

/// Every figure of `fixed` that lies outside, and every verdict that was said to be
/// another.
pub fn faults(open: &RunDocument, fixed: &RunDocument) -> Vec<String> {
    let mut found = Vec::new();
    let unknown = open.unknown.as_ref().expect("something is not known");
    if unknown.moments.is_empty() {
        let works = |run: &RunDocument| {
            let moments = run.moments.iter();
            moments.map(|one| (one.at_ms, one.moved.left_alone.all)).collect::<Vec<_>>()
        };
        let same = works(open) == works(fixed) && open.curve == fixed.curve;
        found.extend((!same).then(|| "nothing was said to differ".to_owned()));
    } else {
        let mut times: Vec<u64> = unknown.moments.iter().map(|one| one.at_ms).collect();
        times.extend(fixed.moments.iter().map(|one| one.at_ms));
        times.extend(unknown.curve.iter().map(|one| one.at_ms));
        times.extend(fixed.curve.iter().map(|one| one.at_ms));
        for at in times {
            outside(unknown, fixed, at, &mut found);
        }
    }
    let (mut ours, mut theirs): (Vec<_>, Vec<_>) =
        (open.objectives.iter().collect(), fixed.objectives.iter().collect());
    ours.sort_by_key(|one| &one.objective);
    theirs.sort_by_key(|one| &one.objective);
    for (open, fixed) in ours.into_iter().zip(theirs) {
        let settled = open.verdict != "cannot be said";
        if settled && word(&open.verdict) != word(&fixed.verdict) {
            found.push(format!("{} was {}, is {}", open.objective, open.verdict, fixed.verdict));
        }
    }
    found
}

/// Missed, and missed but attainable, are the same.
fn word(verdict: &str) -> Option<&str> {
    verdict.split(' ').next()
}

/// What lies outside at a time.
fn outside(unknown: &UnknownDocument, fixed: &RunDocument, at: u64, found: &mut Vec<String>) {
    let extents = unknown.moments.iter().rfind(|one| one.at_ms <= at).expect("it begins at 0");
    let moment = fixed.moments.iter().rfind(|one| one.at_ms <= at).expect("it begins at 0");
    for (extents, both, stage) in [
        (&extents.untouched, &moment.untouched, "untouched"),
        (&extents.settled, &moment.settled, "settled"),
        (&extents.moved, &moment.moved, "moved"),
    ] {
        sides(&extents.left_alone, &both.left_alone, &format!("{stage} at {at}"), found);
        sides(&extents.directed, &both.directed, &format!("{stage}, directed, at {at}"), found);
    }
    let span = unknown.curve.iter().rfind(|one| one.at_ms <= at).expect("it begins at 0");
    let point = fixed.curve.iter().rfind(|one| one.at_ms <= at).expect("it begins at 0");
    let mut curve = vec![
        (extents.normally_working, moment.normally_working),
        (span.working, point.working),
        (span.effective, point.effective),
    ];
    // Objectives come in the order of priorities, which may be what is not known.
    let (mut spans, mut counted): (Vec<_>, Vec<_>) =
        (span.counted.iter().collect(), point.counted.iter().collect());
    spans.sort_by_key(|(name, _)| *name);
    counted.sort_by_key(|(name, _)| *name);
    curve.extend(spans.iter().zip(&counted).map(|((_, span), (_, counted))| (**span, **counted)));
    for (span, figure) in curve {
        if !is_in(span, figure) {
            found.push(format!("curve at {at}: {figure} in {span:?}"));
        }
    }
}

fn is_in(span: Span, figure: u64) -> bool {
    span.certain <= figure && figure <= span.possible
}

fn sides(
    extents: &BreakdownDocument<Extent>,
    outcome: &OutcomeDocument,
    what: &str,
    found: &mut Vec<String>,
) {
    let mut pairs = vec![(extents.all, outcome.all, String::new())];
    let mut add = |extents: &Named<Extent>, tallies: &Named<Tally>| {
        // Of a name that no combination has nobody is anywhere.
        let extent = |name: &str| extents.get(name).copied().unwrap_or_default();
        let named = tallies.iter().map(|(name, one)| (extent(name), *one, format!(" of {name}")));
        pairs.extend(named);
    };
    add(&extents.by_group, &outcome.by_group);
    add(&extents.users, &outcome.users);
    add(&extents.by_site, &outcome.by_site);
    add(&extents.by_queue, &outcome.by_queue);
    add(&extents.by_priority, &outcome.by_priority);
    add(&extents.by_phone, &outcome.by_phone);
    for (extent, tally, whose) in pairs {
        if !is_within(&extent, &tally) {
            found.push(format!("{what}{whose}: {tally:?} in {extent:?}"));
        }
    }
}

fn is_within(extent: &Extent, tally: &Tally) -> bool {
    let of = |tally: &Tally| {
        [tally.on_shift, tally.working, tally.effective]
            .into_iter()
            .chain([tally.impaired, tally.in_transit, tally.stranded])
            .collect::<Vec<u64>>()
    };
    let (least, most) = (of(&extent.certain), of(&extent.possible));
    of(tally).iter().enumerate().all(|(n, figure)| least[n] <= *figure && *figure <= most[n])
}
