//! The continuity report: one document, and the page that is made of it.
//!
//! The page holds no figure of its own. Each that it shows in a table carries the JSON
//! pointer to where the document has it, and the charts are drawn from the same structs
//! as the tables beside them.

mod agents;
pub(crate) mod bounds;
mod capacity;
mod findings;
mod identity;
mod over_time;
mod page;
mod repeat;
mod scenario;
mod standing;
mod summary;
mod verdicts;

use crate::chart::states::States;
use crate::document::{CheckDocument, HeadDocument, OptionsDocument, ReportDocument, RunsDocument};
use crate::figure::{Spot, spot};
use crate::text::harmless_lines;

/// What was asked for besides plan and scenarios.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The day of the report.
    pub date: Option<String>,
    /// The command that makes it again.
    pub command: String,
    /// Other options.
    pub options: OptionsDocument,
}

/// Runs and findings as a report.
pub fn reported(runs: RunsDocument, check: CheckDocument, asked: Asked) -> ReportDocument {
    ReportDocument {
        head: HeadDocument { kind: "report".to_owned(), ..runs.head },
        date: asked.date,
        command: asked.command,
        options: asked.options,
        runs: runs.runs,
        check: check.into(),
    }
}

/// The report as a page that stands alone: no script, nothing to be fetched.
pub fn html(report: &ReportDocument) -> String {
    // What people have written may hold marks that nobody sees; here none gets through.
    harmless_lines(&page::page(report).into_string())
}

/// Charts of a report that stand alone, each with its name: agents by state, then for
/// each run agents over time.
pub fn pictures(report: &ReportDocument) -> Vec<(String, String)> {
    let root = Spot::root(report);
    let alone = |picture: &str| crate::chart::standing_alone(&harmless_lines(picture));
    let states = ("states".to_owned(), alone(&States::of(&root).picture("states")));
    let runs = spot!(root, runs).each();
    let over_time = runs.iter().map(|run| {
        let picture = crate::chart::over_time::OverTime::of(run).picture("over-time");
        (run.it.scenario.clone(), alone(&picture))
    });
    std::iter::once(states).chain(over_time).collect()
}
