//! Properties of reading and binding.

use std::collections::BTreeSet;

use outlast_models::Sources;
use outlast_models::diagnostic::render;
use outlast_scenarios::{Candidate, Effect, bind_draft, components, draft, names, read, scenario};
use proptest::prelude::*;

use crate::common::{events, from_library, sample, try_bind};

/// Selectors of one key, over names of the bank.
fn simple() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec!["leeds", "dc-york", "homes-north", "vpn-york", "grid-glasgow"])
            .prop_map(str::to_owned),
        prop::sample::select(vec!["office", "circuit", "feed", "homes", "home-isp", "proxy"])
            .prop_map(|kind| format!("{{kind: {kind}}}")),
        prop::sample::select(vec!["leeds", "glasgow", "dc-slough", "homes-south", "zephyr"])
            .prop_map(|site| format!("{{site: {site}}}")),
        prop::sample::select(vec!["atlas", "civic", "delta", "tellus"])
            .prop_map(|provider| format!("{{provider: {provider}}}")),
        prop::sample::select(vec!["cards-leeds", "payments-home-south"])
            .prop_map(|group| format!("{{group: {group}}}")),
        prop::sample::select(vec!["north", "south"])
            .prop_map(|region| format!("{{region: {region}, kind: [vpn, sbc, office]}}")),
    ]
}

fn taken(plan: &outlast_models::Plan, selector: &str) -> BTreeSet<String> {
    let bound = try_bind(&events(&format!("  - {{fail: {selector}}}\n")), plan, &[])
        .expect("the names are the bank's");
    match bound.events.first().map(|event| &event.effect) {
        Some(Effect::Fail(list)) => list.iter().map(ToString::to_string).collect(),
        _ => BTreeSet::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A list takes what its members take, whatever their order.
    #[test]
    fn a_list_is_a_union(one in simple(), two in simple()) {
        let plan = sample("bank");
        let both: BTreeSet<String> =
            taken(&plan, &one).union(&taken(&plan, &two)).cloned().collect();
        prop_assert_eq!(taken(&plan, &format!("[{one}, {two}]")), both.clone());
        prop_assert_eq!(taken(&plan, &format!("[{two}, {one}]")), both);
    }

    /// Everything that is taken is a component of the plan.
    #[test]
    fn only_components_are_taken(selector in simple()) {
        let plan = sample("bank");
        let all: BTreeSet<String> =
            components(&plan).iter().map(|(component, _)| component.to_string()).collect();
        prop_assert!(taken(&plan, &selector).is_subset(&all));
    }

    /// A damaged file is read or refused, and what is wrong can be shown.
    #[test]
    fn damaged_files_never_panic(
        which in prop::sample::select(names().scenarios),
        cuts in prop::collection::vec((0..2000_usize, "[ -~\n€]{0,3}"), 1..4),
    ) {
        let mut text = scenario(which).unwrap().to_owned();
        for (at, with) in cuts {
            let at = (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap();
            let end = (at + 1..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(at);
            text.replace_range(at..end, &with);
        }
        let mut sources = Sources::new();
        let file = sources.add("damaged.yaml", text);
        if let Err(mistakes) = read(&mut sources, file) {
            prop_assert!(!mistakes.is_empty());
            prop_assert!(!render(&mistakes, &sources, false).is_empty());
        }
        // What could be read of it is bound all the same.
        let draft = draft(&mut sources, file);
        let load = &mut |_: &str, _: &str| Err("there is no such file".to_owned());
        let choose = &mut |of: &[Candidate]| of[0].id.clone();
        let plan = sample("bank");
        let (_, mistakes) = bind_draft(&draft, &plan, &[], &mut sources, load, choose);
        prop_assert!(mistakes.len() >= draft.mistakes.len());
        prop_assert!(!render(&mistakes, &sources, false).is_empty());
    }

    /// Arguments of any text are taken or refused.
    #[test]
    fn arguments_never_panic(
        which in prop::sample::select(names().scenarios),
        given in prop::collection::vec("[ -~]{0,12}", 0..3),
    ) {
        let scenario = from_library(which).unwrap();
        let given: Vec<&str> = given.iter().map(String::as_str).collect();
        if let Err(mistakes) = try_bind(&scenario, &sample("starter"), &given) {
            prop_assert!(!mistakes.is_empty());
        }
    }
}
