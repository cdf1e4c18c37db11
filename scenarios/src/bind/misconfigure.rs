//! Binds misconfigurations: words to the settings they spoil, paths to entries.

use outlast_models::diagnostic::{Diagnostic, quoted};
use outlast_models::plan::Section;
use outlast_models::read::hint;
use outlast_models::yaml::{self, Node};
use outlast_models::{Id, Place, Plan};

use super::Binder;
use super::arguments::Environment;
use super::event::Frame;
use crate::bound::{Condition, Effect};
use crate::scenario::{Arg, ConditionWord, Misconfiguration, Path};
use crate::select;

/// What a plan says of itself and of what is asked, not of how something is set.
const OF_THE_PLAN: [&str; 7] =
    ["outlast", "name", "date", "currency", "queues", "objectives", "shared"];
/// What a group says of who is in it.
const OF_PEOPLE: [&str; 7] = ["agents", "like", "on_shift", "queue", "queues", "priority", "media"];

impl Binder<'_> {
    pub(super) fn misconfigure(
        &mut self,
        frame: Frame,
        what: &Misconfiguration,
        environment: &Environment,
    ) {
        match what {
            Misconfiguration::Word(word, ids) => {
                for condition in self.conditions(*word, ids.as_deref(), environment) {
                    self.push(frame, Effect::Condition(condition));
                }
            }
            Misconfiguration::Set(path, node) => {
                let Path { place, text: path } = path;
                if self.is_setting(path, *place) {
                    let line = format!("set {path} to {}", shown(node));
                    let effect = Effect::Set(vec![(path.clone(), node.clone())]);
                    self.add(frame.stands_at(*place), effect, line);
                }
            }
            Misconfiguration::Every(word, path, node) => self.set_every(frame, word, path, node),
        }
    }

    fn set_every(&mut self, frame: Frame, word: &str, path: &Path, node: &Node) {
        let Path { place, text: path } = path;
        let Some(section) = yaml::section_of(word) else { return };
        let section = section.join(".");
        if !self.is_setting(&format!("{section}.{word}.{path}"), *place) {
            return;
        }
        let ids = written(self.world.plan, word);
        if ids.is_empty() {
            self.note(format!("the plan writes no {word}: nothing to set"));
            return;
        }
        let settings =
            ids.iter().map(|id| (format!("{section}.{id}.{path}"), node.clone())).collect();
        let line = format!("set {path} of every {word} to {}", shown(node));
        self.add(frame.stands_at(*place), Effect::Set(settings), line);
    }

    /// Whether a path says how something is set, not who there is and what is
    /// asked of them: results are measured against these.
    fn is_setting(&self, path: &str, place: Place) -> bool {
        let mut parts = path.split('.');
        let section = parts.next().unwrap_or_default();
        let of_group = parts.nth(1);
        let fixed = match section {
            "groups" => of_group.is_none_or(|key| OF_PEOPLE.contains(&key)),
            _ => OF_THE_PLAN.contains(&section),
        };
        if fixed {
            let message = format!("{} is no setting that can be wrong", quoted(path));
            let help = "people are changed by `absent` and `evacuate`, demand by `surge`; what is \
                        asked of them stands in the plan";
            self.issues.push(Diagnostic::error("wrong-setting", message, place).help(help));
        }
        !fixed
    }

    fn conditions(
        &mut self,
        word: ConditionWord,
        ids: Option<&[Arg<Id>]>,
        environment: &Environment,
    ) -> Vec<Condition> {
        let plan = self.world.plan;
        let keys = |ids: Vec<&Id>| ids.into_iter().cloned().collect::<Vec<Id>>();
        let (make, all, noun): (fn(Id) -> Condition, Vec<Id>, &str) = match word {
            ConditionWord::RotateInternetAddresses => {
                return vec![Condition::RotateInternetAddresses];
            }
            ConditionWord::PacBroken => {
                (Condition::PacBroken, keys(plan.pac.keys().collect()), "PAC file")
            }
            ConditionWord::TurnInspected => {
                let both = plan.firewalls.keys().chain(plan.proxies.keys());
                (Condition::TurnInspected, keys(both.collect()), "firewall or proxy")
            }
            ConditionWord::SplitToFull => {
                let split = plan.vpn.iter().filter(|(_, vpn)| vpn.split.value).map(|(id, _)| id);
                (Condition::SplitToFull, keys(split.collect()), "VPN with a split tunnel")
            }
            ConditionWord::UdpIdleShort => {
                (Condition::UdpIdleShort, keys(plan.firewalls.keys().collect()), "firewall")
            }
        };
        let Some(args) = ids else {
            if all.is_empty() {
                self.note(format!("the plan has no {noun}: `{}` changes nothing", word.word()));
            }
            return all.into_iter().map(make).collect();
        };
        self.named(args, &all, noun, environment).into_iter().map(make).collect()
    }

    /// The ids after a word of `misconfigure`, checked.
    fn named(
        &self,
        args: &[Arg<Id>],
        all: &[Id],
        noun: &str,
        environment: &Environment,
    ) -> Vec<Id> {
        let mut found = Vec::new();
        for arg in args {
            for id in select::values(std::slice::from_ref(arg), environment) {
                if all.contains(id) {
                    found.push(id.clone());
                    continue;
                }
                let message = format!("`{id}` is no {noun} of this plan");
                let near = hint(id.as_str(), all.iter().map(Id::as_str));
                self.issues
                    .push(Diagnostic::error("wrong-target", message, arg.place).maybe_help(near));
            }
        }
        found
    }
}

fn shown(node: &Node) -> String {
    node.text().map_or_else(|| node.shape().to_owned(), str::to_owned)
}

/// The entries of a section that the plan writes.
fn written(plan: &Plan, word: &str) -> Vec<Id> {
    fn ids<T>(section: &Section<T>, place: impl Fn(&T) -> Place) -> Vec<Id> {
        let written = section.iter().filter(|(_, entry)| place(entry).is_written());
        written.map(|(id, _)| id.clone()).collect()
    }
    match word {
        "site" => ids(&plan.sites, |entry| entry.place),
        "network" => ids(&plan.networks, |entry| entry.place),
        "circuit" => ids(&plan.circuits, |entry| entry.place),
        "bundle" => ids(&plan.bundles, |entry| entry.place),
        "firewall" => ids(&plan.firewalls, |entry| entry.place),
        "workstation" => ids(&plan.workstations, |entry| entry.place),
        "proxy" => ids(&plan.proxies, |entry| entry.place),
        "pac" => ids(&plan.pac, |entry| entry.place),
        "vpn" => ids(&plan.vpn, |entry| entry.place),
        "vdi" => ids(&plan.vdi, |entry| entry.place),
        "pbx" => ids(&plan.pbxs, |entry| entry.place),
        "sbc" => ids(&plan.sbcs, |entry| entry.place),
        "trunk" => ids(&plan.trunks, |entry| entry.place),
        "carrier" => ids(&plan.carriers, |entry| entry.place),
        "phone" => ids(&plan.phones, |entry| entry.place),
        "pool" => ids(&plan.pools, |entry| entry.place),
        "resource" => ids(&plan.resources, |entry| entry.place),
        "component" => ids(&plan.components, |entry| entry.place),
        "queue" => ids(&plan.queues, |entry| entry.place),
        "group" => ids(&plan.groups, |entry| entry.place),
        _ => Vec::new(),
    }
}
