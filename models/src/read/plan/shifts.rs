//! `on_shift`: a share, or a table by weekday and hour.

use crate::diagnostic::{Diagnostic, quoted};
use crate::fact::Fact;
use crate::place::Place;
use crate::plan::OnShift;
use crate::read::quantity::{Fault, hour, share, weekday};
use crate::read::{Fields, Parsed};
use crate::units::Millionths;
use crate::yaml::{Key, Node, Value};

use super::context::Cx;

/// Hours of a week.
const WEEK: usize = 168;

impl<'a> Cx<'a> {
    pub(super) fn on_shift(&self, f: &Fields<'a>) -> OnShift {
        let all = OnShift::Always(Fact::defaulted(Millionths::ONE));
        match f.node("on_shift") {
            Some(Node { value: Value::Map(days), place }) => {
                let mut table = [None; WEEK];
                let unknown = first_unknown(days);
                for (key, hours) in days {
                    if let Some(days) = self.issues.parsed(weekdays(&key.text), key.place) {
                        self.day(&mut table, &days, hours, key.place);
                    }
                }
                let hours = table.iter().map(|hour| hour.map_or(Millionths::ZERO, |(s, _)| s));
                OnShift::ByHour(match unknown {
                    Some(place) => Fact::unknown(hours.collect(), place),
                    None => Fact::given(hours.collect(), *place),
                })
            }
            Some(Node { value: Value::Scalar { .. }, .. }) => {
                OnShift::Always(f.fact("on_shift", Millionths::ONE, share))
            }
            Some(node) => {
                self.issues.wrong_shape("a share or a table of days", node);
                all
            }
            None => all,
        }
    }

    fn day(&self, table: &mut Table, days: &[u8], hours: &Node, place: Place) {
        if hours.text().is_some() {
            let Some(part) = self.part(hours) else { return };
            return self.fill(table, days, (0, 24), part, place);
        }
        let Value::Map(entries) = &hours.value else {
            return self.issues.wrong_shape("a share or a table of hours", hours);
        };
        for (key, node) in entries {
            let span = self.issues.parsed(hours_of_day(&key.text), key.place);
            let part = self.part(node);
            if let (Some(span), Some(part)) = (span, part) {
                self.fill(table, days, span, part, key.place);
            }
        }
    }

    /// A share of a group; everybody, where that is unknown.
    fn part(&self, node: &Node) -> Option<Millionths> {
        if node.is_unknown() { Some(Millionths::ONE) } else { self.issues.parse(node, share) }
    }

    /// Fills hours; a span that ends before it begins runs into the next day.
    fn fill(
        &self,
        table: &mut Table,
        days: &[u8],
        (from, to): (u8, u8),
        part: Millionths,
        place: Place,
    ) {
        let length = if to > from { to - from } else { to + 24 - from };
        for day in days {
            for offset in 0..length {
                let at = (usize::from(*day) * 24 + usize::from(from + offset)) % WEEK;
                if let Some((_, first)) = table[at] {
                    let hour = crate::units::WeekHour(at as u8);
                    let message = format!("{hour} is said twice");
                    self.issues.push(
                        Diagnostic::error("repeated-key", message, place)
                            .related(first, "said here before"),
                    );
                    return;
                }
                table[at] = Some((part, place));
            }
        }
    }
}

/// Where a table says `unknown` first.
fn first_unknown(table: &[(Key, Node)]) -> Option<Place> {
    table.iter().find_map(|(_, node)| {
        if node.is_unknown() { Some(node.place) } else { first_unknown(node.entries()) }
    })
}

/// For each hour of the week the share, and where it is said.
type Table = [Option<(Millionths, Place)>; WEEK];

/// Parses `Mon`, `Mon-Fri` or `daily`.
fn weekdays(text: &str) -> Parsed<Vec<u8>> {
    if text == "daily" {
        return Ok((0..7).collect());
    }
    let Some((first, last)) = text.split_once('-') else { return Ok(vec![weekday(text)?]) };
    let (first, last) = (weekday(first)?, weekday(last)?);
    let length = (last + 7 - first) % 7 + 1;
    Ok((0..length).map(|offset| (first + offset) % 7).collect())
}

/// Parses `08:00-18:00`.
fn hours_of_day(text: &str) -> Parsed<(u8, u8)> {
    let fault = || {
        let message = format!("{} is no span of hours", quoted(text));
        Fault::with_help(message, "write `08:00-18:00`")
    };
    let (from, to) = text.split_once('-').ok_or_else(fault)?;
    let (from, to) = (hour(from)?, hour(to)?);
    if from == to || from > 23 { Err(fault()) } else { Ok((from, to)) }
}
