//! The table of moments.

use outlast_reports::blocked::clause;
use outlast_reports::document::{BothDocument, MomentDocument};

use super::{Page, time, worst};
use crate::{Align, Palette, SCREEN_COLUMNS, Table, Tone, counted, grouped, harmless, wrapped};

/// Moments in the table; more are under `--details`.
const SHOWN: usize = 12;
/// The least room for what happens beside the figures.
const LEAST: usize = 24;
/// The heading of that column.
const HEAD: usize = "what happens".len();
/// Where it stands below them instead.
const BELOW: usize = 6;

impl Page<'_> {
    pub(super) fn moments(&self, details: bool) -> String {
        let alike = self.run.moments.iter().all(directing_is_nothing);
        let shown = if details { self.run.moments.len() } else { SHOWN };
        let moments: Vec<&MomentDocument> = self.run.moments.iter().take(shown).collect();
        let mut table = Table::new(columns(self.run.objectives.len(), alike)).indented(2);
        for moment in &moments {
            table.row(cells(moment, alike));
        }
        let table = table.render(SCREEN_COLUMNS, Palette::PLAIN);
        let wide = table.lines().next().map_or(0, crate::width) + 2;
        let room = SCREEN_COLUMNS.saturating_sub(wide);
        let mut lines = moments.iter().flat_map(|moment| &moment.happens);
        let beside = room >= LEAST || (room > HEAD && lines.all(|line| crate::width(line) <= room));
        let mut text = self.heading("Agents working");
        for (n, line) in table.lines().enumerate() {
            let blanks = " ".repeat(wide.saturating_sub(crate::width(line)));
            let row = match n.checked_sub(1) {
                None if beside => {
                    self.palette.paint(Tone::Strong, &format!("{line}  what happens"))
                }
                None => self.palette.paint(Tone::Strong, line),
                Some(n) if beside => format!("{line}{blanks}{}", happens(moments[n], wide)),
                Some(n) => format!("{line}\n{}{}", " ".repeat(BELOW), happens(moments[n], BELOW)),
            };
            text.extend([row.trim_end(), "\n"]);
        }
        let more = self.run.moments.len().saturating_sub(shown);
        if more > 0 {
            text.push_str(&self.says(&format!("… and {more} later moments: --details"), 2));
        }
        self.remarks(&mut text, alike);
        text
    }

    fn legend(&self, alike: bool) -> String {
        let mut says = "untouched: nobody does anything; settled: all have logged in again in \
                        the same place; moved: those have travelled who must"
            .to_owned();
        if !alike {
            says.push_str("; directed: moved, and told which way to take");
        }
        self.faint(&says)
    }

    /// What the table does not show: effective and impaired agents, and that
    /// directing people is worth nothing.
    fn remarks(&self, text: &mut String, alike: bool) {
        let worst = worst(self.run);
        let all = &worst.moved.left_alone.all;
        let at = time(worst.at_ms);
        text.push_str(&self.legend(alike));
        if all.impaired > 0 {
            let impaired = counted(all.impaired, "agent more is", "agents more are");
            let says = format!("At {at}, once moved, {impaired} at work, but impaired.");
            text.push_str(&self.says(&says, 2));
        }
        if let Some(keeping) = worst.keeping.filter(|_| !alike) {
            let moved = counted(keeping.moved, "agent who works", "agents who work");
            let says = format!(
                "Directed, at {at}, moves {moved} to make room for others; without that {} work.",
                grouped(keeping.working)
            );
            text.push_str(&self.says(&says, 2));
        }
        // A trunk blocks a few calls at its best: that is no news.
        let normal = &self.run.normal.left_alone.all;
        if all.working - all.effective > normal.working - normal.effective {
            let effective = grouped(all.effective);
            let is_congested = worst.blocking.iter().any(|one| one.channels.is_none());
            let what = if is_congested { "Congestion" } else { "Trunks block calls" };
            let why = clause(&worst.blocking);
            let says = format!(
                "{what}: at {at}, once moved, {why}; those who work get as many calls through \
                 as {effective} would."
            );
            text.push_str(&self.says(&says, 2));
        }
        if alike {
            let says = "Telling people which way to take would change nothing.";
            text.push_str(&self.says(says, 2));
        }
    }
}

/// Whether as many work left alone as directed.
fn directing_is_nothing(moment: &MomentDocument) -> bool {
    let same = |both: &BothDocument| {
        let (a, b) = (&both.left_alone, &both.directed);
        a.all == b.all && a.by_group == b.by_group
    };
    same(&moment.untouched) && same(&moment.settled) && same(&moment.moved)
}

fn columns(objectives: usize, alike: bool) -> Vec<(&'static str, Align)> {
    let mut columns = vec!["at", "untouched", "settled", "moved"];
    if !alike {
        columns.push("directed");
    }
    columns.push("normal");
    match objectives {
        0 => {}
        1 => columns.push("needed"),
        _ => columns.push("met"),
    }
    columns.into_iter().map(|column| (column, Align::Right)).collect()
}

fn cells(moment: &MomentDocument, alike: bool) -> Vec<String> {
    let working = |both: &BothDocument| grouped(both.left_alone.all.working);
    let mut cells = vec![
        time(moment.at_ms),
        working(&moment.untouched),
        working(&moment.settled),
        working(&moment.moved),
    ];
    if !alike {
        cells.push(grouped(moment.moved.directed.all.working));
    }
    cells.push(grouped(moment.normally_working));
    let counts = &moment.moved.left_alone.objectives;
    let met = counts.iter().filter(|count| count.met).count();
    match counts.as_slice() {
        [] => {}
        [one] => cells.push(grouped(one.need)),
        _ => cells.push(format!("{met}/{}", counts.len())),
    }
    cells
}

/// What happens, a line or more each, set in so far.
fn happens(moment: &MomentDocument, indent: usize) -> String {
    let columns = SCREEN_COLUMNS - indent;
    let each = moment.happens.iter();
    let lines: Vec<String> =
        each.map(|what| wrapped(&harmless(what), columns - 1, indent + 1)).collect();
    lines.join(&format!("\n{}", " ".repeat(indent)))
}
