//! Remarks of rules on ways that are open (effect Inform).

use std::collections::BTreeMap;

use outlast_models::catalogue::PhoneKind;

use super::subject::Subject;
use super::{Finding, Whom};

/// One finding for each remark, whomever it concerns.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found: BTreeMap<(&str, &str), Whom> = BTreeMap::new();
    for n in (0..subject.people.len()).filter(|&n| subject.people[n] > 0) {
        let ways = subject.ways_of(n).filter(|(way, _)| subject.is_open(*way));
        let own = ways.flat_map(|(way, _)| subject.reasons[way].notes.iter().copied());
        let own = own.chain(ways_of_phone(subject, n));
        for note in own.filter(|(rule, _)| *rule != "stated") {
            found.entry(note).or_default().insert(subject.key(n), subject.people[n]);
        }
    }
    found.into_iter().map(|((rule, says), whom)| remark(subject, rule, says, whom)).collect()
}

/// PRV-04, INB-02: what is worth knowing of a phone with an open way.
fn ways_of_phone<'s>(subject: &'s Subject<'_>, cohort: usize) -> Vec<(&'s str, &'s str)> {
    let open = subject.ways_of(cohort).filter(|(way, _)| subject.is_open(*way));
    let mut all = Vec::new();
    for (_, way) in open {
        let Some(phone) = way.key.phone.as_ref().and_then(|id| subject.plan.phones.get(id)) else {
            continue;
        };
        match phone.kind {
            PhoneKind::SipPhone | PhoneKind::SipSoftphone => all.push((
                "PRV-04",
                "SIP phones open the media session themselves, so no firewall need let media in to them",
            )),
            PhoneKind::Pstn | PhoneKind::Pbx => {
                let mut routes = way.legs.iter().flat_map(|leg| leg.routes.iter());
                if routes.any(|route| !route.blocking.is_empty()) {
                    all.push((
                        "INB-02",
                        "which carriers a call over the PSTN passes cannot be known: its congestion is \
                         a chance, not a route",
                    ));
                }
            }
            PhoneKind::WebrtcEmbedded | PhoneKind::WebrtcSoftphone => {}
        }
    }
    all
}

fn remark(subject: &Subject<'_>, rule: &str, says: &str, whom: Whom) -> Finding {
    let first = whom.keys().next().map(|(group, _)| group.clone());
    let place = first.as_ref().and_then(|id| subject.plan.groups.get(id)).map(|group| group.place);
    let (warns, mend) = match rule {
        "VDI-03" => {
            (true, "try it thoroughly before an emergency, or run the phone on the workstation")
        }
        "VDI-02" => (true, "run the recorder on a machine that supports it, or do without it"),
        "APP-09" => (true, "let the URLs through that the application uses besides its own"),
        "PRX-08" => (true, "mend the PAC file; `outlast pac test` shows what it answers"),
        "PHN-08" => (false, "give voice a way beside the tunnel, or measure it"),
        "INB-02" | "INB-03" => (false, "run `pstn-congested`, and have a phone that needs no PSTN"),
        _ => (false, ""),
    };
    let at = format!("groups.{}", first.map_or_else(String::new, |id| id.to_string()));
    let finding = if warns { Finding::warning(rule, at) } else { Finding::note(rule, at) };
    finding.place(place).says(says).mend(mend).hits(whom)
}
