//! Rules of the guide for people.

use std::fmt::Write as _;

use outlast_reports::rule::{ExampleDocument, RuleDocument};

use crate::{Palette, SCREEN_COLUMNS, Tone, harmless, width, wrapped};

/// Blanks before prose and plans.
const INDENT: usize = 2;

/// Shows one rule as a page.
pub fn page(rule: &RuleDocument, palette: Palette) -> String {
    let mut page = Page { text: String::new(), palette };
    let title = format!("{}: {}", rule.id, rule.name);
    page.text.push_str(&palette.paint(Tone::Strong, &harmless(&title)));
    page.text.push('\n');
    page.prose(&rule.meaning);
    page.section("Why it matters", &rule.why);
    for (n, example) in rule.examples.iter().enumerate() {
        let same = n > 0 && rule.examples[n - 1].shows == example.shows;
        page.example(example, !same);
    }
    page.section("Mend", &rule.mend);
    page.section("Limits", &rule.limits);
    page.section("How Outlast applies it", &applied(rule));
    let title = if rule.guide.len() == 1 { "The guide's page" } else { "The guide's pages" };
    page.section(title, &rule.guide.join("\n"));
    page.text
}

/// Shows what rules there are, a line each.
pub fn index(rules: &[RuleDocument], palette: Palette) -> String {
    let (mut text, mut family) = (String::new(), "");
    for rule in rules {
        if rule.family != family {
            let blank = if family.is_empty() { "" } else { "\n" };
            let title = format!("{}: {}", &rule.id[..3], rule.family);
            text.extend([blank, &palette.paint(Tone::Strong, &title), "\n"]);
            family = rule.family;
        }
        let effects: Vec<&str> = rule.effects.iter().map(|one| one.effect).collect();
        let effects = effects.join(", ");
        let _ = writeln!(text, "  {}  {:<34}{effects}", rule.id, rule.name);
    }
    text
}

fn applied(rule: &RuleDocument) -> String {
    let mut lines: Vec<String> =
        rule.effects.iter().map(|one| format!("{}: it {}", one.effect, one.means)).collect();
    if !rule.applied.is_empty() {
        lines.push(format!("in {}", rule.applied.join(", ")));
    }
    lines.extend(rule.awaits.map(|awaits| format!("still to come: {awaits}")));
    lines.join("\n")
}

struct Page {
    text: String,
    palette: Palette,
}

impl Page {
    fn heading(&mut self, heading: &str) {
        let heading = self.palette.paint(Tone::Strong, heading);
        self.text.extend(["\n", &heading, "\n"]);
    }

    /// Nothing where there is nothing to say.
    fn section(&mut self, heading: &str, prose: &str) {
        if prose.is_empty() {
            return;
        }
        self.heading(heading);
        self.prose(prose);
    }

    /// Paragraphs, a line break between them.
    fn prose(&mut self, prose: &str) {
        for paragraph in prose.lines() {
            let lines = wrapped(&harmless(paragraph), SCREEN_COLUMNS - INDENT, INDENT);
            self.text.extend([&" ".repeat(INDENT), &lines, "\n"]);
        }
    }

    fn example(&mut self, example: &ExampleDocument, headed: bool) {
        if headed {
            self.heading(heading(&example.shows));
        } else {
            self.text.push('\n');
        }
        if !example.says.is_empty() {
            self.prose(&example.says);
            self.text.push('\n');
        }
        for line in example.plan.lines() {
            self.text.extend([&plan_line(line), "\n"]);
        }
        self.text.push('\n');
        let answers = example.pac.iter().map(|answer| format!("PAC file {answer}"));
        let expected = example.expected.iter().map(|words| format!("=> {}", outcome(words)));
        for line in answers.chain(expected) {
            let line = wrapped(&harmless(&line), SCREEN_COLUMNS - 2 * INDENT, 2 * INDENT);
            self.text.extend([&" ".repeat(INDENT), &line, "\n"]);
        }
    }
}

/// What an example shows, over its plan.
fn heading(shows: &str) -> &'static str {
    match shows {
        "refused" => "Refused",
        "needs" => "Needs a change first",
        "loads" => "Loads",
        "stands-on" => "Stands on",
        "found" => "Found by check",
        "mistaken" => "No plan",
        _ => "Works",
    }
}

/// What comes of an example, in words that stand alone.
fn outcome(words: &str) -> String {
    if let Some(rule) = words.strip_prefix("finding ") {
        format!("check finds {rule}")
    } else if let Some(rule) = words.strip_prefix("no finding ") {
        format!("check does not find {rule}")
    } else if let Some(message) = words.strip_prefix("mistake ") {
        format!("it is refused, with the words: {message}")
    } else {
        words.to_owned()
    }
}

/// A line of a plan. One that is too long goes on below behind a comma, set in
/// further, which inside its brackets means the same.
fn plan_line(line: &str) -> String {
    const GLUE: &str = "\u{a0}";
    let line = harmless(line);
    let text = line.trim_start();
    let indent = line.len() - text.len() + 2 * INDENT;
    if width(text) + indent <= SCREEN_COLUMNS {
        return format!("{}{text}", " ".repeat(indent));
    }
    let further = indent + 2 * INDENT;
    let glued = text.replace(' ', GLUE).replace(&format!(",{GLUE}"), ", ");
    let lines = wrapped(&glued, SCREEN_COLUMNS - further, further).replace(GLUE, " ");
    format!("{}{lines}", " ".repeat(indent))
}

#[cfg(test)]
mod tests {
    use super::plan_line;

    #[test]
    fn a_long_line_goes_on_behind_a_comma() {
        let line = "  agents: {agents: 10, work_at: [leeds], access: [proxy-leeds], phones: [webrtc-embedded]}";
        let expected = "      agents: {agents: 10, work_at: [leeds], access: [proxy-leeds],\n          phones: [webrtc-embedded]}";
        assert_eq!(plan_line(line), expected);
    }

    #[test]
    fn a_short_line_stays() {
        assert_eq!(plan_line("sites: {a: {kind: office}}"), "    sites: {a: {kind: office}}");
    }
}
