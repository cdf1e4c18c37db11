//! Names of failures in rows.

use std::collections::{BTreeMap, BTreeSet};

use outlast_reports::ContingencyDocument;
use outlast_reports::document::FailureDocument;

/// So many names of a row are written.
const NAMED: usize = 3;

/// What can fail, by id.
pub(super) struct Known<'a> {
    failures: BTreeMap<&'a str, &'a FailureDocument>,
    classes: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Known<'a> {
    pub(super) fn of(document: &'a ContingencyDocument) -> Self {
        let failures = document.failures.iter().map(|one| (one.id.as_str(), one));
        let classes = document.classes.iter();
        let classes =
            classes.map(|class| (class[0].as_str(), class.iter().map(String::as_str).collect()));
        Self { failures: failures.collect(), classes: classes.collect() }
    }

    /// Whether a failure is of the cloud.
    pub(super) fn is_cloud(&self, id: &str) -> bool {
        self.failures.get(id).is_some_and(|one| one.is_cloud())
    }

    /// Its kind, that of all that is of the cloud being the same.
    pub(super) fn kind(&self, id: &str) -> &'a str {
        if self.is_cloud(id) {
            return "cloud";
        }
        self.failures.get(id).map_or("", |one| one.kind.as_str())
    }

    /// Everything of equal effect with a failure that stands for it.
    pub(super) fn alike(&self, first: &'a str) -> Vec<&'a str> {
        self.classes.get(first).cloned().unwrap_or_else(|| vec![first])
    }
}

/// `a, b, … 18 more`.
pub(super) fn few(names: &[&str]) -> String {
    if names.len() <= NAMED {
        return names.join(", ");
    }
    let shown = NAMED - 1;
    format!("{}, … {} more", names[..shown].join(", "), names.len() - shown)
}

/// `data-center`, `20 circuits`, `4 of the cloud`.
pub(super) fn kinds(kind: &str, number: usize) -> String {
    match (kind, number) {
        (_, 1) => kind.to_owned(),
        ("cloud", _) => format!("{number} of the cloud"),
        _ => format!("{number} {}", plural(kind)),
    }
}

fn plural(kind: &str) -> String {
    match kind {
        "homes" => kind.to_owned(),
        _ => match kind.strip_suffix('y') {
            Some(stem) => format!("{stem}ies"),
            None => format!("{kind}s"),
        },
    }
}

/// A number of agents that may be negative.
pub(super) fn agents(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", crate::grouped(number.unsigned_abs()))
}

/// A share in percent with one decimal; neither none nor all by rounding alone.
pub(super) fn percent(some: i64, of: u64) -> String {
    let (Ok(some), true) = (u64::try_from(some), of > 0) else { return String::new() };
    if some == 0 || some == of {
        return if some == 0 { "0%" } else { "100%" }.to_owned();
    }
    let exact = (u128::from(some) * 1000 + u128::from(of) / 2) / u128::from(of);
    let tenths = if some < of { exact.clamp(1, 999) } else { exact };
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// Failures any one of which may stand there.
pub(super) type Any = Vec<String>;

/// Sets of failures, those in one row that differ only in which of some failures is in
/// them: `a (or b) + c`. Exact: a row stands for all its combinations and for no other.
pub(super) fn folded(sets: &[Vec<Any>]) -> Vec<Vec<Any>> {
    let is_pair = |set: &&Vec<Any>| set.len() == 2;
    let mut rows: Vec<Vec<Any>> = sets.iter().filter(|set| !is_pair(set)).cloned().collect();
    let pairs: Vec<&Vec<Any>> = sets.iter().filter(is_pair).collect();
    let mut with: BTreeMap<&Any, BTreeSet<&Any>> = BTreeMap::new();
    for pair in &pairs {
        with.entry(&pair[0]).or_default().insert(&pair[1]);
        with.entry(&pair[1]).or_default().insert(&pair[0]);
    }
    // Who has the same partners stands in the same place.
    let mut places: BTreeMap<&BTreeSet<&Any>, Any> = BTreeMap::new();
    for (one, partners) in &with {
        places.entry(partners).or_default().extend(one.iter().cloned());
    }
    let mut seen = BTreeSet::new();
    for pair in pairs {
        let [one, other] = [0, 1].map(|n| places[&with[&pair[n]]].clone());
        let mut key = [one.clone(), other.clone()];
        key.sort();
        if seen.insert(key) {
            rows.push(vec![one, other]);
        }
    }
    rows
}

/// `a (or b) + c (or 3 others)`.
pub(super) fn set(places: &[Any]) -> String {
    let each = places.iter().map(|any| match any.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [one, other] => format!("{one} (or {other})"),
        [one, others @ ..] => format!("{one} (or {} others)", others.len()),
    });
    each.collect::<Vec<_>>().join(" + ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(of: &[[&str; 2]]) -> Vec<Vec<Any>> {
        of.iter().map(|pair| pair.iter().map(|id| vec![(*id).to_owned()]).collect()).collect()
    }

    #[test]
    fn pairs_that_differ_in_one_place_are_one_row() {
        let sets = pairs(&[["a", "x"], ["a", "y"], ["b", "x"], ["b", "y"], ["x", "z"], ["y", "z"]]);
        let rows = folded(&sets);
        assert_eq!(
            rows.iter().map(|row| set(row)).collect::<Vec<_>>(),
            ["a (or 2 others) + x (or y)"]
        );
    }

    #[test]
    fn a_row_stands_for_no_pair_that_is_not_there() {
        let rows = folded(&pairs(&[["a", "b"], ["b", "c"], ["a", "c"], ["c", "d"]]));
        let said: Vec<String> = rows.iter().map(|row| set(row)).collect();
        assert_eq!(said, ["a + b", "b + c", "a + c", "c + d"]);
    }

    #[test]
    fn shares_are_neither_none_nor_all_by_rounding() {
        let cases = [(0, 7, "0%"), (7, 7, "100%"), (1, 9_999, "0.1%"), (9_998, 9_999, "99.9%")];
        for (some, of, said) in cases {
            assert_eq!(percent(some, of), said);
        }
        assert_eq!(percent(-3, 7), "");
    }
}
