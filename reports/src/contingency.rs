//! What every set of failures does, as a document.

pub(crate) mod agents;
mod verdict;

use std::collections::BTreeMap;

use outlast_engine::Problem;
use outlast_engine::assess::bulk::Standing;
use outlast_engine::contingency::{Contingency, Cuts, Found, Looked};
use outlast_engine::failures::{Failure, FailureId, Failures, Set, Sort};
use outlast_models::Id;
use outlast_models::plan::Strikes;

use crate::document::{
    ContingencyDocument, CutDocument, CutsDocument, FailureDocument, GraceDocument,
    HitObjectiveDocument, LookedDocument, SetDocument, SinglePointDocument, SinglePointsDocument,
    SinglePointsOfDocument, UsualDocument, WhomDocument,
};
use crate::nothing;
use crate::run::{Context, has_shifts};
use agents::Agents;
pub use verdict::reach;

/// What people are to be shown alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// The objectives of this name.
    Objective(String),
    /// A group.
    Group(Id),
}

/// What was asked, and of what.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The compiled plan.
    pub problem: &'a Problem,
    /// What can fail.
    pub failures: &'a Failures,
    /// Up to how many failures at once were asked for.
    pub order: usize,
    /// What people are to be shown alone.
    pub whom: Vec<Whom>,
    /// What has to be said beside the answer.
    pub remarks: Vec<String>,
}

/// What was found, as a document.
pub fn contingency(
    context: Context<'_>,
    asked: &Asked<'_>,
    found: &Contingency,
) -> ContingencyDocument {
    let agents = Agents::of(context.plan, asked.problem, found.question.hour);
    let classes = found.classes.iter().map(|class| (class[0], class.as_slice())).collect();
    Making { context, asked, found, agents, classes }.document()
}

/// On the way to a document.
struct Making<'a> {
    context: Context<'a>,
    asked: &'a Asked<'a>,
    found: &'a Contingency,
    agents: Agents<'a>,
    /// Failures of equal effect by the first of them.
    classes: BTreeMap<FailureId, &'a [FailureId]>,
}

impl Making<'_> {
    fn document(&self) -> ContingencyDocument {
        let Self { context, asked, found, agents, .. } = self;
        let whom = asked.whom.iter().map(|whom| match whom {
            Whom::Objective(name) => whom_document("objective", name),
            Whom::Group(id) => whom_document("group", id.as_str()),
        });
        let order = found.question.order;
        let mut document = ContingencyDocument {
            head: context.head("contingency"),
            order,
            order_asked: (asked.order > order).then_some(asked.order),
            cuts: found.cuts,
            cuts_asked: (found.cuts < found.question.cuts.min(found.classes.len()))
                .then_some(found.question.cuts),
            hour: found.question.hour.to_string(),
            busiest: has_shifts(asked.problem),
            asked_for: whom.collect(),
            verdict: String::new(),
            missed: false,
            may_be_missed: false,
            remarks: self.remarks(),
            normal: UsualDocument {
                on_shift: agents.on_shift(|cohort| cohort.counted),
                working: found.normal.working,
                gap: found.normal.gap,
                without_way: agents.without_way(&found.normal.out),
            },
            lost_to_stress: found.under_stress,
            failures: self.failures(),
            classes: self.classes(),
            singles: found.singles.iter().map(|one| self.set(one)).collect(),
            worse: found.worse.iter().map(|one| self.set(one)).collect(),
            objectives: self.objectives(),
            groups: self.groups(),
            single_points: self.single_points(),
            looked: found.looked.iter().zip(1..).map(|(one, order)| looked(one, order)).collect(),
        };
        document.verdict = verdict::verdict(&document);
        (document.missed, document.may_be_missed) = verdict::misses(&document);
        document
    }

    fn remarks(&self) -> Vec<String> {
        let mut all = self.asked.remarks.clone();
        if self.asked.failures.all.iter().any(|one| one.sort == Sort::Hazard) {
            all.push("a hazard takes all that it may hit, whatever the chances".to_owned());
        }
        all.extend(nothing::remarks(self.context.plan));
        all
    }

    fn failure(&self, id: FailureId) -> &Failure {
        self.asked.failures.get(id)
    }

    fn name(&self, id: FailureId) -> String {
        self.failure(id).id.to_string()
    }

    fn names(&self, ids: impl IntoIterator<Item = FailureId>) -> Vec<String> {
        ids.into_iter().map(|id| self.name(id)).collect()
    }

    fn failures(&self) -> Vec<FailureDocument> {
        let hazards = &self.context.plan.failures.hazards;
        let each = self.asked.failures.ids().map(|id| {
            let Failure { id: name, sort, takes } = self.failure(id);
            let others = takes.iter().filter(|taken| *taken != name);
            let plays = hazards.get(name).and_then(|hazard| match &hazard.strikes {
                Strikes::Plays { scenario, .. } => Some(scenario.clone()),
                Strikes::Hits(_) => None,
            });
            FailureDocument {
                id: name.to_string(),
                kind: sort.word().to_owned(),
                takes: others.map(Id::to_string).collect(),
                plays: plays.filter(|_| *sort == Sort::Hazard),
                decides: !self.found.idle.contains(&id),
            }
        });
        each.collect()
    }

    fn classes(&self) -> Vec<Vec<String>> {
        let several = self.found.classes.iter().filter(|class| class.len() > 1);
        several.map(|class| self.names(class.iter().copied())).collect()
    }

    /// Failures of equal effect with the first of them.
    fn class(&self, first: FailureId) -> &[FailureId] {
        self.classes.get(&first).copied().unwrap_or_default()
    }

    /// How many sets are of equal effect.
    fn stands_for(&self, set: &Set) -> u64 {
        let sizes = set.iter().map(|first| self.class(first).len() as u64);
        sizes.fold(1, u64::saturating_mul)
    }

    fn set(&self, found: &Found) -> SetDocument {
        let Found { set, effect, lost, beyond } = found;
        let (agents, normal) = (&self.agents, &self.found.normal);
        let new: Vec<u32> =
            effect.out.iter().copied().filter(|out| !normal.out.contains(out)).collect();
        let grace = self.asked.failures.grace(self.asked.problem, set);
        SetDocument {
            set: self.names(set.iter()),
            stands_for: self.stands_for(set),
            lost: *lost,
            beyond: *beyond,
            working: effect.working,
            gap: effect.gap,
            objectives: self.hit(found),
            by_group: agents.by_group(&effect.lost),
            users: agents.users(&effect.lost),
            by_site: agents.by_site(&effect.lost),
            by_queue: agents.by_queue(&effect.lost),
            by_phone: agents.by_phone(&effect.lost),
            without_way: agents.without_way(&new),
            groups_out: agents.groups_out(&effect.out, &normal.out),
            grace: grace
                .into_iter()
                .map(|(id, lasts)| GraceDocument { id: id.to_string(), lasts_ms: lasts.0 })
                .collect(),
        }
    }

    /// Objectives that a set hits.
    fn hit(&self, found: &Found) -> Vec<HitObjectiveDocument> {
        let objectives = self.asked.problem.objectives.iter().enumerate();
        let each = objectives.filter_map(|(n, objective)| {
            let standing = found.effect.objectives[n];
            let lost = self.agents.lost(&found.effect.lost, |cohort| objective.counts(cohort));
            (standing != Standing::Attained || lost != 0).then(|| HitObjectiveDocument {
                objective: objective.name(),
                standing: word(standing),
                normally: word(self.found.normal.objectives[n]),
                lost,
            })
        });
        each.collect()
    }

    fn objectives(&self) -> Vec<CutsDocument> {
        let all = self.asked.problem.objectives.iter().zip(&self.found.objectives);
        let each = all.map(|(objective, cuts)| {
            let on_shift = self.agents.on_shift(|cohort| objective.counts(cohort));
            let need = objective.need(on_shift);
            CutsDocument { need: Some(need), ..self.cuts(objective.name(), on_shift, cuts) }
        });
        each.collect()
    }

    /// In the order of the plan.
    fn groups(&self) -> Vec<CutsDocument> {
        let plan = self.context.plan;
        let mut all: Vec<(usize, CutsDocument)> = Vec::new();
        for (id, cuts) in &self.found.groups {
            let on_shift = self.agents.on_shift(|cohort| cohort.group == *id);
            let place = plan.groups.get_index_of(id).unwrap_or(usize::MAX);
            all.push((place, self.cuts(id.to_string(), on_shift, cuts)));
        }
        all.sort_by_key(|(place, _)| *place);
        all.into_iter().map(|(_, cuts)| cuts).collect()
    }

    fn cuts(&self, of: String, on_shift: u64, cuts: &Cuts) -> CutsDocument {
        let cut = |set: &Set| CutDocument {
            set: self.names(set.iter()),
            stands_for: self.stands_for(set),
        };
        CutsDocument {
            of,
            on_shift,
            need: None,
            normally: word(cuts.whole),
            minimal: cuts.minimal.iter().map(cut).collect(),
            open: cuts.open.iter().map(cut).collect(),
        }
    }

    fn single_points(&self) -> SinglePointsDocument {
        let (problem, plan) = (self.asked.problem, self.context.plan);
        let objectives = problem.objectives.iter().enumerate().map(|(n, objective)| {
            let usual = self.found.normal.objectives[n];
            self.points(objective.name(), |found| {
                let misses = found.effect.objectives[n] == Standing::Missed;
                let lost = self.agents.lost(&found.effect.lost, |cohort| objective.counts(cohort));
                (misses && usual != Standing::Missed).then_some(lost)
            })
        });
        let queues = plan.queues.keys().map(|queue| {
            self.out_alone(queue, |n| {
                let cohort = &problem.cohorts[n];
                cohort.counted && cohort.queues.contains(queue)
            })
        });
        let groups = plan.groups.keys();
        let groups = groups.map(|id| self.out_alone(id, |n| problem.cohorts[n].group == *id));
        let some = |points: &SinglePointsOfDocument| !points.failures.is_empty();
        SinglePointsDocument {
            objectives: objectives.filter(some).collect(),
            queues: queues.filter(some).collect(),
            groups: groups.filter(some).collect(),
        }
    }

    /// What alone leaves some of these cohorts without a live way.
    fn out_alone(&self, of: &Id, is_of: impl Fn(usize) -> bool) -> SinglePointsOfDocument {
        let normal = &self.found.normal.out;
        self.points(of.to_string(), |found| {
            let new = found.effect.out.iter().filter(|out| !normal.contains(out));
            let ours = new.map(|out| *out as usize).filter(|out| is_of(*out));
            let agents: u64 = ours.map(|out| self.agents.people[out]).sum();
            (agents > 0).then(|| i64::try_from(agents).unwrap_or(i64::MAX))
        })
    }

    /// Failures that alone do something, those of equal effect each.
    fn points(&self, of: String, does: impl Fn(&Found) -> Option<i64>) -> SinglePointsOfDocument {
        let mut failures = Vec::new();
        for found in &self.found.singles {
            let Some(agents) = does(found) else { continue };
            let all = found.set.iter().flat_map(|first| self.class(first));
            failures.extend(all.map(|id| SinglePointDocument { id: self.name(*id), agents }));
        }
        failures.sort_by_key(|point| std::cmp::Reverse(point.agents));
        SinglePointsOfDocument { of, failures }
    }
}

fn whom_document(what: &str, name: &str) -> WhomDocument {
    WhomDocument { what: what.to_owned(), name: name.to_owned() }
}

fn looked(looked: &Looked, order: usize) -> LookedDocument {
    let Looked { sets, assessed, lose, gaps } = *looked;
    let tenths = (sets * 10 + u128::from(assessed / 2)).checked_div(u128::from(assessed));
    let tenths = tenths.unwrap_or(10);
    LookedDocument {
        order,
        sets: u64::try_from(sets).unwrap_or(u64::MAX),
        assessed,
        for_each: format!("{}.{}", tenths / 10, tenths % 10),
        lose,
        gaps,
    }
}

pub(crate) fn word(standing: Standing) -> String {
    let word = match standing {
        Standing::Attained => "attained",
        Standing::Open => "open",
        Standing::Missed => "missed",
    };
    word.to_owned()
}
