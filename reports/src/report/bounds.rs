//! What a figure is for certain and at most, where facts are not known.

use crate::document::{
    BreakdownDocument, Extent, ExtentMomentDocument, MomentDocument, RunDocument, SidesDocument,
    Span, Tally,
};
use crate::figure::{Between, Figure, Spot, spot};
use crate::named::Named;

/// The bounds that hold at a time, if some figure of the run is not known.
pub(crate) fn bounds_at<'a>(
    run: &Spot<'a, RunDocument>,
    at_ms: u64,
) -> Option<Spot<'a, ExtentMomentDocument>> {
    let unknown = run.it.unknown.as_ref()?;
    let unknown = Spot { at: format!("{}/unknown", run.at), it: unknown };
    spot!(unknown, moments).each().into_iter().rfind(|one| one.at_ms <= at_ms)
}

/// One of the figures of a tally.
pub(crate) type Of = fn(&Tally) -> &u64;

/// The figures by their keys.
pub(crate) const WORKING: (&str, Of) = ("working", |tally| &tally.working);
pub(crate) const EFFECTIVE: (&str, Of) = ("effective", |tally| &tally.effective);
pub(crate) const IMPAIRED: (&str, Of) = ("impaired", |tally| &tally.impaired);
pub(crate) const IN_TRANSIT: (&str, Of) = ("in_transit", |tally| &tally.in_transit);
pub(crate) const STRANDED: (&str, Of) = ("stranded", |tally| &tally.stranded);
pub(crate) const ON_SHIFT: (&str, Of) = ("on_shift", |tally| &tally.on_shift);

/// A figure of a tally.
pub(crate) fn part<'a>(tally: &Spot<'a, Tally>, (key, of): (&str, Of)) -> Spot<'a, u64> {
    Spot { at: format!("{}/{key}", tally.at), it: of(tally.it) }
}

/// A figure of a tally with its bounds.
pub(crate) fn between(
    tally: &Spot<'_, Tally>,
    extent: Option<&Spot<'_, Extent>>,
    which: (&str, Of),
) -> Between {
    let bounds = extent.map(|extent| {
        let (least, most) = (spot!(extent, certain), spot!(extent, possible));
        (Figure::count(&part(&least, which)), Figure::count(&part(&most, which)))
    });
    Between::new(Figure::count(&part(tally, which)), bounds)
}

/// A figure with its bounds, if it has some.
pub(crate) fn of_span(read: &Spot<'_, u64>, span: Option<&Spot<'_, Span>>) -> Between {
    let bounds = span
        .map(|span| (Figure::count(&spot!(span, certain)), Figure::count(&spot!(span, possible))));
    Between::new(Figure::count(read), bounds)
}

/// One of the stages of a moment, for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Untouched,
    Settled,
    Moved,
    Directed,
}

/// How many work at a stage of a moment.
pub(crate) fn working(
    moment: &Spot<'_, MomentDocument>,
    bounds: Option<&Spot<'_, ExtentMomentDocument>>,
    stage: Stage,
) -> Between {
    let outcome = match stage {
        Stage::Untouched => spot!(moment, untouched.left_alone),
        Stage::Settled => spot!(moment, settled.left_alone),
        Stage::Moved => spot!(moment, moved.left_alone),
        Stage::Directed => spot!(moment, moved.directed),
    };
    let extent = bounds.map(|one| match stage {
        Stage::Untouched => spot!(one, untouched.left_alone.all),
        Stage::Settled => spot!(one, settled.left_alone.all),
        Stage::Moved => spot!(one, moved.left_alone.all),
        Stage::Directed => spot!(one, moved.directed.all),
    });
    between(&outcome.all(), extent.as_ref(), WORKING)
}

/// How many would work with nothing failed.
pub(crate) fn normally(
    moment: &Spot<'_, MomentDocument>,
    bounds: Option<&Spot<'_, ExtentMomentDocument>>,
) -> Between {
    let span = bounds.map(|one| spot!(one, normally_working));
    of_span(&spot!(moment, normally_working), span.as_ref())
}

/// The bounds of a breakdown: which one, by its key.
pub(crate) fn broken_down<'a>(
    sides: &Spot<'a, SidesDocument<Extent>>,
    directed: bool,
    of: fn(&BreakdownDocument<Extent>) -> (&'static str, &Named<Extent>),
) -> Spot<'a, Named<Extent>> {
    let side = if directed { spot!(sides, directed) } else { spot!(sides, left_alone) };
    let (key, it) = of(side.it);
    Spot { at: format!("{}/{key}", side.at), it }
}
