//! Everything that can fail, for people: the verdict, the worst failures alone, what is
//! worse together than one by one, and what it takes to miss each objective.

mod alone;
mod cuts;
mod names;
mod together;

use names::Known;
use outlast_reports::ContingencyDocument;
use outlast_reports::document::{LookedDocument, WhomDocument};

use crate::{Palette, SCREEN_COLUMNS, Tone, counted, grouped, harmless, wrapped};

/// Rows of the tables if nobody says how many.
const ALONE: usize = 12;
const TOGETHER: usize = 6;

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// At most so many rows of each table; `None` as many as fit a screen.
    pub top: Option<usize>,
    /// Everything.
    pub details: bool,
}

impl Shown {
    fn rows(self, usual: usize) -> usize {
        self.top.unwrap_or(if self.details { usize::MAX } else { usual })
    }
}

/// What every set of failures does.
pub fn page(document: &ContingencyDocument, shown: Shown, palette: Palette) -> String {
    let known = &Known::of(document);
    let page = Page { document, known, shown, palette };
    let mut parts = vec![page.head()];
    if document.asked_for.is_empty() {
        parts.extend(page.alone(None));
        parts.extend(page.together());
        parts.extend(page.cuts_of_objectives());
    }
    for whom in &document.asked_for {
        parts.extend(page.of_one(whom));
    }
    if shown.details {
        parts.extend(page.details());
    }
    parts.extend(page.looked());
    parts.join("\n")
}

/// A page on its way.
struct Page<'a> {
    document: &'a ContingencyDocument,
    known: &'a Known<'a>,
    shown: Shown,
    palette: Palette,
}

impl Page<'_> {
    fn heading(&self, text: &str) -> String {
        let lines = wrapped(&harmless(text), SCREEN_COLUMNS, 2);
        let painted = lines.lines().map(|line| self.palette.paint(Tone::Strong, line));
        painted.flat_map(|line| [line, "\n".to_owned()]).collect()
    }

    /// A sentence, set in, its further lines by more.
    fn says(&self, text: &str, indent: usize, further: usize) -> String {
        let blanks = " ".repeat(indent);
        format!("{blanks}{}\n", wrapped(&harmless(text), SCREEN_COLUMNS - further, further))
    }

    /// What is left out.
    fn more(&self, rows: usize, of: usize) -> String {
        let left = of.saturating_sub(rows);
        if left == 0 { String::new() } else { format!("  … {left} more: --top {of}\n") }
    }

    fn head(&self) -> String {
        let document = self.document;
        let up_to = match document.order {
            1 => "each failure alone".to_owned(),
            order => format!("up to {order} failures at once"),
        };
        let up_to = match document.cuts {
            cuts if cuts > document.order => format!("{up_to}, cut sets of up to {cuts}"),
            _ => up_to,
        };
        let busiest = if document.busiest { ", the busiest hour" } else { "" };
        let line = format!("{} · {up_to} · {}{busiest}", document.head.plan.name, document.hour);
        let mut text = self.heading(&line);
        let tone = match (document.missed, document.may_be_missed) {
            (true, _) => Tone::Bad,
            (false, true) => Tone::Notice,
            (false, false) => Tone::Good,
        };
        for line in wrapped(&harmless(&document.verdict), SCREEN_COLUMNS, 0).lines() {
            text.extend([&self.palette.paint(tone, line), "\n"]);
        }
        text.push_str(&self.normal());
        if let Some(asked) = document.order_asked {
            let says = format!(
                "Note: {asked} at once were asked for; beyond {} nothing new can fail.",
                document.order
            );
            text.push_str(&self.says(&says, 0, 0));
        }
        if let Some(asked) = document.cuts_asked {
            let says = format!(
                "Note: what it takes to miss was asked for up to {asked} failures; beyond {} it \
                 is too much to look for.",
                document.cuts
            );
            text.push_str(&self.says(&says, 0, 0));
        }
        for remark in &document.remarks {
            text.push_str(&self.says(&format!("Note: {remark}."), 0, 0));
        }
        text
    }

    /// The normal state, if not everybody works in it.
    fn normal(&self) -> String {
        let normal = &self.document.normal;
        if normal.working == normal.on_shift {
            return String::new();
        }
        let agents = counted(normal.on_shift, "agent", "agents");
        let says = format!("With nothing failed {} of {agents} work.", grouped(normal.working));
        self.says(&says, 0, 0)
    }

    /// An objective or a group.
    fn of_one(&self, whom: &WhomDocument) -> Vec<String> {
        let all =
            if whom.what == "group" { &self.document.groups } else { &self.document.objectives };
        let ours: Vec<_> = all.iter().filter(|one| one.of == whom.name).collect();
        let Some(first) = ours.first() else { return Vec::new() };
        let mut parts: Vec<String> = self.alone(Some((whom, first.on_shift))).into_iter().collect();
        parts.extend(ours.into_iter().filter_map(|one| self.all_cuts(whom, one)));
        parts
    }

    /// What was looked at.
    fn looked(&self) -> Option<String> {
        let document = self.document;
        let deciding = document.failures.iter().filter(|one| one.decides).count();
        if deciding == 0 {
            return None;
        }
        let all: &[LookedDocument] = &document.looked;
        let sum = |of: fn(&LookedDocument) -> u64| all.iter().map(of).fold(0, u64::saturating_add);
        let (sets, assessed) = (sum(|one| one.sets), sum(|one| one.assessed));
        let others = if sets > assessed { ", the others are of equal effect" } else { "" };
        let mut says = vec![format!(
            "{} of {}; {} assessed{others}",
            counted(sets, "set", "sets"),
            counted(deciding as u64, "failure", "failures"),
            grouped(assessed),
        )];
        match document.failures.len() - deciding {
            0 => {}
            1 => says.push("1 failure decides nothing and is in no set".to_owned()),
            idle => says.push(format!("{idle} failures decide nothing and are in no set")),
        }
        let gaps = sum(|one| one.gaps);
        if gaps > 0 {
            let of = counted(gaps, "set", "sets");
            says.push(format!("In {of} slightly more agents may work than were found"));
        }
        Some(self.heading("Looked at") + &self.says(&format!("{}.", says.join(". ")), 2, 2))
    }

    /// Everything else.
    fn details(&self) -> Vec<String> {
        let mut parts = Vec::new();
        if self.document.asked_for.is_empty() {
            parts.extend(self.cuts_of_groups());
            parts.extend(self.points());
        }
        parts.extend(self.grace());
        parts.extend(self.lists());
        parts.extend(self.by_order());
        parts
    }

    fn grace(&self) -> Option<String> {
        let with = self.document.singles.iter().filter(|one| !one.grace.is_empty());
        let lines = with.map(|one| {
            let each = one.grace.iter().map(|grace| {
                let lasts = crate::run::time(grace.lasts_ms);
                format!("{} lasts {lasts}", grace.id)
            });
            let each = each.collect::<Vec<_>>().join(", ");
            self.says(&format!("{}: {each}", one.set[0]), 2, 4)
        });
        let lines: String = lines.collect();
        (!lines.is_empty()).then(|| self.heading("Put off by batteries and fuel") + &lines)
    }

    fn lists(&self) -> Vec<String> {
        let document = self.document;
        let classes = document.classes.iter().map(|class| self.says(&class.join(", "), 2, 4));
        let classes: String = classes.collect();
        let idle = document.failures.iter().filter(|one| !one.decides);
        let idle: Vec<&str> = idle.map(|one| one.id.as_str()).collect();
        let takes = document.failures.iter().filter(|one| !one.takes.is_empty());
        let takes = takes.map(|one| {
            let plays = one.plays.as_ref().map_or_else(String::new, |word| format!(" ({word})"));
            self.says(&format!("{}{plays}: {}", one.id, one.takes.join(", ")), 2, 4)
        });
        let takes: String = takes.collect();
        let mut parts = Vec::new();
        if !takes.is_empty() {
            parts.push(self.heading("Common causes and hazards take") + &takes);
        }
        if !classes.is_empty() {
            parts.push(self.heading("Of equal effect") + &classes);
        }
        if !idle.is_empty() {
            parts.push(self.heading("Decide nothing") + &self.says(&idle.join(", "), 2, 2));
        }
        parts
    }

    fn by_order(&self) -> Option<String> {
        let lines = self.document.looked.iter().map(|one| {
            let says = format!(
                "{} at once: {}, {} assessed (each for {}), {} lose agents, {} with a gap",
                one.order,
                counted(one.sets, "set", "sets"),
                grouped(one.assessed),
                one.for_each,
                grouped(one.lose),
                grouped(one.gaps),
            );
            self.says(&says, 2, 4)
        });
        let lines: String = lines.collect();
        (!lines.is_empty()).then(|| self.heading("By order") + &lines)
    }
}
