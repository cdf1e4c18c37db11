//! `roster`: reads the rows, and makes crews of those that say the same.

mod remarks;
mod rows;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, quoted};
use crate::fact::Fact;
use crate::id::Id;
use crate::plan::{Crew, Group, Named, Plan, Roster, SiteKind};
use crate::read::Fields;
use crate::read::quantity::text;
use crate::yaml::Node;

use super::Files;
use super::context::Cx;
use rows::{Rows, Same};

/// How many crews there may be: each is walked and assessed like a group.
const CREWS_MAX: usize = 2000;

impl<'a> Cx<'a> {
    /// Fills groups from the roster.
    pub(super) fn roster(&self, top: &Fields<'a>, plan: &mut Plan, files: &mut Files<'_, '_>) {
        let Some((file, text)) = self.roster_text(top, files) else { return };
        let name = beside(files.sources.name(self.tree.place.file), file.id.as_str());
        let id = files.sources.add_about_people(name, text);
        let rows = Rows::read(plan, &self.names, (id, files.sources.text(id)), file.place);
        let remarks = rows.remarks();
        let (crews, faults) = rows.finish();
        if !faults.is_empty() {
            for fault in faults {
                self.issues.push(fault);
            }
            return;
        }
        let Some(crews) = crews else { return };
        if crews.len() > CREWS_MAX {
            let message = format!(
                "the roster has {} kinds of agents, at most {CREWS_MAX} are read",
                crews.len()
            );
            let help = "agents of one group with the same places, phones and priority are of \
                        one kind; leave empty what is as the group says";
            self.issues.push(Diagnostic::error("too-large", message, file.place).help(help));
            return;
        }
        self.fill_groups(plan, file, crews, remarks);
    }

    fn roster_text(&self, top: &Fields<'a>, files: &mut Files<'_, '_>) -> Option<(Named, String)> {
        let f = top.map("roster")?;
        let path = f.need_parse("file", text);
        let at = f.node("file").map(|node| node.place);
        f.finish();
        let file = Named { id: Id::new(&path?), place: at? };
        match (files.load)(file.id.as_str()) {
            Ok(text) => Some((file, text)),
            Err(reason) => {
                let message = format!("cannot read {}: {reason}", quoted(file.id.as_str()));
                self.issues.error("unreadable-file", message, file.place);
                None
            }
        }
    }

    fn fill_groups(
        &self,
        plan: &mut Plan,
        file: Named,
        crews: BTreeMap<Same, Vec<Box<str>>>,
        remarks: Vec<Diagnostic>,
    ) {
        let mut heads: BTreeMap<usize, u64> = BTreeMap::new();
        for (same, people) in &crews {
            *heads.entry(same.group).or_default() += people.len() as u64;
        }
        for (n, (id, group)) in plan.groups.iter_mut().enumerate() {
            self.count(id, group, heads.get(&n).copied());
        }
        let mut all: Vec<Crew> = Vec::with_capacity(crews.len());
        for (same, mut people) in crews {
            people.sort_unstable();
            let Some((id, group)) = plan.groups.get_index(same.group) else { continue };
            let own = own(group, same, people.len() as u64, &file);
            all.push(Crew { group: id.clone(), own, detail: Vec::new(), people });
        }
        for (id, group) in &plan.groups {
            let from = all.partition_point(|crew| index(plan, crew) < plan.groups.get_index_of(id));
            let ours = all[from..].iter().take_while(|crew| crew.group == *id).count();
            tell_apart(plan, group, &mut all[from..from + ours]);
        }
        plan.roster = Some(Arc::new(Roster { file, crews: all, remarks }));
    }

    /// Gives a group the heads that the roster has for it.
    fn count(&self, id: &Id, group: &mut Group, rows: Option<u64>) {
        let written = self.tree.get("groups").and_then(|groups| groups.get(id.as_str()));
        let own = written.and_then(|node| node.get("agents"));
        match (rows, own) {
            (None, _) if self.unfilled.borrow().contains(id) => {
                let message = format!("group `{id}` has no `agents`, and no row in the roster");
                let help = "write how many they are, or a row for each";
                self.issues.push(Diagnostic::error("missing-key", message, group.place).help(help));
            }
            (Some(rows), Some(node)) if rows != group.agents => self.contradiction(id, rows, node),
            (Some(rows), _) => group.agents = rows,
            (None, _) => {}
        }
    }

    fn contradiction(&self, id: &Id, rows: u64, node: &Node) {
        let said = node.text().unwrap_or_default();
        let message = format!("group `{id}` has {said} agents, and {rows} in the roster");
        let help = "leave `agents` out where the roster says who they are";
        self.issues.push(Diagnostic::error("contradiction", message, node.place).help(help));
    }
}

/// The name of a file in the folder of another, as messages show it.
fn beside(plan: &str, path: &str) -> String {
    match plan.rsplit_once(['/', '\\']) {
        Some((folder, _)) => format!("{folder}/{path}"),
        None => path.to_owned(),
    }
}

fn index(plan: &Plan, crew: &Crew) -> Option<usize> {
    plan.groups.get_index_of(&crew.group)
}

/// A group as it is for one crew. What the roster says stands, for messages, where
/// the plan names the roster: no result points to the line of a person.
fn own(group: &Group, same: Same, agents: u64, file: &Named) -> Group {
    let named = |known: &[Named], id: Id| {
        let known = known.iter().find(|named| named.id == id).cloned();
        known.unwrap_or(Named { id, place: file.place })
    };
    let phones: Vec<Named> = same.phones.into_iter().map(|id| named(&group.phones, id)).collect();
    let ids: Vec<Named> =
        same.provisioned.into_iter().map(|id| named(&group.provisioned.value, id)).collect();
    let provisioned = match same.provisioned_by {
        rows::By::Group => group.provisioned.clone(),
        rows::By::Row => Fact::given(ids, file.place),
        rows::By::Default => Fact::defaulted(ids),
    };
    let priority = if same.priority == group.priority.value {
        group.priority
    } else {
        Fact::given(same.priority, file.place)
    };
    let work_at = same.work_at.into_iter().map(|id| named(&group.work_at, id)).collect();
    Group { agents, work_at, priority, phones, provisioned, ..group.clone() }
}

/// Says of each crew what the others of its group do not all have.
fn tell_apart(plan: &Plan, group: &Group, crews: &mut [Crew]) {
    let homes = |own: &Group| -> Vec<Id> {
        let is_home = |id: &Id| plan.sites.get(id).is_some_and(|s| s.kind == SiteKind::Homes);
        ids(&own.work_at).into_iter().filter(is_home).collect()
    };
    let first = |own: &Group| format!("first place {}", own.work_at[0].id);
    let home = |own: &Group| match homes(own).as_slice() {
        [] => "no home".to_owned(),
        list => format!("home {}", joined(list, " or ")),
    };
    let phones = |own: &Group| match ids(&own.phones).as_slice() {
        [] => "no phones".to_owned(),
        list => format!("phones {}", joined(list, " then ")),
    };
    let set_up = |own: &Group| match ids(&own.provisioned.value).as_slice() {
        [] => "no phone provisioned".to_owned(),
        list => format!("provisioned {}", joined(list, " and ")),
    };
    let class = |own: &Group| format!("priority {}", own.priority.value);
    let mut words: Vec<&dyn Fn(&Group) -> String> = vec![&first, &home];
    if group.voice {
        words.extend([&phones as &dyn Fn(&Group) -> String, &set_up]);
    }
    words.push(&class);
    for word in words {
        let said: Vec<String> = crews.iter().map(|crew| word(&crew.own)).collect();
        if said.windows(2).any(|two| two[0] != two[1]) {
            for (crew, word) in crews.iter_mut().zip(said) {
                crew.detail.push(Id::new(&word));
            }
        }
    }
}

fn ids(list: &[Named]) -> Vec<Id> {
    list.iter().map(|named| named.id.clone()).collect()
}

fn joined(list: &[Id], word: &str) -> String {
    list.iter().map(Id::as_str).collect::<Vec<_>>().join(word)
}
