//! Hundreds of tiny plans with one right answer each: `cases/README.md` says
//! how one is written. A test for each file, and none may lie there untested.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use outlast_tests::cases::failures;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/truth/cases");

fn hold(family: &str) {
    let folder = Path::new(FOLDER);
    let file = folder.join(format!("{family}.yaml"));
    let (count, failed) = failures(&file, folder).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let of = format!("{} of {count} expectations in {family}.yaml", failed.len());
    assert!(failed.is_empty(), "{of} do not hold:\n{}", failed.join("\n"));
}

macro_rules! families {
    ($($family:ident)*) => {
        $(#[test]
        fn $family() {
            hold(stringify!($family));
        })*
        const FAMILIES: &[&str] = &[$(stringify!($family)),*];
    };
}

families! { alloc app bcp bwd check inb int obj off phn policies prv prx time trn vdi vpn }

#[test]
fn every_file_is_tested() {
    let names = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().file_name());
    let files: BTreeSet<String> = names
        .filter_map(|name| Some(name.to_str()?.strip_suffix(".yaml")?.to_owned()))
        .filter(|name| name != "bases")
        .collect();
    assert_eq!(files, FAMILIES.iter().map(|&name| name.to_owned()).collect());
}
