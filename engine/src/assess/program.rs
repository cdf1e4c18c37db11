//! The allocation as a program: crews × columns over shared capacities, solved
//! stage by stage in lexicographic order.
//!
//! A stage maximises one figure while all earlier ones keep their optimum. As a
//! linear program the stages give the *fluid* optimum (agents divisible), a
//! bound on whole agents; as an integer program, the answer itself. Few agents
//! are solved as integers throughout. Many are solved fluid and rounded down;
//! what that leaves over (a handful of agents, the scraps of capacity) is solved
//! as integers, and then agents are exchanged, one on for as few off as it takes,
//! until the bound is reached or no exchange helps. What is still missing is the
//! gap.

use std::collections::BTreeMap;

use microlp::{
    ComparisonOp, OptimizationDirection, Problem as Solver, SolveOptions, TerminationReason,
    Variable,
};

use super::counts::share_out;
use crate::problem::ResourceId;

/// Up to this many agents are solved as integers throughout.
const FEW: u64 = 60;
/// Nodes of branch and bound for one stage (a limit on time would not be
/// reproducible): for few agents, and for a search around a rounded optimum.
const NODES: u64 = 4_000;
const NODES_AROUND: u64 = 250;
/// At most so many exchanges of agents after rounding, and so many agents taken
/// off in one.
const EXCHANGES: usize = 100;
const OFF_AT_MOST: usize = 6;
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
        if self.agents() <= FEW
            && let Some(values) = self.stages(Search::Whole(NODES), None)
            && values.proven
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
        self.run(&[], &Stage::Count(vec![target]), Search::Fluid, None)
            .map_or(0.0, |stage| stage.value)
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
    fn stages(&self, search: Search, known: Option<&[u64]>) -> Option<Values> {
        let mut kept: Vec<(Stage, f64)> = Vec::new();
        let mut last: Option<Values> = None;
        #[allow(clippy::cast_precision_loss)] // agents are far below 2^53
        let mut start: Option<Vec<f64>> =
            known.map(|agents| agents.iter().map(|n| *n as f64).collect());
        let mut proven = true;
        for stage in self.order() {
            if stage == Stage::Met && search == Search::Fluid {
                continue; // counting objectives is a matter of whole numbers
            }
            match self.run(&kept, &stage, search, start.as_deref()) {
                Some(values) => {
                    proven &= values.proven || stage.is_tie_break();
                    kept.push((stage, values.value));
                    start = Some(values.x.clone());
                    last = Some(values);
                }
                None if last.is_some() && stage.is_tie_break() => {}
                None => return None,
            }
        }
        last.map(|values| Values { kept, proven, ..values })
    }

    fn run(
        &self,
        kept: &[(Stage, f64)],
        stage: &Stage,
        search: Search,
        start: Option<&[f64]>,
    ) -> Option<Values> {
        let build = |whole| {
            let mut model = Model::new(self, stage, whole);
            for (earlier, value) in kept {
                model.keep(earlier, *value);
            }
            model
        };
        match search {
            Search::Fluid => build(false).solve(None, 0.0, None),
            Search::Whole(nodes) => {
                // Agents are whole: within one of the bound is the optimum.
                let near = match stage {
                    Stage::Count(_) | Stage::Class(_) if self.counts_whole() => {
                        let bound = build(false).solve(None, 0.0, None)?.value;
                        0.9 / bound.max(1.0)
                    }
                    _ => 0.0,
                };
                build(true).solve(Some(nodes), near, start)
            }
        }
    }

    /// Whether every agent counts as one wherever he counts.
    fn counts_whole(&self) -> bool {
        self.columns.iter().all(|column| column.pass == 1_000_000)
            && self.targets.iter().all(|target| target.have.is_multiple_of(1_000_000))
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
        let Some(fluid) = self.stages(Search::Fluid, None) else {
            let agents = self.first_fit(vec![0; self.columns.len()]);
            return Solution { agents, gap: self.agents() };
        };
        let rounded = self.whole(&fluid.x);
        let mut best = self.first_fit(rounded.clone());
        let rest = self.rest(&rounded);
        if let Some(more) = rest.stages(Search::Whole(NODES_AROUND), None) {
            let more = rest.whole(&more.x);
            let agents = rounded.iter().zip(more).map(|(n, m)| n + m).collect();
            let agents = self.first_fit(agents);
            if self.figures(&agents) > self.figures(&best) {
                best = agents;
            }
        }
        for _ in 0..EXCHANGES {
            if self.gap(&fluid.kept, &best) == 0 {
                break;
            }
            let Some(better) = self.exchange(&best) else { break };
            best = better;
        }
        let gap = self.gap(&fluid.kept, &best);
        Solution { agents: best, gap }
    }

    /// One agent more on some column, and for that as few others as it takes
    /// off: the best such exchange, if it is better than what is.
    fn exchange(&self, agents: &[u64]) -> Option<Vec<u64>> {
        let mut best: Option<(Vec<u128>, Vec<u64>)> = None;
        let now = self.figures(agents);
        for crew in &self.crews {
            let placed: u64 = agents[crew.columns.clone()].iter().sum();
            for column in crew.columns.clone().filter(|_| placed < crew.agents) {
                let Some(tried) = self.force(agents, column) else { continue };
                let figures = self.figures(&tried);
                let beats = best.as_ref().is_none_or(|(so_far, _)| figures > *so_far);
                if figures > now && beats {
                    best = Some((figures, tried));
                }
            }
        }
        best.map(|(_, agents)| agents)
    }

    /// Puts one agent on a column and takes off others, of the lowest class
    /// first, until everything fits; then fills up.
    fn force(&self, agents: &[u64], column: usize) -> Option<Vec<u64>> {
        let mut tried = agents.to_vec();
        tried[column] += 1;
        for _ in 0..OFF_AT_MOST {
            let used = self.used(&tried);
            let over = (0..used.len())
                .find(|&n| self.capacities[n].is_some_and(|c| used[n] > u128::from(c)));
            let Some(over) = over else { return Some(self.first_fit(tried)) };
            let load = |c: usize| {
                let loads = self.columns[c].loads.iter();
                loads.clone().find(|(r, _)| r.index() == over).map_or(0, |l| l.1)
            };
            let class = |c: usize| {
                let crew = self.crews.iter().find(|crew| crew.columns.contains(&c));
                crew.map_or(0, |crew| crew.priority)
            };
            let off = (0..tried.len())
                .filter(|&c| c != column && tried[c] > 0 && load(c) > 0)
                .max_by_key(|&c| (class(c), load(c), std::cmp::Reverse(c)))?;
            tried[off] -= 1;
        }
        None
    }

    /// Agents counted towards the targets and working by class, in the order of
    /// the stages.
    fn figures(&self, agents: &[u64]) -> Vec<u128> {
        let counted = self.counted(agents);
        self.order()
            .iter()
            .filter_map(|stage| match stage {
                Stage::Count(list) => Some(list.iter().map(|t| counted[*t]).sum()),
                Stage::Class(class) => Some(self.of_class(*class, agents)),
                _ => None,
            })
            .collect()
    }

    fn of_class(&self, class: u32, agents: &[u64]) -> u128 {
        let crews = self.crews.iter().filter(|crew| crew.priority == class);
        let working: u64 = crews.flat_map(|crew| &agents[crew.columns.clone()]).sum();
        u128::from(working) * 1_000_000
    }

    /// Millionths counted towards each target, capped at its need.
    fn counted(&self, agents: &[u64]) -> Vec<u128> {
        let queued: Vec<usize> =
            (0..self.targets.len()).filter(|&t| !self.targets[t].overall).collect();
        let mut supplies: Vec<(u128, Vec<usize>)> = Vec::new();
        for crew in &self.crews {
            let serves: Vec<usize> =
                (0..queued.len()).filter(|&n| crew.targets.contains(&queued[n])).collect();
            if let Some(first) = serves.first() {
                let target = &self.targets[queued[*first]];
                supplies.push((self.weighed(crew, agents, target), serves));
            }
        }
        supplies.extend(queued.iter().enumerate().map(|(n, &t)| (self.targets[t].have, vec![n])));
        let need = |t: usize| u128::from(self.targets[t].need) * 1_000_000;
        let needs: Vec<u128> = queued.iter().map(|&t| need(t)).collect();
        let mut counted = vec![0; self.targets.len()];
        for (&t, got) in queued.iter().zip(share_out(&supplies, &needs)) {
            counted[t] = got;
        }
        for t in (0..self.targets.len()).filter(|t| self.targets[*t].overall) {
            let target = &self.targets[t];
            let crews = self.crews.iter().filter(|crew| crew.targets.contains(&t));
            let ours: u128 = crews.map(|crew| self.weighed(crew, agents, target)).sum();
            counted[t] = (target.have + ours).min(need(t));
        }
        counted
    }

    fn weighed(&self, crew: &Crew, agents: &[u64], target: &Target) -> u128 {
        let columns = crew.columns.clone();
        columns.map(|c| u128::from(agents[c]) * weight(&self.columns[c], target.counts)).sum()
    }

    /// How many whole agents the fluid optimum is ahead in the first figure
    /// where it is.
    fn gap(&self, bounds: &[(Stage, f64)], agents: &[u64]) -> u64 {
        let bounds =
            bounds.iter().filter(|(stage, _)| matches!(stage, Stage::Count(_) | Stage::Class(_)));
        for ((_, bound), figure) in bounds.zip(self.figures(agents)) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let bound = (bound + 1e-4).floor().max(0.0) as u64;
            let reached = u64::try_from(figure / 1_000_000).unwrap_or(u64::MAX);
            if bound > reached {
                return bound - reached;
            }
        }
        0
    }

    fn agents(&self) -> u64 {
        self.crews.iter().map(|crew| crew.agents).sum()
    }

    /// What rounding left over: the room, and a few agents of each crew.
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

/// What the pricing reads.
impl Program {
    pub(crate) fn capacities(&self) -> &[Option<u64>] {
        &self.capacities
    }

    pub(crate) fn crew_count(&self) -> usize {
        self.crews.len()
    }

    pub(crate) fn crew_agents(&self, crew: usize) -> u64 {
        self.crews[crew].agents
    }

    pub(crate) fn crew_counts(&self, crew: usize, target: usize) -> bool {
        self.crews[crew].targets.contains(&target)
    }

    pub(crate) fn crew_columns(&self, crew: usize) -> impl Iterator<Item = &Column> {
        self.columns[self.crews[crew].columns.clone()].iter()
    }

    /// The largest load of one agent on each resource.
    pub(crate) fn largest_loads(&self) -> Vec<u64> {
        let mut largest = vec![0; self.capacities.len()];
        for (resource, load) in self.columns.iter().flat_map(|column| &column.loads) {
            let so_far: &mut u64 = &mut largest[resource.index()];
            *so_far = (*so_far).max(*load);
        }
        largest
    }
}

/// Millionths that one agent on a column counts.
pub(crate) fn weight(column: &Column, counts: Counted) -> u128 {
    match counts {
        Counted::Working => 1_000_000,
        Counted::Effective => u128::from(column.pass),
    }
}

/// How a stage is solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Search {
    /// Agents divisible.
    Fluid,
    /// Whole agents, with so many nodes.
    Whole(u64),
}

impl Stage {
    /// Whether it only chooses among allocations that are equally good.
    fn is_tie_break(&self) -> bool {
        matches!(self, Self::Met | Self::Even | Self::Stay)
    }
}

/// What one stage gave.
struct Values {
    value: f64,
    x: Vec<f64>,
    kept: Vec<(Stage, f64)>,
    /// Whether it is the optimum for certain.
    proven: bool,
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

    fn solve(self, nodes: Option<u64>, near: f64, start: Option<&[f64]>) -> Option<Values> {
        let mut options = SolveOptions::default();
        options.warm_start = start
            .filter(|_| nodes.is_some())
            .map(|x| self.x.iter().zip(x).map(|(v, x)| (*v, x.round())).collect());
        options.node_limit = nodes;
        options.mip_gap = near;
        let outcome = self.solver.solve_with(options).ok()?;
        let proven = outcome.termination_reason() != TerminationReason::NodeLimit;
        let solution = outcome.into_solution().ok()?;
        let x = self.x.iter().map(|v| solution.var_value(*v)).collect();
        Some(Values { value: solution.objective(), x, kept: Vec::new(), proven })
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
