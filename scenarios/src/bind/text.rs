//! One line for people.

use outlast_models::units::Millionths;

use crate::bound::Condition;

/// How many names a line holds before the rest is counted.
const SHOWN_MAX: usize = 4;

/// `dc-york`; `a, b, c`; `a, b, c and 9 more`.
pub(super) fn names(ids: &[String]) -> String {
    if ids.len() <= SHOWN_MAX {
        return ids.join(", ");
    }
    let shown = &ids[..SHOWN_MAX - 1];
    format!("{} and {} more", shown.join(", "), ids.len() - shown.len())
}

pub(super) fn degrade(ids: &[String], to: Millionths) -> String {
    format!("degrade {} to {to}", names(ids))
}

pub(super) fn congest(ids: &[String], blocking: Millionths) -> String {
    format!("congest {}: {blocking} of calls blocked", names(ids))
}

pub(super) fn absent(ids: &[String], share: Millionths) -> String {
    format!("{share} of {} absent", names(ids))
}

pub(super) fn surge(ids: &[String], milli: u64) -> String {
    let (whole, part) = (milli / 1_000, milli % 1_000);
    let decimals = format!("{part:03}");
    let decimals = decimals.trim_end_matches('0');
    let point = if decimals.is_empty() { "" } else { "." };
    format!("demand of {}: {whole}{point}{decimals} times the usual", names(ids))
}

pub(super) fn condition(condition: &Condition) -> String {
    match condition {
        Condition::RotateInternetAddresses => "the cloud's Internet addresses change".to_owned(),
        Condition::PacBroken(id) => format!("PAC file {id} broken"),
        Condition::TurnInspected(id) => format!("{id} inspects TURN"),
        Condition::SplitToFull(id) => format!("split tunnel of {id} becomes full"),
        Condition::UdpIdleShort(id) => format!("UDP timeout of {id} too short"),
    }
}
