//! How to make the same report again, and what its words mean.

use maud::{Markup, html};

use crate::document::ReportDocument;
use crate::figure::Spot;

const WORDS: [(&str, &str); 14] = [
    ("working", "every required part of a way of working is up, and nothing on it over its limit"),
    ("effective", "agents working, times the share of their calls that get through"),
    ("impaired", "at work, but something shared is over its limit, or voice is lost"),
    ("in transit", "on the way to a way of working"),
    ("stranded", "all others on shift"),
    ("untouched", "nobody does anything: who works on all the same"),
    ("settled", "everybody has logged in again another way in the same place, within minutes"),
    ("moved", "those have travelled who must, within hours"),
    ("left alone", "everybody tries his own ways in his own order; no change is made"),
    ("directed", "somebody has told people which way to take"),
    ("MBCO", "minimum business continuity objective: how many agents are needed"),
    ("RTO", "recovery time objective: within what time they are"),
    ("MTPD", "maximum tolerable period of disruption: how long below is tolerable"),
    ("worst moment", "that at which most agents of its hour are lost, moved and left alone"),
];

const STATUSES: [(&str, &str); 6] = [
    ("0", "answered"),
    ("1", "an objective is missed, where --fail-on asks for that"),
    ("2", "the command line is wrong, or a file cannot be written"),
    ("3", "the plan or a scenario is wrong"),
    ("4", "incomplete"),
    ("70", "Outlast itself is wrong"),
];

pub(super) fn section(report: &Spot<'_, ReportDocument>) -> Markup {
    html! {
        p {
            "The same inputs and options give the same bytes, with any number of threads. Compare the "
            "digests of your files with those under Identity, then:"
        }
        pre { code { (report.it.command) } }
        p {
            "Outlast " (report.it.head.engine.version) " wrote this page from " code { "report.json" }
            ", which lies beside it. Each figure in a table names its place there (" code { "data-at" }
            ", a JSON pointer)."
        }
        h3 { "Exit statuses" }
        dl { @for (status, says) in STATUSES { dt { (status) } dd { (says) } } }
        h3 { "Words" }
        dl { @for (word, says) in WORDS { dt { (word) } dd { (says) } } }
    }
}
