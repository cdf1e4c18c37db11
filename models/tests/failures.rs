//! What the plan says of chance, put together: own entry, kind's entry, figures of
//! ours; exact down to the smallest chance.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use outlast_models::plan::{Frequency, Lost, Rate, Repair, Strikes};
use outlast_models::rates;
use outlast_models::units::{Chance, Millionths, Millis, Money, PerYear};
use outlast_models::{ComponentId, Kind, Origin, Plan, Sources, diagnostic, read};

/// A plan with these lines under `failures`.
fn plan(failures: &str) -> Plan {
    let text = format!(
        "outlast: 1
currency: EUR
sites: {{york: {{kind: data-center}}, homes: {{kind: homes}}}}
circuits: {{a: {{from: york, to: internet}}, b: {{from: york, to: internet, conduit: duct}}}}
groups: {{team: {{agents: 3, work_at: homes, media: [digital]}}}}
{failures}"
    );
    let mut sources = Sources::new();
    let file = sources.add("plan.yaml", text);
    let plan = read::plan(&mut sources, file, &mut |_| Err(String::new()));
    plan.map_err(|errors| diagnostic::render(&errors, &sources, false)).unwrap()
}

fn rate(plan: &Plan, kind: Kind, id: &str) -> Option<Rate> {
    plan.failures.rate(&ComponentId::new(kind, id))
}

fn mtbf(rate: &Rate) -> Millis {
    match rate.frequency {
        Frequency::Mtbf(mtbf) => mtbf.fact.value,
        Frequency::Probability(_) => panic!("a probability"),
    }
}

#[test]
fn without_the_section_nothing_fails() {
    let plan = plan("");
    assert_eq!(plan.failures.place, None);
    assert_eq!(rate(&plan, Kind::Circuit, "a"), None);
    assert_eq!((plan.appetite, plan.agent_hour), (Vec::new(), None));
}

#[test]
fn nothing_fails_without_an_entry_of_its_own_or_its_kind() {
    let plan = plan("failures: {kinds: {circuit: {}}, components: {dns: {}}}");
    assert!(plan.failures.place.is_some());
    assert!(rate(&plan, Kind::Circuit, "a").is_some());
    assert!(rate(&plan, Kind::Cloud, "dns").is_some());
    assert_eq!(rate(&plan, Kind::Cloud, "crl"), None);
    assert_eq!(rate(&plan, Kind::DataCenter, "york"), None);
    assert_eq!(rate(&plan, Kind::Bundle, "a"), None);
}

#[test]
fn an_own_entry_goes_before_that_of_the_kind_and_this_before_ours() {
    let plan = plan(
        "failures:
  kinds: {circuit: {mtbf: 180d, repair: fixed}}
  components: {a: {mtbf: 90d}, duct: {repair: {lognormal: 1.25}}}",
    );
    let (a, b) = (rate(&plan, Kind::Circuit, "a").unwrap(), rate(&plan, Kind::Circuit, "b"));
    let (b, duct) = (b.unwrap(), rate(&plan, Kind::Conduit, "duct").unwrap());
    assert_eq!((mtbf(&a), mtbf(&b)), (Millis::days(90), Millis::days(180)));
    assert_eq!((a.repair.value, b.repair.value), (Repair::Fixed, Repair::Fixed));
    assert_eq!(duct.repair.value, Repair::Lognormal(1_250_000));
    let usual = rates::of(Kind::Circuit).unwrap().mttr;
    assert_eq!((a.mttr.fact.value, a.mttr.fact.origin), (usual.value, Origin::Defaulted));
    assert_eq!(a.mttr.range, Some((usual.low, usual.high)));
    assert_eq!(mtbf(&duct), rates::of(Kind::Conduit).unwrap().mtbf.value);
}

#[test]
fn what_is_given_has_no_range_and_its_place() {
    let plan = plan("failures: {components: {a: {mtbf: 90d, mttr: 0s}}}");
    let rate = rate(&plan, Kind::Circuit, "a").unwrap();
    let Frequency::Mtbf(mtbf) = rate.frequency else { panic!("a probability") };
    assert_eq!((mtbf.range, mtbf.fact.place().unwrap().line), (None, 6));
    assert_eq!((rate.mttr.range, rate.mttr.fact.value), (None, Millis::ZERO));
}

#[test]
fn a_probability_of_its_own_replaces_the_mean_time_of_the_kind_and_the_other_way_round() {
    let plan = plan(
        "failures:
  kinds: {circuit: {mtbf: 180d, mttr: 6h}, data-center: {probability: 1%}}
  components: {a: {probability: 0.00001%}, york: {mtbf: 5y}}",
    );
    let a = rate(&plan, Kind::Circuit, "a").unwrap();
    let Frequency::Probability(probability) = a.frequency else { panic!("a mean time") };
    assert_eq!(probability.value, Chance(100_000));
    assert_eq!(a.mttr.fact.value, Millis::hours(6));
    assert_eq!(mtbf(&rate(&plan, Kind::DataCenter, "york").unwrap()), Millis::years(5));
}

#[test]
fn a_probability_says_how_long_it_is_up() {
    let plan = plan(
        "failures:
  components:
    a: {probability: 2%, mttr: 6h}
    b: {probability: 0%}
    york: {probability: 100%}
    dns: {probability: 0.0000000001%, mttr: 36525d}
    crl: {mtbf: 90d}",
    );
    let of = |kind, id| rate(&plan, kind, id).unwrap().mtbf();
    assert_eq!(of(Kind::Circuit, "a"), Some(Millis::hours(6 * 49)));
    assert_eq!(of(Kind::Circuit, "b"), None);
    assert_eq!(of(Kind::DataCenter, "york"), Some(Millis::ZERO));
    assert_eq!(of(Kind::Cloud, "dns"), Some(Millis(u64::MAX)));
    assert_eq!(of(Kind::Cloud, "crl"), Some(Millis::days(90)));
}

#[test]
fn unknown_is_our_figure_whatever_the_kind_says() {
    let plan = plan(
        "failures:
  kinds: {circuit: {mtbf: 180d, mttr: 9h, repair: fixed}}
  components: {a: {mtbf: unknown, mttr: unknown, repair: unknown}, b: {probability: unknown}}",
    );
    let usual = rates::of(Kind::Circuit).unwrap();
    let a = rate(&plan, Kind::Circuit, "a").unwrap();
    assert_eq!((mtbf(&a), a.mttr.fact.value), (usual.mtbf.value, usual.mttr.value));
    assert_eq!((a.repair.value, a.repair.is_unknown()), (Repair::Exponential, true));
    let b = rate(&plan, Kind::Circuit, "b").unwrap();
    let Frequency::Mtbf(of_b) = b.frequency else { panic!("a probability") };
    assert!(of_b.fact.is_unknown());
    assert_eq!(of_b.range, Some((usual.mtbf.low, usual.mtbf.high)));
}

#[test]
fn common_causes_name_components_with_their_kind() {
    let plan = plan(
        "failures:
  kinds: {circuit: {}}
  components: {york: {}}
  common: {pair: {of: [a, b], beta: 12.5%}, trio: {of: [a, b, york]}}",
    );
    let (pair, trio) = (&plan.failures.common["pair"], &plan.failures.common["trio"]);
    assert_eq!((pair.beta.fact.value, pair.beta.range), (Millionths(125_000), None));
    assert_eq!(trio.of[2].component, ComponentId::new(Kind::DataCenter, "york"));
    assert_eq!((trio.beta.fact.value, trio.beta.range.is_some()), (rates::BETA.value, true));
}

#[test]
fn a_hazard_hits_each_with_its_chance_or_all_of_a_list() {
    let plan = plan(
        "failures:
  hazards:
    flood: {per_year: 0.02, lasts: 5d, hits: {york: 100%, duct: 0.5%, homes: unknown}}
    storm: {per_year: 2, lasts: 8h, repair: exponential, hits: [a, york]}
    quake: {per_year: 0, lasts: unknown, plays: 'regional-flood:york'}",
    );
    let chances = |id: &str| -> Vec<Chance> {
        let Strikes::Hits(hits) = &plan.failures.hazards[id].strikes else { panic!("plays") };
        hits.iter().map(|hit| hit.chance.fact.value).collect()
    };
    assert_eq!(chances("flood"), [Chance::ONE, Chance(5_000_000_000), Chance::ONE]);
    assert_eq!(chances("storm"), [Chance::ONE, Chance::ONE]);
    let hazards = &plan.failures.hazards;
    assert_eq!(hazards["flood"].per_year.fact.value, PerYear(20_000_000));
    assert_eq!(hazards["flood"].repair.value, Repair::Fixed);
    assert_eq!(hazards["storm"].repair.value, Repair::Exponential);
    assert_eq!(hazards["quake"].lasts.fact.value, rates::LASTS.value);
    let Strikes::Plays { scenario, place } = &hazards["quake"].strikes else { panic!("hits") };
    assert_eq!((scenario.as_str(), place.line), ("regional-flood:york", 10));
}

#[test]
fn losses_are_hours_or_money() {
    let plan = plan(
        "appetite: [{lost: 5000 agent-hours, yearly: 10%}, {lost: 1200.50 EUR, yearly: 0.001%}]
agent_hour: 45 EUR",
    );
    let all: Vec<(Lost, Chance)> = plan.appetite.iter().map(|one| (one.lost, one.yearly)).collect();
    let money = (Lost::Money(Money(120_050)), Chance(10_000_000));
    assert_eq!(all, [(Lost::AgentHours(5_000), Chance::percent(10)), money]);
    assert_eq!(plan.agent_hour, Some(Money(4_500)));
}

#[test]
fn quantities_read_back_as_they_are_shown() {
    use read::quantity::{chance, mean_time, per_year};
    for text in ["2%", "0%", "100%", "0.0000000001%", "12.5%"] {
        assert_eq!(chance(text).unwrap().to_string(), text);
    }
    for text in ["0", "2", "0.02", "0.000000001"] {
        assert_eq!(per_year(text).unwrap().to_string(), text);
    }
    for text in ["10000y", "1y", "180d", "6h", "0s"] {
        assert_eq!(mean_time(text).unwrap().in_years(), text);
    }
}
