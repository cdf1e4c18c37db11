//! The two axes: agents, and time with its first hours drawn wider.

use outlast_models::units::Millis;

use super::canvas::{Canvas, FINE, Side};
use super::palette::Role;
use crate::number::{grouped, time};

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Times that a reader looks for. Each is as far from the next, since most happens in
/// the first hours; between two of them time runs evenly.
const MARKS: [u64; 12] = [
    0,
    15 * MINUTE,
    HOUR,
    4 * HOUR,
    12 * HOUR,
    DAY,
    3 * DAY,
    7 * DAY,
    14 * DAY,
    28 * DAY,
    91 * DAY,
    364 * DAY,
];

/// An axis between two places of the canvas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Where it begins.
    pub(super) from: i32,
    /// Where it ends; may be before.
    pub(super) to: i32,
}

impl Stretch {
    /// The place of a part of a whole.
    pub(super) fn at(self, part: u64, whole: u64) -> i32 {
        let length = i128::from(self.to) - i128::from(self.from);
        let moved = length * i128::from(part.min(whole)) / i128::from(whole.max(1));
        self.from + i32::try_from(moved).unwrap_or(0)
    }
}

/// Time from the start to the horizon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TimeAxis {
    marks: Vec<u64>,
    stretch: Stretch,
}

impl TimeAxis {
    pub(super) fn new(horizon: u64, stretch: Stretch) -> Self {
        let mut marks: Vec<u64> = MARKS.into_iter().filter(|mark| *mark < horizon).collect();
        if marks.is_empty() {
            marks.push(0);
        }
        marks.push(horizon.max(1));
        Self { marks, stretch }
    }

    /// Where a time stands.
    pub(super) fn at(&self, ms: u64) -> i32 {
        let pieces = self.marks.len() - 1;
        let piece = self.marks.partition_point(|mark| *mark <= ms).clamp(1, pieces) - 1;
        let (from, to) = (self.marks[piece], self.marks[piece + 1]);
        let part = ms.saturating_sub(from).min(to - from);
        // In thousandths of a piece.
        let part = u64::try_from(u128::from(part) * 1000 / u128::from(to - from)).unwrap_or(0);
        self.stretch.at(piece as u64 * 1000 + part, pieces as u64 * 1000)
    }

    /// Draws its marks and what it is.
    pub(super) fn draw(&self, canvas: &Canvas<'_>, (top, bottom): (i32, i32)) {
        for mark in &self.marks {
            let x = self.at(*mark);
            canvas.line(vec![(x, top), (x, bottom + 4 * FINE)], Role::Grid, 4);
            let text = time(Millis(*mark));
            canvas.text(&text, (x, bottom + 14 * FINE), Side::Across, Role::Faint);
        }
        let middle = self.stretch.at(1, 2);
        let says = "time from the start (the first hours are drawn wider)";
        canvas.text(says, (middle, bottom + 32 * FINE), Side::Across, Role::Faint);
    }
}

/// Agents from none to a round number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AgentAxis {
    step: u64,
    top: u64,
    stretch: Stretch,
}

impl AgentAxis {
    pub(super) fn new(most: u64, stretch: Stretch) -> Self {
        let step = step(most);
        Self { step, top: most.max(1).div_ceil(step).saturating_mul(step), stretch }
    }

    /// Where so many stand.
    pub(super) fn at(&self, agents: u64) -> i32 {
        self.stretch.at(agents, self.top)
    }

    /// Draws its lines and what it counts.
    pub(super) fn draw(&self, canvas: &Canvas<'_>, (left, right): (i32, i32)) {
        let mut agents = 0_u64;
        while agents <= self.top {
            let y = self.at(agents);
            canvas.line(vec![(left, y), (right, y)], Role::Grid, 4);
            canvas.text(&grouped(agents), (left - 8 * FINE, y), Side::Left, Role::Faint);
            agents += self.step;
        }
        let above = self.stretch.to - 16 * FINE;
        canvas.text("agents", (left - 8 * FINE, above), Side::Left, Role::Faint);
    }
}

/// A round number of which at most six reach so far.
fn step(most: u64) -> u64 {
    let mut decade = 1_u64;
    loop {
        for factor in [1, 2, 5] {
            let step = decade.saturating_mul(factor);
            if most / 6 < step {
                return step;
            }
        }
        decade = decade.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDE: Stretch = Stretch { from: 100, to: 700 };

    #[test]
    fn marks_are_evenly_apart() {
        let axis = TimeAxis::new(3 * DAY, WIDE);
        let places: Vec<i32> =
            [0, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, DAY, 3 * DAY].map(|ms| axis.at(ms)).into();
        assert_eq!(places, [100, 200, 300, 400, 500, 600, 700]);
    }

    #[test]
    fn time_never_runs_back_nor_out() {
        let axis = TimeAxis::new(35 * DAY, WIDE);
        let places: Vec<i32> = (0..900).map(|hour| axis.at(hour * HOUR)).collect();
        assert!(places.is_sorted() && places[0] == 100 && places[899] == 700);
        assert_eq!(TimeAxis::new(0, WIDE).at(5), 700);
    }

    #[test]
    fn steps_are_round() {
        for (most, expected) in [(0, 1), (5, 1), (12, 5), (120, 50), (2400, 500), (60_000, 20_000)]
        {
            assert_eq!(step(most), expected, "{most}");
        }
        assert!(step(u64::MAX) > 1);
    }
}
