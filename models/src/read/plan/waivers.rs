//! `waivers`: findings that the house has accepted.

use crate::diagnostic::{Diagnostic, quoted};
use crate::id::Id;
use crate::plan::{Named, Section, Waiver};
use crate::read::quantity::day;
use crate::read::{Fault, Fields, Parsed};
use crate::yaml;

use super::context::Cx;
use super::policies::line;

impl<'a> Cx<'a> {
    pub(super) fn waivers(&self, top: &Fields<'a>) -> Section<Waiver> {
        self.valid_ids(top, "waivers");
        self.section(top, "waivers", "waiver", |f, _| self.waiver(f))
    }

    fn waiver(&self, f: &Fields<'a>) -> Option<Waiver> {
        let rule = self.mention(f, "rule", rule);
        let at = self.mention(f, "at", |path| Ok(Id::new(path)));
        if let Some(policy) = rule.as_ref().and_then(|rule| rule.id.as_str().strip_prefix(POLICY)) {
            self.a_policy(policy, rule.as_ref()?);
        }
        if let Some(at) = &at
            && let Err(message) = yaml::leads(self.tree, at.id.as_str())
        {
            let help = "write the path of what the finding speaks of, with dots between the keys";
            let diagnostic = Diagnostic::error("dangling-path", message, at.place);
            self.issues.push(diagnostic.help(help));
        }
        let (reason, owner) = (f.need_parse("reason", line), f.need_parse("owner", line));
        let until = f.need_parse("until", day);
        let place = f.place();
        Some(Waiver { place, rule: rule?, at: at?, reason: reason?, owner: owner?, until: until? })
    }

    fn mention(
        &self,
        f: &Fields<'a>,
        key: &'static str,
        parse: impl Fn(&str) -> Parsed<Id>,
    ) -> Option<Named> {
        let id = f.need_parse(key, parse)?;
        let place = f.node(key)?.place;
        Some(Named { id, place })
    }

    fn a_policy(&self, id: &str, rule: &Named) {
        let policies = self.tree.get("policies").map(yaml::Node::entries).unwrap_or_default();
        let known: Vec<&str> = policies.iter().map(|(key, _)| key.text.as_str()).collect();
        if known.contains(&id) {
            return;
        }
        let near = self.names.near(id, &known);
        let list = || match known.len() {
            0 => "the plan has none".to_owned(),
            _ => format!("the plan has: {}", crate::read::few(&known)),
        };
        let message = format!("{} is no policy of this plan", quoted(id));
        let diagnostic = Diagnostic::error("dangling-name", message, rule.place);
        self.issues.push(diagnostic.help(near.unwrap_or_else(list)));
    }
}

const POLICY: &str = "policy:";

/// `PRV-03`, or `policy:` and the id of one. Which rules there are is not known
/// here: `check` says what a waiver names in vain.
fn rule(text: &str) -> Parsed<Id> {
    let is_rule = match text.split_once('-') {
        Some((family, number)) => {
            family.len() == 3
                && family.bytes().all(|letter| letter.is_ascii_uppercase())
                && number.len() == 2
                && number.bytes().all(|digit| digit.is_ascii_digit())
        }
        None => false,
    };
    if is_rule || text.starts_with(POLICY) {
        return Ok(Id::new(text));
    }
    let message = format!("{} is no id of a rule", quoted(text));
    Err(Fault::with_help(message, "write it as findings do: `PRV-03`, `policy:no-home-cards`"))
}
