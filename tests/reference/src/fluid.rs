//! A linear program, by the plainest simplex method there is.

/// The largest c·x where every row has a·x ≤ b, x and b being nought or more.
pub(crate) fn most(objective: &[f64], rows: &[(Vec<f64>, f64)]) -> f64 {
    const SMALL: f64 = 1e-9;
    let (n, m) = (objective.len(), rows.len());
    let width = n + m + 1;
    let mut table: Vec<Vec<f64>> = Vec::new();
    for (at, (row, bound)) in rows.iter().enumerate() {
        let mut line = vec![0.0; width];
        line[..n].copy_from_slice(row);
        line[n + at] = 1.0;
        line[width - 1] = *bound;
        table.push(line);
    }
    let mut cost = vec![0.0; width];
    for (at, worth) in objective.iter().enumerate() {
        cost[at] = -worth;
    }
    let mut basis: Vec<usize> = (n..n + m).collect();
    // The first that betters, and of ties the first to leave: so it ends (Bland 1977).
    while let Some(enters) = (0..width - 1).find(|at| cost[*at] < -SMALL) {
        let leaves = (0..m).filter(|row| table[*row][enters] > SMALL).min_by(|a, b| {
            let ratio = |row: usize| table[row][width - 1] / table[row][enters];
            ratio(*a).total_cmp(&ratio(*b)).then(basis[*a].cmp(&basis[*b]))
        });
        let leaves = leaves.expect("every choice is bounded by the agents");
        let by = table[leaves][enters];
        table[leaves].iter_mut().for_each(|cell| *cell /= by);
        let pivot = table[leaves].clone();
        let clear = |line: &mut Vec<f64>| {
            let times = line[enters];
            line.iter_mut().zip(&pivot).for_each(|(cell, by)| *cell -= times * by);
        };
        table.iter_mut().enumerate().filter(|(at, _)| *at != leaves).for_each(|(_, l)| clear(l));
        clear(&mut cost);
        basis[leaves] = enters;
    }
    cost[width - 1]
}

#[cfg(test)]
mod tests {
    use super::most;

    #[test]
    fn the_corner_that_is_worth_most_is_found() {
        let rows = [(vec![1.0, 0.0], 4.0), (vec![0.0, 2.0], 12.0), (vec![3.0, 2.0], 18.0)];
        assert!((most(&[3.0, 5.0], &rows) - 36.0).abs() < 1e-9);
        assert!(most(&[1.0], &[(vec![1.0], 0.0)]).abs() < 1e-9);
    }
}
