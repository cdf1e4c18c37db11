//! Whatever stands in a file, reading ends with a plan or with mistakes that
//! can be shown; what is printed reads back; large plans read in time.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write as _;

use outlast_models::read::{nearest, quantity};
use outlast_models::units::{Bps, Millionths, Millis, WeekHour};
use outlast_models::{Plan, Sources, diagnostic, read};
use proptest::prelude::*;

const WORDS: &[&str] = &[
    "unknown",
    "[]",
    "{}",
    "-1",
    "NaN",
    "1e9",
    "100%",
    "200Mbps",
    "[a, a]",
    "{a: b}",
    "here",
    "private",
    "'",
    "\"",
    "&x",
    "*x",
    "~",
    "",
    "harbour",
    "dc-hill",
    "{2 of: [x]}",
    "ÿ\u{202e}",
    "\t",
    "\u{85}",
    "\n",
    "  ",
    ": ",
    "- ",
    "like: sales-home",
    "10.0.0.0/8",
    "{resolved: 2020-01-01}",
];

fn example() -> String {
    let page =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/plan-language.md"));
    let page = page.unwrap();
    let blocks = page.split("```yaml\n").skip(1);
    blocks.map(|part| part.split("```").next().unwrap_or_default()).collect::<Vec<_>>().concat()
}

/// Reads a plan and shows its mistakes, as the command would.
fn read_and_show(text: &str) -> Result<Plan, String> {
    let mut sources = Sources::new();
    let file = sources.add("plan.yaml", text);
    read::plan(&mut sources, file, &mut |_| Ok(String::new())).map_err(|errors| {
        assert!(!errors.is_empty());
        for error in &errors {
            let (start, end) = (error.place.start as usize, error.place.end as usize);
            assert!(text.get(start..end).is_some(), "{error:?}");
        }
        diagnostic::render(&errors, &sources, true);
        diagnostic::render(&errors, &sources, false)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    /// A word of the plan is replaced, doubled or removed.
    #[test]
    fn a_spoiled_plan_never_panics(at in 0_usize..4000, length in 0_usize..12, word in 0..WORDS.len()) {
        let text = example();
        let characters: Vec<char> = text.chars().collect();
        let at = at % characters.len();
        let end = (at + length).min(characters.len());
        let mut spoiled: String = characters[..at].iter().collect();
        spoiled.push_str(WORDS[word]);
        spoiled.extend(&characters[end..]);
        let _ = read_and_show(&spoiled);
    }

    /// A whole value is replaced by another word.
    #[test]
    fn a_wrong_value_never_panics(line in 0_usize..400, word in 0..WORDS.len()) {
        let text = example();
        let lines: Vec<&str> = text.lines().collect();
        let line = line % lines.len();
        let mut spoiled = String::new();
        for (index, old) in lines.iter().enumerate() {
            match old.split_once(": ") {
                Some((key, _)) if index == line => writeln!(spoiled, "{key}: {}", WORDS[word]),
                _ => writeln!(spoiled, "{old}"),
            }.unwrap();
        }
        let _ = read_and_show(&spoiled);
    }

    #[test]
    fn any_text_never_panics_a_parser(text in "\\PC{0,24}|[-+0-9.%a-zA-Z: ]{0,16}") {
        let _ = quantity::bandwidth(&text);
        let _ = quantity::duration(&text);
        let _ = quantity::share(&text);
        let _ = quantity::percentage(&text);
        let _ = quantity::count(&text);
        let _ = quantity::milli(&text);
        let _ = quantity::channels(&text);
        let _ = quantity::day(&text);
        let _ = quantity::hour(&text);
        let _ = quantity::week_hour(&text);
        let _ = quantity::version(&text);
        let _ = quantity::block(&text);
        let _ = read::id(&text);
        let _ = nearest(&text, ["alpha", "beta"]);
    }

    #[test]
    fn what_is_printed_reads_back(n in 0_u64..1_000_000_000_000, part in 0_u32..=1_000_000, hour in 0_u8..168) {
        prop_assert_eq!(quantity::bandwidth(&Bps(n).to_string()), Ok(Bps(n)));
        prop_assert_eq!(quantity::duration(&Millis(n).to_string()), Ok(Millis(n)));
        prop_assert_eq!(quantity::share(&Millionths(part).to_string()), Ok(Millionths(part)));
        prop_assert_eq!(quantity::week_hour(&WeekHour(hour).to_string()), Ok(WeekHour(hour)));
    }
}

/// A plan of so many sites, each with a circuit and a group; every name is
/// followed by `typo`.
fn large(sites: usize, typo: &str) -> String {
    let mut text = "outlast: 1\nsites:\n".to_owned();
    for site in 0..sites {
        writeln!(text, "  s{site}: {{kind: office, region: r{}}}", site % 50).unwrap();
    }
    text.push_str("circuits:\n");
    for site in 0..sites {
        writeln!(text, "  c{site}: {{from: s{site}{typo}, to: internet, conduit: d{site}}}")
            .unwrap();
    }
    text.push_str("groups:\n  g: {agents: 1, work_at: [s0], phones: [pstn]}\n");
    for site in 0..sites {
        writeln!(text, "  g{site}: {{like: g, work_at: [s{site}{typo}]}}").unwrap();
    }
    text
}

#[test]
fn large_plans_read_in_time() {
    let plan = read_and_show(&large(5_000, "")).unwrap();
    assert_eq!((plan.sites.len(), plan.groups.len()), (5_000, 5_001));
    let message = read_and_show(&large(5_000, "x")).unwrap_err();
    assert!(message.ends_with("… and 9950 more\n"), "{}", &message[message.len() - 200..]);
}

#[test]
fn twenty_thousand_mistakes_are_counted_and_the_first_are_shown() {
    let mut text = "outlast: 1\nsites:\n".to_owned();
    for site in 0..5_000 {
        writeln!(text, "  s{site}: {{kind: ofice, seatz: 1, seats: 1x, power: {{ups: 5}}}}")
            .unwrap();
    }
    text.push_str("groups: {g: {agents: 1, work_at: [s0], phones: [pstn]}}\n");
    let message = read_and_show(&text).unwrap_err();
    assert_eq!(message.matches("error[").count(), diagnostic::SHOWN_MAX);
    assert!(message.ends_with("… and 19950 more\n"), "{}", &message[message.len() - 200..]);
}

#[test]
fn five_megabytes_are_read() {
    let mut text = "outlast: 1\nsites: {leeds: {kind: office}, homes: {kind: homes}}\n\
        circuits: {net: {from: leeds, to: internet}}\ngroups:\n"
        .to_owned();
    let mut groups = 0;
    while text.len() < 5_000_000 {
        groups += 1;
        writeln!(
            text,
            "  # What the people of this team do, and where: a remark as people write them.\n  \
             team-{groups}:\n    agents: {}\n    work_at: [leeds, homes]\n    \
             phones: [webrtc-embedded, pstn]\n    access: [internet]\n    \
             apps: {{agent-desktop: required, wfm: {{required: false}}}}\n    tags: [team, floor-{}]",
            10 + groups % 30,
            groups % 7,
        )
        .unwrap();
    }
    let plan = read_and_show(&text).unwrap();
    assert_eq!(plan.groups.len(), groups);
}

#[test]
fn long_chains_do_not_overflow() {
    let mut text = "outlast: 1\ncomponents:\n".to_owned();
    for n in 0..20_000 {
        writeln!(text, "  c{n}: {{needs: [c{}]}}", n + 1).unwrap();
    }
    let message = read_and_show(&(text.clone() + "  c20000: {needs: [c0]}\n")).unwrap_err();
    assert!(message.contains("in a circle"), "a circle");
    assert!(message.len() < 20_000, "a message of {} bytes", message.len());
    text.push_str("  c20000: {}\nsites: {a: {kind: homes}}\n");
    text.push_str("groups: {g: {agents: 1, work_at: [a], phones: [pstn]}}\n");
    assert!(read_and_show(&text).is_ok());
}

#[test]
fn nothing_reaches_the_terminal_as_it_is() {
    let text = "outlast: 1\nname: \"\\u001b[31mred\"\n\"\u{202e}evil\\e[0m\": 1\nsites: {\"a\u{7}\": {}}\n";
    let message = read_and_show(text).unwrap_err();
    assert!(!message.chars().any(|c| c.is_control() && c != '\n'), "{message:?}");
    assert!(!message.contains('\u{202e}'), "{message:?}");
}
