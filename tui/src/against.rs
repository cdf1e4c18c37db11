//! Two plans compared by what chance does to them, for people.

use outlast_reports::document::{
    AgainstDocument, AverageDocument, ChangedDocument, ComparedDocument, CourseDocument,
    MomentOfBothDocument, YearOfBothDocument,
};
use outlast_reports::risk::against::hours_of;

use crate::{Align, Palette, SCREEN_COLUMNS, Table, Tone, counted, grouped, harmless, wrapped};

/// Rows of events that are not shown whole.
const ROWS: usize = 10;

/// Which of two plans chance hits less.
pub fn page(document: &AgainstDocument, details: bool, palette: Palette) -> String {
    let page = Page { document, details, palette };
    let mut parts = vec![page.head()];
    parts.extend(page.write());
    parts.extend(document.moment.as_ref().map(|moment| page.moment(moment)));
    parts.extend(document.year.as_ref().map(|year| page.year(year)));
    parts.extend(page.changed());
    parts.extend(page.only());
    parts.extend(page.not_known());
    parts.join("\n")
}

/// A page on its way.
struct Page<'a> {
    document: &'a AgainstDocument,
    details: bool,
    palette: Palette,
}

/// What a figure of both plans has in columns.
const COLUMNS: [(&str, Align); 5] = [
    ("new", Align::Right),
    ("old", Align::Right),
    ("difference", Align::Right),
    ("95% between", Align::Left),
    ("", Align::Left),
];

impl Page<'_> {
    fn heading(&self, text: &str) -> String {
        let lines = wrapped(&harmless(text), SCREEN_COLUMNS, 2);
        lines.lines().map(|line| self.palette.paint(Tone::Strong, line) + "\n").collect()
    }

    fn says(&self, text: &str, indent: usize) -> String {
        let blanks = " ".repeat(indent);
        format!("{blanks}{}\n", wrapped(&harmless(text), SCREEN_COLUMNS - indent, indent))
    }

    fn table(&self, table: Table) -> String {
        table.indented(2).render(SCREEN_COLUMNS, self.palette)
    }

    fn head(&self) -> String {
        let document = self.document;
        let [new, old] = [&document.head.plan.name, &document.old.plan.name];
        let hour = document.moment.as_ref().filter(|moment| moment.busiest);
        let hour = hour.map(|moment| format!("{}, the busiest hour", moment.hour));
        let years = document.year.as_ref().map(|year| counted(year.years, "year", "years"));
        let line = [Some(format!("New: {new} · old: {old}")), hour, years];
        let mut text = self.heading(&line.into_iter().flatten().collect::<Vec<_>>().join(" · "));
        let tone = match document.judged.as_str() {
            "better" | "same" => Tone::Good,
            "worse" => Tone::Bad,
            _ => Tone::Notice,
        };
        for line in wrapped(&harmless(&document.verdict), SCREEN_COLUMNS, 0).lines() {
            text.extend([&self.palette.paint(tone, line), "\n"]);
        }
        if document.partial {
            let says = "Note: it was stopped, and these figures are of what was done.";
            text.push_str(&self.says(says, 0));
        }
        for remark in &document.remarks {
            text.push_str(&self.says(&format!("Note: {remark}."), 0));
        }
        text
    }

    /// What to do where they cannot be compared.
    fn write(&self) -> Option<String> {
        let silence = self.document.silence.as_ref()?;
        let mut text = self.says(&format!("Help: {}.", silence.help), 0);
        if let Some(write) = &silence.write {
            text.push('\n');
            text.extend(write.lines().map(|line| format!("  {}\n", harmless(line))));
        }
        Some(text)
    }

    fn moment(&self, moment: &MomentOfBothDocument) -> String {
        let at =
            if moment.busiest { format!("at {}", moment.hour) } else { "at any moment".into() };
        let mut table = Table::new([("objective missed", Align::Left)].into_iter().chain(COLUMNS));
        for one in &moment.objectives {
            let says = |chance: &outlast_reports::document::ChanceDocument| chance.says.clone();
            table.row(compared(&one.objective, &one.missed, says));
        }
        table.row(compared("agents lost", &moment.lost_thousandths, |agents| tenths(*agents)));
        let mut text = self.heading(&format!("What is lost {at}")) + &self.table(table);
        if self.details {
            let [new, old] = [&moment.normally_working.new, &moment.normally_working.old];
            let working = &moment.working_thousandths;
            let certain = &working.difference.certain;
            let says = format!(
                "Of {} agents of the new plan {} work on the average, of {} of the old one {}: \
                 a difference of {}, from {} to {} whatever was not looked at does.",
                grouped(*new),
                tenths(working.new.best),
                grouped(*old),
                tenths(working.old.best),
                tenths(working.difference.best),
                tenths(certain.low),
                tenths(certain.high),
            );
            text.push_str(&self.says(&says, 2));
            for one in &moment.objectives {
                let certain = &one.missed.difference.certain;
                let says = format!(
                    "{}: the new plan needs {}, the old one {}; the difference is from {} to {} \
                     whatever was not looked at does.",
                    one.objective,
                    grouped(one.need.new),
                    grouped(one.need.old),
                    certain.low.says,
                    certain.high.says,
                );
                text.push_str(&self.says(&says, 2));
            }
        }
        text
    }

    fn year(&self, year: &YearOfBothDocument) -> String {
        let mut table = Table::new([("agent-hours lost", Align::Left)].into_iter().chain(COLUMNS));
        for (name, one) in [("moved", &year.lost.moved), ("still", &year.lost.still)] {
            table.row(averaged(name, one, |ms| hours_of(*ms)));
        }
        let says = "Moved: everybody who can works elsewhere at once; still: nobody does \
                    anything. The 95% are by the normal law, of the differences year by year.";
        let mut text = self.heading("What a year loses") + &self.table(table);
        if self.details && !year.rto.is_empty() {
            let mut table = Table::new([("RTO broken", Align::Left)].into_iter().chain(COLUMNS));
            for one in &year.rto {
                for (end, average) in [("moved", &one.broken.moved), ("still", &one.broken.still)] {
                    let name = format!("{}, {end}", one.objective);
                    table.row(averaged(&name, average, String::clone));
                }
            }
            text.push_str(&self.table(table));
        }
        text + &self.says(says, 2)
    }

    /// Events that the plans do not share.
    fn changed(&self) -> Option<String> {
        let all = &self.document.changed;
        if all.is_empty() {
            return None;
        }
        let mut table = Table::new([
            ("event", Align::Left),
            ("kind", Align::Left),
            ("new: in force", Align::Right),
            ("lasts", Align::Right),
            ("old: in force", Align::Right),
            ("lasts", Align::Right),
        ]);
        let shown = if self.details { all.len() } else { all.len().min(ROWS) };
        for ChangedDocument { id, kind, new, old } in &all[..shown] {
            let mut row = vec![id.clone(), kind.clone()];
            for side in [new, old] {
                row.extend(side.as_ref().map_or(["-".to_owned(), "-".to_owned()], course));
            }
            table.row(row);
        }
        let more = match all.len() - shown {
            0 => String::new(),
            left => format!("  \u{2026} {left} more: --details\n"),
        };
        Some(self.heading("What happens otherwise") + &self.table(table) + &more)
    }

    /// What stands in one plan only.
    fn only(&self) -> Option<String> {
        let document = self.document;
        let lists = [
            ("Objectives of the new plan, not compared", &document.only_objectives.new),
            ("Objectives of the old plan, not compared", &document.only_objectives.old),
            ("Groups of the new plan, in its agents and hours", &document.only_groups.new),
            ("Groups of the old plan, in its agents and hours", &document.only_groups.old),
        ];
        let each = lists.iter().filter(|(_, names)| !names.is_empty());
        let text: String =
            each.map(|(of, names)| self.says(&format!("{of}: {}", names.join(", ")), 2)).collect();
        (!text.is_empty()).then(|| self.heading("In one plan only") + &text)
    }

    fn not_known(&self) -> Option<String> {
        let document = self.document;
        let moment = document.moment.as_ref()?;
        let alike = counted(document.alike as u64, "event", "events");
        let mut says = vec![format!("What is alike ({alike}) comes to both plans at once.")];
        says.push(match moment.rest.e12 {
            0 if moment.rest.says == "0%" => "Every state was looked at.".to_owned(),
            _ => format!(
                "Every state that differs by up to {} from the likeliest was looked at in both \
                 plans, and {} of the others, which have a chance of {}.",
                counted(moment.order as u64, "event", "events"),
                grouped(moment.trials),
                moment.rest.says,
            ),
        });
        Some(self.heading("How it was compared") + &self.says(&says.join(" "), 2))
    }
}

fn compared<T>(name: &str, of: &ComparedDocument<T>, says: impl Fn(&T) -> String) -> Vec<String> {
    let likely = &of.difference.likely;
    vec![
        name.to_owned(),
        says(&of.new.best),
        says(&of.old.best),
        says(&of.difference.best),
        span(&says(&likely.low), &says(&likely.high)),
        of.judged.clone(),
    ]
}

fn averaged<T>(name: &str, of: &AverageDocument<T>, says: impl Fn(&T) -> String) -> Vec<String> {
    let likely = of.likely.as_ref().map(|ends| span(&says(&ends.low), &says(&ends.high)));
    let few = || format!("{} differ", counted(of.differ, "year", "years"));
    vec![
        name.to_owned(),
        says(&of.new),
        says(&of.old),
        says(&of.difference),
        likely.unwrap_or_else(few),
        of.judged.clone(),
    ]
}

fn course(of: &CourseDocument) -> [String; 2] {
    [of.chance.says.clone(), crate::run::time(of.lasts_ms.div_ceil(60_000) * 60_000)]
}

fn span(low: &str, high: &str) -> String {
    if low == high { low.to_owned() } else { format!("{low} to {high}") }
}

/// Agents with a decimal, few of them with three.
fn tenths(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let size = thousandths.unsigned_abs();
    match size {
        0 => "0".to_owned(),
        1..10_000 => format!("{sign}{}.{:03}", size / 1000, size % 1000),
        _ => format!("{sign}{}.{}", grouped((size + 50) / 1000), (size + 50) / 100 % 10),
    }
}
