//! What has become of everybody: a bar for the normal state and one for each scenario
//! at its worst moment.

use super::canvas::{About, Canvas, FINE, Point, Side, label, picture, wide};
use super::over_time::{number, plain};
use super::palette::Role;
use crate::document::{ReportDocument, RunDocument};
use crate::figure::{Between, Figure, Spot, spot};
use crate::report::bounds::{
    self, IMPAIRED, IN_TRANSIT, ON_SHIFT, STRANDED, WORKING, bounds_at, part,
};

/// The states in the order in which they are stacked.
pub(crate) const STATES: [(&str, Role); 4] = [
    ("working", Role::Working),
    ("impaired", Role::Impaired),
    ("in transit", Role::InTransit),
    ("stranded", Role::Stranded),
];

/// Bars, drawn and in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct States {
    pub(crate) bars: Vec<Bar>,
}

/// Everybody at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bar {
    /// The scenario, or that nothing has failed.
    pub(crate) name: String,
    /// When.
    pub(crate) at: Option<Figure>,
    /// The hour of the week.
    pub(crate) hour: String,
    /// By [`STATES`].
    pub(crate) states: [Between; 4],
    /// All of them.
    pub(crate) on_shift: Between,
}

impl States {
    /// The bars of a report; the normal state is that of the hour, of those at which a
    /// scenario begins, with most agents on shift.
    pub(crate) fn of(report: &Spot<'_, ReportDocument>) -> Self {
        let runs = spot!(report, runs).each();
        let on_shift = |run: &&Spot<'_, RunDocument>| run.it.normal.left_alone.all.on_shift;
        let normal = runs.iter().rev().max_by_key(on_shift).map(normal);
        Self { bars: normal.into_iter().chain(runs.iter().filter_map(at_worst)).collect() }
    }

    /// What can be seen, in words.
    pub(crate) fn says(&self) -> String {
        let each = self.bars.iter().map(|bar| {
            let states = STATES.iter().zip(&bar.states).filter(|(_, one)| !is_nobody(one));
            let states: Vec<String> =
                states.map(|((state, _), one)| format!("{} {state}", plain(one))).collect();
            let states = if states.is_empty() { "nobody".to_owned() } else { states.join(", ") };
            format!("{}: {states}.", label(&bar.name, 60))
        });
        each.collect::<Vec<_>>().join(" ")
    }

    /// The picture; `id` is its own in the page.
    pub(crate) fn picture(&self, id: &str) -> String {
        let about = About {
            id: id.to_owned(),
            title: "Agents at the worst moment of each scenario, moved and left alone".to_owned(),
            says: self.says(),
        };
        let high = FIRST + ROW * i32::try_from(self.bars.len()).unwrap_or(0);
        picture(&about, (WIDTH, high), |canvas| {
            key(canvas);
            for (n, bar) in self.bars.iter().enumerate() {
                let top = FIRST + ROW * i32::try_from(n).unwrap_or(0);
                self.draw(canvas, bar, top);
            }
        })
    }

    fn draw(&self, canvas: &Canvas<'_>, bar: &Bar, top: i32) {
        let most = self.bars.iter().map(|bar| number(&bar.on_shift.read)).max().unwrap_or(0);
        let middle = top + HIGH / 2;
        let name = label(&bar.name, 30);
        canvas.text(&name, (LEFT - 8 * FINE, middle), Side::Left, Role::Ink);
        let length = i128::from(RIGHT - LEFT);
        let place = |agents: u64| {
            let along = length * i128::from(agents) / i128::from(most.max(1));
            LEFT + i32::try_from(along).unwrap_or(0)
        };
        let mut before = 0_u64;
        for ((state, role), one) in STATES.iter().zip(&bar.states) {
            let agents = number(&one.read);
            let (from, to) = (place(before), place(before + agents));
            before += agents;
            if agents == 0 {
                continue;
            }
            // A thin line of ground between two states.
            let to = (to - 4).max(from + 4);
            canvas.block((from, top), (to, top + HIGH), *role);
            let texts = [format!("{} {state}", one.read.text), one.read.text.clone()];
            let text = texts.iter().find(|text| wide(text) + 16 * FINE <= to - from);
            hatch(canvas, *role, (from, top), (to, top + HIGH), text.map_or(0, |text| wide(text)));
            if let Some(text) = text {
                canvas.text(text, (i32::midpoint(from, to), middle), Side::Across, Role::OnBar);
            }
        }
        let of = format!("of {}", plain(&bar.on_shift));
        canvas.text(&of, (place(before) + 8 * FINE, middle), Side::Right, Role::Faint);
        if let Some((least, most)) = &bar.states[0].bounds {
            let (from, to, y) = (place(number(least)), place(number(most)), top + HIGH + 5 * FINE);
            canvas.line(vec![(from, y), (to, y)], Role::Limit, 8);
            for x in [from, to] {
                canvas.line(vec![(x, y - 3 * FINE), (x, y + 3 * FINE)], Role::Limit, 8);
            }
            let text = format!("{}\u{2013}{} work", least.text, most.text);
            canvas.text(&text, (to + 6 * FINE, y + 2 * FINE), Side::Right, Role::Faint);
        }
    }
}

const WIDTH: i32 = 760 * FINE;
const LEFT: i32 = 230 * FINE;
const RIGHT: i32 = 660 * FINE;
const FIRST: i32 = 34 * FINE;
const ROW: i32 = 42 * FINE;
const HIGH: i32 = 24 * FINE;

/// Which colour and pattern is which state.
fn key(canvas: &Canvas<'_>) {
    let mut x = LEFT;
    for (state, role) in STATES {
        let (from, to) = ((x, 8 * FINE), (x + 28 * FINE, 22 * FINE));
        canvas.block(from, to, role);
        hatch(canvas, role, from, to, 0);
        canvas.text(state, (x + 34 * FINE, 15 * FINE), Side::Right, Role::Ink);
        x += 34 * FINE + wide(state) + 20 * FINE;
    }
}

/// A pattern, so that states differ without colour too: impaired are sloped strokes, in
/// transit upright ones. The middle stays free for a text so wide.
fn hatch(canvas: &Canvas<'_>, role: Role, from: Point, to: Point, text: i32) {
    let slope = match role {
        Role::Impaired => to.1 - from.1,
        Role::InTransit => 0,
        _ => return,
    };
    let middle = i32::midpoint(from.0, to.0);
    let free = (middle - text / 2 - 4 * FINE, middle + text / 2 + 4 * FINE);
    let mut x = from.0 + 4 * FINE;
    while x + slope < to.0 {
        let is_free = text > 0 && x + slope > free.0 && x < free.1;
        if !is_free {
            canvas.line(vec![(x, to.1), (x + slope, from.1)], Role::OnBar, 4);
        }
        x += 7 * FINE;
    }
}

fn is_nobody(one: &Between) -> bool {
    one.read.value == 0 && one.bounds.is_none()
}

fn normal(run: &Spot<'_, RunDocument>) -> Bar {
    let all = spot!(run, normal.left_alone).all();
    let plain = |which| Between::new(Figure::count(&part(&all, which)), None);
    let start = bounds_at(run, 0);
    let span = start.map(|one| spot!(one, normally_working));
    let working = bounds::of_span(&part(&all, WORKING), span.as_ref());
    Bar {
        name: "nothing failed".to_owned(),
        at: None,
        hour: run.it.starts.clone(),
        states: [working, plain(IMPAIRED), plain(IN_TRANSIT), plain(STRANDED)],
        on_shift: plain(ON_SHIFT),
    }
}

fn at_worst(run: &Spot<'_, RunDocument>) -> Option<Bar> {
    let moments = spot!(run, moments).each();
    let worst = moments.iter().find(|one| one.it.at_ms == run.it.worst_at_ms)?;
    let extent = bounds_at(run, worst.it.at_ms).map(|one| spot!(one, moved.left_alone.all));
    let all = spot!(worst, moved.left_alone).all();
    let of = |which| bounds::between(&all, extent.as_ref(), which);
    Some(Bar {
        name: run.it.scenario.clone(),
        at: Some(Figure::time(&spot!(worst, at_ms))),
        hour: worst.it.hour.clone(),
        states: [of(WORKING), of(IMPAIRED), of(IN_TRANSIT), of(STRANDED)],
        on_shift: of(ON_SHIFT),
    })
}
