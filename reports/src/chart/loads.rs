//! Resources before and after: loads as shares of their limits.

use super::axis::Stretch;
use super::canvas::{About, Canvas, FINE, Side, label, picture, wide};
use super::over_time::number;
use super::palette::Role;
use crate::amount::strain;
use crate::document::{LoadDocument, RunDocument, UseDocument};
use crate::figure::{Figure, Spot, spot};

/// So many are drawn.
const DRAWN: usize = 12;

/// Loads at the worst moment of a scenario, most used first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Loads {
    pub(crate) rows: Vec<LoadRow>,
    name: String,
}

/// One resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LoadRow {
    pub(crate) resource: String,
    pub(crate) what: String,
    pub(crate) unit: String,
    pub(crate) normal: Use,
    pub(crate) left_alone: Use,
    pub(crate) directed: Use,
    /// What is wrong with it; empty: nothing.
    pub(crate) strain: String,
}

/// A load against its limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Use {
    pub(crate) used: Figure,
    pub(crate) limit: Option<Figure>,
    pub(crate) headroom: Option<Figure>,
}

impl Loads {
    pub(crate) fn of(run: &Spot<'_, RunDocument>) -> Self {
        let moments = spot!(run, moments).each();
        let worst = moments.iter().find(|one| one.it.at_ms == run.it.worst_at_ms);
        let loads = worst.map(|one| spot!(one, loads).each()).unwrap_or_default();
        let mut rows: Vec<LoadRow> = loads.iter().map(row).collect();
        rows.sort_by_key(|row| {
            let now = row.left_alone.share().max(row.directed.share());
            std::cmp::Reverse((now, row.normal.share()))
        });
        Self { rows, name: run.it.scenario.clone() }
    }

    /// Those that are drawn: used, and with a limit.
    pub(crate) fn drawn(&self) -> Vec<&LoadRow> {
        let uses =
            |row: &LoadRow| [row.normal.share(), row.left_alone.share(), row.directed.share()];
        let is_drawn = |row: &&LoadRow| uses(row).into_iter().any(|share| share > Some(0));
        self.rows.iter().filter(is_drawn).take(DRAWN).collect()
    }

    /// What can be seen, in words.
    pub(crate) fn says(&self) -> String {
        let each = self.drawn().into_iter().map(|row| {
            let of = |one: &Use| one.share().map_or_else(|| "no limit".to_owned(), percent);
            format!(
                "{} of {}: {} normally, {} left alone, {} directed.",
                row.what,
                label(&row.resource, 60),
                of(&row.normal),
                of(&row.left_alone),
                of(&row.directed)
            )
        });
        each.collect::<Vec<_>>().join(" ")
    }

    /// The picture, if there is something to draw; `id` is its own in the page.
    pub(crate) fn picture(&self, id: &str) -> Option<String> {
        let drawn = self.drawn();
        if drawn.is_empty() {
            return None;
        }
        let title = format!("Loads as shares of their limits: {}", self.name);
        let about = About { id: id.to_owned(), title, says: self.says() };
        let bottom = FIRST + ROW * i32::try_from(drawn.len()).unwrap_or(0);
        Some(picture(&about, (WIDTH, bottom + 24 * FINE), |canvas| {
            let most = drawn
                .iter()
                .flat_map(|row| [row.normal.share(), row.left_alone.share(), row.directed.share()]);
            let most = most.flatten().max().unwrap_or(0).clamp(WHOLE, 2 * WHOLE);
            let across = Stretch { from: LEFT, to: RIGHT };
            grid(canvas, across, most, bottom);
            for (n, row) in drawn.iter().enumerate() {
                let top = FIRST + ROW * i32::try_from(n).unwrap_or(0);
                draw(canvas, row, (top, across, most));
            }
            let x = across.at(WHOLE, most);
            canvas.line(vec![(x, FIRST - 6 * FINE), (x, bottom)], Role::Limit, 8);
            canvas.text("limit", (x, FIRST - 14 * FINE), Side::Across, Role::Limit);
        }))
    }
}

/// A whole limit, in thousandths.
const WHOLE: u64 = 1000;
const WIDTH: i32 = 760 * FINE;
const LEFT: i32 = 250 * FINE;
const RIGHT: i32 = 690 * FINE;
const FIRST: i32 = 58 * FINE;
const ROW: i32 = 40 * FINE;
const HIGH: i32 = 15 * FINE;

fn grid(canvas: &Canvas<'_>, across: Stretch, most: u64, bottom: i32) {
    let marks = [(Role::Normal, "normally"), (Role::Working, "left alone, at the worst moment")];
    let mut x = LEFT;
    for (role, text) in marks {
        canvas.block((x, 8 * FINE), (x + 14 * FINE, 20 * FINE), role);
        canvas.text(text, (x + 20 * FINE, 14 * FINE), Side::Right, Role::Ink);
        x += 20 * FINE + wide(text) + 20 * FINE;
    }
    tick(canvas, x + 4 * FINE, (8 * FINE, 20 * FINE));
    canvas.text("directed", (x + 14 * FINE, 14 * FINE), Side::Right, Role::Ink);
    for share in (0..=most).step_by(250) {
        let x = across.at(share, most);
        canvas.line(vec![(x, FIRST - 4 * FINE), (x, bottom)], Role::Grid, 4);
        let text = format!("{}%", share / 10);
        canvas.text(&text, (x, bottom + 12 * FINE), Side::Across, Role::Faint);
    }
}

/// A mark of what it would be directed.
fn tick(canvas: &Canvas<'_>, x: i32, (top, bottom): (i32, i32)) {
    canvas.block((x - FINE, top), (x + FINE, bottom), Role::Directed);
}

fn draw(canvas: &Canvas<'_>, row: &LoadRow, (top, across, most): (i32, Stretch, u64)) {
    let middle = top + HIGH;
    let room = LEFT - 12 * FINE;
    let what = &row.what;
    let mut columns = 40_usize;
    let mut name = format!("{}, {what}", label(&row.resource, columns));
    while wide(&name) > room && columns > 4 {
        columns -= 1;
        name = format!("{}, {what}", label(&row.resource, columns));
    }
    canvas.text(&name, (LEFT - 8 * FINE, middle), Side::Left, Role::Ink);
    let bars =
        [(&row.normal, Role::Normal, top - FINE), (&row.left_alone, Role::Working, top + HIGH)];
    let directed = row.directed.share();
    for (one, role, top) in bars {
        let Some(share) = one.share() else {
            canvas.text("no limit", (LEFT + 6 * FINE, top + HIGH / 2), Side::Right, Role::Faint);
            continue;
        };
        let x = across.at(share, most).max(LEFT + FINE);
        canvas.block((LEFT, top), (x, top + HIGH), role);
        let mark = directed.filter(|_| role == Role::Working);
        let mark = mark.map(|share| across.at(share, most));
        let text = percent(share);
        let after = LEFT + wide(&text) + 10 * FINE;
        let y = top + HIGH / 2;
        // In the bar where there is room that no mark takes.
        if x > after && mark.is_none_or(|mark| mark > after) {
            canvas.text(&text, (LEFT + 5 * FINE, y), Side::Right, Role::OnBar);
        } else {
            let end = mark.map_or(x, |mark| mark.max(x));
            canvas.text(&text, (end + 6 * FINE, y), Side::Right, Role::Ink);
        }
        if let Some(mark) = mark {
            tick(canvas, mark, (top - 2 * FINE, top + HIGH + 2 * FINE));
        }
    }
}

impl Use {
    /// Thousandths of the limit; none where there is no limit or nothing of it is there.
    fn share(&self) -> Option<u64> {
        let (used, limit) = (number(&self.used), number(self.limit.as_ref()?));
        if limit == 0 {
            return None;
        }
        let share = u64::try_from(u128::from(used) * u128::from(WHOLE) / u128::from(limit));
        let share = share.unwrap_or(u64::MAX);
        // What is over is shown to be.
        Some(if used > limit { share.max(WHOLE + 1) } else { share })
    }
}

fn percent(share: u64) -> String {
    format!("{}.{}%", crate::number::grouped(share / 10), share % 10)
}

fn row(load: &Spot<'_, LoadDocument>) -> LoadRow {
    let unit = &load.it.unit;
    LoadRow {
        resource: load.it.resource.clone(),
        what: load.it.what.clone(),
        unit: unit.clone(),
        normal: used(&spot!(load, normal), unit),
        left_alone: used(&spot!(load, left_alone), unit),
        directed: used(&spot!(load, directed), unit),
        strain: strain(load.it),
    }
}

fn used(one: &Spot<'_, UseDocument>, unit: &str) -> Use {
    let limit = one.it.limit.as_ref().map(|it| Spot { at: format!("{}/limit", one.at), it });
    let headroom = one.it.headroom.as_ref();
    let headroom = headroom.map(|it| Spot { at: format!("{}/headroom", one.at), it });
    Use {
        used: Figure::load(&spot!(one, used), unit),
        limit: limit.map(|limit| Figure::load(&limit, unit)),
        headroom: headroom.map(|headroom| Figure::headroom(&headroom, unit)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(used: u64, limit: u64) -> Use {
        let at = |it| Spot { at: String::new(), it };
        let limit = Some(Figure::load(&at(&limit), "agents"));
        Use { used: Figure::load(&at(&used), "agents"), limit, headroom: None }
    }

    #[test]
    fn what_is_over_its_limit_is_shown_to_be() {
        assert_eq!(used(1_000, 1_000).share(), Some(1000));
        assert_eq!(used(10_001, 10_000).share(), Some(1001));
        assert_eq!(used(9_999, 10_000).share(), Some(999));
    }

    #[test]
    fn nothing_has_no_share() {
        assert_eq!(used(5, 0).share(), None);
    }
}
