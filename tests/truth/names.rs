//! Names and order do not matter: random plans with every name of theirs changed,
//! and with everything turned round whose order means nothing.

use std::collections::{BTreeMap, BTreeSet};

use outlast_engine::{Held, Problem, Scope, Steering, assess, compile};
use outlast_models::catalogue::PhoneKind;
use outlast_models::pac::PacAnswers;
use outlast_models::{Id, Plan};
use outlast_reference::{Failure, PacFilesByName, failures, random_case};
use outlast_tests::compare::figures::Figures;
use outlast_tests::compare::state;
use outlast_tests::small::plan_with;

const SEEDS: std::ops::Range<u64> = 5_000..5_100;
const STATES: usize = 8;

/// New names by old ones.
type Renamed = BTreeMap<String, String>;

#[test]
fn no_name_changes_a_count_of_a_class() {
    let mut renamed = 0;
    for seed in SEEDS {
        let (text, files, answers) = random_case(seed);
        let one = read(&text, &files, seed);
        let names = new_names(&text, &one);
        renamed += names.len();
        let two = read(&rename(&text, &names), &files, seed);
        let by_host = answers.by_host.iter();
        let by_host = by_host.map(|((pac, host), answer)| {
            ((Id::new(&new_name(pac.as_str(), &names)), host.clone()), answer.clone())
        });
        let other = PacAnswers { by_host: by_host.collect(), ..answers.clone() };
        let problems = [compile(&one, &answers), compile(&two, &other)];
        let states = failures(&one, seed, STATES).into_iter();
        let states = states.map(|failure| (rename_failure(&failure, &names), failure));
        same(&problems, states.map(|(two, one)| [one, two]), seed);
    }
    assert!(renamed > 1_000, "only {renamed} names were changed");
}

#[test]
fn no_order_changes_a_count_of_a_class() {
    for seed in SEEDS {
        let (text, files, answers) = random_case(seed);
        let (one, two) = (read(&text, &files, seed), read(&turn(&text), &files, seed));
        let problems = [compile(&one, &answers), compile(&two, &answers)];
        let states = failures(&one, seed, STATES).into_iter();
        same(&problems, states.map(|failure| [failure.clone(), failure]), seed);
    }
}

/// Asserts that two plans have the same figures in pairs of states.
fn same(problems: &[Problem; 2], states: impl Iterator<Item = [Failure; 2]>, seed: u64) {
    assert_eq!(problems[0].ways.len(), problems[1].ways.len(), "seed {seed}: ways");
    for pair in states {
        let [one, two] = [0, 1].map(|n| {
            let (problem, state) = (&problems[n], state(&pair[n]));
            let nobody = Held::default();
            let outcome = assess(problem, &state, &nobody, Scope::Moved, Steering::Directed);
            let figures = Figures::planned(problem, &state, &outcome);
            (outcome.gap, figures)
        });
        if one.0 + two.0 == 0 {
            assert_eq!(one.1, two.1, "seed {seed} {:?}", pair[0]);
        }
    }
}

fn read(text: &str, files: &PacFilesByName, seed: u64) -> Plan {
    let mut load = |path: &str| files.get(path).cloned().ok_or_else(|| path.to_owned());
    plan_with(text, &mut load).unwrap_or_else(|e| panic!("seed {seed}: {e}\n{text}"))
}

/// Names in the random plans that the language has as words too: they stay.
const WORDS: &[&str] = &[
    "internet",
    "private",
    "pstn",
    "pbx",
    "sbc",
    "sso-provider",
    "turn",
    "crl",
    "dns",
    "operator",
    "isp",
    "region",
];

/// Names for everything that the plan has named itself; they sort the other way
/// round.
fn new_names(text: &str, plan: &Plan) -> Renamed {
    let mut ids: BTreeSet<String> = BTreeSet::new();
    macro_rules! add {
        ($($section:ident),*) => { $(ids.extend(plan.$section.keys().map(ToString::to_string));)* };
    }
    add!(
        sites,
        networks,
        circuits,
        bundles,
        workstations,
        proxies,
        vpn,
        vdi,
        firewalls,
        pbxs,
        sbcs,
        trunks,
        carriers,
        phones,
        pac,
        queues,
        groups,
        components,
        pools,
        resources
    );
    // What no entry of its own has made is built in, and so are the six phones.
    ids.retain(|id| PhoneKind::ALL.iter().all(|kind| kind.word() != id));
    let own: BTreeSet<&str> =
        words(text).filter(|(_, word)| is_key(text, word)).map(|w| w.1).collect();
    ids.retain(|id| own.contains(id.as_str()));
    ids.extend(plan.cloud.regions.keys().map(ToString::to_string));
    ids.extend(plan.feeds.keys().chain(plan.conduits.keys()).map(ToString::to_string));
    for site in plan.sites.values() {
        ids.extend(site.internet.isps.value.iter().map(|(isp, _)| isp.id.to_string()));
    }
    for phone in plan.phones.values() {
        ids.extend(phone.operators.value.iter().map(|(named, _)| named.id.to_string()));
    }
    ids.retain(|id| !WORDS.contains(&id.as_str()) && words(text).any(|(_, word)| word == id));
    let new = |(n, id): (usize, String)| (id, format!("x{:03}", 999 - n));
    ids.into_iter().enumerate().map(new).collect()
}

/// The words of a text that may be names, each with its start.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let start = text.as_ptr() as usize;
    let words = text.split(move |c| !is_part(c)).filter(|word| !word.is_empty());
    words.map(move |word| (word.as_ptr() as usize - start, word))
}

/// Whether a word stands in a text as the key of an entry.
fn is_key(text: &str, word: &str) -> bool {
    words(text).any(|(at, other)| other == word && text[at + word.len()..].starts_with(": {"))
        || text.contains(&format!("\n  {word}:\n"))
}

fn rename(text: &str, names: &Renamed) -> String {
    let (mut out, mut done) = (String::new(), 0);
    for (at, word) in words(text) {
        out.push_str(&text[done..at]);
        let is_kind = text[..at].ends_with("kind: ");
        out.push_str(&if is_kind { word.to_owned() } else { new_name(word, names) });
        done = at + word.len();
    }
    out.push_str(&text[done..]);
    out
}

/// The new name of a component: of a provider or an operator, part by part.
fn new_name(id: &str, names: &Renamed) -> String {
    let new = |part: &str| names.get(part).cloned().unwrap_or_else(|| part.to_owned());
    let parts: Vec<&str> = id.split('.').collect();
    match parts[..] {
        ["mobile", region, operator] => format!("mobile.{}.{}", new(region), new(operator)),
        [site, isp] if names.contains_key(site) && names.contains_key(isp) => {
            format!("{}.{}", new(site), new(isp))
        }
        _ => new(id),
    }
}

fn rename_failure(failure: &Failure, names: &Renamed) -> Failure {
    let set = |ids: &BTreeSet<String>| ids.iter().map(|id| new_name(id, names)).collect();
    let map =
        |ids: &BTreeMap<String, u32>| ids.iter().map(|(id, n)| (new_name(id, names), *n)).collect();
    Failure {
        failed: set(&failure.failed),
        evacuated: set(&failure.evacuated),
        unpowered: set(&failure.unpowered),
        shares: map(&failure.shares),
        blocking: map(&failure.blocking),
        rotated: failure.rotated,
        pac_broken: set(&failure.pac_broken),
        turn_inspected: set(&failure.turn_inspected),
        split_to_full: set(&failure.split_to_full),
        udp_idle_short: set(&failure.udp_idle_short),
    }
}

/// Sections whose order means something: the first network, circuit or trunk that
/// is up is taken.
const IN_ORDER: &[&str] = &["networks:", "circuits:", "telephony:", "cloud:", "exits:"];

/// The same plan, its sections in the opposite order, and in each the entries.
fn turn(text: &str) -> String {
    let is_section = |line: &str| !line.starts_with([' ', '#']);
    let mut sections = blocks(text, is_section);
    sections.reverse();
    let entries = |section: &String| {
        let (head, rest) = section.split_once('\n').unwrap_or((section, ""));
        if IN_ORDER.contains(&head) {
            return section.clone();
        }
        let mut entries = blocks(rest, |line| line.starts_with("  ") && !line.starts_with("   "));
        entries.reverse();
        format!("{head}\n{}", entries.concat())
    };
    sections.iter().map(entries).collect()
}

/// Lines in blocks, each of which begins where the test says so.
fn blocks(text: &str, begins: impl Fn(&str) -> bool) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    for line in text.lines() {
        if begins(line) || blocks.is_empty() {
            blocks.push(String::new());
        }
        let block = blocks.last_mut().expect("one was begun");
        block.push_str(line);
        block.push('\n');
    }
    blocks
}
