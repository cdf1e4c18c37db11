//! The allocation as a program: crews × columns over shared capacities, solved
//! stage by stage in lexicographic order.
//!
//! A stage maximises one figure while all earlier ones keep their optimum. As a
//! linear program the stages give the *fluid* optimum (agents divisible), a
//! bound on whole agents; as an integer program, the answer itself. Few agents
//! are solved as integers throughout. Many are solved fluid, rounded down, and
//! what that leaves over, a handful of agents and the scraps of capacity, is
//! solved as integers again.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, OptimizationDirection, Problem as Solver, SolveOptions, Variable};

use crate::problem::ResourceId;

/// Up to this many agents are solved as integers throughout.
const FEW: u64 = 60;
/// Nodes of branch and bound for one stage (a limit on time would not be
/// reproducible).
const NODES: u64 = 4_000;
/// Slack for keeping an earlier stage's optimum, far above the solver's
/// tolerance and far below one agent.
const SLACK: f64 = 1e-6;

/// One way for the agents of one crew.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) loads: Vec<(ResourceId, u64)>,
    /// Share of calls that get through, in millionths.
    pub(crate) pass: u32,
    /// Whether it is another way than the one held.
    pub(crate) moved: u32,
    /// Preference, 0 the first.
    pub(crate) rank: u32,
}

/// How an objective counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    Working,
    Effective,
}

/// An objective as the program sees it.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// Agents needed.
    pub(crate) need: u64,
    /// Millionths of agents that count already.
    pub(crate) have: u128,
    pub(crate) counts: Counted,
    pub(crate) priority: u32,
    pub(crate) overall: bool,
}

#[derive(Debug, Clone)]
struct Crew {
    agents: u64,
    priority: u32,
    targets: Vec<usize>,
    columns: std::ops::Range<usize>,
}

/// A whole program.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    capacities: Vec<Option<u64>>,
    crews: Vec<Crew>,
    columns: Vec<Column>,
    pub(crate) targets: Vec<Target>,
}

/// Whole agents for each column, and how many more the bound allows.
#[derive(Debug, Clone)]
pub(crate) struct Solution {
    pub(crate) agents: Vec<u64>,
    pub(crate) gap: u64,
}

/// One figure of the lexicographic order.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    /// Agents counted towards these targets.
    Count(Vec<usize>),
    /// Working agents of a class.
    Class(u32),
    /// Effective agents.
    Effective,
    /// Objectives met.
    Met,
    /// The smallest share of an objective that is not met.
    Even,
    /// Fewest agents moved, then preference.
    Stay,
}

impl Program {
    pub(crate) fn new(capacities: Vec<Option<u64>>) -> Self {
        Self { capacities, crews: Vec::new(), columns: Vec::new(), targets: Vec::new() }
    }

    pub(crate) fn add_crew(&mut self, agents: u64, priority: u32, targets: Vec<usize>) {
        let at = self.columns.len();
        self.crews.push(Crew { agents, priority, targets, columns: at..at });
    }

    /// Adds a column to the last crew.
    pub(crate) fn add_column(&mut self, column: Column) {
        self.columns.push(column);
        let end = self.columns.len();
        self.crews.last_mut().expect("a crew first").columns.end = end;
    }

    /// Solves, climbing the ladder as far as the size asks for.
    pub(crate) fn solve(&self) -> Solution {
        if let Some(agents) = self.all_on_first() {
            return Solution { agents, gap: 0 };
        }
        let total: u64 = self.crews.iter().map(|crew| crew.agents).sum();
        if total <= FEW
            && let Some(values) = self.stages(true)
        {
            let agents = self.whole(&values.x);
            return Solution { agents, gap: 0 };
        }
        self.fluid_then_whole()
    }

    /// The fluid optimum of the working total and of each target, for
    /// attainability: millionths counted towards each target when it alone is
    /// maximised.
    pub(crate) fn most(&self, target: usize) -> f64 {
        if self.crews.is_empty() {
            #[allow(clippy::cast_precision_loss)]
            return self.targets[target].have as f64 / 1e6;
        }
        self.run(&[], &Stage::Count(vec![target]), false).map_or(0.0, |stage| stage.value)
    }

    /// Everybody on his best column, if that fits.
    fn all_on_first(&self) -> Option<Vec<u64>> {
        let mut agents = vec![0; self.columns.len()];
        for crew in &self.crews {
            if let Some(first) = crew.columns.clone().next() {
                agents[first] = crew.agents;
            }
        }
        self.fits(&agents).then_some(agents)
    }

    fn used(&self, agents: &[u64]) -> Vec<u128> {
        let mut used = vec![0_u128; self.capacities.len()];
        for (column, &count) in self.columns.iter().zip(agents) {
            for (resource, load) in &column.loads {
                used[resource.index()] += u128::from(*load) * u128::from(count);
            }
        }
        used
    }

    fn fits(&self, agents: &[u64]) -> bool {
        let used = self.used(agents);
        used.iter().zip(&self.capacities).all(|(used, c)| c.is_none_or(|c| *used <= u128::from(c)))
    }

    fn order(&self) -> Vec<Stage> {
        let mut stages = Vec::new();
        let mut queued: Vec<usize> =
            (0..self.targets.len()).filter(|&n| !self.targets[n].overall).collect();
        queued.sort_by_key(|&n| self.targets[n].priority);
        for list in queued.chunk_by(|&a, &b| self.targets[a].priority == self.targets[b].priority) {
            stages.push(Stage::Count(list.to_vec()));
        }
        let overall: Vec<usize> =
            (0..self.targets.len()).filter(|&n| self.targets[n].overall).collect();
        if !overall.is_empty() {
            stages.push(Stage::Count(overall));
        }
        let mut classes: Vec<u32> = self.crews.iter().map(|crew| crew.priority).collect();
        classes.sort_unstable();
        classes.dedup();
        stages.extend(classes.into_iter().map(Stage::Class));
        if self.columns.iter().any(|column| column.pass < 1_000_000) {
            stages.push(Stage::Effective);
        }
        if self.targets.len() > 1 {
            stages.push(Stage::Met);
            stages.push(Stage::Even);
        }
        stages.push(Stage::Stay);
        stages
    }

    /// Runs all stages; `None` where the solver gave no answer.
    fn stages(&self, whole: bool) -> Option<Values> {
        let mut kept: Vec<(Stage, f64)> = Vec::new();
        let mut last: Option<Values> = None;
        for stage in self.order() {
            if stage == Stage::Met && !whole {
                continue; // counting objectives is a matter of whole numbers
            }
            match self.run(&kept, &stage, whole) {
                Some(values) => {
                    kept.push((stage, values.value));
                    last = Some(values);
                }
                None if last.is_some()
                    && matches!(stage, Stage::Met | Stage::Even | Stage::Stay) => {}
                None => return None,
            }
        }
        last.map(|values| Values { kept, ..values })
    }

    fn run(&self, kept: &[(Stage, f64)], stage: &Stage, whole: bool) -> Option<Values> {
        let mut model = Model::new(self, stage, whole);
        for (earlier, value) in kept {
            model.keep(earlier, *value);
        }
        model.solve()
    }

    /// Rounds values to whole agents; near-integers go to their integer.
    fn whole(&self, x: &[f64]) -> Vec<u64> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let mut agents: Vec<u64> = x.iter().map(|v| (v + 1e-5).floor().max(0.0) as u64).collect();
        for crew in &self.crews {
            let mut over =
                agents[crew.columns.clone()].iter().sum::<u64>().saturating_sub(crew.agents);
            for n in crew.columns.clone().rev() {
                let cut = over.min(agents[n]);
                agents[n] -= cut;
                over -= cut;
            }
        }
        let mut n = agents.len();
        while !self.fits(&agents) && n > 0 {
            n -= 1;
            agents[n] = agents[n].saturating_sub(1);
        }
        agents
    }

    fn fluid_then_whole(&self) -> Solution {
        let Some(fluid) = self.stages(false) else {
            return Solution {
                agents: self.first_fit(vec![0; self.columns.len()]),
                gap: self.agents(),
            };
        };
        let base = self.whole(&fluid.x);
        let rest = self.rest(&base);
        let more = rest.stages(true).map(|values| rest.whole(&values.x));
        let mut agents = base.clone();
        if let Some(more) = more {
            for (sum, n) in agents.iter_mut().zip(more) {
                *sum += n;
            }
        }
        let agents = self.first_fit(agents);
        let bound: f64 = fluid
            .kept
            .iter()
            .filter(|(stage, _)| matches!(stage, Stage::Class(_)))
            .map(|(_, value)| (value + 1e-4).floor())
            .sum();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let gap = (bound as u64).saturating_sub(agents.iter().sum());
        Solution { agents, gap }
    }

    fn agents(&self) -> u64 {
        self.crews.iter().map(|crew| crew.agents).sum()
    }

    /// What rounding left over: at most a few agents of each crew, and the
    /// room that is left.
    fn rest(&self, base: &[u64]) -> Self {
        let used = self.used(base);
        let mut rest = self.clone();
        for (capacity, used) in rest.capacities.iter_mut().zip(&used) {
            *capacity = capacity.map(|c| c - u64::try_from(*used).unwrap_or(c).min(c));
        }
        for crew in &mut rest.crews {
            let placed: u64 = base[crew.columns.clone()].iter().sum();
            crew.agents = (crew.agents - placed).min(3);
        }
        for (n, target) in rest.targets.iter_mut().enumerate() {
            for crew in self.crews.iter().filter(|crew| crew.targets.contains(&n)) {
                for c in crew.columns.clone() {
                    target.have += u128::from(base[c]) * weight(&self.columns[c], target.counts);
                }
            }
        }
        rest
    }

    /// Fills up with whoever still fits, highest class first.
    fn first_fit(&self, mut agents: Vec<u64>) -> Vec<u64> {
        let mut order: Vec<usize> = (0..self.crews.len()).collect();
        order.sort_by_key(|&n| self.crews[n].priority);
        let mut used = self.used(&agents);
        for n in order {
            let crew = &self.crews[n];
            let mut left = crew.agents - agents[crew.columns.clone()].iter().sum::<u64>();
            for c in crew.columns.clone() {
                while left > 0 && self.has_room(&used, c) {
                    for (resource, load) in &self.columns[c].loads {
                        used[resource.index()] += u128::from(*load);
                    }
                    agents[c] += 1;
                    left -= 1;
                }
            }
        }
        agents
    }

    fn has_room(&self, used: &[u128], column: usize) -> bool {
        self.columns[column].loads.iter().all(|(resource, load)| {
            let n = resource.index();
            self.capacities[n].is_none_or(|c| used[n] + u128::from(*load) <= u128::from(c))
        })
    }
}

fn weight(column: &Column, counts: Counted) -> u128 {
    match counts {
        Counted::Working => 1_000_000,
        Counted::Effective => u128::from(column.pass),
    }
}

/// What one stage gave.
struct Values {
    value: f64,
    x: Vec<f64>,
    kept: Vec<(Stage, f64)>,
}

/// One stage as a solver's problem.
struct Model<'p> {
    program: &'p Program,
    solver: Solver,
    x: Vec<Variable>,
    /// Agents counted towards each target, capped at the need.
    y: Vec<Variable>,
    met: Vec<Variable>,
    even: Variable,
    /// Parts of crews that serve several queues, by first column.
    shared: BTreeMap<usize, Vec<Variable>>,
    stage: Stage,
}

#[allow(clippy::cast_precision_loss)] // agents and capacities are far below 2^53
impl<'p> Model<'p> {
    fn new(program: &'p Program, stage: &Stage, whole: bool) -> Self {
        let mut solver = Solver::new(OptimizationDirection::Maximize);
        let mut x = Vec::with_capacity(program.columns.len());
        for crew in &program.crews {
            for c in crew.columns.clone() {
                let gain = x_gain(program, stage, crew, &program.columns[c]);
                let most = i32::try_from(crew.agents).unwrap_or(i32::MAX);
                x.push(if whole {
                    solver.add_integer_var(gain, (0, most))
                } else {
                    solver.add_var(gain, (0.0, crew.agents as f64))
                });
            }
        }
        let y = program
            .targets
            .iter()
            .enumerate()
            .map(|(n, target)| {
                let counted = matches!(stage, Stage::Count(list) if list.contains(&n));
                solver.add_var(f64::from(u8::from(counted)), (0.0, target.need as f64))
            })
            .collect();
        let met = if *stage == Stage::Met {
            program.targets.iter().map(|_| solver.add_binary_var(1.0)).collect()
        } else {
            Vec::new()
        };
        let even = solver.add_var(f64::from(u8::from(*stage == Stage::Even)), (0.0, 1.0));
        let mut model = Self {
            program,
            solver,
            x,
            y,
            met,
            even,
            shared: BTreeMap::new(),
            stage: stage.clone(),
        };
        model.crew_rows();
        model.capacity_rows();
        model.target_rows();
        model.shared_rows();
        model
    }

    fn shared_rows(&mut self) {
        for (first, parts) in std::mem::take(&mut self.shared) {
            let crew = self.program.crews.iter().find(|crew| crew.columns.start == first);
            let columns = crew.expect("a crew of its own").columns.clone();
            let mut row: Vec<(Variable, f64)> = parts.iter().map(|z| (*z, 1.0)).collect();
            row.extend(columns.map(|c| (self.x[c], -1.0)));
            self.solver.add_constraint(row, ComparisonOp::Le, 0.0);
        }
    }

    fn crew_rows(&mut self) {
        for crew in &self.program.crews {
            let row: Vec<(Variable, f64)> =
                crew.columns.clone().map(|c| (self.x[c], 1.0)).collect();
            if row.len() > 1 {
                self.solver.add_constraint(row, ComparisonOp::Le, crew.agents as f64);
            }
        }
    }

    /// Rows are scaled by their largest load, so that bit/s and seats meet.
    fn capacity_rows(&mut self) {
        let mut rows: Vec<Vec<(usize, u64)>> = vec![Vec::new(); self.program.capacities.len()];
        for (c, column) in self.program.columns.iter().enumerate() {
            for (resource, load) in &column.loads {
                rows[resource.index()].push((c, *load));
            }
        }
        for (row, capacity) in rows.iter().zip(&self.program.capacities) {
            let (Some(capacity), Some(scale)) = (capacity, row.iter().map(|r| r.1).max()) else {
                continue;
            };
            let scale = scale as f64;
            let row: Vec<(Variable, f64)> =
                row.iter().map(|(c, load)| (self.x[*c], *load as f64 / scale)).collect();
            self.solver.add_constraint(row, ComparisonOp::Le, *capacity as f64 / scale);
        }
    }

    fn target_rows(&mut self) {
        let program = self.program;
        let queued =
            |crew: &Crew| crew.targets.iter().filter(|t| !program.targets[**t].overall).count();
        for (t, target) in program.targets.iter().enumerate() {
            let mut row = vec![(self.y[t], 1.0)];
            for crew in program.crews.iter().filter(|crew| crew.targets.contains(&t)) {
                if target.overall || queued(crew) <= 1 {
                    row.extend(
                        crew.columns.clone().map(|c| (self.x[c], -share(program, c, target))),
                    );
                }
            }
            let shared: Vec<&Crew> = program
                .crews
                .iter()
                .filter(|crew| !target.overall && crew.targets.contains(&t) && queued(crew) > 1)
                .collect();
            for crew in shared {
                let z = self.solver.add_var(0.0, (0.0, crew.agents as f64));
                row.push((z, -1.0));
                self.limit_shared(crew, t, z);
            }
            self.solver.add_constraint(row, ComparisonOp::Le, target.have as f64 / 1e6);
            let need = (target.need as f64).max(1.0);
            if self.stage == Stage::Even {
                let row = vec![(self.even, need), (self.y[t], -1.0)];
                self.solver.add_constraint(row, ComparisonOp::Le, 0.0);
            }
            if let Some(met) = self.met.get(t) {
                let row = vec![(*met, need), (self.y[t], -1.0)];
                self.solver.add_constraint(row, ComparisonOp::Le, SLACK);
            }
        }
    }

    /// An agent of several queues counts for one of them: the parts of a crew
    /// counted here and there sum to at most the crew's own count.
    fn limit_shared(&mut self, crew: &Crew, target: usize, z: Variable) {
        let program = self.program;
        let entry = &program.targets[target];
        let mut row = vec![(z, 1.0)];
        row.extend(crew.columns.clone().map(|c| (self.x[c], -share(program, c, entry))));
        self.solver.add_constraint(row, ComparisonOp::Le, 0.0);
        self.shared.entry(crew.columns.start).or_default().push(z);
    }

    fn keep(&mut self, stage: &Stage, value: f64) {
        let program = self.program;
        let mut row: Vec<(Variable, f64)> = Vec::new();
        match stage {
            Stage::Count(list) => row.extend(list.iter().map(|t| (self.y[*t], 1.0))),
            Stage::Class(_) | Stage::Effective | Stage::Stay => {
                for crew in &program.crews {
                    for c in crew.columns.clone() {
                        let gain = x_gain(program, stage, crew, &program.columns[c]);
                        if gain != 0.0 {
                            row.push((self.x[c], gain));
                        }
                    }
                }
            }
            Stage::Met | Stage::Even => return,
        }
        if !row.is_empty() {
            self.solver.add_constraint(row, ComparisonOp::Ge, value - SLACK);
        }
    }

    fn solve(self) -> Option<Values> {
        let mut options = SolveOptions::default();
        options.node_limit = Some(NODES);
        let outcome = self.solver.solve_with(options).ok()?;
        let solution = outcome.into_solution().ok()?;
        let x = self.x.iter().map(|v| solution.var_value(*v)).collect();
        Some(Values { value: solution.objective(), x, kept: Vec::new() })
    }
}

#[allow(clippy::cast_precision_loss)]
fn share(program: &Program, column: usize, target: &Target) -> f64 {
    weight(&program.columns[column], target.counts) as f64 / 1e6
}

/// What one agent on a column adds to a stage.
fn x_gain(program: &Program, stage: &Stage, crew: &Crew, column: &Column) -> f64 {
    let _ = program;
    match stage {
        Stage::Class(class) => f64::from(u8::from(crew.priority == *class)),
        Stage::Effective => f64::from(column.pass) / 1e6,
        Stage::Stay => -(f64::from(column.moved) + f64::from(column.rank.min(999)) / 1e6),
        Stage::Count(_) | Stage::Met | Stage::Even => 0.0,
    }
}
