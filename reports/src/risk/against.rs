//! Two plans compared, as a document.

use std::collections::BTreeSet;

use outlast_engine::Problem;
use outlast_engine::chance::interval::Interval;
use outlast_engine::failures::Failures;
use outlast_engine::risk::against::{
    Against, Average, Incomparable, MomentOfBoth, Paired, YearsOfBoth,
};
use outlast_engine::risk::{Chances, Events, Question, Years};
use outlast_models::units::Millionths;

use super::chance::{between, chance, number, numbers};
use super::events::course;
use super::moment::thousandths;
use super::silence;
use crate::contingency::agents::Agents;
use crate::digest::Input;
use crate::document::{
    AgainstDocument, AverageDocument, BetweenDocument, BothDocuments, ChanceDocument,
    ChangedDocument, ComparedDocument, EndsDocument, KnownDocument, MissedOfBothDocument,
    MomentOfBothDocument, OldDocument, RiskAskedDocument, RtoOfBothDocument, SilenceDocument,
    YearOfBothDocument,
};
use crate::run::{Context, has_shifts};
use crate::{nothing, number as numbers_of};

mod verdict;

/// What was compared, and what was asked. Pairs are the new and the old plan.
#[derive(Debug)]
pub struct Compared<'a> {
    /// The plans, each with its files.
    pub contexts: [Context<'a>; 2],
    /// Compiled.
    pub problems: [&'a Problem; 2],
    /// What can fail in each.
    pub failures: [&'a Failures; 2],
    /// What happens by chance in each.
    pub events: [&'a Events; 2],
    /// Of a moment.
    pub question: Question,
    /// Of years.
    pub years: Years,
    /// What has to be said beside the answer.
    pub remarks: Vec<String>,
}

/// What was found, as a document.
pub fn against(compared: &Compared<'_>, found: &Result<Against, Incomparable>) -> AgainstDocument {
    let [new, old] = compared.contexts;
    let both = found.as_ref().ok();
    let mut remarks = compared.remarks.clone();
    remarks.extend(nothing::remarks(new.plan));
    let years = both.and_then(|both| both.years.as_ref());
    let mut document = AgainstDocument {
        head: new.head("risk-against"),
        old: OldDocument {
            plan: old.plan_document(),
            inputs: old.inputs.iter().map(Input::document).collect(),
        },
        asked: RiskAskedDocument {
            trials: compared.question.trials,
            years: compared.years.years,
            seed: compared.question.seed,
            until_error: compared.question.until_error.map(|one| Millionths(one).to_string()),
        },
        verdict: String::new(),
        judged: String::new(),
        partial: both.is_some_and(|both| both.moment.partial)
            || years.is_some_and(|years| years.each[0].partial),
        silence: found.as_ref().err().map(|why| compared.silence(why)),
        remarks,
        only_objectives: only(compared.problems.map(|problem| {
            problem.objectives.iter().map(outlast_engine::problem::Objective::name).collect()
        })),
        only_groups: only(
            compared
                .contexts
                .map(|context| context.plan.groups.keys().map(ToString::to_string).collect()),
        ),
        alike: 0,
        changed: Vec::new(),
        moment: both.map(|both| compared.moment(both, &both.moment)),
        year: both.and_then(|both| compared.year(both, both.years.as_ref()?)),
    };
    if let Some(both) = both {
        compared.changed(both, &mut document);
    }
    (document.verdict, document.judged) = verdict::verdict(&document);
    document
}

/// Names that stand in one list only.
fn only([new, old]: [Vec<String>; 2]) -> BothDocuments<Vec<String>> {
    let [first, second]: [BTreeSet<&String>; 2] = [&new, &old].map(|one| one.iter().collect());
    BothDocuments {
        new: new.iter().filter(|name| !second.contains(name)).cloned().collect(),
        old: old.iter().filter(|name| !first.contains(name)).cloned().collect(),
    }
}

impl Compared<'_> {
    fn silence(&self, found: &Incomparable) -> SilenceDocument {
        let side = found.of.unwrap_or(0);
        let of = match found.of {
            Some(0) => "new",
            Some(_) => "old",
            None => "everything",
        };
        silence::said(of, &found.why, self.events[side], self.problems[side])
    }

    fn changed(&self, both: &Against, document: &mut AgainstDocument) {
        for row in &both.rows.all {
            let events = both.rows.events(row);
            let [new, old] =
                [0, 1].map(|side| events[side].map(|event| course(event, self.failures[side])));
            let Some(event) = events[0].or(events[1]).filter(|_| new != old) else {
                document.alike += 1;
                continue;
            };
            let (id, kind) = (event.id.to_string(), event.sort.word().to_owned());
            document.changed.push(ChangedDocument { id, kind, new, old });
        }
    }

    fn moment(&self, both: &Against, found: &MomentOfBoth) -> MomentOfBothDocument {
        let [new, old] = found.normally;
        let hour = self.question.hour;
        let agents = [0, 1].map(|n| Agents::of(self.contexts[n].plan, self.problems[n], hour));
        let objectives = both.objectives.iter().zip(&found.missed).map(|(places, paired)| {
            let own = [0, 1].map(|n| &self.problems[n].objectives[places[n]]);
            let need =
                [0, 1].map(|n| own[n].need(agents[n].on_shift(|cohort| own[n].counts(cohort))));
            MissedOfBothDocument {
                objective: own[0].name(),
                need: of_both(need),
                missed: compared(paired, |of| known(of, chance, between), Sense::LessIsBetter),
            }
        });
        let agents = |of: Chances| known(of, thousandths, outward);
        MomentOfBothDocument {
            hour: hour.to_string(),
            busiest: has_shifts(self.problems[0]),
            order: found.order,
            rest: chance(found.rest),
            trials: found.trials,
            normally_working: of_both([new, old]),
            working_thousandths: compared(&found.working, agents, Sense::MoreIsBetter),
            lost_thousandths: compared(&lost(found), agents, Sense::LessIsBetter),
            objectives: objectives.collect(),
        }
    }

    fn year(&self, both: &Against, found: &YearsOfBoth) -> Option<YearOfBothDocument> {
        let [new, old] = &found.each;
        if new.years == 0 {
            return None;
        }
        let lost = |end: usize| {
            let [new, old] = [new, old].map(|view| whole(view.sums[end].mean()));
            let average = certain(found.lost[end], both.same);
            let likely = average.likely.map(|ends| BetweenDocument {
                low: whole(ends.low.floor()),
                high: whole(ends.high.ceil()),
            });
            averaged(average, [new, old], whole(average.mean), likely)
        };
        let rto = both.objectives.iter().zip(&found.rto).map(|(places, ends)| {
            let broken = |end: usize| {
                let [new, old] = [0, 1].map(|n| {
                    let view = &found.each[n];
                    let times = view.objectives[places[n]].rto_times[end];
                    #[allow(clippy::cast_precision_loss)] // far below 2^53
                    let each = times as f64 / view.years as f64;
                    number(each)
                });
                let average = certain(ends[end], both.same);
                let likely = average.likely.map(numbers);
                averaged(average, [new, old], number(average.mean), likely)
            };
            RtoOfBothDocument {
                objective: self.problems[0].objectives[places[0]].name(),
                broken: EndsDocument { moved: broken(0), still: broken(1) },
            }
        });
        Some(YearOfBothDocument {
            years: new.years,
            lost: EndsDocument { moved: lost(0), still: lost(1) },
            rto: rto.collect(),
        })
    }
}

fn of_both<T>([new, old]: [T; 2]) -> BothDocuments<T> {
    BothDocuments { new, old }
}

/// Agents lost of those who normally work.
fn lost(found: &MomentOfBoth) -> Paired {
    #[allow(clippy::cast_precision_loss)] // agents are far below 2^53
    let [new, old] = found.normally.map(|agents| agents as f64);
    let left = |of: f64, one: Chances| {
        let ends = |ends: Interval| Interval { low: of - ends.high, high: of - ends.low };
        Chances { best: of - one.best, certain: ends(one.certain), likely: ends(one.likely) }
    };
    let Paired { each, difference } = found.working;
    Paired {
        each: [left(new, each[0]), left(old, each[1])],
        difference: left(new - old, difference),
    }
}

/// Which way a difference is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    LessIsBetter,
    MoreIsBetter,
}

fn compared<T>(
    paired: &Paired,
    says: impl Fn(Chances) -> KnownDocument<T>,
    sense: Sense,
) -> ComparedDocument<T> {
    let Interval { low, high } = paired.difference.likely;
    let (low, high) = if sense == Sense::LessIsBetter { (low, high) } else { (-high, -low) };
    ComparedDocument {
        new: says(paired.each[0]),
        old: says(paired.each[1]),
        difference: says(paired.difference),
        judged: judged(low, high).to_owned(),
    }
}

/// Of what is better where it is less.
fn judged(low: f64, high: f64) -> &'static str {
    match (low, high) {
        _ if high < 0.0 => "better",
        _ if low > 0.0 => "worse",
        _ if low >= 0.0 && high <= 0.0 => "same",
        _ => "cannot be said",
    }
}

/// Between plans of which nothing tells one from the other there is no difference.
fn certain(average: Average, same: bool) -> Average {
    let nothing = Interval { low: 0.0, high: 0.0 };
    if same { Average { likely: Some(nothing), ..average } } else { average }
}

fn averaged<T>(
    average: Average,
    [new, old]: [T; 2],
    difference: T,
    likely: Option<BetweenDocument<T>>,
) -> AverageDocument<T> {
    let judged = match average.likely {
        None => "cannot be said",
        Some(ends) => judged(ends.low, ends.high),
    };
    let (differ, judged) = (average.differ, judged.to_owned());
    AverageDocument { new, old, difference, likely, differ, judged }
}

fn known<T>(
    of: Chances,
    best: impl Fn(f64) -> T,
    ends: impl Fn(Interval) -> BetweenDocument<T>,
) -> KnownDocument<T> {
    KnownDocument { best: best(of.best), certain: ends(of.certain), likely: ends(of.likely) }
}

/// Thousandths of agents, outward.
fn outward(ends: Interval) -> BetweenDocument<i64> {
    BetweenDocument {
        low: whole((ends.low * 1000.0).floor()),
        high: whole((ends.high * 1000.0).ceil()),
    }
}

#[allow(clippy::cast_possible_truncation)] // agents and their time are far below 2^63
fn whole(number: f64) -> i64 {
    number.round() as i64
}

/// The difference of agent-milliseconds, in hours as people read them.
pub fn hours_of(agent_ms: i64) -> String {
    let sign = if agent_ms < 0 { "-" } else { "" };
    let ms = agent_ms.unsigned_abs();
    let tenths = ms / 360_000 + u64::from(ms % 360_000 >= 180_000);
    match tenths {
        0 if ms > 0 => format!("{sign}less than 0.1"),
        0 => "0".to_owned(),
        1..100 if !tenths.is_multiple_of(10) => format!("{sign}{}.{}", tenths / 10, tenths % 10),
        _ => format!("{sign}{}", numbers_of::grouped((ms + 1_800_000) / 3_600_000)),
    }
}

impl ChanceDocument {
    /// The same without its sign.
    pub fn size(&self) -> &str {
        self.says.trim_start_matches('-')
    }
}
