//! Groups that lose somebody, and what would open a way.

use outlast_reports::document::GroupDocument;

use super::{Page, time};
use crate::{SCREEN_COLUMNS, Tone, grouped, harmless, shortened, width, wrapped};

/// Groups shown without `--details`.
const SHOWN: usize = 6;
/// The column of group names.
const NAME: usize = 24;

impl Page<'_> {
    pub(super) fn groups(&self, details: bool) -> Option<String> {
        let hit = &self.run.groups_hit;
        if hit.is_empty() {
            return None;
        }
        let at = time(self.run.worst_at_ms);
        let agents = hit.iter().any(|one| !one.users);
        let whom = match (agents, hit.iter().any(|one| one.users)) {
            (true, true) => "agents or users",
            (false, true) => "users",
            (_, false) => "agents",
        };
        let heading = format!("Groups that lose {whom} (at {at}, once all have moved)");
        let mut text = self.heading(&heading);
        let wide = hit.iter().map(|one| width(&harmless(&one.group))).max().unwrap_or(0).min(NAME);
        let shown = if details { hit.len() } else { SHOWN };
        for group in hit.iter().take(shown) {
            text.push_str(&self.group(group, wide));
        }
        if hit.len() > shown {
            let more = format!("… and {} more: --details", hit.len() - shown);
            text.push_str(&self.says(&more, 2));
        }
        let scenario = &self.run.scenario;
        let ask = format!("Why: outlast explain PLAN {scenario} --group {}", hit[0].group);
        text.push_str(&self.faint(&ask));
        Some(text)
    }

    fn group(&self, group: &GroupDocument, wide: usize) -> String {
        let name = shortened(&harmless(&group.group), wide);
        let blanks = " ".repeat(wide - width(&name));
        let mut line = format!(
            "{} of {}{} work",
            grouped(group.left_alone.working),
            grouped(group.left_alone.on_shift),
            if group.users { " users" } else { "" }
        );
        let mut beside = Vec::new();
        if group.directed.working != group.left_alone.working {
            beside.push(format!("{} if directed", grouped(group.directed.working)));
        }
        if group.normally_working != group.left_alone.on_shift {
            beside.push(format!("normally {}", grouped(group.normally_working)));
        }
        if !beside.is_empty() {
            line = format!("{line} ({})", beside.join(", "));
        }
        if !group.why.is_empty() {
            line = format!("{line}: {}", group.why.join(", "));
        }
        let start = 2 + wide + 2;
        let says = |text: &str| wrapped(&harmless(text), SCREEN_COLUMNS - start, start);
        let mut text = format!("  {name}{blanks}  {}\n", says(&line));
        if let Some(nearest) = &group.nearest {
            let near = format!("{} would open: {}", nearest.changes.join(" and "), nearest.way);
            let near = self.palette.paint(Tone::Faint, &says(&near));
            text.extend([" ".repeat(start).as_str(), &near, "\n"]);
        }
        text
    }
}
