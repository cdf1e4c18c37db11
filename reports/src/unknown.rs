//! What can be said where facts are not known.
//!
//! The figures of a document are those of the plan as it is read. Beside them stands
//! what holds in every combination of what the unknown facts may be (*certain*) and
//! what holds in some (*possible*); a verdict that differs *cannot be said*.

mod effect;
mod extent;
mod loads;
mod sheet;
mod tried;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use outlast_engine::run::{Run, Standing};
use outlast_engine::unknown::{Ballot, Choice, Decision, Tried, decide, ranked};
use outlast_models::swings::Doubt;
use outlast_models::{Id, Plan};

use crate::assumptions;
use crate::document::{
    AnswerDocument, DecidedDocument, ExtentMomentDocument, FactDocument, NotVariedDocument,
    RankDocument, RunDocument, Span, UnknownDocument,
};
use crate::names::Files;
pub use effect::effect;
use extent::Extents;
pub use loads::loads;
use sheet::Class;
pub use sheet::Sheet;
pub use tried::tried;

/// The answers of all combinations, as they come in.
#[derive(Debug)]
pub struct Answers {
    extents: Option<Extents>,
    /// By objective.
    ballots: Vec<Vec<Ballot<Class>>>,
    /// Each combination with a print of its figures.
    prints: Vec<(Choice, u64)>,
    seen: BTreeSet<u64>,
    /// Whether some objective is missed in all so far.
    always_missed: bool,
}

/// Everything that is known of what is not known.
#[derive(Debug)]
pub struct Known {
    /// What was varied, in the order of choices.
    pub facts: Vec<FactDocument>,
    /// What was not.
    pub not_varied: Vec<NotVariedDocument>,
    /// How much was tried.
    pub tried: Tried,
    /// What came of it.
    pub answers: Answers,
}

impl Default for Answers {
    fn default() -> Self {
        let (ballots, prints, seen) = (Vec::new(), Vec::new(), BTreeSet::new());
        Self { extents: None, ballots, prints, seen, always_missed: true }
    }
}

impl Answers {
    /// Takes the figures of one combination in.
    pub fn take(&mut self, choice: &[usize], sheet: &Sheet) {
        let figures = &sheet.figures;
        let mut print = DefaultHasher::new();
        figures.hash(&mut print);
        let print = print.finish();
        if self.seen.insert(print) {
            match &mut self.extents {
                Some(extents) => extents.widen(figures),
                None => self.extents = Some(Extents::of(figures)),
            }
        }
        self.ballots.resize(figures.verdicts.len(), Vec::new());
        for (ballots, (verdict, counted)) in self.ballots.iter_mut().zip(&figures.verdicts) {
            let (verdict, counted) = (*verdict, *counted);
            ballots.push(Ballot { choice: choice.to_vec(), verdict, counted });
        }
        self.prints.push((choice.to_vec(), print));
        self.always_missed &= figures.verdicts.iter().any(|(verdict, _)| *verdict == Class::Missed);
    }

    /// Whether a doubt changes anything, all others being equal.
    fn matters(&self, doubt: usize) -> bool {
        let mut alike: BTreeMap<Choice, u64> = BTreeMap::new();
        self.prints.iter().any(|(choice, print)| {
            let mut others = choice.clone();
            others[doubt] = 0;
            *alike.entry(others).or_insert(*print) != *print
        })
    }
}

/// A place of the plan that says `unknown`, with the values that it was given; the
/// first is what is taken for it.
pub fn doubt(plan: &Plan, run: &Run, files: Files<'_>, doubt: &Doubt) -> FactDocument {
    let said: Vec<(String, String)> =
        doubt.ids.iter().filter_map(|id| assumptions::said(plan, &run.problem, id)).collect();
    let mut says: Vec<&str> = said.iter().map(|(says, _)| says.as_str()).collect();
    says.dedup();
    let taken = match said.as_slice() {
        [(_, value)] => value.clone(),
        _ => "what the language takes".to_owned(),
    };
    let others = doubt.others.iter().cloned();
    FactDocument {
        fact: doubt.ids.first().cloned().unwrap_or_default(),
        says: if says.is_empty() {
            format!("{} is not known", doubt.path)
        } else {
            says.join("; ")
        },
        values: std::iter::once(taken).chain(others).collect(),
        ask: doubt.whom.word().to_owned(),
        path: Some(doubt.path.clone()),
        place: files.at(doubt.place),
        matters: false,
        open: doubt.is_open(),
    }
}

/// A component whose state nobody knows.
pub fn component(id: &Id) -> FactDocument {
    FactDocument {
        fact: id.to_string(),
        says: format!("whether {id} is up is not known"),
        values: vec!["up".to_owned(), "failed".to_owned()],
        ask: "whoever runs it".to_owned(),
        path: None,
        place: None,
        matters: false,
        open: false,
    }
}

/// A place that says `unknown` and was not varied.
pub fn not_varied(doubt: &Doubt, why: &str) -> NotVariedDocument {
    let fact = doubt.ids.first().cloned().unwrap_or_default();
    NotVariedDocument { fact, path: doubt.path.clone(), why: why.to_owned() }
}

/// What the answers make of a run.
pub(crate) struct Open {
    /// The standing of each objective.
    pub(crate) standings: Vec<Standing>,
    /// The first sentence of the verdict; none where nothing differs.
    pub(crate) between: Option<String>,
}

impl Known {
    /// What a run says, if all of this is taken into account.
    pub(crate) fn open(&self, run: &Run) -> Open {
        let standing = |(n, ballots): (usize, &Vec<Ballot<Class>>)| {
            if settled(ballots).is_some() {
                run.verdicts[n].standing
            } else {
                Standing::CannotBeSaid
            }
        };
        let standings = self.answers.ballots.iter().enumerate().map(standing).collect();
        let worst = self.answers.extents.as_ref().and_then(|extents| worst(&extents.moments));
        let between = worst.filter(|_| self.differs()).map(|worst| words::between(self, worst));
        Open { standings, between }
    }

    /// Whether two combinations come to different figures.
    fn differs(&self) -> bool {
        let prints = &self.answers.prints;
        prints.iter().any(|(_, print)| *print != prints[0].1)
    }

    /// Whether nothing else can be than what was tried: all combinations that matter
    /// were, and no fact that does may be something else than its values.
    fn is_sure(&self) -> bool {
        let is_open = |doubt: usize| self.facts[doubt].open && self.answers.matters(doubt);
        self.tried.exact && !(0..self.facts.len()).any(is_open)
    }

    /// Those that change something, by their place.
    fn matter(&self) -> Vec<usize> {
        (0..self.facts.len()).filter(|doubt| self.answers.matters(*doubt)).collect()
    }

    /// Adds to a document what it cannot say, and what is certain all the same.
    pub(crate) fn into_document(self, run: &Run, document: &mut RunDocument) {
        document.missed = self.answers.always_missed && !run.verdicts.is_empty();
        let matter = self.matter();
        for (n, one) in document.objectives.iter_mut().enumerate() {
            let ballots = &self.answers.ballots[n];
            let counted = counted(ballots);
            let settled = settled(ballots).is_some();
            if settled && counted.certain == counted.possible {
                if !self.is_sure() {
                    one.says.push_str("; so in all combinations that were tried");
                }
                continue;
            }
            let decision = if settled { None } else { decide(ballots, &matter) };
            let decided = self.decided(ballots, counted, decision.as_ref());
            let needs = crate::verdict::needs(run, &run.verdicts[n]);
            one.says = if settled {
                words::settled(&needs, counted, &one.says, self.is_sure())
            } else {
                "cannot be said".clone_into(&mut one.verdict);
                words::cannot_be_said(&needs, &self.facts, &decided)
            };
            one.decided_by = Some(decided);
        }
        document.may_be_missed = document.objectives.iter().any(|one| one.verdict != "met");
        let differs = self.differs();
        let extents = self.answers.extents.filter(|_| differs);
        let (moments, curve) = extents.map(|all| (all.moments, all.curve)).unwrap_or_default();
        let mut facts = self.facts;
        for doubt in matter {
            facts[doubt].matters = true;
        }
        document.unknown = Some(UnknownDocument {
            facts,
            not_varied: self.not_varied,
            combinations: u64::try_from(self.tried.of).unwrap_or(u64::MAX),
            tried: self.tried.tried as u64,
            impossible: self.tried.impossible as u64,
            exact: self.tried.exact,
            moments,
            curve,
        });
    }

    fn decided(
        &self,
        ballots: &[Ballot<Class>],
        counted: Span,
        decision: Option<&Decision<Class>>,
    ) -> DecidedDocument {
        let name = |doubt: &usize| self.facts[*doubt].fact.clone();
        let answers = decision.map(|decision| {
            let value = |(at, value): (usize, &usize)| {
                self.facts[decision.doubts[at]].values[*value].clone()
            };
            let answer = |(values, verdict): &(Vec<usize>, Class)| AnswerDocument {
                values: values.iter().enumerate().map(value).collect(),
                verdict: verdict.word().to_owned(),
            };
            decision.answers.iter().map(answer).collect()
        });
        let ranks = ranked(ballots, self.facts.len()).into_iter();
        DecidedDocument {
            counted,
            facts: decision.map(|one| one.doubts.iter().map(name).collect()).unwrap_or_default(),
            answers: answers.unwrap_or_default(),
            ranked: ranks
                .map(|rank| RankDocument {
                    fact: name(&rank.doubt),
                    decides: rank.decides,
                    agents: rank.agents,
                })
                .collect(),
        }
    }
}

/// The verdict of all combinations, if it is one.
fn settled(ballots: &[Ballot<Class>]) -> Option<Class> {
    let first = ballots.first()?.verdict;
    ballots.iter().all(|ballot| ballot.verdict == first).then_some(first)
}

fn counted(ballots: &[Ballot<Class>]) -> Span {
    let mut all = ballots.iter().map(|ballot| Span::exactly(ballot.counted));
    let mut span = all.next().unwrap_or_default();
    all.for_each(|one| span.widen(one));
    span
}

/// The moment at which most may be lost, moved and left alone; the first of several.
fn worst(moments: &[ExtentMomentDocument]) -> Option<&ExtentMomentDocument> {
    let lost = |one: &ExtentMomentDocument| {
        let working = one.moved.left_alone.all.certain.working;
        one.normally_working.possible.saturating_sub(working)
    };
    moments.iter().rev().max_by_key(|one| lost(one))
}
