//! What is worth asking, for people: on a screen, as Markdown, and for a spreadsheet.

use outlast_reports::document::{AskDocument, QuestionDocument};

use crate::{Palette, SCREEN_COLUMNS, Tone, counted, harmless, wrapped};

/// Questions shown without `--details`.
const SHOWN: usize = 10;
/// Effects of a question shown without `--details`.
const EFFECTS: usize = 3;
/// Places of a fact named.
const PATHS: usize = 3;

/// A page for a screen.
pub fn questions(document: &AskDocument, details: bool, palette: Palette) -> String {
    let title = format!("{}: what is worth asking", document.head.plan.name);
    let mut text = format!("{}\n", palette.paint(Tone::Strong, &harmless(&title)));
    text.push_str(&says(&summary(document), 0));
    for remark in &document.remarks {
        text.push_str(&says(&format!("Note: {remark}."), 0));
    }
    let shown = if details { document.questions.len() } else { SHOWN };
    for (n, one) in document.questions.iter().take(shown).enumerate() {
        text.push('\n');
        text.push_str(&question(n + 1, one, details, palette));
    }
    if document.questions.len() > shown {
        let more = document.questions.len() - shown;
        text.push_str(&says(&format!("\n… and {more} more: --details"), 0));
    }
    if details {
        let nothing = document.decides_nothing.join(", ");
        if !nothing.is_empty() {
            text.push('\n');
            text.push_str(&says(&format!("Decides nothing: {nothing}."), 0));
        }
        for one in &document.not_varied {
            text.push_str(&says(&format!("Not varied: {} ({}).", one.fact, one.why), 0));
        }
    }
    text
}

/// A text set in, its further lines as well.
fn says(text: &str, indent: usize) -> String {
    let blanks = " ".repeat(indent);
    format!("{blanks}{}\n", wrapped(&harmless(text), SCREEN_COLUMNS - indent, indent))
}

fn summary(document: &AskDocument) -> String {
    let some = document.questions.len();
    let decide = match some {
        0 => "No fact decides anything".to_owned(),
        1 => "1 fact decides something".to_owned(),
        n => format!("{n} facts decide something"),
    };
    let nothing = counted(document.decides_nothing.len() as u64, "other", "others");
    let fixed = match document.not_varied.len() {
        0 => String::new(),
        n => format!("; {n} could not be varied"),
    };
    format!(
        "{decide}, each changed alone in: {}. {nothing} decide nothing and are not asked{fixed}.",
        document.scenarios.join(", ")
    )
}

fn question(n: usize, one: &QuestionDocument, details: bool, palette: Palette) -> String {
    let verdicts = counted(one.verdicts, "verdict", "verdicts");
    let agents = counted(one.agents, "agent", "agents");
    let head = format!("{n}. Ask: {} · {verdicts}, {agents} · {}", one.ask, one.fact);
    let mut text = String::new();
    for line in wrapped(&harmless(&head), SCREEN_COLUMNS, 3).lines() {
        text.extend([&palette.paint(Tone::Strong, line), "\n"]);
    }
    text.push_str(&says(&one.question, 3));
    let shown = if details { one.effects.len() } else { EFFECTS };
    for effect in one.effects.iter().take(shown) {
        let line = format!("if {}, in {}: {}", effect.value, effect.scenario, effect.says);
        text.push_str(&says(&line, 3));
    }
    if one.effects.len() > shown {
        let more = (one.effects.len() - shown) as u64;
        let more = format!("… and {}", counted(more, "more effect", "more effects"));
        text.push_str(&says(&more, 3));
    }
    if let Some(suffices) = &one.suffices {
        text.push_str(&says(&format!("enough in all of this: {suffices}"), 3));
    }
    let at = place(one, PATHS);
    let write = format!("once known, write it at {at}, as {}", one.write);
    let lines = wrapped(&harmless(&write), SCREEN_COLUMNS - 3, 3);
    for line in lines.lines() {
        text.extend(["   ", palette.paint(Tone::Faint, line.trim_start()).as_str(), "\n"]);
    }
    text
}

/// Where the answer is written; at most so many places are named.
fn place(one: &QuestionDocument, named: usize) -> String {
    let more = one.paths.len().saturating_sub(named);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let paths = one.paths.iter().take(named).cloned().collect::<Vec<_>>().join(", ");
    match &one.place {
        Some(place) => format!("{paths}{more} ({place})"),
        None => format!("{paths}{more}"),
    }
}

/// The same as Markdown.
pub fn markdown(document: &AskDocument) -> String {
    let mut text = format!("# What is worth asking: {}\n\n", plain(&document.head.plan.name));
    text.extend([plain(&summary(document)).as_str(), "\n"]);
    for remark in &document.remarks {
        text.extend(["\nNote: ", &plain(remark), ".\n"]);
    }
    for (n, one) in document.questions.iter().enumerate() {
        text.extend(["\n## ", &(n + 1).to_string(), ". ", &plain(&one.fact), "\n\n"]);
        text.extend(["Ask: ", &plain(&one.ask), ". ", &plain(&one.question), "\n\n"]);
        let verdicts = counted(one.verdicts, "verdict", "verdicts");
        let agents = counted(one.agents, "agent", "agents");
        text.extend(["It decides ", &verdicts, " and ", &agents, ".\n\n"]);
        for effect in &one.effects {
            let (value, scenario) = (plain(&effect.value), plain(&effect.scenario));
            text.extend(["- If ", &value, ", in ", &scenario, ": ", &plain(&effect.says), "\n"]);
        }
        if let Some(suffices) = &one.suffices {
            text.extend(["- Enough in all of this: ", &plain(suffices), "\n"]);
        }
        let (at, such) = (plain(&place(one, usize::MAX)), code(&one.write));
        text.extend(["\nOnce known, write it at ", &at, ", as ", &such, "\n"]);
    }
    text
}

/// A text on one line, in which nothing means anything to Markdown.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in harmless(text).chars() {
        if "\\`*_{}[]<>#|~".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A line to write as it is, on one line.
fn code(text: &str) -> String {
    format!("`{}`", harmless(text).replace('`', "'"))
}

/// The heads of the table.
const HEADS: [&str; 11] = [
    "rank", "verdicts", "agents", "ask", "fact", "question", "taken", "effects", "suffices",
    "where", "write",
];

/// The same for a spreadsheet: one row for each question.
pub fn csv(document: &AskDocument) -> String {
    let mut text = format!("{}\r\n", HEADS.join(","));
    for (n, one) in document.questions.iter().enumerate() {
        let effects = one
            .effects
            .iter()
            .map(|effect| format!("if {}, in {}: {}", effect.value, effect.scenario, effect.says));
        let cells = [
            (n + 1).to_string(),
            one.verdicts.to_string(),
            one.agents.to_string(),
            one.ask.clone(),
            one.fact.clone(),
            one.question.clone(),
            one.taken.clone(),
            effects.collect::<Vec<_>>().join(" | "),
            one.suffices.clone().unwrap_or_default(),
            place(one, usize::MAX),
            one.write.clone(),
        ];
        let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell that no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let text = harmless(text);
    let is_formula = text.trim_start().starts_with(['=', '+', '-', '@']);
    let guard = if is_formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::{cell, plain};

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell(" @x"), "\"' @x\"");
        assert_eq!(cell("a \"b\"\n=c"), "\"a \"\"b\"\" =c\"");
    }

    #[test]
    fn no_text_is_markdown() {
        assert_eq!(plain("<b>*x*\n# y"), "\\<b\\>\\*x\\* \\# y");
    }
}
