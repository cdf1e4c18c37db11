//! The comparison notices every fault that is planted: a table of them is in
//! `docs/measurements.md`, and `--bin faults` prints it anew.

use outlast_tests::planted::FAULTS;

/// Plans that a fault is planted in, here, until it is noticed.
const MOST: usize = 25;
/// Faults that few plans show: `--bin faults` finds them.
const RARE: &[&str] = &[];

#[test]
fn planted_faults_are_noticed() {
    let common = FAULTS.iter().filter(|fault| !RARE.contains(&fault.name));
    let unnoticed = common.filter(|fault| fault.noticed_after(1, MOST).is_none());
    let names: Vec<&str> = unnoticed.map(|fault| fault.name).collect();
    assert!(names.is_empty(), "unnoticed: {names:#?}");
}
