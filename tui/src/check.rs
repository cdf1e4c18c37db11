//! Findings for people: how the plan stands, then one entry a finding.

use outlast_reports::CheckDocument;
use outlast_reports::document::FindingDocument;

use crate::{Palette, SCREEN_COLUMNS, Tone, counted, grouped, harmless, wrapped};

/// What is shown of the findings.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// At most so many findings; `None` is all.
    pub top: Option<usize>,
    /// Notes as well, and more of what each finding breaks.
    pub details: bool,
}

/// So many of what a finding breaks are named, and so many with `--details`.
const NAMED: (usize, usize) = (3, 8);
/// Where the lines below a finding's first begin.
const INDENT: usize = 4;

/// The findings on a plan.
pub fn findings(document: &CheckDocument, shown: Shown, palette: Palette) -> String {
    let mut text = head(document, palette);
    let kept = |one: &&FindingDocument| shown.details || one.severity != "note";
    let all: Vec<&FindingDocument> = document.findings.iter().filter(kept).collect();
    let top = shown.top.unwrap_or(usize::MAX).min(all.len());
    for finding in &all[..top] {
        text.push('\n');
        text.push_str(&entry(finding, shown, palette));
    }
    if shown.details {
        for waived in &document.waived {
            let by = format!(
                "Accepted by {} until {} ({}): {}.",
                waived.owner,
                waived.until,
                waived.waiver,
                waived.reason.trim_end_matches('.')
            );
            text.push('\n');
            text.push_str(&entry(&waived.finding, shown, palette));
            text.push_str(&below(&by));
        }
    }
    let mut more = Vec::new();
    if all.len() > top {
        more.push(format!("{} more: --top {}", grouped((all.len() - top) as u64), all.len()));
    }
    if !shown.details && document.notes > 0 {
        more.push(format!("{}: --details", counted(document.notes as u64, "note", "notes")));
    }
    if !more.is_empty() {
        text.extend(["\n… and ", &more.join("; "), "\n"]);
    }
    text
}

fn head(document: &CheckDocument, palette: Palette) -> String {
    let name = harmless(&document.head.plan.name);
    let (working, all) = (grouped(document.working), grouped(document.on_shift));
    let works = format!("{name}: with nothing failed {working} of {all} agents work.");
    let tone = if document.working == document.on_shift { Tone::Good } else { Tone::Bad };
    let counts = [
        (document.errors, "error", "errors"),
        (document.warnings, "warning", "warnings"),
        (document.notes, "note", "notes"),
        (document.waived.len(), "accepted", "accepted"),
    ];
    let some = counts.iter().filter(|(count, ..)| *count > 0);
    let counts: Vec<String> =
        some.map(|(count, one, many)| counted(*count as u64, one, many)).collect();
    let counts = if counts.is_empty() { "nothing found".to_owned() } else { counts.join(", ") };
    format!("{}\n{counts}\n", palette.paint(tone, &wrapped(&works, SCREEN_COLUMNS, 0)))
}

fn entry(finding: &FindingDocument, shown: Shown, palette: Palette) -> String {
    let tone = match finding.severity.as_str() {
        "error" => Tone::Bad,
        "warning" => Tone::Notice,
        _ => Tone::Faint,
    };
    let place = finding.place.as_ref();
    let place = place.map(|at| format!("{}:{}:{}", at.file, at.line, at.column));
    let agents = match finding.agents {
        0 => None,
        agents => Some(counted(agents, "agent", "agents")),
    };
    let parts = [Some(finding.rule.clone()), agents, place, Some(finding.at.clone())];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let line = harmless(&parts.join(" · "));
    let severity = palette.paint(tone, &finding.severity);
    let room = SCREEN_COLUMNS - finding.severity.len() - 1;
    let mut text = format!("{severity} {}\n", wrapped(&line, room, INDENT));
    text.push_str(&below(&format!("{}.", finding.says)));
    if !finding.breaks.is_empty() {
        text.push_str(&below(&breaks(finding, shown)));
    }
    if let Some(mend) = &finding.mend {
        text.push_str(&below(&format!("Mend: {mend}.")));
    }
    if let Some(write) = &finding.write {
        for line in write.lines() {
            text.extend([&" ".repeat(2 * INDENT), harmless(line).as_str(), "\n"]);
        }
    }
    text
}

fn breaks(finding: &FindingDocument, shown: Shown) -> String {
    let named = if shown.details { NAMED.1 } else { NAMED.0 };
    let mut words: Vec<String> = finding.breaks.iter().take(named).cloned().collect();
    let more = finding.breaks.len() - words.len();
    if more > 0 {
        let all = if shown.details { " (`--format json` has all)" } else { "" };
        words.push(format!("and {more} more{all}"));
    }
    format!("Breaks {}.", words.join("; "))
}

fn below(text: &str) -> String {
    let text = wrapped(&harmless(text), SCREEN_COLUMNS - INDENT, INDENT);
    format!("{}{text}\n", " ".repeat(INDENT))
}
