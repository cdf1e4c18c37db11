//! The forms of words and numbers, each as a pattern of its text.
//!
//! A pattern refuses nothing that the reader takes; it may take what the reader
//! then refuses by its value (`2026-02-30`).

use super::Shape;

/// A word or number of some form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf {
    /// What YAML may take it for: a number is read as text all the same.
    pub types: &'static [&'static str],
    /// What the text looks like.
    pub pattern: &'static str,
    /// The smallest and largest number, where it is one.
    pub range: Option<(u64, u64)>,
}

impl Leaf {
    /// Whether its form is that of any word, `unknown` among them.
    pub(super) fn is_any_word(&self) -> bool {
        self.types.contains(&"boolean")
    }
}

const TEXT: &[&str] = &["string"];
const WHOLE: &[&str] = &["integer", "string"];
const NUMBER: &[&str] = &["number", "string"];
const SCALAR: &[&str] = &["string", "number", "boolean"];

/// A number with decimals, as the reader takes it.
macro_rules! decimal {
    () => {
        r"\+?[0-9]+(\.[0-9]+)?"
    };
}

/// An id.
pub const ID: Leaf = leaf(&["string", "integer", "boolean"], "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$");
/// A need that is a choice.
pub const CHOICE: Leaf = leaf(TEXT, "^(any|all|[0-9]+ +of)$");
/// Days of a table of shifts.
pub const DAYS: Leaf = leaf(TEXT, "^(daily|[A-Za-z]{3,9}(-[A-Za-z]{3,9})?)$");
/// Hours of a table of shifts.
pub const HOURS: Leaf = leaf(TEXT, "^ *[0-9]{1,2}:00 *- *[0-9]{1,2}:00 *$");

const fn leaf(types: &'static [&'static str], pattern: &'static str) -> Leaf {
    Leaf { types, pattern, range: None }
}

/// A text.
pub fn text() -> Shape {
    Shape::Leaf(leaf(SCALAR, r"\S"))
}

/// An id.
pub fn id() -> Shape {
    Shape::Leaf(Leaf { range: Some((0, u64::MAX)), ..ID })
}

/// A text of a form.
pub fn of_form(pattern: &'static str) -> Shape {
    Shape::Leaf(leaf(TEXT, pattern))
}

/// A whole number from `low` to `high`.
pub fn whole(low: u64, high: u64) -> Shape {
    Shape::Leaf(Leaf { range: Some((low, high)), ..leaf(WHOLE, r"^\+?[0-9]+(\.0*)?$") })
}

/// How many.
pub fn count() -> Shape {
    whole(0, 1_000_000_000)
}

/// How many, with up to three decimals.
pub fn decimals() -> Shape {
    number(1_000_000_000)
}

/// A factor.
pub fn factor() -> Shape {
    decimals()
}

/// A number of a port.
pub fn port() -> Shape {
    whole(1, 65_535)
}

/// A port or a range of ports.
pub fn ports() -> Shape {
    let pattern = "^[0-9]{1,5}( *- *[0-9]{1,5})?$";
    Shape::Leaf(Leaf { range: Some((1, 65_535)), ..leaf(WHOLE, pattern) })
}

/// A version.
pub fn version() -> Shape {
    Shape::Leaf(leaf(NUMBER, r"^[0-9]+(\.[0-9]+)*$"))
}

/// A bandwidth.
pub fn bandwidth() -> Shape {
    of_form(concat!("^", decimal!(), " *(bps|kbps|Mbps|Gbps)$"))
}

/// A bandwidth for both directions, or one for each.
pub fn directions() -> Shape {
    use super::{any, key, map};
    let down = key("down", bandwidth(), "towards the site", "30Mbps").needed();
    let up = key("up", bandwidth(), "away from the site", "8Mbps").needed();
    any([bandwidth(), map([down, up])])
}

/// A number of voice channels.
pub fn channels() -> Shape {
    of_form(concat!("^", decimal!(), " *channels?$"))
}

/// A duration.
pub fn duration() -> Shape {
    of_form(concat!(
        "^(",
        decimal!(),
        " *y *)?(",
        decimal!(),
        " *w *)?(",
        decimal!(),
        " *d *)?(",
        decimal!(),
        " *h *(",
        decimal!(),
        " *m(in)? *)?|",
        decimal!(),
        " *min *)?(",
        decimal!(),
        " *s *)?(",
        decimal!(),
        " *ms)?$"
    ))
}

/// A share of at most the whole.
pub fn share() -> Shape {
    of_form(r"^\+?0*(100(\.0+)?|[0-9]{1,2}(\.[0-9]+)?) *%$")
}

/// A chance.
pub fn chance() -> Shape {
    share()
}

/// A number with decimals from nought to `high`.
pub fn number(high: u64) -> Shape {
    let range = Some((0, high));
    Shape::Leaf(Leaf { range, ..leaf(NUMBER, concat!("^", decimal!(), "$")) })
}

/// Money with its currency.
pub fn money() -> Shape {
    of_form(concat!("^", decimal!(), " *[A-Z]{3}$"))
}

/// Hours of agents' work.
pub fn agent_hours() -> Shape {
    of_form(r"^\+?[0-9]+(\.0*)? *agent-hours?$")
}

/// A day.
pub fn day() -> Shape {
    of_form("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
}

/// An hour of the week.
pub fn week_hour() -> Shape {
    of_form("^[A-Za-z]{3,9} +[0-9]{1,2}:00$")
}

/// An address or a block of addresses.
pub fn block() -> Shape {
    of_form("^[0-9A-Fa-f]*[.:][0-9A-Fa-f:.]+(/[0-9]{1,3})?$")
}

/// The name of a host.
pub fn host() -> Shape {
    Shape::Leaf(leaf(SCALAR, "^[A-Za-z0-9_-]([A-Za-z0-9._-]*[A-Za-z0-9_-])?$"))
}

/// Three letters of a currency.
pub fn currency() -> Shape {
    of_form("^[A-Z]{3}$")
}

/// The format of a file, which is `1`.
pub fn format() -> Shape {
    Shape::Leaf(Leaf { range: Some((1, 1)), ..leaf(WHOLE, "^1$") })
}
