//! What PAC files in use asked of the machine, as results say it. The runner
//! gives fixed answers: right for nobody in particular, and the same everywhere.

use std::collections::{BTreeMap, BTreeSet};

use outlast_models::Id;
use outlast_models::pac::{Outside, PacAnswer};
use outlast_models::plan::BrowserSetting;

use crate::load::Loaded;

/// A sentence for each file that does not run and for each that asked, of
/// groups that matter.
pub(crate) fn remarks(loaded: &Loaded, of: impl Fn(&Id) -> bool + Copy) -> Vec<String> {
    let asked = asked(loaded, of).into_iter().map(|(id, asked)| {
        let told: Vec<&str> = asked.iter().map(|one| one.assumed()).collect();
        let told = told.join(" and ");
        format!("the PAC file {id} asks the machine; its answers hold only where {told}")
    });
    failing(loaded, of).chain(asked).collect()
}

/// A sentence for each file that gives no answer to all or some questions.
fn failing(loaded: &Loaded, of: impl Fn(&Id) -> bool) -> impl Iterator<Item = String> {
    used(loaded, of).into_iter().filter_map(|id| {
        let answers = loaded.pac.by_host.iter().filter(|((pac, _), _)| pac == id);
        let answers: Vec<&PacAnswer> = answers.map(|(_, answer)| answer).collect();
        let reasons = answers.iter().filter_map(|answer| match answer {
            PacAnswer::Failed(reason) => Some(reason),
            PacAnswer::Hops(_) => None,
        });
        let reasons: Vec<&String> = reasons.collect();
        let file = loaded.plan.pac.get(id).map(|entry| &entry.file.id)?;
        let some = if reasons.len() < answers.len() { " for some addresses" } else { "" };
        let why = reasons.first()?;
        Some(format!("{file} (PAC file {id}) does not run{some}, so browsers go direct: {why}"))
    })
}

/// The files that groups are set to and that asked something.
fn asked(loaded: &Loaded, of: impl Fn(&Id) -> bool) -> BTreeMap<&Id, BTreeSet<Outside>> {
    let used = used(loaded, of);
    let mut all: BTreeMap<&Id, BTreeSet<Outside>> = BTreeMap::new();
    for ((id, _), asked) in loaded.pac.asked.iter().filter(|((id, _), _)| used.contains(id)) {
        all.entry(id).or_default().extend(asked);
    }
    all
}

/// The files that groups are set to.
fn used(loaded: &Loaded, of: impl Fn(&Id) -> bool) -> BTreeSet<&Id> {
    let groups = loaded.plan.groups.iter().filter(|(id, _)| of(id));
    groups
        .filter_map(|(_, group)| match &group.browser.value {
            BrowserSetting::Pac(pac) => Some(&pac.id),
            BrowserSetting::Direct | BrowserSetting::Proxies(_) => None,
        })
        .collect()
}
