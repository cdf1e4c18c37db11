//! What chance does, for people: the verdict, objectives, what years lose, which events
//! and which guesses matter.

mod details;
mod matters;
mod years;

use outlast_reports::RiskDocument;
use outlast_reports::document::{BreachesDocument, MissedDocument, MomentViewDocument};

use crate::{Align, Palette, SCREEN_COLUMNS, Table, Tone, counted, grouped, harmless, wrapped};

/// Rows of a table that is not shown whole.
const ROWS: usize = 10;

/// How likely it is that too few work, and what a year costs.
pub fn page(document: &RiskDocument, details: bool, palette: Palette) -> String {
    let page = Page { document, details, palette };
    let mut parts = vec![page.head()];
    parts.extend(page.write());
    parts.extend(page.objectives());
    parts.extend(page.curve());
    parts.extend(page.appetite());
    parts.extend(page.working());
    parts.extend(page.events());
    parts.extend(page.guesses());
    if details {
        parts.extend(page.details());
    }
    parts.extend(page.not_known());
    parts.join("\n")
}

/// A page on its way.
struct Page<'a> {
    document: &'a RiskDocument,
    details: bool,
    palette: Palette,
}

impl Page<'_> {
    fn heading(&self, text: &str) -> String {
        let lines = wrapped(&harmless(text), SCREEN_COLUMNS, 2);
        let lines = lines.lines().map(|line| self.palette.paint(Tone::Strong, line) + "\n");
        lines.collect()
    }

    /// A sentence, set in, its further lines by more.
    fn says(&self, text: &str, indent: usize, further: usize) -> String {
        let blanks = " ".repeat(indent);
        format!("{blanks}{}\n", wrapped(&harmless(text), SCREEN_COLUMNS - further, further))
    }

    fn table(&self, table: Table) -> String {
        table.indented(2).render(SCREEN_COLUMNS, self.palette)
    }

    /// What is left out of a table.
    fn more(&self, shown: usize, of: usize) -> String {
        match of.saturating_sub(shown) {
            0 => String::new(),
            left => format!("  … {left} more: --details\n"),
        }
    }

    fn rows(&self, of: usize) -> usize {
        if self.details { of } else { of.min(ROWS) }
    }

    fn head(&self) -> String {
        let document = self.document;
        let hour = document.moment.as_ref().filter(|moment| moment.busiest);
        let hour = hour.map(|moment| format!("{}, the busiest hour", moment.hour));
        let years = document.year.as_ref();
        let years = years.map(|year| counted(year.years, "year", "years"));
        let line: Vec<String> =
            [Some(document.head.plan.name.clone()), hour, years].into_iter().flatten().collect();
        let line = line.join(" · ");
        let mut text = self.heading(&line);
        for line in wrapped(&harmless(&document.verdict), SCREEN_COLUMNS, 0).lines() {
            text.extend([&self.palette.paint(self.tone(), line), "\n"]);
        }
        if document.partial {
            text.push_str(&self.says(&format!("Note: {}.", self.partial()), 0, 0));
        }
        for remark in &document.remarks {
            text.push_str(&self.says(&format!("Note: {remark}."), 0, 0));
        }
        text
    }

    fn tone(&self) -> Tone {
        let appetite = self.document.year.as_ref().map_or(&[][..], |year| &year.appetite);
        match self.document.silence {
            _ if appetite.iter().any(|one| one.verdict == "beyond") => Tone::Bad,
            None if appetite.iter().any(|one| one.verdict == "within") => Tone::Good,
            _ => Tone::Notice,
        }
    }

    fn partial(&self) -> String {
        let asked = &self.document.asked;
        let trials = self.document.moment.as_ref().map_or(0, |moment| moment.trials);
        let years = self.document.year.as_ref().map_or(0, |year| year.years);
        format!(
            "it was stopped: {} of {} states and {} of {} years are done, and these figures \
             are of those",
            grouped(trials.min(asked.trials)),
            grouped(asked.trials),
            grouped(years),
            grouped(asked.years),
        )
    }

    /// What to do where something cannot be said.
    fn write(&self) -> Option<String> {
        let silence = self.document.silence.as_ref()?;
        let mut text = self.says(&format!("Help: {}.", silence.help), 0, 0);
        if let Some(write) = &silence.write {
            text.push('\n');
            text.extend(write.lines().map(|line| format!("  {}\n", harmless(line))));
        }
        Some(text)
    }

    fn objectives(&self) -> Option<String> {
        let document = self.document;
        let moment = document.moment.as_ref();
        let years = document.year.as_ref().map_or(&[][..], |year| &year.objectives);
        let of_moment = moment.map_or(&[][..], |moment| &moment.objectives);
        if of_moment.is_empty() && years.is_empty() {
            return None;
        }
        let mut table = Table::new([
            ("objective", Align::Left),
            ("needs", Align::Right),
            ("missed", Align::Right),
            ("95% between", Align::Left),
            ("RTO broken a year", Align::Left),
        ]);
        for n in 0..of_moment.len().max(years.len()) {
            table.row(objective(of_moment.get(n), years.get(n)));
        }
        let at = moment.map_or_else(String::new, |moment| format!(" {}", moment.when()));
        let title = self.heading(&format!("Objectives{at}"));
        Some(title + &self.table(table) + &self.undecided(moment))
    }

    fn undecided(&self, moment: Option<&MomentViewDocument>) -> String {
        let open = moment.into_iter().flat_map(|moment| &moment.objectives);
        let open = open.filter(|one| one.undecided.e12 > 0);
        let each: Vec<String> =
            open.map(|one| format!("{} {}", one.objective, one.undecided.says)).collect();
        if each.is_empty() {
            return String::new();
        }
        self.says(&format!("It cannot be said of states with: {}.", each.join(", ")), 2, 2)
    }

    /// How many work at the busiest hour.
    fn working(&self) -> Option<String> {
        let moment = self.document.moment.as_ref()?;
        let of = counted(moment.normally_working, "agent", "agents");
        let mut said = vec![format!("Of {of} who normally work")];
        let each = moment.at_least.iter().filter(|one| one.chance.starts_with("99"));
        let each: Vec<String> =
            each.map(|one| format!("{} with {}", grouped(one.best), one.chance)).collect();
        said.push(format!("at least so many do: {}", each.join(", ")));
        let away = moment.normally_working * 1000;
        let lost = away.saturating_sub(moment.working_thousandths.best);
        let says = format!(
            "{}. Lost on the average: {}.",
            said.join(" "),
            thousandths(i64::try_from(lost).unwrap_or(i64::MAX))
        );
        Some(self.heading(&format!("Agents {}", moment.when())) + &self.says(&says, 2, 2))
    }

    /// How states are counted: where something is mostly down, from the likeliest.
    fn of(&self) -> &'static str {
        let is_usual = self.document.events.iter().any(|one| one.chance.e12 > 500_000_000_000);
        if is_usual { "that differs from the likeliest by" } else { "of" }
    }

    /// What is not known, and how the figures came about.
    fn not_known(&self) -> Option<String> {
        let document = self.document;
        let mut said = Vec::new();
        let ours = document.assumptions.len() as u64;
        if ours > 0 {
            let is = if ours == 1 { "is" } else { "are" };
            said.push(format!("{} {is} ours", counted(ours, "figure", "figures")));
        }
        let never = document.never.len() as u64;
        if never > 0 && !document.events.is_empty() {
            said.push(format!(
                "{} without a rate never {}",
                counted(never, "component", "components"),
                if never == 1 { "fails" } else { "fail" }
            ));
        }
        if !said.is_empty() && !self.details {
            said.push("--details lists them".to_owned());
        }
        let mut text: String =
            said.first().map(|_| self.says(&format!("{}.", said.join("; ")), 2, 2))?;
        if let Some(moment) = &document.moment {
            let says = match moment.rest.e12 {
                0 if moment.rest.says == "0%" => "Every state was looked at.".to_owned(),
                _ => format!(
                    "Every state {} up to {} was looked at, and {} of the others, which have \
                     a chance of {}.",
                    self.of(),
                    counted(moment.order as u64, "event", "events"),
                    grouped(moment.trials),
                    moment.rest.says,
                ),
            };
            text.push_str(&self.says(&says, 2, 2));
        }
        Some(self.heading("What is not known") + &text)
    }
}

fn objective(moment: Option<&MissedDocument>, years: Option<&BreachesDocument>) -> Vec<String> {
    let name = moment.map(|one| &one.objective).or(years.map(|one| &one.objective));
    let mut row = vec![name.cloned().unwrap_or_default()];
    match moment {
        None => row.extend([String::new(), String::new(), String::new()]),
        Some(one) => {
            row.push(format!("{} of {}", grouped(one.need), grouped(one.on_shift)));
            if one.normally == "missed" {
                row.extend(["always".to_owned(), "missed with nothing failed".to_owned()]);
            } else {
                row.push(one.missed.best.says.clone());
                let likely = &one.missed.likely;
                row.push(span(&likely.low.says, &likely.high.says));
            }
        }
    }
    let broken = years.map(|one| span(&one.rto.moved.per_year, &one.rto.still.per_year));
    row.push(broken.unwrap_or_default());
    row
}

/// `a to b`, or one where both are the same.
fn span(low: &str, high: &str) -> String {
    if low == high { low.to_owned() } else { format!("{low} to {high}") }
}

/// Agents with a decimal.
fn thousandths(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let tenths = (number.unsigned_abs() + 50) / 100;
    match (tenths, number) {
        (0, 1..) => "less than 0.1".to_owned(),
        _ => format!("{sign}{}.{}", grouped(tenths / 10), tenths % 10),
    }
}
