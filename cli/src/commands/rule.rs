//! `outlast rule`: the guide's rules, one, some or all.

use outlast_engine::rules::own::OWN;
use outlast_engine::rules::{self, RULES};
use outlast_reports::rule::{self, RuleDocument, RulesDocument};
use outlast_tui::Palette;

use crate::args;
use crate::error::{CliError, Unknown};
use crate::exit::Exit;
use crate::out::Out;

/// Shows what was asked for; without a rule, what rules there are.
pub(super) fn show(args: &args::Rule) -> Result<Exit, CliError> {
    let chosen = chosen(&args.ids)?;
    let in_full = args.all || !chosen.is_empty();
    let all = || RULES.iter().map(rule::rule).chain(OWN.iter().map(rule::own));
    let document = rule::rules(if chosen.is_empty() { all().collect() } else { chosen });
    let out = Out::new(&args.writing);
    let human = || human(&document, in_full, out.palette());
    out.answer(&super::written(args.writing.format, &document, human)?)?;
    Ok(Exit::Answered)
}

/// Every rule that is named, in that order, once.
fn chosen(ids: &[String]) -> Result<Vec<RuleDocument>, CliError> {
    let mut chosen: Vec<RuleDocument> = Vec::new();
    for rule in CliError::all(ids.iter().map(|id| find(id).ok_or_else(|| unknown(id))))? {
        if chosen.iter().all(|known| known.id != rule.id) {
            chosen.push(rule);
        }
    }
    Ok(chosen)
}

fn find(id: &str) -> Option<RuleDocument> {
    let own = || rules::own::find(id).map(rule::own);
    rules::find(id).map(rule::rule).or_else(own)
}

fn unknown(id: &str) -> CliError {
    let family = rules::family_of(id).map(|rules| {
        let (first, last) = (rules[0].id, rules[rules.len() - 1].id);
        format!("the rules on {} are {first} to {last}", rules[0].family.name())
    });
    CliError::Unknown(Box::new(Unknown {
        what: "rule",
        name: id.to_owned(),
        known: names().map(str::to_owned).collect(),
        swapped: None,
        lies_here: None,
        instead: family,
        listed_by: Some("`outlast rule`"),
    }))
}

fn names() -> impl Iterator<Item = &'static str> {
    let own = OWN.iter().flat_map(|rule| [rule.id, rule.name]);
    RULES.iter().flat_map(|rule| [rule.id, rule.name]).chain(own)
}

fn human(document: &RulesDocument, in_full: bool, palette: Palette) -> String {
    if !in_full {
        return outlast_tui::rule::index(&document.rules, palette);
    }
    let pages = document.rules.iter().map(|rule| outlast_tui::rule::page(rule, palette));
    pages.collect::<Vec<String>>().join("\n\n")
}
