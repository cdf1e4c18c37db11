//! What the figures stand on: counted, and those named that favour working or lean
//! neither way.

use outlast_reports::document::AssumptionDocument;

use crate::{Palette, SCREEN_COLUMNS, Tone, harmless, wrapped};

/// Assumptions named without `--details`.
const SHOWN: usize = 6;

/// The heading and what stands below it.
pub(crate) fn assumptions(all: &[&AssumptionDocument], details: bool, palette: Palette) -> String {
    let favour: Vec<&AssumptionDocument> =
        all.iter().filter(|one| one.leans == "favours-working").copied().collect();
    let mut text = format!("{}\n", palette.paint(Tone::Strong, "Assumptions"));
    let summary = match (all.len(), favour.len()) {
        (0, _) => "none: the plan gives every fact that was used".to_owned(),
        (1, 0) => "1, which does not favour working".to_owned(),
        (n, 0) => format!("{n}, none of which favours working"),
        (n, 1) => format!("{n}; 1 of them favours working: perhaps fewer agents do"),
        (n, c) => format!("{n}; {c} of them favour working: perhaps fewer agents do"),
    };
    text.extend(["  ", &wrapped(&summary, SCREEN_COLUMNS - 2, 2), "\n"]);
    if details {
        text.extend(all.iter().map(|one| in_full(one)));
        return text;
    }
    for line in in_short(&favour) {
        text.push_str(&entry(&line));
    }
    for line in others(all) {
        text.extend(["  ", &wrapped(&harmless(&line), SCREEN_COLUMNS - 4, 4), "\n"]);
    }
    if !all.is_empty() {
        text.push_str("  All of them, with range and source: --details\n");
    }
    text
}

/// Those that lean neither way by name, those that lean against working counted:
/// one of either may decide as well.
fn others(all: &[&AssumptionDocument]) -> Vec<String> {
    let lean = |lean: &'static str| all.iter().copied().filter(move |one| one.leans == lean);
    let mut lines = Vec::new();
    // Quantities last: every plan has the same.
    let is_quantity =
        |one: &&AssumptionDocument| one.value.starts_with(|c: char| c.is_ascii_digit());
    let (quantities, facts): (Vec<&AssumptionDocument>, Vec<&AssumptionDocument>) =
        lean("neither").partition(is_quantity);
    let neither = facts.into_iter().chain(quantities);
    let neither: Vec<String> = neither.map(|one| format!("{} ({})", one.id, one.value)).collect();
    if !neither.is_empty() {
        let leans = if neither.len() == 1 { "leans" } else { "lean" };
        let more = neither.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!(" … and {more} more") } else { String::new() };
        let shown = neither[..neither.len().min(SHOWN)].join(", ");
        lines.push(format!("{} {leans} neither way: {shown}{more}", neither.len()));
    }
    match lean("against-working").count() {
        0 => {}
        1 => lines.push("1 leans against working: perhaps more agents do".to_owned()),
        n => lines.push(format!("{n} lean against working: perhaps more agents do")),
    }
    lines
}

/// Missing limits in one line, the others one by one.
fn in_short(favour: &[&AssumptionDocument]) -> Vec<String> {
    let is_limit = |one: &&&AssumptionDocument| one.id.starts_with("capacity:");
    let limits: Vec<&AssumptionDocument> = favour.iter().filter(is_limit).copied().collect();
    let mut lines = Vec::new();
    if !limits.is_empty() {
        lines.push(format!("no limit is given, so none counts: {}", without_limit(&limits)));
    }
    let others = favour.iter().filter(|one| !is_limit(one));
    lines.extend(others.map(|one| format!("{} ({}): {}", one.says, one.value, one.id)));
    let more = lines.len().saturating_sub(SHOWN);
    lines.truncate(SHOWN);
    if more > 0 {
        lines.push(format!("… and {more} more"));
    }
    lines
}

/// `bit/s of york-net, leeds-net; sessions of px-zs`: a gateway may have one
/// limit and lack another.
fn without_limit(limits: &[&AssumptionDocument]) -> String {
    let mut by_what: Vec<(&str, Vec<&str>)> = Vec::new();
    for one in limits {
        let of = &one.id["capacity:".len()..];
        let what = one.says.strip_prefix("no limit is given for ").unwrap_or_default();
        let what =
            what.strip_suffix(of).and_then(|what| what.strip_suffix(" of ")).unwrap_or("all");
        match by_what.iter_mut().find(|(known, _)| *known == what) {
            Some((_, ids)) => ids.push(of),
            None => by_what.push((what, vec![of])),
        }
    }
    let each = by_what.iter().map(|(what, ids)| format!("{what} of {}", ids.join(", ")));
    each.collect::<Vec<_>>().join("; ")
}

fn in_full(one: &AssumptionDocument) -> String {
    let lean = match one.leans.as_str() {
        "favours-working" => "favours working",
        "against-working" => "against working",
        _ => "leans neither way",
    };
    entry(&format!(
        "{} = {}: {} (range {}; {}; {lean})",
        one.id, one.value, one.says, one.range, one.source
    ))
}

fn entry(text: &str) -> String {
    format!("    {}\n", wrapped(&harmless(text), SCREEN_COLUMNS - 6, 6))
}
