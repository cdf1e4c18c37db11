//! Takes off a program what cannot matter: columns that fit nobody, resources
//! that cannot bind or that another one implies, columns that an earlier one
//! of the crew betters.

use super::part::Part;
use super::program::{Column, Program};
use crate::problem::ResourceId;

/// The same program without what cannot matter.
pub(super) fn presolve(program: &Program) -> Part {
    let mut columns: Vec<bool> =
        program.columns.iter().map(|column| fits_one(program, column)).collect();
    let mut resources = binding(program, &columns);
    drop_implied(program, &columns, &mut resources);
    for crew in &program.crews {
        let mut kept: Vec<usize> = Vec::new();
        for column in crew.columns.clone().filter(|&column| columns[column]) {
            let bettered = kept.iter().any(|&earlier| {
                covers(&program.columns[earlier], &program.columns[column], &resources)
            });
            if !bettered {
                kept.push(column);
            }
        }
        for column in crew.columns.clone() {
            columns[column] = kept.contains(&column);
        }
    }
    let crews: Vec<usize> = (0..program.crews.len()).collect();
    let targets: Vec<usize> = (0..program.targets.len()).collect();
    program.part(&crews, &columns, &resources, &targets)
}

fn fits_one(program: &Program, column: &Column) -> bool {
    let mut loads = column.loads.iter();
    loads.all(|(resource, load)| program.capacities[resource.index()].is_none_or(|c| *load <= c))
}

/// Resources that would be over their limit if everybody loaded them as much as
/// he may.
fn binding(program: &Program, columns: &[bool]) -> Vec<bool> {
    let mut most = vec![0_u128; program.capacities.len()];
    for crew in &program.crews {
        let mut worst: Vec<(ResourceId, u64)> = Vec::new();
        for column in crew.columns.clone().filter(|&column| columns[column]) {
            worst.extend(&program.columns[column].loads);
        }
        // Of each resource the largest load, which comes last.
        worst.sort_unstable();
        for (n, (resource, load)) in worst.iter().enumerate() {
            if worst.get(n + 1).is_none_or(|next| next.0 != *resource) {
                most[resource.index()] += u128::from(*load) * u128::from(crew.agents);
            }
        }
    }
    let exceeds = |(most, capacity): (&u128, &Option<u64>)| {
        capacity.is_some_and(|capacity| *most > u128::from(capacity))
    };
    most.iter().zip(&program.capacities).map(exceeds).collect()
}

/// Takes off a resource of which every agent takes a share that is at most the
/// share he takes of another one: where that one fits, it fits as well. The two
/// directions of a circuit and the sessions behind it are the usual case.
fn drop_implied(program: &Program, columns: &[bool], resources: &mut [bool]) {
    let mut rows: Vec<Vec<(usize, u64)>> = vec![Vec::new(); program.capacities.len()];
    for column in (0..program.columns.len()).filter(|&column| columns[column]) {
        for (resource, load) in &program.columns[column].loads {
            rows[resource.index()].push((column, *load));
        }
    }
    let all: Vec<usize> = (0..resources.len()).filter(|&n| resources[n]).collect();
    let capacity = |n: usize| program.capacities[n].expect("what binds has a limit");
    let implies = |a: usize, b: usize| is_implied(&rows[b], capacity(b), &rows[a], capacity(a));
    for &n in &all {
        // Of two that imply each other the first stays.
        let by =
            |&other: &usize| other != n && implies(other, n) && (other < n || !implies(n, other));
        resources[n] = !all.iter().any(by);
    }
}

/// Whether each load of a row is at most the same share of its capacity as on
/// the other row. Rows are in the order of columns.
fn is_implied(row: &[(usize, u64)], capacity: u64, by: &[(usize, u64)], by_capacity: u64) -> bool {
    let mut rest = by.iter();
    row.iter().all(|(column, load)| {
        let same = rest.by_ref().find(|(other, _)| other == column);
        same.is_some_and(|(_, other)| {
            u128::from(*load) * u128::from(by_capacity) <= u128::from(*other) * u128::from(capacity)
        })
    })
}

/// Whether a column, better by its place in the list, loads nothing more.
fn covers(better: &Column, column: &Column, resources: &[bool]) -> bool {
    let load = |resource: ResourceId| {
        column.loads.iter().find(|(other, _)| *other == resource).map_or(0, |load| load.1)
    };
    let mut binding = better.loads.iter().filter(|(resource, _)| resources[resource.index()]);
    binding.all(|&(resource, amount)| amount <= load(resource))
}
