//! What the plan's PAC files really answer (PRX-08).

use std::collections::BTreeMap;

use outlast_models::Id;
use outlast_models::catalogue::PhoneKind;
use outlast_models::pac::{PacAnswer, PacHop};
use outlast_models::plan::{BrowserSetting, PacFile};

use super::subject::Subject;
use super::{Finding, Whom};

/// Findings on every PAC file, in force or prepared.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    subject.plan.pac.iter().flat_map(|(id, file)| of_file(subject, id, file)).collect()
}

fn of_file(subject: &Subject<'_>, id: &Id, file: &PacFile) -> Vec<Finding> {
    let plan = subject.plan;
    let at = format!("pac.{id}");
    let users = users(subject, id, false);
    let turn = &plan.cloud.turn_host.value;
    let mut all = Vec::new();
    let hosts = plan.cloud.services.values().map(|service| service.host.value.as_str());
    let mut failed: Option<&str> = None;
    let mut strangers: BTreeMap<&str, &str> = BTreeMap::new();
    for host in hosts.chain([turn.as_str()]) {
        match subject.answers.get(id, host) {
            Some(PacAnswer::Failed(why)) => failed = failed.or(Some(why)),
            Some(PacAnswer::Hops(hops)) => {
                for hop in hops {
                    if let PacHop::Proxy(name) = hop
                        && !is_proxy(subject, name)
                    {
                        strangers.entry(name).or_insert(host);
                    }
                }
            }
            None => {}
        }
    }
    if let Some(why) = failed {
        all.push(
            Finding::error("PRX-08", &at)
                .says(format!("PAC file {id} gives no answer, so browsers go direct: {why}"))
                .mend(format!("mend {}; `outlast pac test` shows each answer", file.file.id))
                .hits(users.clone()),
        );
    }
    for (name, host) in strangers {
        all.push(
            Finding::warning("PRX-08", &at)
                .says(format!(
                    "PAC file {id} sends {host} to {name}, which is no proxy of the plan"
                ))
                .mend("list the name under `names` of the proxy it belongs to, or mend the file")
                .hits(users.clone()),
        );
    }
    if let Some(PacAnswer::Hops(hops)) = subject.answers.get(id, turn)
        && hops.first() != Some(&PacHop::Direct)
    {
        let users = users_of_turn(subject, id);
        let (assumed, ask) = if plan.cloud.turn_host.is_given() {
            ("", "")
        } else {
            (", a name that is assumed", "ask the vendor for TURN's name, write `turn_host`, and ")
        };
        let finding = if users.is_empty() { Finding::note } else { Finding::warning };
        all.push(
            finding("PRX-08", at.as_str())
                .says(format!(
                    "PAC file {id} sends TURN ({turn}{assumed}) to a proxy; calls of embedded \
                     WebRTC phones should go direct"
                ))
                .mend(format!(
                    "{ask}let {} answer for TURN's name before anything else",
                    file.file.id
                ))
                .write(format!("if (host === \"{turn}\") return \"DIRECT\";"))
                .hits(users),
        );
    }
    all.into_iter().map(|finding| finding.place(file.place)).collect()
}

fn is_proxy(subject: &Subject<'_>, name: &str) -> bool {
    let mut names = subject.plan.proxies.values().flat_map(|proxy| &proxy.names);
    names.any(|known| known.eq_ignore_ascii_case(name))
}

fn users_of_turn(subject: &Subject<'_>, pac: &Id) -> Whom {
    users(subject, pac, true)
}

/// Those whose browsers use a PAC file; of them, with an embedded WebRTC phone.
fn users(subject: &Subject<'_>, pac: &Id, embedded: bool) -> Whom {
    let plan = subject.plan;
    subject.those(|n| {
        let Some(group) = plan.groups.get(&subject.problem.cohorts[n].group) else { return false };
        let uses = matches!(&group.browser.value, BrowserSetting::Pac(named) if named.id == *pac);
        let mut phones = group.phones.iter().filter_map(|named| plan.phones.get(&named.id));
        uses && (!embedded || phones.any(|phone| phone.kind == PhoneKind::WebrtcEmbedded))
    })
}
