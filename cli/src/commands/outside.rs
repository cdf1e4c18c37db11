//! What PAC files in use asked of the machine, as results say it. The runner
//! gives fixed answers: right for nobody in particular, and the same everywhere.

use std::collections::BTreeSet;

use outlast_models::Id;
use outlast_models::plan::BrowserSetting;
use outlast_reports::document::AssumptionDocument;

use crate::load::Loaded;
use crate::pac::Outside;

/// One assumption for each thing that a file asked.
pub(super) fn assumptions(loaded: &Loaded) -> impl Iterator<Item = AssumptionDocument> {
    asked(loaded, |_| true).flat_map(|(id, asked)| {
        asked.iter().map(move |one| AssumptionDocument {
            id: format!("pac:{id}"),
            says: format!("the PAC file {id} asks the machine, and is told a fixed answer"),
            value: one.assumed().to_owned(),
            range: "any".to_owned(),
            source: "PRX-08".to_owned(),
            leans: "neither".to_owned(),
            in_scenario: true,
        })
    })
}

/// A sentence for each file that asked, of groups that matter.
pub(super) fn remarks(loaded: &Loaded, of: impl Fn(&Id) -> bool) -> impl Iterator<Item = String> {
    asked(loaded, of).map(|(id, asked)| {
        let told: Vec<&str> = asked.iter().map(|one| one.assumed()).collect();
        let told = told.join(" and ");
        format!("the PAC file {id} asks the machine; its answers hold only where {told}")
    })
}

/// The files that groups are set to and that asked something.
fn asked(
    loaded: &Loaded,
    of: impl Fn(&Id) -> bool,
) -> impl Iterator<Item = (&Id, &BTreeSet<Outside>)> {
    let groups = loaded.plan.groups.iter().filter(move |(id, _)| of(id));
    let used: BTreeSet<&Id> = groups
        .filter_map(|(_, group)| match &group.browser {
            BrowserSetting::Pac(pac) => Some(&pac.id),
            BrowserSetting::Direct | BrowserSetting::Proxies(_) => None,
        })
        .collect();
    loaded.pac.outside.iter().filter(move |(id, _)| used.contains(id))
}
