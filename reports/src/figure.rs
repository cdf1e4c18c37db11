//! Figures that know where in the document they stand, so that what a page shows
//! can be compared with the document it was made from.

use std::ops::Deref;

use maud::{Markup, Render, html};
use outlast_models::units::Millis;

use crate::amount::amount;
use crate::document::{HeadDocument, OutcomeDocument, ReportDocument, Tally};
use crate::named::Named;
use crate::number::{grouped, time};

/// A part of the document and the JSON pointer to it.
#[derive(Debug)]
pub(crate) struct Spot<'a, T: ?Sized> {
    /// The pointer.
    pub(crate) at: String,
    /// What stands there.
    pub(crate) it: &'a T,
}

/// Goes from a spot to a field of a field: pointer and field cannot differ.
macro_rules! spot {
    ($from:expr, $first:ident $(. $more:ident)*) => {
        $crate::figure::Spot {
            at: format!(
                concat!("{}/", stringify!($first), $("/", stringify!($more)),*),
                $from.at
            ),
            it: &$from.it.$first$(.$more)*,
        }
    };
}
pub(crate) use spot;

impl<T: ?Sized> Clone for Spot<'_, T> {
    fn clone(&self) -> Self {
        Self { at: self.at.clone(), it: self.it }
    }
}

impl<T: ?Sized> Deref for Spot<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.it
    }
}

impl<'a, T: ?Sized> Spot<'a, T> {
    /// The whole.
    pub(crate) fn root(it: &'a T) -> Self {
        Self { at: String::new(), it }
    }
}

impl<'a, T> Spot<'a, Vec<T>> {
    /// Its entries in order.
    pub(crate) fn each(&self) -> Vec<Spot<'a, T>> {
        let entry = |(n, it)| Spot { at: format!("{}/{n}", self.at), it };
        self.it.iter().enumerate().map(entry).collect()
    }
}

impl<'a, T> Spot<'a, Named<T>> {
    /// Its entries in order.
    pub(crate) fn each(&self) -> Vec<(&'a str, Spot<'a, T>)> {
        self.it.iter().map(|(name, it)| (name, Spot { at: self.under(name), it })).collect()
    }

    /// The entry of a name.
    pub(crate) fn get(&self, name: &str) -> Option<Spot<'a, T>> {
        self.it.get(name).map(|it| Spot { at: self.under(name), it })
    }

    fn under(&self, name: &str) -> String {
        format!("{}/{}", self.at, name.replace('~', "~0").replace('/', "~1"))
    }
}

impl<'a> Spot<'a, ReportDocument> {
    /// What the report was made from; these keys stand in the report itself.
    pub(crate) fn head(&self) -> Spot<'a, HeadDocument> {
        Spot { at: self.at.clone(), it: &self.it.head }
    }
}

impl<'a> Spot<'a, OutcomeDocument> {
    /// Everybody; these keys stand in the outcome itself.
    pub(crate) fn all(&self) -> Spot<'a, Tally> {
        Spot { at: self.at.clone(), it: &self.it.all }
    }
}

/// A figure as people read it, and where the document has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Figure {
    /// As it is in the document, or what is made of two.
    pub(crate) value: i128,
    /// As people read it.
    pub(crate) text: String,
    at: String,
    unit: Option<String>,
    from: Option<(From, String)>,
}

/// How a figure that the document does not have is made of two that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    /// The first less the second.
    Less,
    /// How many entries of a list are met; there is no second.
    Met,
}

impl Figure {
    /// Whole heads and other whole things.
    pub(crate) fn count(spot: &Spot<'_, u64>) -> Self {
        Self::new(spot, grouped(*spot.it), None)
    }

    /// The same of a small number.
    pub(crate) fn small(spot: &Spot<'_, usize>) -> Self {
        let value = *spot.it as u64;
        Self::count(&Spot { at: spot.at.clone(), it: &value })
    }

    /// A time from the start.
    pub(crate) fn time(spot: &Spot<'_, u64>) -> Self {
        Self::new(spot, time(Millis(*spot.it)), Some("ms"))
    }

    /// A load.
    pub(crate) fn load(spot: &Spot<'_, u64>, unit: &str) -> Self {
        Self::new(spot, amount(unit, *spot.it), Some(unit))
    }

    /// What is left of a limit, never too much of it; below zero where it is over.
    pub(crate) fn headroom(spot: &Spot<'_, i64>, unit: &str) -> Self {
        let size = spot.it.unsigned_abs();
        let text = if *spot.it < 0 {
            format!("-{}", amount(unit, size))
        } else {
            amount(unit, whole_steps(unit, size))
        };
        let (at, value) = (spot.at.clone(), i128::from(*spot.it));
        Self { value, text, at, unit: Some(unit.to_owned()), from: None }
    }

    /// One count less another.
    pub(crate) fn less(count: &Spot<'_, u64>, other: &Spot<'_, u64>) -> Self {
        let value = i128::from(*count.it) - i128::from(*other.it);
        let sign = if value < 0 { "-" } else { "" };
        let text = format!("{sign}{}", grouped(count.it.abs_diff(*other.it)));
        let from = Some((From::Less, other.at.clone()));
        Self { value, text, at: count.at.clone(), unit: None, from }
    }

    /// How many objectives of an outcome are met.
    pub(crate) fn met(outcome: &Spot<'_, OutcomeDocument>) -> Self {
        let objectives = spot!(outcome, objectives);
        let met = objectives.it.iter().filter(|one| one.met).count();
        let text = format!("{met} of {}", objectives.it.len());
        let (at, from) = (objectives.at.clone(), Some((From::Met, String::new())));
        Self { value: met as i128, text, at, unit: None, from }
    }

    fn new(spot: &Spot<'_, u64>, text: String, unit: Option<&str>) -> Self {
        let (at, value) = (spot.at.clone(), i128::from(*spot.it));
        Self { value, text, at, unit: unit.map(str::to_owned), from: None }
    }
}

/// A load rounded down to what is shown of it.
fn whole_steps(unit: &str, figure: u64) -> u64 {
    let step = match unit {
        "bit/s" if figure >= 10_000_000 => 100_000,
        "bit/s" => 1_000,
        _ => 1,
    };
    figure / step * step
}

impl Render for Figure {
    fn render(&self) -> Markup {
        let other = |of: From| self.from.as_ref().filter(|(from, _)| *from == of);
        let (less, met) = (other(From::Less).map(|(_, at)| at), other(From::Met).map(|_| ""));
        html! {
            data value=(self.value) data-at=(self.at) data-unit=[self.unit.as_ref()]
                data-less=[less] data-met=[met] { (self.text) }
        }
    }
}

/// A figure as the plan is read, and between what it lies where facts are not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Between {
    /// As the plan is read.
    pub(crate) read: Figure,
    /// The least and the most; absent where they are the same.
    pub(crate) bounds: Option<(Figure, Figure)>,
}

impl Between {
    /// A figure with its bounds, if it has some.
    pub(crate) fn new(read: Figure, bounds: Option<(Figure, Figure)>) -> Self {
        Self { read, bounds: bounds.filter(|(least, most)| least.value != most.value) }
    }
}

impl Render for Between {
    fn render(&self) -> Markup {
        html! {
            (self.read)
            @if let Some((least, most)) = &self.bounds {
                " " span.bounds { "(" (least) "\u{2013}" (most) ")" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_escape_names() {
        let named = Named(vec![("a/b~c".to_owned(), 7_u64)]);
        let spot = Spot::root(&named);
        assert_eq!(spot.each()[0].1.at, "/a~1b~0c");
        assert_eq!(spot.get("a/b~c").map(|one| *one.it), Some(7));
    }

    #[test]
    fn a_figure_shows_its_place_and_its_value() {
        let value = 2196;
        let spot = Spot { at: "/runs/0/need".to_owned(), it: &value };
        assert_eq!(
            Figure::count(&spot).render().into_string(),
            r#"<data value="2196" data-at="/runs/0/need">2,196</data>"#
        );
    }

    #[test]
    fn what_is_left_is_never_said_to_be_more() {
        let texts = [12_345_678, 1_999, -12_345_678]
            .map(|value| Figure::headroom(&Spot { at: String::new(), it: &value }, "bit/s").text);
        assert_eq!(texts, ["12.3M", "1k", "-12.4M"]);
    }
}
