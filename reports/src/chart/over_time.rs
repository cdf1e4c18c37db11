//! Agents working over the time of a scenario: left alone as they move, and for each
//! moment what directing them would come to, what is normal and what is needed.

use super::axis::{AgentAxis, Stretch, TimeAxis};
use super::canvas::{About, Canvas, FINE, Point, Side, picture};
use super::palette::Role;
use crate::document::{ExtentPointDocument, MomentDocument, PointDocument, RunDocument};
use crate::figure::{Between, Figure, Spot, spot};
use crate::report::bounds::{Stage, bounds_at, normally, of_span, working};

/// The objective whose need is drawn: the one that counts everybody.
const OVERALL: &str = "overall";

/// Figures over time, drawn and in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OverTime {
    /// Left alone.
    pub(crate) points: Vec<PointRow>,
    /// What holds from each moment on.
    pub(crate) moments: Vec<MomentRow>,
    horizon: u64,
    name: String,
    counts: Option<String>,
}

/// Agents working from a time on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PointRow {
    pub(crate) at: Figure,
    pub(crate) working: Between,
    pub(crate) effective: Between,
}

/// What holds from a moment on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MomentRow {
    pub(crate) at: Figure,
    pub(crate) moved: Between,
    pub(crate) directed: Between,
    pub(crate) normal: Between,
    pub(crate) needed: Option<Figure>,
}

impl OverTime {
    pub(crate) fn of(run: &Spot<'_, RunDocument>) -> Self {
        let overall = run.it.objectives.iter().find(|one| one.objective == OVERALL);
        Self {
            points: points(run),
            moments: spot!(run, moments).each().iter().map(|one| moment(run, one)).collect(),
            horizon: run.it.horizon_ms,
            name: run.it.scenario.clone(),
            counts: overall.map(|one| one.counts.clone()),
        }
    }

    /// Whether as many work directed as left alone, though perhaps not the same.
    fn is_alike(&self) -> bool {
        self.moments.iter().all(|one| plain(&one.directed) == plain(&one.moved))
    }

    /// What can be seen, in words.
    pub(crate) fn says(&self) -> String {
        let first = self.points.first().map(|one| one.working.read.text.clone());
        let last = self.points.last().map(|one| (one.working.read.text.clone(), &one.at.text));
        let mut says = match (first, last) {
            (Some(first), Some((last, at))) if self.points.len() > 1 => {
                let ends = format!(
                    "Left alone {first} agents work at the beginning and {last} from {at} on"
                );
                match self.points.iter().min_by_key(|one| one.working.read.value) {
                    Some(one)
                        if one.working.read.text != first && one.working.read.text != last =>
                    {
                        let (least, since) = (&one.working.read.text, &one.at.text);
                        format!("{ends}; fewest are {least}, from {since} on.")
                    }
                    Some(_) | None => format!("{ends}."),
                }
            }
            (Some(first), _) => format!("Left alone {first} agents work at all times."),
            (None, _) => String::new(),
        };
        let directed = if self.is_alike() {
            " Directed as many would work as left alone, though perhaps others: that line is left out."
        } else {
            " Directed is how many could work, told which way to take, once all have moved."
        };
        says.push_str(directed);
        match self.counts.as_deref() {
            Some("effective") => says.push_str(
                " What is needed is the MBCO of all agents, which counts effective agents: \
                 those who work, times the share of their calls that get through.",
            ),
            Some(_) => says.push_str(" What is needed is the MBCO of all agents."),
            None => says.push_str(" The plan sets no MBCO for all agents together."),
        }
        if self.points.iter().any(|one| one.working.bounds.is_some()) {
            says.push_str(" The band lies between what is certain and what is possible.");
        }
        says
    }

    /// The picture; `id` is its own in the page.
    pub(crate) fn picture(&self, id: &str) -> String {
        let title = format!("Agents working over time: {}", self.name);
        let about = About { id: id.to_owned(), title, says: self.says() };
        picture(&about, SIZE, |canvas| self.draw(canvas))
    }

    fn draw(&self, canvas: &Canvas<'_>) {
        let across = Stretch { from: LEFT, to: RIGHT };
        let axis = TimeAxis::new(self.horizon, across);
        let agents = AgentAxis::new(self.most(), Stretch { from: BOTTOM, to: TOP });
        axis.draw(canvas, (TOP, BOTTOM));
        agents.draw(canvas, (LEFT, RIGHT));
        if let Some(band) = self.band(&axis, &agents) {
            canvas.area(band, Role::Band);
        }
        let lines = self.lines();
        let ends: Vec<i32> = lines.iter().filter_map(Line::last).map(|n| agents.at(n)).collect();
        for (line, y) in lines.iter().zip(spread(&ends)) {
            canvas.line(steps(&line.values, &axis, &agents), line.role, line.thick);
            canvas.text(&line.label(), (RIGHT + 8 * FINE, y), Side::Right, line.role);
        }
        self.mark_lowest(canvas, &axis, &agents);
    }

    /// Where fewest work, unless the label at the end says so.
    fn mark_lowest(&self, canvas: &Canvas<'_>, axis: &TimeAxis, agents: &AgentAxis) {
        let Some(lowest) = self.points.iter().min_by_key(|one| one.working.read.value) else {
            return;
        };
        let last = self.points.last().map(|one| one.working.read.value);
        if last == Some(lowest.working.read.value) {
            return;
        }
        let (x, y) = (axis.at(number(&lowest.at)), agents.at(number(&lowest.working.read)));
        canvas.block((x - 3 * FINE, y - 3 * FINE), (x + 3 * FINE, y + 3 * FINE), Role::Working);
        let below = if y + 18 * FINE < BOTTOM { 12 * FINE } else { -12 * FINE };
        let text = plain(&lowest.working);
        canvas.text(&text, (x + 7 * FINE, y + below), Side::Right, Role::Working);
    }

    fn most(&self) -> u64 {
        let of = |one: &Between| {
            one.bounds.as_ref().map_or(0, |(_, most)| number(most)).max(number(&one.read))
        };
        let points = self.points.iter().map(|one| of(&one.working));
        let moments = self.moments.iter().map(|one| {
            let needed = one.needed.as_ref().map_or(0, number);
            of(&one.directed).max(of(&one.normal)).max(needed)
        });
        points.chain(moments).max().unwrap_or(0)
    }

    /// Lines with their labels; the one that matters most is drawn last.
    fn lines(&self) -> Vec<Line> {
        let of = |get: fn(&MomentRow) -> &Between| -> Vec<(u64, u64)> {
            self.moments.iter().map(|one| (number(&one.at), number(&get(one).read))).collect()
        };
        let end = |get: fn(&MomentRow) -> &Between| self.moments.last().map(|one| plain(get(one)));
        let normal =
            Line::new("normal", Role::Normal, 6, of(|one| &one.normal), end(|one| &one.normal));
        let needs: Vec<(u64, u64)> = self
            .moments
            .iter()
            .filter_map(|one| Some((number(&one.at), number(one.needed.as_ref()?))))
            .collect();
        let needed = self.moments.last().and_then(|one| one.needed.as_ref());
        let needed = needed.map(|one| one.text.clone());
        let needed = Line::new("needed", Role::Needed, 8, needs, needed);
        let directed = of(|one| &one.directed);
        let directed = Line::new("directed", Role::Directed, 8, directed, end(|one| &one.directed));
        let alone =
            self.points.iter().map(|one| (number(&one.at), number(&one.working.read))).collect();
        let last = self.points.last().map(|one| plain(&one.working));
        let alone = Line::new("left alone", Role::Working, 12, alone, last);
        let all = [normal, needed, directed, alone];
        let is_alike = self.is_alike();
        let is_drawn =
            |line: &Line| !(line.values.is_empty() || is_alike && line.name == "directed");
        all.into_iter().filter(is_drawn).collect()
    }

    /// Between certain and possible, there and back.
    fn band(&self, axis: &TimeAxis, agents: &AgentAxis) -> Option<Vec<Point>> {
        self.points.iter().find(|one| one.working.bounds.is_some())?;
        let edge = |get: fn(&(Figure, Figure)) -> &Figure| -> Vec<(u64, u64)> {
            let each = self.points.iter().map(|one| {
                let figure = one.working.bounds.as_ref().map_or(&one.working.read, get);
                (number(&one.at), number(figure))
            });
            each.collect()
        };
        let mut points = steps(&edge(|(least, _)| least), axis, agents);
        points.extend(steps(&edge(|(_, most)| most), axis, agents).into_iter().rev());
        Some(points)
    }
}

const SIZE: Point = (760 * FINE, 320 * FINE);
const LEFT: i32 = 60 * FINE;
const RIGHT: i32 = 560 * FINE;
const TOP: i32 = 32 * FINE;
const BOTTOM: i32 = 270 * FINE;
/// Between two labels at the end of lines.
const APART: i32 = 16 * FINE;

struct Line {
    name: &'static str,
    role: Role,
    thick: u32,
    values: Vec<(u64, u64)>,
    end: Option<String>,
}

impl Line {
    fn new(
        name: &'static str,
        role: Role,
        thick: u32,
        values: Vec<(u64, u64)>,
        end: Option<String>,
    ) -> Self {
        Self { name, role, thick, values, end }
    }

    fn last(&self) -> Option<u64> {
        self.values.last().map(|(_, value)| *value)
    }

    fn label(&self) -> String {
        format!("{} {}", self.name, self.end.as_deref().unwrap_or_default())
    }
}

/// A figure that is no less than nothing.
pub(super) fn number(figure: &Figure) -> u64 {
    u64::try_from(figure.value).unwrap_or(0)
}

/// A figure with its bounds, in a picture.
pub(super) fn plain(one: &Between) -> String {
    match &one.bounds {
        Some((least, most)) => format!("{} ({}\u{2013}{})", one.read.text, least.text, most.text),
        None => one.read.text.clone(),
    }
}

/// A line that keeps its height until the next value, up to the end.
fn steps(values: &[(u64, u64)], axis: &TimeAxis, agents: &AgentAxis) -> Vec<Point> {
    let mut points = Vec::new();
    for (n, (at, value)) in values.iter().enumerate() {
        let y = agents.at(*value);
        points.push((axis.at(*at), y));
        let until = values.get(n + 1).map_or(RIGHT, |(next, _)| axis.at(*next));
        points.push((until, y));
    }
    points.dedup();
    points
}

/// Places for labels near their lines that do not cover each other, by line.
fn spread(wanted: &[i32]) -> Vec<i32> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|n| wanted[*n]);
    let mut places = wanted.to_vec();
    let mut free = TOP;
    for n in &order {
        places[*n] = wanted[*n].max(free);
        free = places[*n] + APART;
    }
    let mut free = BOTTOM;
    for n in order.iter().rev() {
        places[*n] = places[*n].min(free);
        free = places[*n] - APART;
    }
    places
}

fn moment(run: &Spot<'_, RunDocument>, moment: &Spot<'_, MomentDocument>) -> MomentRow {
    let bounds = bounds_at(run, moment.it.at_ms);
    let needs = spot!(moment, moved.left_alone.objectives).each();
    let overall = needs.iter().find(|one| one.it.objective == OVERALL);
    MomentRow {
        at: Figure::time(&spot!(moment, at_ms)),
        moved: working(moment, bounds.as_ref(), Stage::Moved),
        directed: working(moment, bounds.as_ref(), Stage::Directed),
        normal: normally(moment, bounds.as_ref()),
        needed: overall.map(|one| Figure::count(&spot!(one, need))),
    }
}

/// The curve, at the times of all combinations where facts are not known.
fn points(run: &Spot<'_, RunDocument>) -> Vec<PointRow> {
    let read: Vec<Spot<'_, PointDocument>> = spot!(run, curve).each();
    let unknown = run.it.unknown.as_ref();
    let unknown = unknown.map(|it| Spot { at: format!("{}/unknown", run.at), it });
    let bounds: Vec<Spot<'_, ExtentPointDocument>> =
        unknown.map(|unknown| spot!(unknown, curve).each()).unwrap_or_default();
    let mut times: Vec<Spot<'_, u64>> = read.iter().map(|one| spot!(one, at_ms)).collect();
    times.extend(bounds.iter().map(|one| spot!(one, at_ms)));
    times.sort_by_key(|one| *one.it);
    times.dedup_by_key(|one| *one.it);
    let row = |at: &Spot<'_, u64>| {
        let point = read.iter().rfind(|one| one.it.at_ms <= *at.it)?;
        let span = bounds.iter().rfind(|one| one.it.at_ms <= *at.it);
        let (working, effective) =
            (span.map(|one| spot!(one, working)), span.map(|one| spot!(one, effective)));
        Some(PointRow {
            at: Figure::time(at),
            working: of_span(&spot!(point, working), working.as_ref()),
            effective: of_span(&spot!(point, effective), effective.as_ref()),
        })
    };
    times.iter().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_do_not_cover_each_other() {
        let places = spread(&[BOTTOM, BOTTOM, TOP, BOTTOM - 4]);
        let mut sorted = places.clone();
        sorted.sort_unstable();
        assert!(sorted.windows(2).all(|two| two[1] - two[0] >= APART), "{places:?}");
        assert!(sorted[0] >= TOP && sorted[3] <= BOTTOM, "{places:?}");
    }

    #[test]
    fn lines_are_steps_to_the_end() {
        let axis = TimeAxis::new(3_600_000, Stretch { from: LEFT, to: RIGHT });
        let agents = AgentAxis::new(10, Stretch { from: 100, to: 0 });
        let points = steps(&[(0, 10), (900_000, 0)], &axis, &agents);
        let middle = axis.at(900_000);
        assert_eq!(points, [(LEFT, 0), (middle, 0), (middle, 100), (RIGHT, 100)]);
    }
}
