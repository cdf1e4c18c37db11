//! What is certain and what is possible, where facts are not known.

use outlast_reports::document::{Extent, ExtentMomentDocument, FactDocument, Span};
use outlast_reports::unknown::tried;

use super::{Page, time};
use crate::{Align, SCREEN_COLUMNS, Table, grouped, harmless, wrapped};

/// Moments and facts shown without `--details`.
const SHOWN: usize = 12;
/// Values of a fact named without `--details`.
const VALUES: usize = 4;
/// Groups named without `--details`.
const GROUPS: usize = 6;

impl Page<'_> {
    /// What is not known, and how far the figures lie apart for that.
    pub(super) fn unknown(&self, details: bool) -> Option<String> {
        let unknown = self.run.unknown.as_ref()?;
        let mut text = self.heading("Not known");
        text.push_str(&self.says(&tried(unknown), 2));
        if unknown.facts.iter().any(|one| one.open) {
            let besides = "A quantity or list may be another than those tried, with more or fewer \
                           agents at work.";
            text.push_str(&self.says(besides, 2));
        }
        if !unknown.moments.is_empty() {
            text.push_str(&self.extents(&unknown.moments, details));
            text.push_str(&self.groups_between(&unknown.moments, details));
        }
        let shown = if details { unknown.facts.len() } else { SHOWN };
        let matter: Vec<&FactDocument> = unknown.facts.iter().filter(|one| one.matters).collect();
        for fact in matter.iter().take(shown) {
            let line = wrapped(&harmless(&fact_line(fact, details)), SCREEN_COLUMNS - 4, 4);
            text.extend(["  ", &line, "\n"]);
        }
        if matter.len() > shown {
            let more = format!("… and {} more: --details", matter.len() - shown);
            text.push_str(&self.says(&more, 2));
        }
        let idle: Vec<&str> =
            unknown.facts.iter().filter(|one| !one.matters).map(|one| one.fact.as_str()).collect();
        if !idle.is_empty() {
            let says = if unknown.moments.is_empty() { "" } else { "Changes nothing here: " };
            text.push_str(&self.says(&format!("{says}{}", idle.join(", ")), 2));
        }
        for one in &unknown.not_varied {
            text.push_str(&self.says(&format!("Not varied: {} ({})", one.path, one.why), 2));
        }
        Some(text)
    }

    /// The table of moments once more, each figure as a range.
    fn extents(&self, moments: &[ExtentMomentDocument], details: bool) -> String {
        let mut table = Table::new([
            ("at", Align::Right),
            ("untouched", Align::Right),
            ("settled", Align::Right),
            ("moved", Align::Right),
            ("directed", Align::Right),
            ("stranded", Align::Right),
        ]);
        let shown = if details { moments.len() } else { SHOWN };
        for one in moments.iter().take(shown) {
            table.row([
                time(one.at_ms),
                range(working(&one.untouched.left_alone.all)),
                range(working(&one.settled.left_alone.all)),
                range(working(&one.moved.left_alone.all)),
                range(working(&one.moved.directed.all)),
                range(stranded(&one.moved.left_alone.all)),
            ]);
        }
        let mut text = table.indented(2).render(SCREEN_COLUMNS, self.palette);
        if moments.len() > shown {
            let more = format!("… and {} later moments: --details", moments.len() - shown);
            text.push_str(&self.says(&more, 2));
        }
        text.push_str(&self.faint("certain-possible; one figure where nothing differs"));
        text
    }

    /// Groups of which it cannot be said how many work, most in doubt first.
    fn groups_between(&self, moments: &[ExtentMomentDocument], details: bool) -> String {
        let mut widest: Vec<(String, Span, u64, u64)> = Vec::new();
        for moment in moments {
            for (group, extent) in moment.moved.left_alone.by_group.iter() {
                let (span, of) = (working(extent), extent.possible.on_shift);
                let wide = span.possible - span.certain;
                match widest.iter_mut().find(|(known, ..)| known == group) {
                    Some(known) if known.1.possible - known.1.certain < wide => {
                        *known = (group.to_owned(), span, of, moment.at_ms);
                    }
                    Some(_) => {}
                    None => widest.push((group.to_owned(), span, of, moment.at_ms)),
                }
            }
        }
        widest.retain(|(_, span, ..)| span.certain < span.possible);
        widest.sort_by_key(|(_, span, ..)| std::cmp::Reverse(span.possible - span.certain));
        let shown = if details { widest.len() } else { GROUPS };
        let mut text = String::new();
        for (group, span, of, at) in widest.iter().take(shown) {
            let line = format!(
                "{group}: between {} and {} of {} work (at {}, once all have moved)",
                grouped(span.certain),
                grouped(span.possible),
                grouped(*of),
                time(*at)
            );
            text.push_str(&self.says(&line, 2));
        }
        if widest.len() > shown {
            let more = format!("… and {} more groups: --details", widest.len() - shown);
            text.push_str(&self.says(&more, 2));
        }
        text
    }
}

fn fact_line(fact: &FactDocument, details: bool) -> String {
    let shown = if details { fact.values.len() } else { VALUES };
    let mut values: Vec<String> = fact.values.iter().take(shown).cloned().collect();
    if fact.values.len() > shown {
        values.push(format!("{} more", fact.values.len() - shown));
    }
    let values = values.join("; or ");
    let says = fact.says.trim_end_matches(" is not known").trim_end_matches(" is not given");
    format!("{}: {says}: {values} (ask: {})", fact.fact, fact.ask)
}

const fn working(extent: &Extent) -> Span {
    Span { certain: extent.certain.working, possible: extent.possible.working }
}

const fn stranded(extent: &Extent) -> Span {
    Span { certain: extent.certain.stranded, possible: extent.possible.stranded }
}

/// `310-412`, or one figure.
pub(super) fn range(span: Span) -> String {
    if span.certain == span.possible {
        return grouped(span.certain);
    }
    format!("{}-{}", grouped(span.certain), grouped(span.possible))
}
