//! A plan of a page, compiled, and what it does in one state.

use std::collections::BTreeSet;

use outlast_engine::check::{Finding, Findings, check};
use outlast_engine::explain::{Explanation, Status, WayReason, explain};
use outlast_engine::input::{Change, Setting};
use outlast_engine::{Held, Outcome, Problem, Refusal, Scope, State, Steering, assess, compile};
use outlast_models::diagnostic::Severity;
use outlast_models::pac::{PacAnswers, parse_answer, questions};
use outlast_models::units::{Millionths, WeekHour};
use outlast_models::{Id, Plan, diagnostic, read};

use crate::expect::{Condition, Expectation, Verdict, pac_answer};

/// Monday at ten.
const HOUR: WeekHour = WeekHour(10);

pub(crate) struct World {
    problem: Problem,
    findings: Findings,
}

/// One state of it.
struct Moment {
    left_alone: Outcome,
    directed: Outcome,
    told: bool,
    state: State,
}

impl Moment {
    fn outcome(&self) -> &Outcome {
        if self.told { &self.directed } else { &self.left_alone }
    }
}

impl World {
    /// Reads and compiles a plan; says what is wrong with it otherwise.
    pub(crate) fn read(text: &str, pac: &[&str]) -> Result<Self, String> {
        let mut sources = diagnostic::Sources::default();
        let file = sources.add("plan.yaml", text);
        let plan = read::plan(&mut sources, file, &mut |_| Ok("// as the comment says".to_owned()))
            .map_err(|found| diagnostic::render(&found, &sources, false))?;
        let answers = answers(pac, &plan);
        let problem = compile(&plan, &answers);
        let findings = check(&plan, &answers, &problem);
        Ok(Self { problem, findings })
    }

    /// Whether `check` finds something by a rule; all it finds otherwise.
    pub(crate) fn finds(&self, rule: &str, severity: Option<Severity>) -> Result<(), String> {
        let is_it = |found: &&Finding| {
            found.rule == rule && severity.is_none_or(|severity| found.severity == severity)
        };
        if self.findings.all.iter().any(|found| is_it(&found)) { Ok(()) } else { Err(self.found()) }
    }

    /// What `check` finds, a line each.
    pub(crate) fn found(&self) -> String {
        let line = |found: &Finding| {
            format!("  {:?} {} at {}: {}", found.severity, found.rule, found.at, found.says)
        };
        self.findings.all.iter().map(line).collect::<Vec<String>>().join("\n")
    }

    /// Whether an expectation holds; what was found instead otherwise.
    pub(crate) fn check(&self, expected: &Expectation) -> Result<(), String> {
        let group = Id::new(&expected.group);
        let mut state = State::normal(HOUR);
        let mut told = false;
        for condition in &expected.conditions {
            match condition {
                Condition::Told => told = true,
                Condition::Made(change) => {
                    let made = self.changes(&group).into_iter().filter(|c| c.name() == change);
                    for change in made {
                        state.make(change);
                    }
                }
                other => self.apply(&mut state, other)?,
            }
        }
        let moment = self.moment(state, told);
        let explained = self.explain(&moment, &group);
        if explained.on_shift == 0 {
            return Err(format!("nobody in {group}"));
        }
        let holds = self.holds(expected, &moment, &explained);
        if holds { Ok(()) } else { Err(self.told(&moment, &explained)) }
    }

    fn apply(&self, state: &mut State, condition: &Condition) -> Result<(), String> {
        match condition {
            Condition::Fails(id) => {
                if !self.problem.components.contains_key(id.as_str()) {
                    return Err(format!("there is no component {id}"));
                }
                state.fail([Id::new(id)]);
            }
            Condition::Closes(id) => {
                state.closed.insert(Id::new(id));
            }
            Condition::Blocks(id, share) => {
                state.blocking.insert(Id::new(id), Millionths(*share));
            }
            Condition::Rotated => {
                state.spoiled.insert(Setting::Addresses);
            }
            Condition::Made(_) | Condition::Told => {}
        }
        Ok(())
    }

    fn moment(&self, state: State, told: bool) -> Moment {
        let held = Held::default();
        let at = |steering| assess(&self.problem, &state, &held, Scope::Moved, steering);
        let (left_alone, directed) = (at(Steering::LeftAlone), at(Steering::Directed));
        Moment { left_alone, directed, told, state }
    }

    fn explain(&self, moment: &Moment, group: &Id) -> Explanation {
        explain(&self.problem, &moment.state, &moment.left_alone, &moment.directed, group)
    }

    /// Every change that would open some way of the group.
    fn changes(&self, group: &Id) -> BTreeSet<Change> {
        let normal = self.moment(State::normal(HOUR), false);
        let explained = self.explain(&normal, group);
        let legs = explained.ways.iter().flat_map(|way| &way.legs).map(|leg| &leg.status);
        let statuses = explained.ways.iter().map(|way| &way.status).chain(legs);
        let needed = statuses.filter_map(|status| match status {
            Status::Needs(changes) => Some(changes),
            _ => None,
        });
        needed.flatten().map(|(change, _)| change.clone()).collect()
    }

    fn working(&self, outcome: &Outcome, group: &Id) -> (u64, u128) {
        let ours = outcome.everybody().filter(|e| self.problem.cohorts[e.cohort].group == *group);
        let at_work =
            ours.filter(|e| matches!(e.disposition, outlast_engine::Disposition::Working { .. }));
        at_work.fold((0, 0), |(agents, effective), entry| {
            let pass = u128::from(entry.agents) * u128::from(entry.pass);
            (agents + entry.agents, effective + pass)
        })
    }

    fn holds(&self, expected: &Expectation, moment: &Moment, explained: &Explanation) -> bool {
        let group = &explained.group;
        let (working, effective) = self.working(moment.outcome(), group);
        let first = explained.ways.first();
        match &expected.verdict {
            Verdict::Works => {
                let is_open = |way: &WayReason| way.status == Status::Live;
                working == explained.on_shift && first.is_some_and(is_open)
            }
            Verdict::Out => working == 0,
            Verdict::Work(count) => working == *count,
            Verdict::Effective(count) => effective == u128::from(*count) * 1_000_000,
            Verdict::Refused(rule) => {
                let only = |list: &Vec<Refusal>| list.iter().all(|refusal| refusal.rule == **rule);
                working == 0
                    && first.is_some_and(
                        |way| matches!(&way.status, Status::Refused(list) if only(list)),
                    )
            }
            Verdict::Needs(name) => working == 0 && self.opens(moment, first, name, group),
            Verdict::Leg { name, component, stands } => first.is_some_and(|way| {
                let leg = way.legs.iter().find(|leg| leg.name == *name);
                leg.is_some_and(|leg| {
                    leg.hops.iter().any(|hop| *hop == component.as_str()) == *stands
                })
            }),
            Verdict::Notes { rule, has } => {
                first.is_some_and(|way| way.notes.iter().any(|(noted, _)| noted == rule) == *has)
            }
            Verdict::Loads { component, amount, word } => {
                let load = moment.outcome().uses.iter().find(|used| {
                    let key = &self.problem.resources[used.resource.index()].key;
                    key.id().as_str() == component && key.word() == word
                });
                load.map_or(0, |used| used.used) == *amount
            }
        }
    }

    /// Whether this change and no other opens the nearest way.
    fn opens(&self, moment: &Moment, way: Option<&WayReason>, name: &str, group: &Id) -> bool {
        let Some(Status::Needs(changes)) = way.map(|way| &way.status) else { return false };
        let mut state = moment.state.clone();
        for (change, _) in changes {
            state.make(change.clone());
        }
        let after = self.moment(state, false);
        let explained = self.explain(&after, group);
        changes.iter().all(|(change, _)| change.name() == name)
            && self.working(&after.left_alone, group).0 == explained.on_shift
    }

    fn told(&self, moment: &Moment, explained: &Explanation) -> String {
        let (working, effective) = self.working(moment.outcome(), &explained.group);
        let mut lines =
            vec![format!("  {working} of {} work, {effective} effective", explained.on_shift)];
        for way in &explained.ways {
            lines.push(format!("  {}: {}", way.words, status(&way.status)));
            for leg in &way.legs {
                let hops: Vec<&str> = leg.hops.iter().map(Id::as_str).collect();
                let hops = hops.join(" ");
                lines.push(format!("    {}: {} [{hops}]", leg.name, status(&leg.status)));
            }
        }
        for used in &moment.outcome().uses {
            let key = &self.problem.resources[used.resource.index()].key;
            let (id, word) = (key.id(), key.word());
            lines.push(format!("    {id}: {} {word} of {:?}", used.used, used.capacity));
        }
        lines.join("\n")
    }
}

fn status(status: &Status) -> String {
    let sentence = |refusal: &Refusal| format!("{} {}", refusal.rule, refusal.says);
    match status {
        Status::Refused(list) => {
            let all: Vec<String> = list.iter().map(sentence).collect();
            format!("refused: {}", all.join("; "))
        }
        Status::Needs(changes) => {
            let all: Vec<String> =
                changes.iter().map(|(c, r)| format!("{c} ({})", sentence(r))).collect();
            format!("needs {}", all.join("; "))
        }
        other => format!("{other:?}"),
    }
}

fn answers(pac: &[&str], plan: &Plan) -> PacAnswers {
    let mut answers = PacAnswers::default();
    for question in questions(plan) {
        let mut written = pac.iter().map(|line| pac_answer(line));
        let found = written.find(|&(file, host, _)| {
            file == question.pac.as_str() && (host == "*" || host == question.host)
        });
        if let Some((_, _, answer)) = found {
            answers.by_host.insert((question.pac, question.host), parse_answer(answer));
        }
    }
    answers
}
