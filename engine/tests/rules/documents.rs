//! Runs the plans in `engine/rules/*.md`.

use outlast_engine::rules::page::{Example, PROSE, Shows};
use outlast_engine::rules::{Effect, RULES, Rule};

use crate::expect::{Expected, expected};
use crate::world::World;

fn examples() -> impl Iterator<Item = (&'static Rule, Example)> {
    RULES.iter().flat_map(|rule| rule.page().examples.into_iter().map(move |one| (rule, one)))
}

/// Each part of the text comes once: two of prose, what shows the rule, what
/// works, then the mend and the limits.
#[test]
fn pages_have_their_headings_in_order() {
    for rule in RULES {
        let headings: Vec<&str> =
            rule.text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        let shows = |heading: &&str| Shows::ALL.iter().any(|shows| shows.heading() == *heading);
        let shown: Vec<&str> = headings.iter().copied().filter(shows).collect();
        let works = Shows::Works.heading();
        assert!(shown.len() > 1 && shown.last() == Some(&works), "{}: {shown:?}", rule.id);
        let expected: Vec<&str> =
            PROSE[..2].iter().chain(&shown).chain(&PROSE[2..]).copied().collect();
        assert_eq!(headings, expected, "{}", rule.id);
        for heading in shown {
            let mut examples = rule.page().examples.into_iter();
            assert!(examples.any(|one| one.shows.heading() == heading), "{} {heading}", rule.id);
        }
    }
}

#[test]
fn pages_say_something_under_every_heading() {
    for rule in RULES {
        let page = rule.page();
        for prose in [page.meaning, page.why, page.mend, page.limits] {
            assert!(prose.ends_with(['.', '"', ')']), "{}: {prose:?}", rule.id);
            assert!(!prose.contains("```"), "{}: a plan under prose", rule.id);
        }
    }
}

#[test]
fn plans_are_small_and_say_what_comes_of_them() {
    for (rule, example) in examples() {
        let lines = example.plan.lines().count();
        assert!(lines <= 34, "{} {:?}: {lines} lines", rule.id, example.shows);
        assert!(!example.expected.is_empty(), "{} {:?}", rule.id, example.shows);
        assert!(example.plan.starts_with("outlast: 1\n"), "{} {:?}", rule.id, example.shows);
    }
}

/// The rule that should refuse.
fn refusal<'a>(words: &'a &str) -> Option<&'a str> {
    let (_, rest) = words.split_once(": refused ")?;
    rest.split(' ').next()
}

/// A plan under `Refused` is refused by its own rule, or by one that the page
/// names, because the cloud states one fact in two places.
#[test]
fn refusals_are_explained() {
    for (rule, example) in examples() {
        let refused: Vec<&str> = example.expected.iter().filter_map(refusal).collect();
        match example.shows {
            Shows::Refused => assert!(!refused.is_empty(), "{}: nothing is refused", rule.id),
            Shows::Works => assert!(refused.is_empty(), "{}: {refused:?} works", rule.id),
            _ => {}
        }
        let prose: String = rule.text.split("```").step_by(2).collect();
        let own = |id: &str| id == rule.id || prose.contains(id);
        for id in refused {
            assert!(own(id), "{} is refused as {id} and does not say so", rule.id);
        }
    }
}

/// What `check` shows of each rule with this effect, and what it does not.
#[test]
fn findings_are_shown_and_their_absence() {
    for rule in RULES.iter().filter(|rule| rule.has(Effect::Check)) {
        let examples = rule.page().examples;
        let has = |shows: bool, words: &str| {
            let mut some = examples.iter().filter(|one| (one.shows == Shows::Works) != shows);
            some.any(|one| one.expected.iter().any(|words_of| words_of.starts_with(words)))
        };
        let found = has(true, &format!("finding {}", rule.id)) || has(true, "mistake");
        assert!(found, "{}: no plan is found", rule.id);
        assert!(has(false, &format!("no finding {}", rule.id)), "{}: none is not", rule.id);
    }
}

#[test]
fn plans_do_what_their_page_says() {
    let mut wrong = Vec::new();
    for (rule, example) in examples() {
        let read = World::read(example.plan, &example.pac);
        for words in &example.expected {
            let found = match (expected(words), &read) {
                (Expected::Mistake(message), Err(said)) if said.contains(&message) => Ok(()),
                (Expected::Mistake(_), Ok(_)) => Err("it is a plan".to_owned()),
                (_, Err(said)) => Err(said.clone()),
                (Expected::OfGroup(expectation), Ok(world)) => world.check(&expectation),
                (Expected::Finding { rule, severity }, Ok(world)) => world.finds(&rule, severity),
                (Expected::NoFinding(rule), Ok(world)) => match world.finds(&rule, None) {
                    Ok(()) => Err(world.found()),
                    Err(_) => Ok(()),
                },
            };
            if let Err(found) = found {
                wrong.push(format!("{} {:?}: expected {words}\n{found}", rule.id, example.shows));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
