//! Prices on capacities: the proof that an objective cannot be reached.
//!
//! For any prices p ≥ 0 the agents counted towards a target are at most
//! Σ capacity·p + Σ over crews of agents · max over their ways of (count −
//! load·p), floored at nought (weak duality). The best prices come from the dual
//! linear program; whatever they are, the bound is then computed in whole
//! numbers, so that a *no* never rests on a float. What has a price binds: it is
//! the explanation.

use microlp::{ComparisonOp, OptimizationDirection, Problem as Solver, Variable};

use super::program::{Program, weight};
use crate::problem::ResourceId;

/// Prices are kept in this fraction.
pub(super) const FRACTION: u32 = 40;

/// What the best prices say about one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Priced {
    /// At most so many agents can count, rounded down.
    pub(crate) at_most: u64,
    /// What binds: every resource with a price, dearest use first.
    pub(crate) binding: Vec<ResourceId>,
}

/// Bounds what one target can reach, in whole numbers.
pub(crate) fn priced(program: &Program, target: usize) -> Priced {
    let prices = dual(program, target).unwrap_or_else(|| vec![0; program.capacities().len()]);
    let mut spent: Vec<(u128, ResourceId)> = Vec::new();
    for (n, (&price, capacity)) in prices.iter().zip(program.capacities()).enumerate() {
        if let (Some(capacity), true) = (capacity, price > 0) {
            let resource = ResourceId(u32::try_from(n).expect("dense"));
            spent.push((u128::from(*capacity) * price, resource));
        }
    }
    let for_capacity: u128 = spent.iter().map(|(cost, _)| cost).sum();
    let surplus: u128 = (0..program.crew_count())
        .filter(|&crew| program.crew_counts(crew, target))
        .map(|crew| {
            u128::from(program.crew_agents(crew)) * best_surplus(program, crew, target, &prices)
        })
        .sum();
    let have = program.targets[target].have;
    let counted = ((for_capacity + surplus) >> FRACTION) + have / 1_000_000;
    spent.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    Priced {
        at_most: u64::try_from(counted).unwrap_or(u64::MAX),
        binding: spent.into_iter().map(|(_, resource)| resource).collect(),
    }
}

/// What the best way of a crew is worth beyond the capacity it uses.
fn best_surplus(program: &Program, crew: usize, target: usize, prices: &[u128]) -> u128 {
    let counts = program.targets[target].counts;
    program
        .crew_columns(crew)
        .map(|column| {
            // Rounded up: the bound must not fall below the truth.
            let worth = (weight(column, counts) << FRACTION).div_ceil(1_000_000);
            let cost: u128 = column
                .loads
                .iter()
                .map(|(resource, load)| u128::from(*load) * prices[resource.index()])
                .sum();
            worth.saturating_sub(cost)
        })
        .max()
        .unwrap_or(0)
}

/// The dual linear program; `None` where the solver gave no answer.
#[allow(clippy::cast_precision_loss)] // loads and capacities are far below 2^53
pub(super) fn dual(program: &Program, target: usize) -> Option<Vec<u128>> {
    let mut solver = Solver::new(OptimizationDirection::Minimize);
    let scales = program.largest_loads();
    let prices: Vec<Option<Variable>> = program
        .capacities()
        .iter()
        .zip(&scales)
        .map(|(capacity, scale)| {
            let (capacity, scale) = (*capacity.as_ref()?, *scale);
            (scale > 0)
                .then(|| solver.add_var(capacity as f64 / scale as f64, (0.0, f64::INFINITY)))
        })
        .collect();
    for crew in (0..program.crew_count()).filter(|&crew| program.crew_counts(crew, target)) {
        let surplus = solver.add_var(program.crew_agents(crew) as f64, (0.0, f64::INFINITY));
        for column in program.crew_columns(crew) {
            let worth = weight(column, program.targets[target].counts) as f64 / 1e6;
            let mut row = vec![(surplus, 1.0)];
            for (resource, load) in &column.loads {
                if let Some(price) = prices[resource.index()] {
                    row.push((price, *load as f64 / scales[resource.index()] as f64));
                }
            }
            solver.add_constraint(row, ComparisonOp::Ge, worth);
        }
    }
    let solution = solver.solve().ok()?.into_solution().ok()?;
    let fixed = |price: f64, scale: u64| {
        let exact = (price.max(0.0) / scale as f64) * 2_f64.powi(FRACTION.cast_signed());
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let whole = exact.round() as u128;
        whole
    };
    let value = |(price, scale): (&Option<Variable>, &u64)| {
        price.map_or(0, |price| fixed(solution.var_value(price), *scale))
    };
    Some(prices.iter().zip(&scales).map(value).collect())
}
