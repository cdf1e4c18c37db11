//! Runs the plans in `engine/rules/*.md`.

use outlast_engine::rules::own::OWN;
use outlast_engine::rules::page::{Example, PROSE, Page, Shows};
use outlast_engine::rules::{Effect, RULES};

use crate::expect::{Expected, expected};
use crate::world::World;

/// What a page tests: of the guide's rules and of our own.
struct Described {
    id: &'static str,
    text: &'static str,
    page: Page,
    /// Whether `check` finds it.
    finds: bool,
}

fn texts() -> impl Iterator<Item = Described> {
    let guide = RULES.iter().map(|rule| Described {
        id: rule.id,
        text: rule.text,
        page: rule.page(),
        finds: rule.has(Effect::Check),
    });
    let own = OWN.iter().map(|own| Described {
        id: own.id,
        text: own.text,
        page: own.page(),
        finds: true,
    });
    guide.chain(own)
}

/// Every plan, with the id and text of its rule.
fn examples() -> impl Iterator<Item = (&'static str, &'static str, Example)> {
    texts().flat_map(|rule| {
        let Described { id, text, page, .. } = rule;
        page.examples.into_iter().map(move |one| (id, text, one))
    })
}

/// Each part of the text comes once: two of prose, what shows the rule, what
/// works, then the mend and the limits.
#[test]
fn pages_have_their_headings_in_order() {
    for rule in texts() {
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
            let mut examples = rule.page.examples.iter();
            assert!(examples.any(|one| one.shows.heading() == heading), "{} {heading}", rule.id);
        }
    }
}

#[test]
fn pages_say_something_under_every_heading() {
    for rule in texts() {
        let page = rule.page;
        for prose in [page.meaning, page.why, page.mend, page.limits] {
            assert!(prose.ends_with(['.', '"', ')']), "{}: {prose:?}", rule.id);
            assert!(!prose.contains("```"), "{}: a plan under prose", rule.id);
        }
    }
}

#[test]
fn plans_are_small_and_say_what_comes_of_them() {
    for (id, _, example) in examples() {
        let lines = example.plan.lines().count();
        assert!(lines <= 34, "{id} {:?}: {lines} lines", example.shows);
        assert!(!example.expected.is_empty(), "{id} {:?}", example.shows);
        assert!(example.plan.starts_with("outlast: 1\n"), "{id} {:?}", example.shows);
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
    for (id, text, example) in examples() {
        let refused: Vec<&str> = example.expected.iter().filter_map(refusal).collect();
        match example.shows {
            Shows::Refused => assert!(!refused.is_empty(), "{id}: nothing is refused"),
            Shows::Works => assert!(refused.is_empty(), "{id}: {refused:?} works"),
            _ => {}
        }
        let prose: String = text.split("```").step_by(2).collect();
        let own = |refused: &str| refused == id || prose.contains(refused);
        for refused in refused {
            assert!(own(refused), "{id} is refused as {refused} and does not say so");
        }
    }
}

/// What `check` shows of each rule with this effect, and what it does not.
#[test]
fn findings_are_shown_and_their_absence() {
    for rule in texts().filter(|rule| rule.finds) {
        let (id, examples) = (rule.id, rule.page.examples);
        let has = |shows: bool, words: &str| {
            let mut some = examples.iter().filter(|one| (one.shows == Shows::Works) != shows);
            some.any(|one| one.expected.iter().any(|words_of| words_of.starts_with(words)))
        };
        let found = has(true, &format!("finding {id}")) || has(true, "mistake");
        assert!(found, "{id}: no plan is found");
        assert!(has(false, &format!("no finding {id}")), "{id}: none is not");
    }
}

#[test]
fn plans_do_what_their_page_says() {
    let mut wrong = Vec::new();
    for (id, _, example) in examples() {
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
                wrong.push(format!("{id} {:?}: expected {words}\n{found}", example.shows));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
