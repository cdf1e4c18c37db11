//! What an effect does, in one line for people.

use outlast_models::units::Millionths;
use outlast_models::{ComponentId, Id};

use crate::bound::{Condition, Effect};

/// How many names a line holds before the rest is counted.
const SHOWN_MAX: usize = 4;

/// The line of an effect; none of changed settings, which are told path by path.
pub(crate) fn line(effect: &Effect) -> Option<String> {
    Some(match effect {
        Effect::Fail(all) => format!("fail {}", names(&words(all))),
        Effect::Degrade(all, to) => format!("degrade {} to {to}", names(&words(all))),
        Effect::Congest(all, regions, blocking) => congest(all, regions, *blocking),
        Effect::Evacuate(sites) => format!("evacuate {}", names(&words(sites))),
        Effect::Absent(groups, share) => format!("{share} of {} absent", names(&words(groups))),
        Effect::Surge(queues, milli) => surge(&words(queues), *milli),
        Effect::Condition(one) => condition(one),
        Effect::Set(_) => return None,
    })
}

fn words<T: ToString>(ids: &[T]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

/// `dc-york`; `a, b, c`; `a, b, c and 9 more`.
pub(super) fn names(ids: &[String]) -> String {
    if ids.len() <= SHOWN_MAX {
        return ids.join(", ");
    }
    let shown = &ids[..SHOWN_MAX - 1];
    format!("{} and {} more", shown.join(", "), ids.len() - shown.len())
}

fn congest(components: &[ComponentId], regions: &[Id], blocking: Millionths) -> String {
    let mut all = words(components);
    all.extend(regions.iter().map(|region| format!("phones in {region}")));
    format!("congest {}: {blocking} of calls blocked", names(&all))
}

fn surge(ids: &[String], milli: u64) -> String {
    let (whole, part) = (milli / 1_000, milli % 1_000);
    let decimals = format!("{part:03}");
    let decimals = decimals.trim_end_matches('0');
    let point = if decimals.is_empty() { "" } else { "." };
    format!("demand of {}: {whole}{point}{decimals} times the usual", names(ids))
}

fn condition(condition: &Condition) -> String {
    match condition {
        Condition::RotateInternetAddresses => "the cloud's Internet addresses change".to_owned(),
        Condition::PacBroken(id) => format!("PAC file {id} broken"),
        Condition::TurnInspected(id) => format!("{id} inspects TURN"),
        Condition::SplitToFull(id) => format!("split tunnel of {id} becomes full"),
        Condition::UdpIdleShort(id) => format!("UDP timeout of {id} too short"),
    }
}
