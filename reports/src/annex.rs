//! The annex by agent: what the worst moment of a run does to each, by id.
//!
//! The only result that names people, and only on demand. An outcome counts agents
//! who are alike; which of them it means it does not say, so it is shared out among
//! them in the order of their ids, and each line says of how many it is true.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use outlast_engine::explain;
use outlast_engine::outcome::{Disposition, Entry};
use outlast_engine::run::{Moment, Run};
use outlast_engine::{Outcome, Problem};
use outlast_models::plan::{Crew, Roster};

use crate::loads::Limits;
use crate::losses;
use crate::run::worst_of;

/// The first line.
pub const HEADER: &str = "agent_id,group,scenario,at,\
    left_alone,left_alone_way,left_alone_place,left_alone_phone,left_alone_reason,left_alone_alike,\
    directed,directed_way,directed_place,directed_phone,directed_reason,directed_alike\n";

/// What somebody is who is not at work anyway.
const AWAY: &str = "not there";

/// One run, agent by agent.
#[derive(Debug)]
pub struct Annex {
    scenario: String,
    at: String,
    roster: Option<Arc<Roster>>,
    /// By crew: what happens to how many, left alone and directed.
    said: Vec<[Vec<Said>; 2]>,
}

/// What happens to so many of a crew, as cells.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    agents: u64,
    /// State, way, place, phone, reason.
    cells: [String; 5],
}

impl Annex {
    /// Of the worst moment of a run, once all have moved.
    pub fn of(run: &Run) -> Self {
        let moment = worst_of(run);
        let limits = Limits::at(moment);
        let roster = moment.problem.roster.clone();
        let crews = crews(roster.as_ref());
        let mut cohorts: Vec<Vec<usize>> = vec![Vec::new(); crews.len()];
        for (n, cohort) in moment.problem.cohorts.iter().enumerate() {
            if let Some(list) = cohort.crew.and_then(|crew| cohorts.get_mut(crew)) {
                list.push(n);
            }
        }
        let both = [&moment.moved.left_alone, &moment.moved.directed];
        let said = |(crew, cohorts): (&Crew, &Vec<usize>)| {
            both.map(|outcome| all_said(moment, &limits, outcome, cohorts, crew))
        };
        let said = crews.iter().zip(&cohorts).map(said).collect();
        Self { scenario: run.name.clone(), at: moment.at.to_string(), roster, said }
    }

    /// The lines, in the order of the ids.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        let crews = crews(self.roster.as_ref());
        let mut all: Vec<(&str, usize, usize)> = Vec::new();
        for (n, crew) in crews.iter().enumerate() {
            all.extend(crew.people.iter().enumerate().map(|(m, id)| (&**id, n, m)));
        }
        all.sort_unstable();
        all.into_iter().map(move |(id, crew, nth)| {
            let mut line = String::new();
            for text in [id, crews[crew].group.as_str(), &self.scenario, &self.at] {
                push(&mut line, text);
            }
            for list in &self.said[crew] {
                let said = nth_said(list, nth as u64);
                let alike = format!("{} of {}", said.agents, crews[crew].people.len());
                said.cells.iter().chain([&alike]).for_each(|text| push(&mut line, text));
            }
            line.pop();
            line.push('\n');
            line
        })
    }
}

fn crews(roster: Option<&Arc<Roster>>) -> &[Crew] {
    roster.map_or(&[], |roster| &roster.crews)
}

/// What happens to the agents of a crew, in the order of cohorts and outcome; what
/// is said of several in the same words is said once. Who is left is not there.
fn all_said(
    moment: &Moment,
    limits: &Limits,
    outcome: &Outcome,
    cohorts: &[usize],
    crew: &Crew,
) -> Vec<Said> {
    let mut all: Vec<Said> = Vec::new();
    let entries = cohorts.iter().flat_map(|&n| outcome.of_cohort(n));
    for entry in entries.filter(|entry| entry.agents > 0) {
        add(&mut all, said(&moment.problem, limits, entry));
    }
    let there: u64 = all.iter().map(|said| said.agents).sum();
    let away = (crew.people.len() as u64).saturating_sub(there);
    if away > 0 {
        let cells = [AWAY, "", "", "", "not on shift, or absent (by share: who is not known)"]
            .map(str::to_owned);
        all.push(Said { agents: away, cells });
    }
    all
}

fn add(all: &mut Vec<Said>, said: Said) {
    match all.iter_mut().find(|known| known.cells == said.cells) {
        Some(known) => known.agents += said.agents,
        None => all.push(said),
    }
}

fn said(problem: &Problem, limits: &Limits, entry: &Entry) -> Said {
    let (state, why, resource) = losses::state(entry.disposition);
    let way = match entry.disposition {
        Disposition::Working { way }
        | Disposition::Impaired { way, .. }
        | Disposition::InTransit { way } => Some(&problem.ways[way].key),
        Disposition::Stranded(_) => None,
    };
    let words = way.map(|key| explain::words(problem, key)).unwrap_or_default();
    let place = way.filter(|key| !key.stated).map(|key| key.place.to_string());
    let phone = way.and_then(|key| key.phone.as_ref()).map(ToString::to_string);
    let on = resource.and_then(|id| limits.key(id.index()));
    let on = on.map(|key| format!(": {} ({})", key.id(), key.word())).unwrap_or_default();
    let (place, phone) = (place.unwrap_or_default(), phone.unwrap_or_default());
    let cells = [state.to_owned(), words, place, phone, format!("{why}{on}")];
    Said { agents: entry.agents, cells }
}

/// What happens to the nth agent of a crew.
fn nth_said(list: &[Said], nth: u64) -> &Said {
    let mut before = 0;
    let found = list.iter().find(|said| {
        let own: Range<u64> = before..before + said.agents;
        before = own.end;
        own.contains(&nth)
    });
    found.expect("everybody of a crew is said something of")
}

/// Adds a cell.
fn push(line: &mut String, text: &str) {
    line.push_str(&cell(text));
    line.push(',');
}

/// A text as a cell: quoted where it must be, and never a formula, whatever reads it.
fn cell(text: &str) -> Cow<'_, str> {
    let begins = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let breaks = text.contains([',', ';', '"', '\n', '\r', '\t']);
    if !begins && !breaks {
        return Cow::Borrowed(text);
    }
    let mark = if begins { "'" } else { "" };
    Cow::Owned(format!("\"{mark}{}\"", text.replace('"', "\"\"")))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"] {
            assert!(cell(text).starts_with("\"'"), "{text:?}");
        }
        assert_eq!(cell("at leeds, Internet"), "\"at leeds, Internet\"");
        assert_eq!(cell("say \"no\""), "\"say \"\"no\"\"\"");
        assert_eq!(cell("a-17"), "a-17");
    }
}
