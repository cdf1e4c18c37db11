//! Random programs, and their optimum found by trying all: what every rung is
//! held against.

use super::program::{Column, Counted, Program, Stage, Target, weight};
use crate::problem::ResourceId;

/// Xorshift: the same seed, the same program.
pub(super) struct Rng(u64);

impl Rng {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 20) % bound
    }

    fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.below(most - least + 1)
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// What columns load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loads {
    /// Anything.
    Any,
    /// One resource or a chain of them, each resource alike.
    Nested,
}

/// What a random program looks like; figures are the most there can be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub(super) crews: u64,
    pub(super) agents: u64,
    pub(super) columns: u64,
    pub(super) resources: u64,
    pub(super) targets: u64,
    pub(super) loads: Loads,
    /// Whether calls are lost on some columns.
    pub(super) lossy: bool,
    /// Whether nobody serves more than one queue.
    pub(super) apart: bool,
}

pub(super) fn random(seed: u64, shape: Shape) -> Program {
    let mut rng = Rng::new(seed);
    let resources = rng.between(1, shape.resources);
    let unit: Vec<u64> = (0..resources).map(|_| rng.between(1, 4)).collect();
    let crews = rng.between(1, shape.crews);
    let most = crews * shape.agents * 3 / resources;
    let capacities = (0..resources).map(|_| Some(rng.below(most + 1))).collect();
    let mut program = Program::new(capacities);
    let targets = rng.below(shape.targets + 1);
    for n in 0..targets {
        let overall = n > 0 && n + 1 == targets && rng.chance(60);
        program.targets.push(Target {
            need: rng.below(crews * shape.agents * 2 / 3 + 1),
            have: u128::from(rng.below(3)) * 1_000_000,
            counts: if rng.chance(50) { Counted::Working } else { Counted::Effective },
            priority: u32::try_from(rng.between(1, 2)).unwrap(),
            overall,
        });
    }
    // As objectives are: whom an agent counts for goes by their order.
    program.targets.sort_by_key(|target| (target.overall, target.priority));
    for _ in 0..crews {
        add_crew(&mut rng, &mut program, &unit, shape);
    }
    program
}

fn add_crew(rng: &mut Rng, program: &mut Program, unit: &[u64], shape: Shape) {
    let overall = |t: &usize| program.targets[*t].overall;
    let (besides, queued): (Vec<usize>, Vec<usize>) = (0..program.targets.len()).partition(overall);
    let mut targets: Vec<usize> = queued.into_iter().filter(|_| rng.chance(50)).collect();
    // Where agents count in part, `counted` would split those of several queues.
    targets.truncate(if shape.lossy || shape.apart { 1 } else { usize::MAX });
    targets.extend(besides);
    let agents = rng.between(1, shape.agents);
    program.add_crew(agents, u32::try_from(rng.between(1, 2)).unwrap(), targets);
    let mut columns: Vec<Column> = Vec::new();
    for rank in 0..rng.between(1, shape.columns) {
        let loads = loads(rng, unit, shape.loads);
        let pass = if shape.lossy && rng.chance(40) { 900_000 } else { 1_000_000 };
        let moved = u32::from(rng.chance(50));
        columns.push(Column { loads, pass, moved, dropped: 0, rank: u32::try_from(rank).unwrap() });
    }
    columns.sort_by_key(|column| (std::cmp::Reverse(column.pass), column.moved, column.rank));
    for column in columns {
        program.add_column(column);
    }
}

fn loads(rng: &mut Rng, unit: &[u64], kind: Loads) -> Vec<(ResourceId, u64)> {
    let entry = |n: usize, load| (ResourceId(u32::try_from(n).unwrap()), load);
    match kind {
        Loads::Any => {
            let mut all: Vec<(usize, u64)> = Vec::new();
            for n in 0..unit.len() {
                let load = rng.between(1, 4);
                all.extend(rng.chance(45).then_some((n, load)));
            }
            all.into_iter().map(|(n, load)| entry(n, load)).collect()
        }
        // Of five resources the second and the third lie within the fifth.
        Loads::Nested => {
            let len = u64::try_from(unit.len()).unwrap();
            let Ok(n) = usize::try_from(rng.below(len + 1)) else { unreachable!() };
            let chain = if n == 1 || n == 2 { vec![n, 4] } else { vec![n] };
            let there = chain.into_iter().filter(|n| *n < unit.len());
            there.map(|n| entry(n, unit[n])).collect()
        }
    }
}

/// Every figure that all optima share, in the order of the stages. Whom an agent
/// of several queues counts for is open until met and even are decided, so these
/// are left out where there are such agents, and what comes after them.
pub(super) fn all_figures(program: &Program, agents: &[u64]) -> Vec<i128> {
    let mut figures: Vec<i128> =
        program.figures(agents).into_iter().map(|n| i128::try_from(n).unwrap()).collect();
    let sum = |of: &dyn Fn(&Column) -> i128| -> i128 {
        program.columns.iter().zip(agents).map(|(c, n)| of(c) * i128::from(*n)).sum()
    };
    let order = program.order();
    if order.contains(&Stage::Effective) {
        let through = |column: &Column| weight(column, Counted::Effective);
        figures.push(sum(&|column| i128::try_from(through(column)).unwrap()));
    }
    let even = order.contains(&Stage::Even);
    if even && !serves_several(program) {
        figures.extend(met_and_even(program, &program.counted(agents)));
    }
    if !even || !serves_several(program) {
        figures.push(-sum(&|column| i128::from(column.steps())));
    }
    figures
}

pub(super) fn serves_several(program: &Program) -> bool {
    let queued = |t: &&usize| !program.targets[**t].overall;
    program.crews.iter().any(|crew| crew.targets.iter().filter(queued).count() > 1)
}

fn met_and_even(program: &Program, counted: &[u128]) -> [i128; 2] {
    let pairs = || program.targets.iter().zip(counted).filter(|(target, _)| target.need > 0);
    let met = pairs().filter(|(target, counted)| **counted >= target.millionths()).count();
    let whole = |counted: &u128| counted / 1_000_000;
    let share =
        |(target, counted): (&Target, &u128)| (whole(counted) << 40) / u128::from(target.need);
    let least = pairs().map(share).min().unwrap_or(0);
    [i128::try_from(met).unwrap(), i128::try_from(least).unwrap()]
}

/// The figures without the number moved where blocks may move more than the
/// whole: to be as even as each of them can be.
pub(super) fn block_figures(program: &Program, mut figures: Vec<i128>) -> Vec<i128> {
    if program.order().contains(&Stage::Even) && !serves_several(program) {
        figures.pop();
    }
    figures
}

/// The best figures of all allocations there are.
pub(super) fn by_trying_all(program: &Program) -> Vec<i128> {
    let mut best = Vec::new();
    let mut agents = vec![0; program.columns.len()];
    try_crew(program, 0, &mut agents, &mut best);
    best
}

fn try_crew(program: &Program, crew: usize, agents: &mut [u64], best: &mut Vec<i128>) {
    let Some(entry) = program.crews.get(crew) else {
        let figures = all_figures(program, agents);
        if best.is_empty() || figures > *best {
            *best = figures;
        }
        return;
    };
    let columns: Vec<usize> = entry.columns.clone().collect();
    try_column(program, crew, &columns, entry.agents, agents, best);
}

fn try_column(
    program: &Program,
    crew: usize,
    columns: &[usize],
    left: u64,
    agents: &mut [u64],
    best: &mut Vec<i128>,
) {
    let Some((&column, rest)) = columns.split_first() else {
        return try_crew(program, crew + 1, agents, best);
    };
    for count in 0..=left {
        agents[column] = count;
        if !program.fits(agents) {
            break;
        }
        try_column(program, crew, rest, left - count, agents, best);
    }
    agents[column] = 0;
}

/// Tiny enough to be tried through.
pub(super) const TINY: Shape = Shape {
    crews: 3,
    agents: 4,
    columns: 3,
    resources: 5,
    targets: 3,
    loads: Loads::Any,
    lossy: false,
    apart: false,
};

/// Too many to be tried through, few enough for integer programs.
pub(super) const SMALL: Shape = Shape { crews: 8, agents: 6, columns: 4, resources: 7, ..TINY };
