//! The guide's rules as a document: what `outlast rule` shows.

use outlast_engine::rules::own::OwnRule;
use outlast_engine::rules::page::{Example, Page, Shows};
use outlast_engine::rules::{Effect, Rule};
use serde::Serialize;

/// Some rules, or all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RulesDocument {
    /// `outlast-rules`.
    pub document: &'static str,
    /// The version of the document.
    pub version: u32,
    /// In the guide's order.
    pub rules: Vec<RuleDocument>,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleDocument {
    /// `PRX-07`.
    pub id: &'static str,
    /// Named for the offence, or for the fact.
    pub name: &'static str,
    /// What it is about.
    pub family: &'static str,
    /// The fact, and what it does to a way of working.
    pub meaning: String,
    /// Why a planner should care.
    pub why: String,
    /// Plans that break it or show it, then plans that do not.
    pub examples: Vec<ExampleDocument>,
    /// How to put it right.
    pub mend: String,
    /// What Outlast does not know about it.
    pub limits: String,
    /// What it does to a result.
    pub effects: Vec<EffectDocument>,
    /// The modules that apply it.
    pub applied: Vec<&'static str>,
    /// What has to come before it is applied in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awaits: Option<&'static str>,
    /// The titles of the guide's pages that state it.
    pub guide: &'static [&'static str],
}

/// What a rule does to a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EffectDocument {
    /// `route`, `load`, `check`, `change` or `inform`.
    pub effect: &'static str,
    /// The same as a clause.
    pub means: &'static str,
}

/// A small plan, and what comes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExampleDocument {
    /// `refused`, `needs`, `loads`, `stands-on`, `found`, `mistaken` or `works`.
    pub shows: String,
    /// A sentence about it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub says: String,
    /// The plan.
    pub plan: &'static str,
    /// What its PAC files answer: `corporate: * DIRECT`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pac: Vec<&'static str>,
    /// What comes of it: `agents: refused PRX-07`.
    pub expected: Vec<&'static str>,
}

/// Makes the document of some rules.
pub fn rules(rules: Vec<RuleDocument>) -> RulesDocument {
    RulesDocument { document: "outlast-rules", version: 1, rules }
}

/// Makes the document of a finding of our own, of which no page of the guide speaks.
pub fn own(rule: &OwnRule) -> RuleDocument {
    RuleDocument {
        family: "Outlast's own",
        effects: vec![effect(Effect::Check)],
        applied: vec![rule.applied],
        ..of_page(rule.id, rule.name, rule.page())
    }
}

fn effect(effect: Effect) -> EffectDocument {
    EffectDocument { effect: effect.word(), means: effect.means() }
}

/// Makes the document of a rule of the guide.
pub fn rule(rule: &Rule) -> RuleDocument {
    RuleDocument {
        family: rule.family.name(),
        effects: rule.effects.iter().copied().map(effect).collect(),
        applied: rule.applied.to_vec(),
        awaits: rule.awaits,
        guide: rule.pages,
        ..of_page(rule.id, rule.name, rule.page())
    }
}

/// What a rule's text says of it.
fn of_page(id: &'static str, name: &'static str, page: Page) -> RuleDocument {
    RuleDocument {
        id,
        name,
        family: "",
        meaning: paragraphs(page.meaning),
        why: paragraphs(page.why),
        examples: page.examples.into_iter().map(example).collect(),
        mend: paragraphs(page.mend),
        limits: paragraphs(page.limits),
        effects: Vec::new(),
        applied: Vec::new(),
        awaits: None,
        guide: &[],
    }
}

fn example(example: Example) -> ExampleDocument {
    ExampleDocument {
        shows: word(example.shows),
        says: paragraphs(example.says),
        plan: example.plan,
        pac: example.pac,
        expected: example.expected,
    }
}

fn word(shows: Shows) -> String {
    shows.heading().to_lowercase().replace(' ', "-")
}

/// Lines of a text are joined; a line break is between paragraphs alone.
fn paragraphs(text: &str) -> String {
    let joined = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
    joined.collect::<Vec<String>>().join("\n")
}
