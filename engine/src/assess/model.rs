//! One stage of the program as a solver's problem.

use std::collections::BTreeMap;

use microlp::{
    ComparisonOp, OptimizationDirection, Problem as Solver, SolveOptions, TerminationReason,
    Variable,
};

use super::program::{Column, Crew, Program, Stage, Target, weight};

/// Slack for keeping an earlier stage's optimum, far above the solver's
/// tolerance and far below one agent.
pub(super) const SLACK: f64 = 1e-6;

/// What one stage gave.
pub(super) struct Values {
    pub(super) value: f64,
    pub(super) x: Vec<f64>,
    /// What it was before the stages that only break ties.
    pub(super) firm: Vec<f64>,
    pub(super) kept: Vec<(Stage, f64)>,
    /// Whether it is the optimum for certain.
    pub(super) proven: bool,
}

impl Values {
    /// What was at hand and is the optimum.
    pub(super) fn at_hand(value: f64, x: Vec<f64>) -> Self {
        Self { value, firm: x.clone(), x, kept: Vec::new(), proven: true }
    }
}

/// One stage as a solver's problem.
pub(super) struct Model<'p> {
    program: &'p Program,
    solver: Solver,
    x: Vec<Variable>,
    /// Agents counted towards each target, capped at the need and, where agents
    /// are whole, rounded down.
    y: Vec<Variable>,
    /// Those of a column who count for one of several queues, by column.
    shared: BTreeMap<usize, Vec<Variable>>,
}

#[allow(clippy::cast_precision_loss)] // agents and capacities are far below 2^53
impl<'p> Model<'p> {
    pub(super) fn new(program: &'p Program, stage: &Stage, whole: bool) -> Self {
        let mut solver = Solver::new(OptimizationDirection::Maximize);
        let mut x = Vec::with_capacity(program.columns.len());
        for crew in &program.crews {
            for c in crew.columns.clone() {
                let gain = x_gain(stage, crew, &program.columns[c]);
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
                let gain = f64::from(u8::from(counted));
                if whole && !program.counts_whole(n) {
                    solver
                        .add_integer_var(gain, (0, i32::try_from(target.need).unwrap_or(i32::MAX)))
                } else {
                    solver.add_var(gain, (0.0, target.need as f64))
                }
            })
            .collect();
        let mut model = Self { program, solver, x, y, shared: BTreeMap::new() };
        model.crew_rows();
        model.capacity_rows();
        model.target_rows(whole);
        model.shared_rows();
        match stage {
            Stage::Met => drop(model.met_rows(1.0)),
            Stage::Even => model.even_rows(),
            Stage::Count(_) | Stage::Class(_) | Stage::Effective | Stage::Stay => {}
        }
        model
    }

    /// An agent of several queues counts for one of them: of the agents on a
    /// column, so many count here and so many there.
    fn shared_rows(&mut self) {
        for (column, parts) in std::mem::take(&mut self.shared) {
            let mut row: Vec<(Variable, f64)> = parts.iter().map(|z| (*z, 1.0)).collect();
            row.push((self.x[column], -1.0));
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

    fn target_rows(&mut self, whole: bool) {
        let program = self.program;
        let queued =
            |crew: &Crew| crew.targets.iter().filter(|t| !program.targets[**t].overall).count();
        for (t, target) in program.targets.iter().enumerate() {
            let parts = whole && !program.counts_whole(t);
            let mut row = vec![(self.y[t], 1.0)];
            for crew in program.crews.iter().filter(|crew| crew.targets.contains(&t)) {
                let shared = !target.overall && queued(crew) > 1;
                for c in crew.columns.clone() {
                    let counting =
                        if shared { self.part(c, crew.agents, parts) } else { self.x[c] };
                    row.push((counting, -share(program, c, target)));
                }
            }
            self.solver.add_constraint(row, ComparisonOp::Le, target.have as f64 / 1e6);
        }
    }

    /// Those on a column of a crew of several queues who count for one of them.
    fn part(&mut self, column: usize, agents: u64, whole: bool) -> Variable {
        let part = if whole {
            self.solver.add_integer_var(0.0, (0, i32::try_from(agents).unwrap_or(i32::MAX)))
        } else {
            self.solver.add_var(0.0, (0.0, agents as f64))
        };
        self.shared.entry(column).or_default().push(part);
        part
    }

    /// One switch for each target, on only if its need is reached. Whole even
    /// where agents are divisible: there are few of them.
    fn met_rows(&mut self, gain: f64) -> Vec<(Variable, f64)> {
        let mut switches = Vec::new();
        for (target, y) in self.program.targets.iter().zip(&self.y) {
            let met = self.solver.add_binary_var(gain);
            let row = [(met, target.need as f64), (*y, -1.0)];
            self.solver.add_constraint(row, ComparisonOp::Le, SLACK);
            switches.push((met, 1.0));
        }
        switches
    }

    /// The least share of a need, to be raised.
    fn even_rows(&mut self) {
        let least = self.solver.add_var(1.0, (0.0, 1.0));
        for (target, y) in self.program.targets.iter().zip(&self.y) {
            let row = [(least, target.need as f64), (*y, -1.0)];
            self.solver.add_constraint(row, ComparisonOp::Le, 0.0);
        }
    }

    /// No share of a need falls below what is kept.
    fn keep_even(&mut self, least: f64) {
        for (target, y) in self.program.targets.iter().zip(&self.y) {
            let share = least * target.need as f64 - SLACK;
            self.solver.add_constraint([(*y, 1.0)], ComparisonOp::Ge, share);
        }
    }

    pub(super) fn keep(&mut self, stage: &Stage, value: f64) {
        let program = self.program;
        let mut row: Vec<(Variable, f64)> = Vec::new();
        match stage {
            Stage::Count(list) => row.extend(list.iter().map(|t| (self.y[*t], 1.0))),
            Stage::Class(_) | Stage::Effective | Stage::Stay => {
                for crew in &program.crews {
                    for c in crew.columns.clone() {
                        let gain = x_gain(stage, crew, &program.columns[c]);
                        if gain != 0.0 {
                            row.push((self.x[c], gain));
                        }
                    }
                }
            }
            Stage::Met => row = self.met_rows(0.0),
            Stage::Even => return self.keep_even(value),
        }
        if !row.is_empty() {
            self.solver.add_constraint(row, ComparisonOp::Ge, value - SLACK);
        }
    }

    pub(super) fn solve(self, nodes: u64, near: f64, start: Option<&[f64]>) -> Option<Values> {
        let mut options = SolveOptions::default();
        options.warm_start =
            start.map(|x| self.x.iter().zip(x).map(|(v, x)| (*v, x.round())).collect());
        options.node_limit = Some(nodes);
        options.mip_gap = near;
        let outcome = self.solver.solve_with(options).ok()?;
        let proven = outcome.termination_reason() != TerminationReason::NodeLimit;
        let solution = outcome.into_solution().ok()?;
        let x = self.x.iter().map(|v| solution.var_value(*v)).collect();
        Some(Values { value: solution.objective(), x, firm: Vec::new(), kept: Vec::new(), proven })
    }
}

#[allow(clippy::cast_precision_loss)]
fn share(program: &Program, column: usize, target: &Target) -> f64 {
    weight(&program.columns[column], target.counts) as f64 / 1e6
}

/// What one agent on a column adds to a stage.
#[allow(clippy::cast_precision_loss)]
fn x_gain(stage: &Stage, crew: &Crew, column: &Column) -> f64 {
    match stage {
        Stage::Class(class) => f64::from(u8::from(crew.priority == *class)),
        Stage::Effective => f64::from(column.pass) / 1e6,
        Stage::Stay => -(column.steps() as f64) / 1e6,
        Stage::Count(_) | Stage::Met | Stage::Even => 0.0,
    }
}
