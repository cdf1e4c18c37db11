//! The comparison notices faults that are planted; `--bin faults` prints after how many
//! plans.

use outlast_tests::planted::FAULTS;

/// Plans that a fault is planted in, here, until it is noticed.
const MOST: usize = 25;
/// Faults that so few plans did not show: what they touch seldom decides alone.
const RARE: &[&str] = &[
    "INT-08: control of the login's addresses is inverted",
    "PRV-03: a timeout is short by a second",
    "VDI-02: an endpoint's system is inverted",
    "an objective counts working for effective agents",
];

#[test]
fn planted_faults_are_noticed() {
    let common = FAULTS.iter().filter(|fault| !RARE.contains(&fault.name));
    let unnoticed = common.filter(|fault| fault.noticed_after(1, MOST).is_none());
    let names: Vec<&str> = unnoticed.map(|fault| fault.name).collect();
    assert!(names.is_empty(), "unnoticed: {names:#?}");
}
