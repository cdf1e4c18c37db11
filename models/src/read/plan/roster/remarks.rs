//! What a roster may say, but perhaps does not mean.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Diagnostic, quoted};
use crate::id::Id;
use crate::place::Place;
use crate::plan::Plan;

/// How many pairs of ids are told; the rest are counted.
const TOLD_MAX: usize = 5;

/// What stands out in the rows read so far.
#[derive(Default)]
pub(super) struct Odd {
    /// Where each id was first, in small letters.
    folded: HashMap<String, Place>,
    /// Ids that an earlier one differs from in case only.
    alike: Vec<(Box<str>, Place, Place)>,
    more_alike: usize,
    /// Agents of a group whose site is none of its places, and the first of them.
    elsewhere: BTreeMap<(usize, Id), (Place, usize)>,
}

impl Odd {
    /// An agent's id.
    pub(super) fn id(&mut self, id: &str, place: Place) {
        let Some(&first) = self.folded.get(&id.to_lowercase()) else {
            self.folded.insert(id.to_lowercase(), place);
            return;
        };
        if self.alike.len() < TOLD_MAX {
            self.alike.push((id.into(), place, first));
        } else {
            self.more_alike += 1;
        }
    }

    /// A site that is no place of the agent's group.
    pub(super) fn site(&mut self, group: usize, site: &Id, place: Place) {
        self.elsewhere.entry((group, site.clone())).or_insert((place, 0)).1 += 1;
    }

    /// In words.
    pub(super) fn remarks(&self, plan: &Plan) -> Vec<Diagnostic> {
        let mut all = Vec::new();
        for (n, (id, place, first)) in self.alike.iter().enumerate() {
            let last = n + 1 == self.alike.len() && self.more_alike > 0;
            let more =
                if last { format!(", and {} more do", self.more_alike) } else { String::new() };
            let message = format!("agent {} differs from another in case only{more}", quoted(id));
            all.push(
                Diagnostic::note("ids-alike", message, *place)
                    .related(*first, "the other")
                    .help("they count as two; if they are one, leave one row out"),
            );
        }
        for ((group, site), (place, agents)) in &self.elsewhere {
            let Some((group, _)) = plan.groups.get_index(*group) else { continue };
            let sit = match agents {
                1 => "1 of its agents sits".to_owned(),
                many => format!("{many} of its agents sit"),
            };
            let message = format!("`{site}` is no place of group `{group}`, and {sit} there");
            all.push(Diagnostic::note("place-elsewhere", message, *place).help(format!(
                "it is their first place, before those of `work_at`; if that is not meant, name \
                 one of these, or list `{site}` there"
            )));
        }
        all
    }
}
