//! What a run makes of each objective, in a sentence.

use outlast_engine::ResourceKey;
use outlast_engine::outcome::Entry;
use outlast_engine::problem::Objective;
use outlast_engine::run::{Lack, Moment, Point, Run, Spell, Standing, Verdict};
use outlast_models::plan::Mbco;
use outlast_models::units::Millis;

use crate::blocked;
use crate::document::{SpellDocument, VerdictDocument};
use crate::names::Files;
use crate::number::{self, grouped, time};
use crate::outcome;

/// One verdict for each objective, in the order of the problem.
pub(crate) fn verdicts(run: &Run, files: Files<'_>) -> Vec<VerdictDocument> {
    run.verdicts.iter().map(|verdict| document(run, verdict, files)).collect()
}

fn document(run: &Run, verdict: &Verdict, files: Files<'_>) -> VerdictDocument {
    let objective = &run.problem.objectives[verdict.objective];
    VerdictDocument {
        objective: objective.name(),
        verdict: word(verdict.standing).to_owned(),
        says: says(run, objective, verdict),
        need: verdict.need,
        counted: verdict.counted,
        directed: verdict.directed,
        counts: counts(objective).to_owned(),
        rto_ms: objective.rto.map(|rto| rto.0),
        mtpd_ms: objective.mtpd.map(|mtpd| mtpd.0),
        reached_ms: verdict.reached.map(|reached| reached.0),
        spells: verdict.spells.iter().map(spell).collect(),
        below_ms: verdict.below.0,
        beyond_mtpd: verdict.beyond_mtpd,
        place: files.at(objective.place),
        decided_by: None,
    }
}

fn spell(spell: &Spell) -> SpellDocument {
    SpellDocument { from_ms: spell.from.0, until_ms: spell.until.map(|until| until.0) }
}

const fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Met => "met",
        Standing::Missed => "missed",
        Standing::MissedAttainable => "missed but attainable",
        Standing::CannotBeSaid => "cannot be said",
    }
}

fn counts(objective: &Objective) -> &'static str {
    if objective.counts_working { "working" } else { "effective" }
}

fn says(run: &Run, objective: &Objective, verdict: &Verdict) -> String {
    let needs = Needs::of(run, verdict.objective);
    let mut all = vec![format!("{}: {}", needs.text(objective), counted(run, verdict, &needs))];
    if verdict.standing != Standing::Met {
        all.extend(blocked_calls(run, objective, verdict));
    }
    let too_few = too_few(run, objective, verdict);
    let missed = matches!(verdict.standing, Standing::Missed | Standing::MissedAttainable);
    if let Some(too_few) = too_few.filter(|_| missed) {
        all.push(too_few);
    } else {
        all.extend(verdict.lacks.map(attainable));
        if verdict.standing == Standing::Missed {
            all.push(verdict.at_most.map_or_else(
                || "whether any allocation could reach it is open".to_owned(),
                |at_most| proof(at_most, &verdict.binding),
            ));
        }
    }
    if verdict.standing == Standing::CannotBeSaid {
        all.push(beyond(run, objective, verdict));
    }
    if verdict.beyond_mtpd {
        let mtpd = objective.mtpd.map_or_else(String::new, time);
        let below = time(verdict.below);
        all.push(format!("below for {below}, longer than the {mtpd} that are tolerable"));
    }
    all.join("; ")
}

/// What an objective needs, in words.
pub(crate) fn needs(run: &Run, verdict: &Verdict) -> String {
    Needs::of(run, verdict.objective).text(&run.problem.objectives[verdict.objective])
}

/// The fewest and most agents that an objective needs over the run: of a share,
/// as shifts come and go.
struct Needs {
    least: u64,
    most: u64,
}

impl Needs {
    fn of(run: &Run, objective: usize) -> Self {
        let all = || run.curve.iter().map(|point| point.counts[objective].need);
        Self { least: all().min().unwrap_or(0), most: all().max().unwrap_or(0) }
    }

    fn vary(&self) -> bool {
        self.least < self.most
    }

    fn text(&self, objective: &Objective) -> String {
        let share = match objective.mbco {
            Mbco::Share(share) => format!(" ({share})"),
            Mbco::Agents(_) => String::new(),
        };
        let within = objective.rto.map_or_else(String::new, |rto| format!(" within {}", time(rto)));
        let most = grouped(self.most);
        if self.vary() {
            format!("needs {} to {most}{share} as shifts go{within}", grouped(self.least))
        } else {
            format!("needs {most}{share}{within}")
        }
    }
}

/// Why nothing can be said.
fn beyond(run: &Run, objective: &Objective, verdict: &Verdict) -> String {
    let from = verdict.decisive.map_or(0, |spell| spell.from.0);
    let is_beyond = |rto: Millis| from.saturating_add(rto.0) >= run.horizon.0;
    let is_needed = run.curve.last().is_some_and(|last| last.counts[verdict.objective].need > 0);
    let horizon = time(run.horizon);
    if objective.rto.is_some_and(is_beyond) {
        format!("its RTO lies beyond the {horizon} looked at")
    } else if is_needed {
        format!("people are still moving when the {horizon} looked at are over")
    } else {
        format!("nobody is needed again within the {horizon} looked at")
    }
}

/// Agents counted at the worst time after the RTO, beside the need of that time
/// where it is not that of all times.
fn counted(run: &Run, verdict: &Verdict, needs: &Needs) -> String {
    if needs.most == 0 {
        return "that is always met".to_owned();
    }
    let counted = grouped(verdict.counted);
    let of = if needs.vary() {
        format!(", where {} are needed", grouped(verdict.need))
    } else {
        String::new()
    };
    match verdict.decisive {
        None if verdict.spells.is_empty() && needs.vary() => {
            format!("met at all times; at the least {counted} count{of}")
        }
        None if verdict.spells.is_empty() => format!("at least {counted} count at all times"),
        None => format!("{} at least {counted} count{of}", forgiven(run, verdict)),
        Some(spell) => format!("at worst {counted} count{of}; {}", lasts(run, spell)),
    }
}

/// What comes before the count of an objective that is met.
fn forgiven(run: &Run, verdict: &Verdict) -> String {
    let long = |spell: &Spell| spell.until.unwrap_or(run.horizon).0 - spell.from.0;
    match verdict.spells.as_slice() {
        [one] if one.from == run.onset => {
            let until = one.until.unwrap_or(run.horizon);
            format!("reached {}, then", since_onset(run, until))
        }
        [one] => format!("below from {} for {}, else", time(one.from), time(Millis(long(one)))),
        all => {
            let most = all.iter().map(long).max().unwrap_or(0);
            format!("below {} times, for {} at most, else", all.len(), time(Millis(most)))
        }
    }
}

/// How long the spell lasts that decides.
fn lasts(run: &Run, spell: Spell) -> String {
    let from = time(spell.from);
    match spell.until {
        Some(until) if spell.from == run.onset => {
            format!("reached only {}", since_onset(run, until))
        }
        Some(until) => {
            let long = time(Millis(until.0 - spell.from.0));
            format!("below from {from} on, reached only {long} later")
        }
        None if spell.from == run.onset => format!("not reached within {}", looked_at(run)),
        None => format!("below from {from} to the end"),
    }
}

/// Why fewer count than work, where it is that calls do not get through.
fn blocked_calls(run: &Run, objective: &Objective, verdict: &Verdict) -> Option<String> {
    let at = time_of(run, verdict)?;
    let Moment { problem, state, held, moved, .. } = run.moment_at(at);
    let outcome = &moved.left_alone;
    let counts = |entry: &Entry| objective.counts(&problem.cohorts[entry.cohort]);
    let tally = outcome::tally(outcome.entries.iter().filter(|entry| counts(entry)));
    let lost = tally.working - tally.effective;
    let is_it = tally.effective == verdict.counted && lost > 0;
    // Beside many who do not work at all, a few calls are no reason.
    let matters = tally.working >= verdict.need || lost * 10 >= tally.working;
    if objective.counts_working || !is_it || !matters {
        return None;
    }
    let blocking = blocked::blocked(problem, state, held, outcome, counts);
    let rounded = match lost {
        1 => ", and effective agents are rounded down",
        _ => "",
    };
    let why = blocked::clause(&blocking);
    let who = number::counted(tally.working, "works", "work");
    (!blocking.is_empty()).then(|| format!("{who}, but {why}{rounded}"))
}

/// The time at which the fewest count.
fn time_of(run: &Run, verdict: &Verdict) -> Option<Millis> {
    let is_it = |point: &&Point| {
        let count = point.counts[verdict.objective];
        (count.need, count.counted) == (verdict.need, verdict.counted)
    };
    run.curve.iter().find(is_it).map(|point| point.at)
}

/// Where more are needed than there are: nothing that is mended reaches that.
fn too_few(run: &Run, objective: &Objective, verdict: &Verdict) -> Option<String> {
    let counts = |cohort: usize| objective.counts(&run.problem.cohorts[cohort]);
    let cohorts = run.problem.cohorts.iter().enumerate();
    let all: u64 = cohorts.filter(|(n, _)| counts(*n)).map(|(_, cohort)| cohort.heads).sum();
    if verdict.need > all {
        return Some(format!("there are only {} agents in all", grouped(all)));
    }
    let there =
        run.moment_at(time_of(run, verdict)?).moved.left_alone.sum(|entry| counts(entry.cohort));
    (verdict.need > there).then(|| format!("only {} agents are on shift then", grouped(there)))
}

/// A time as RTO counts it: from the first event, which is said where that is
/// not the beginning of the scenario.
pub(crate) fn since_onset(run: &Run, at: Millis) -> String {
    let after = time(Millis(at.0.saturating_sub(run.onset.0)));
    if run.onset == Millis::ZERO {
        format!("after {after}")
    } else {
        format!("{after} after the first event")
    }
}

/// How long is looked at, from the first event on.
pub(crate) fn looked_at(run: &Run) -> String {
    let long = time(Millis(run.horizon.0.saturating_sub(run.onset.0)));
    if run.onset == Millis::ZERO { long } else { format!("{long} of the first event") }
}

/// What the instruction is worth, or what it takes besides.
fn attainable(lack: Lack) -> String {
    match lack {
        Lack::Instruction { worth } => {
            format!("attainable: the instruction would be worth {} agents", grouped(worth))
        }
        Lack::Time => "attainable in itself: people are too late".to_owned(),
        Lack::Steering => "attainable, but only if traffic is steered by hand as well".to_owned(),
        Lack::Precedence => "attainable alone, but not beside the objectives that come with it or \
                             before it"
            .to_owned(),
        Lack::Parts => "attainable only if agents could be divided".to_owned(),
    }
}

/// Why no allocation reaches it.
fn proof(at_most: u64, binding: &[ResourceKey]) -> String {
    if binding.is_empty() {
        return match at_most {
            0 => "no allocation could: no way is live".to_owned(),
            most => {
                format!("no allocation could: those with a live way count for {}", grouped(most))
            }
        };
    }
    let what: Vec<String> =
        binding.iter().take(3).map(|key| format!("{} {}", key.id(), key.word())).collect();
    format!("no allocation reaches more than {} (binding: {})", grouped(at_most), what.join(", "))
}
