//! Runs the plans in `engine/rules/*.md`.

use outlast_engine::rules::{RULES, Rule};

use crate::expect::{self, Expectation};
use crate::world::World;

/// Headings of a page, in order; `What a plan shows` stands for one or more of
/// [`SHOWS`].
const HEADINGS: [&str; 6] =
    ["What it does", "Why it matters", "What a plan shows", "Works", "Source", "Limits"];

/// Headings over a plan that the rule decides.
const SHOWS: [&str; 4] = ["Refused", "Needs", "Loads", "Stands on"];

/// One fenced plan of a page.
struct Example<'a> {
    heading: &'a str,
    plan: &'a str,
}

fn headings(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.strip_prefix("## ")).collect()
}

fn examples(text: &'static str) -> Vec<Example<'static>> {
    let mut all = Vec::new();
    for section in text.split("\n## ").skip(1) {
        let heading = section.lines().next().unwrap_or_default();
        let mut rest = section;
        while let Some((_, after)) = rest.split_once("```yaml\n") {
            let (plan, after) = after.split_once("```").expect("a fence that ends");
            all.push(Example { heading, plan });
            rest = after;
        }
    }
    all
}

fn documented() -> impl Iterator<Item = (&'static Rule, &'static str)> {
    RULES.iter().filter_map(|rule| Some((rule, rule.docs?)))
}

#[test]
fn pages_have_their_headings_in_order() {
    for (rule, text) in documented() {
        let title = format!("# {}: {}\n", rule.id, rule.name);
        assert!(text.starts_with(&title), "{} begins with {title:?}", rule.id);
        let mut found = headings(text);
        let shown = found.iter().filter(|heading| SHOWS.contains(heading)).count();
        assert!(shown > 0, "{} shows nothing", rule.id);
        let first = found.iter().position(|heading| SHOWS.contains(heading)).unwrap();
        found.splice(first..first + shown, ["What a plan shows"]);
        assert_eq!(found, HEADINGS, "{}", rule.id);
    }
}

#[test]
fn pages_cite_the_guides_page() {
    for (rule, text) in documented() {
        let source = text.split("## Source\n").nth(1).unwrap_or_default();
        let source = source.split_whitespace().collect::<Vec<&str>>().join(" ");
        assert!(source.contains(rule.page), "{} does not cite {:?}", rule.id, rule.page);
    }
}

#[test]
fn plans_stand_where_they_should_and_are_small() {
    for (rule, text) in documented() {
        for example in examples(text) {
            let lines = example.plan.lines().count();
            assert!(lines <= 36, "{} {}: {lines} lines", rule.id, example.heading);
            assert!(
                SHOWS.contains(&example.heading) || example.heading == "Works",
                "{}: a plan under {}",
                rule.id,
                example.heading
            );
            let asked = expect::expectations(example.plan).len();
            assert!(asked > 0, "{} {}: nothing is expected", rule.id, example.heading);
        }
        let under = |heading: &str| examples(text).iter().any(|e| e.heading == heading);
        assert!(headings(text).iter().all(|h| !SHOWS.contains(h) || under(h)), "{}", rule.id);
        assert!(under("Works"), "{} has no plan that works", rule.id);
    }
}

/// A plan under `Refused` is refused by its own rule, or by one that the page
/// names, because the cloud states one fact in two places.
#[test]
fn refusals_are_explained() {
    for (rule, text) in documented() {
        for example in examples(text).iter().filter(|example| example.heading == "Refused") {
            let refused: Vec<String> = expect::expectations(example.plan)
                .iter()
                .filter_map(Expectation::refusal)
                .map(str::to_owned)
                .collect();
            assert!(!refused.is_empty(), "{}: nothing is refused", rule.id);
            let prose = text.split("```").step_by(2).collect::<String>();
            for id in refused {
                assert!(prose.contains(&id), "{} is refused as {id} and does not say so", rule.id);
            }
        }
        for example in examples(text).iter().filter(|example| example.heading == "Works") {
            let refused = expect::expectations(example.plan);
            let refused = refused.iter().find_map(Expectation::refusal);
            assert!(refused.is_none(), "{}: {refused:?} under Works", rule.id);
        }
    }
}

#[test]
fn plans_do_what_their_page_says() {
    let mut wrong = Vec::new();
    for (rule, text) in documented() {
        for example in examples(text) {
            let world = match World::read(example.plan) {
                Ok(world) => world,
                Err(said) => {
                    wrong.push(format!("{} {}\n{said}", rule.id, example.heading));
                    continue;
                }
            };
            for expectation in expect::expectations(example.plan) {
                if let Err(found) = world.check(&expectation) {
                    let (heading, words) = (example.heading, &expectation.words);
                    wrong.push(format!("{} {heading}: expected {words}\n{found}", rule.id));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
