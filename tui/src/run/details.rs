//! Every other figure: by site, queue, phone type, class and group.

use outlast_reports::Named;
use outlast_reports::document::{MomentDocument, OutcomeDocument, Tally};

use super::{Page, time};
use crate::{Align, SCREEN_COLUMNS, Table, counted, grouped};

fn breakdowns(outcome: &OutcomeDocument) -> [(&'static str, &Named<Tally>); 5] {
    [
        ("group", &outcome.by_group),
        ("site (first place)", &outcome.by_site),
        ("queue (first)", &outcome.by_queue),
        ("phone (first)", &outcome.by_phone),
        ("priority", &outcome.by_priority),
    ]
}

impl Page<'_> {
    pub(super) fn details(&self) -> Vec<String> {
        let mut parts = vec![self.curve()];
        for moment in &self.run.moments {
            parts.push(self.moment(moment));
        }
        parts
    }

    fn curve(&self) -> String {
        let mut text = self.heading("Over time, left alone, no change made");
        let mut columns = vec![("from", Align::Right), ("working", Align::Right)];
        columns.push(("effective", Align::Right));
        let names: Vec<&str> =
            self.run.objectives.iter().take(5).map(|one| one.objective.as_str()).collect();
        columns.extend(names.iter().map(|name| (*name, Align::Right)));
        let mut table = Table::new(columns).indented(2);
        for point in &self.run.curve {
            let mut cells =
                vec![time(point.at_ms), grouped(point.working), grouped(point.effective)];
            cells.extend(
                names
                    .iter()
                    .map(|name| point.counted.get(name).copied().map_or(String::new(), grouped)),
            );
            table.row(cells);
        }
        text.push_str(&table.render(SCREEN_COLUMNS, self.palette));
        text
    }

    fn moment(&self, moment: &MomentDocument) -> String {
        let at = time(moment.at_ms);
        let mut text = self.heading(&format!("At {at} ({}), once all have moved", moment.hour));
        let both = (&moment.moved.left_alone, &moment.moved.directed);
        for ((name, alone), (_, told)) in breakdowns(both.0).into_iter().zip(breakdowns(both.1)) {
            text.push_str(&self.breakdown(name, alone, told));
        }
        if !both.0.users.is_empty() {
            text.push_str(&self.breakdown("group of users", &both.0.users, &both.1.users));
        }
        for lost in &moment.moved.left_alone.lost_applications {
            let is_users = moment.moved.left_alone.users.get(&lost.group).is_some();
            let (one, many) = if is_users { ("user", "users") } else { ("agent", "agents") };
            let people = counted(lost.agents, one, many);
            let says = format!("{}: {people} without {}", lost.group, lost.application);
            text.push_str(&self.says(&says, 2));
        }
        for note in &moment.notes {
            let says = format!("{} {} ({})", note.rule, note.says, note.groups.join(", "));
            text.push_str(&self.says(&says, 2));
        }
        text
    }

    fn breakdown(&self, name: &str, left_alone: &Named<Tally>, directed: &Named<Tally>) -> String {
        let mut table = Table::new([
            (name, Align::Left),
            (if name == "group of users" { "users" } else { "agents" }, Align::Right),
            ("working", Align::Right),
            ("effective", Align::Right),
            ("impaired", Align::Right),
            ("stranded", Align::Right),
            ("directed", Align::Right),
        ]);
        for (of, tally) in left_alone.iter() {
            let told = directed.get(of).map_or(0, |one| one.working);
            table.row([
                of.to_owned(),
                grouped(tally.on_shift),
                grouped(tally.working),
                grouped(tally.effective),
                grouped(tally.impaired),
                grouped(tally.stranded),
                grouped(told),
            ]);
        }
        format!("{}\n", table.indented(2).render(SCREEN_COLUMNS, self.palette))
    }
}
