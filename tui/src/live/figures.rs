//! The figures of a run at one moment, as a screen shows them: each between what is
//! certain and what is possible.

use outlast_reports::Named;
use outlast_reports::document::{
    BothDocument, BreakdownDocument, Extent, LoadDocument, MomentDocument, OutcomeDocument,
    RunDocument, SidesDocument, Span, Tally, UseDocument,
};
use outlast_reports::number::grouped;

/// How far people have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Nobody does anything.
    Untouched,
    /// All have logged in again in the same place.
    Settled,
    /// Those have travelled who must.
    Moved,
}

/// Which figures: how far people have come, and whether somebody has told them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) stage: Stage,
    pub(crate) directed: bool,
}

/// What agents are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Breakdown {
    Sites,
    Groups,
    Queues,
    Phones,
}

impl Stage {
    pub(crate) const fn next(self) -> Self {
        match self {
            Self::Untouched => Self::Settled,
            Self::Settled => Self::Moved,
            Self::Moved => Self::Untouched,
        }
    }

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Untouched => "untouched",
            Self::Settled => "settled",
            Self::Moved => "moved",
        }
    }
}

impl Scope {
    pub(crate) fn words(self) -> String {
        let steering = if self.directed { "directed" } else { "left alone" };
        format!("{}, {steering}", self.stage.word())
    }

    pub(crate) const fn outcome(self, moment: &MomentDocument) -> &OutcomeDocument {
        let BothDocument { left_alone, directed } = match self.stage {
            Stage::Untouched => &moment.untouched,
            Stage::Settled => &moment.settled,
            Stage::Moved => &moment.moved,
        };
        if self.directed { directed } else { left_alone }
    }

    /// What is certain and possible at a moment, where facts are not known.
    fn extents(self, run: &RunDocument, at_ms: u64) -> Option<&BreakdownDocument<Extent>> {
        let moments = &run.unknown.as_ref()?.moments;
        let moment = moments.iter().rfind(|one| one.at_ms <= at_ms)?;
        let SidesDocument { left_alone, directed } = match self.stage {
            Stage::Untouched => &moment.untouched,
            Stage::Settled => &moment.settled,
            Stage::Moved => &moment.moved,
        };
        Some(if self.directed { directed } else { left_alone })
    }

    /// What a resource carries; only known once all have moved.
    pub(crate) const fn load(self, load: &LoadDocument) -> &UseDocument {
        if self.directed { &load.directed } else { &load.left_alone }
    }
}

impl Breakdown {
    pub(crate) const fn next(self) -> Self {
        match self {
            Self::Sites => Self::Groups,
            Self::Groups => Self::Queues,
            Self::Queues => Self::Phones,
            Self::Phones => Self::Sites,
        }
    }

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Sites => "Sites",
            Self::Groups => "Groups",
            Self::Queues => "Queues",
            Self::Phones => "Phones",
        }
    }

    const fn of_outcome(self, outcome: &OutcomeDocument) -> &Named<Tally> {
        match self {
            Self::Sites => &outcome.by_site,
            Self::Groups => &outcome.by_group,
            Self::Queues => &outcome.by_queue,
            Self::Phones => &outcome.by_phone,
        }
    }

    const fn of_extents(self, extents: &BreakdownDocument<Extent>) -> &Named<Extent> {
        match self {
            Self::Sites => &extents.by_site,
            Self::Groups => &extents.by_group,
            Self::Queues => &extents.by_queue,
            Self::Phones => &extents.by_phone,
        }
    }
}

/// Agents of one name by what became of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) extent: Extent,
}

impl Row {
    fn known(name: &str, tally: Tally) -> Self {
        Self { name: name.to_owned(), extent: Extent { certain: tally, possible: tally } }
    }

    pub(crate) fn working(&self) -> String {
        self.of(|tally| tally.working)
    }

    pub(crate) fn of(&self, figure: impl Fn(&Tally) -> u64) -> String {
        range(Span {
            certain: figure(&self.extent.certain),
            possible: figure(&self.extent.possible),
        })
    }
}

/// `310-412`, or one figure.
pub(crate) fn range(span: Span) -> String {
    if span.certain == span.possible {
        return grouped(span.certain);
    }
    format!("{}-{}", grouped(span.certain), grouped(span.possible))
}

/// Everybody at a moment.
pub(crate) fn everybody(run: &RunDocument, moment: &MomentDocument, scope: Scope) -> Row {
    match scope.extents(run, moment.at_ms) {
        Some(extents) => Row { name: String::new(), extent: extents.all },
        None => Row::known("", scope.outcome(moment).all),
    }
}

/// Agents by name at a moment, in the order of the plan; users who are no agents stand
/// last among the groups.
pub(crate) fn rows(
    run: &RunDocument,
    moment: &MomentDocument,
    scope: Scope,
    by: Breakdown,
) -> Vec<Row> {
    let with_users = by == Breakdown::Groups;
    if let Some(extents) = scope.extents(run, moment.at_ms) {
        let users = extents.users.iter().filter(|_| with_users);
        let all = by.of_extents(extents).iter().chain(users);
        return all.map(|(name, one)| Row { name: name.to_owned(), extent: *one }).collect();
    }
    let outcome = scope.outcome(moment);
    let users = outcome.users.iter().filter(|_| with_users);
    let all = by.of_outcome(outcome).iter().chain(users);
    all.map(|(name, tally)| Row::known(name, *tally)).collect()
}

/// The share of its limit that a resource is used to, in thousandths; what has no
/// limit is never tight.
pub(crate) fn tightness(one: &UseDocument) -> Option<u64> {
    let limit = one.limit?;
    match (one.used, limit) {
        (0, _) => Some(0),
        (_, 0) => Some(u64::MAX),
        (used, limit) => {
            let share = u128::from(used) * 1000 / u128::from(limit);
            Some(u64::try_from(share).unwrap_or(u64::MAX))
        }
    }
}

/// The resources with a limit that are used at a moment, the tightest first.
pub(crate) fn tightest(moment: &MomentDocument, scope: Scope) -> Vec<&LoadDocument> {
    let used = |load: &&LoadDocument| {
        let one = scope.load(load);
        one.limit.is_some() && (one.used > 0 || one.full)
    };
    let mut all: Vec<&LoadDocument> = moment.loads.iter().filter(used).collect();
    all.sort_by_key(|load| {
        let one = scope.load(load);
        std::cmp::Reverse((one.full, tightness(one)))
    });
    all
}

/// How many objectives are reached at a moment, of how many.
pub(crate) fn reached(outcome: &OutcomeDocument) -> (usize, usize) {
    let all = &outcome.objectives;
    (all.iter().filter(|one| one.met).count(), all.len())
}
