//! An explanation for people: one entry a way, nearest first.

use outlast_reports::ExplainDocument;
use outlast_reports::blocked::clause;
use outlast_reports::document::{LegDocument, WayDocument};

use crate::assumptions::assumptions;
use crate::run::time;
use crate::{Palette, SCREEN_COLUMNS, Tone, counted, grouped, harmless, width, wrapped};

/// Ways shown without `--details`.
const SHOWN: usize = 12;
/// Where the words of a way begin.
const START: usize = 10;
/// The least room for them where what decides stands beside.
const BESIDE: usize = 36;

/// The ways of working of a group.
pub fn explanation(document: &ExplainDocument, details: bool, palette: Palette) -> String {
    let mut text = head(document, palette);
    let said_already = |way: &&WayDocument| details || !is_repetition(way, &document.ways);
    let shown = document.ways.iter().filter(said_already);
    let groups = gathered(shown.collect(), details);
    let shown = &groups[..groups.len().min(if details { usize::MAX } else { SHOWN })];
    for ways in shown {
        text.push_str(&entry(ways[0], &together(ways), details, palette));
    }
    let more = groups.len() - shown.len();
    if more > 0 {
        text.extend([" … and ", &grouped(more as u64), " more: --details\n"]);
    }
    if document.ways.is_empty() {
        text.push_str(" it has no way of working: see work_at, access and phones\n");
    }
    let all: Vec<_> = document.assumptions.iter().collect();
    text.push_str(&assumptions(&all, details, palette));
    text
}

/// Whether a way by direct URLs says nothing that the same way by the Portal
/// does not say.
fn is_repetition(way: &WayDocument, all: &[WayDocument]) -> bool {
    let same = |other: &&WayDocument| {
        (&other.place, &other.access, &other.phone) == (&way.place, &way.access, &way.phone)
            && !other.direct_urls
            && way.way.starts_with(&other.way)
    };
    let is_open = |other: &WayDocument| matches!(other.status.as_str(), "works" | "open" | "full");
    // What needs the same changes and direct URLs besides is further away.
    let needs_less = |other: &WayDocument| {
        let changes = &way.because.changes;
        other.status == "needs" && other.because.changes.iter().all(|one| changes.contains(one))
    };
    let is_used = way.working.left_alone + way.working.directed > 0;
    let mut portal = all.iter().filter(same);
    way.direct_urls
        && !is_used
        && portal.any(|other| is_open(other) || needs_less(other) || other.decides == way.decides)
}

fn head(document: &ExplainDocument, palette: Palette) -> String {
    let at = match &document.scenario {
        Some(scenario) => format!("at {} of {scenario}", time(document.at_ms)),
        None => format!("nothing failed, {}", document.hour),
    };
    let (one, many) = if document.users { ("user", "users") } else { ("agent", "agents") };
    let agents = counted(document.on_shift, one, many);
    let line = format!("{} · {agents} · {at}", document.group);
    let (alone, told) = (document.working.left_alone, document.working.directed);
    let moved = if document.scenario.is_some() { " once all have moved" } else { "" };
    let directed =
        if alone == told { String::new() } else { format!(", {} if directed", grouped(told)) };
    let effective = match document.effective.left_alone {
        all if all == alone => String::new(),
        some => {
            let why = clause(&document.blocking);
            format!(", as effective as {} ({why})", grouped(some))
        }
    };
    let (working, all) = (grouped(alone), grouped(document.on_shift));
    let works = format!("{working} of {all} work{moved}{effective}{directed}");
    let impaired = document.impaired.left_alone;
    let works =
        if impaired == 0 { works } else { format!("{works}; {} are impaired", grouped(impaired)) };
    let works = wrapped(&harmless(&works), SCREEN_COLUMNS, 0);
    let line = wrapped(&harmless(&line), SCREEN_COLUMNS, 2);
    let mut text = format!("{}\n{works}\n", palette.paint(Tone::Strong, &line));
    for remark in &document.remarks {
        text.push_str(&wrapped(&harmless(&format!("Note: {remark}.")), SCREEN_COLUMNS, 0));
        text.push('\n');
    }
    text
}

/// Neighbours that differ in one part (the access, the phone) and that the same
/// thing decides about, told as one; each by itself among all details.
fn gathered(ways: Vec<&WayDocument>, details: bool) -> Vec<Vec<&WayDocument>> {
    let key = |way: &WayDocument| (way.status.clone(), way.decides.clone(), way.place.clone());
    let joins = |group: &[&WayDocument], way: &WayDocument| {
        let part = apart(&group[0].way, &way.way);
        let same_part = group.get(1).is_none_or(|second| part == apart(&group[0].way, &second.way));
        !way.decides.is_empty() && key(group[0]) == key(way) && part.is_some() && same_part
    };
    let mut groups: Vec<Vec<&WayDocument>> = Vec::new();
    for way in ways {
        match groups.last_mut().filter(|group| !details && joins(group, way)) {
            Some(group) => group.push(way),
            None => groups.push(vec![way]),
        }
    }
    let mut gathered: Vec<Vec<&WayDocument>> = Vec::new();
    for group in groups {
        // Each of these with each of those: `private network or Internet, A or B`.
        let joins = |so_far: &&mut Vec<&WayDocument>| {
            let all = [so_far.as_slice(), &group].concat();
            !details
                && !group[0].decides.is_empty()
                && key(so_far[0]) == key(group[0])
                && is_product(&all)
        };
        match gathered.last_mut().filter(joins) {
            Some(so_far) => so_far.extend(group),
            None => gathered.push(group),
        }
    }
    gathered
}

/// The different words of each part of some ways; `None` where the parts are not as
/// many.
fn parts(ways: &[&WayDocument]) -> Option<Vec<Vec<String>>> {
    let mut all: Vec<Vec<String>> = Vec::new();
    for (n, way) in ways.iter().enumerate() {
        let words: Vec<&str> = way.way.split(", ").collect();
        if n == 0 {
            all = vec![Vec::new(); words.len()];
        }
        if words.len() != all.len() {
            return None;
        }
        for (known, word) in all.iter_mut().zip(words) {
            if !known.iter().any(|other| other == word) {
                known.push(word.to_owned());
            }
        }
    }
    Some(all)
}

/// Whether some ways are every combination of their parts.
fn is_product(ways: &[&WayDocument]) -> bool {
    parts(ways).is_some_and(|parts| parts.iter().map(Vec::len).product::<usize>() == ways.len())
}

/// Which of the parts of two ways is the only one that differs.
fn apart(one: &str, other: &str) -> Option<usize> {
    let (one, other): (Vec<&str>, Vec<&str>) =
        (one.split(", ").collect(), other.split(", ").collect());
    let differ = |at: &usize| one[*at] != other[*at];
    let mut found = (0..one.len().min(other.len())).filter(differ);
    let at = found.next()?;
    (one.len() == other.len() && found.next().is_none()).then_some(at)
}

/// Ways in words: `at leeds, Internet or VPN vpn-york, mobile`.
fn together(ways: &[&WayDocument]) -> String {
    let Some(parts) = parts(ways) else { return ways[0].way.clone() };
    let joined: Vec<String> = parts.iter().map(|words| words.join(" or ")).collect();
    joined.join(", ")
}

fn entry(way: &WayDocument, words: &str, details: bool, palette: Palette) -> String {
    let tone = match way.status.as_str() {
        "works" | "open" => Tone::Good,
        "full" | "needs" | "impaired" => Tone::Notice,
        _ => Tone::Bad,
    };
    let status = palette.paint(tone, &format!("{:<8}", way.status));
    let words = wrapped(&harmless(words), SCREEN_COLUMNS - START, START);
    let decides = harmless(&way.decides);
    let mut text = format!(" {status} {words}");
    let beside = width(&words).max(BESIDE) + 2;
    if decides.is_empty() {
        text.push('\n');
    } else if !words.contains('\n') && START + beside + width(&decides) <= SCREEN_COLUMNS {
        let blanks = " ".repeat(beside - width(&words));
        text.extend([blanks.as_str(), &decides, "\n"]);
    } else {
        let decides = wrapped(&decides, SCREEN_COLUMNS - START - 2, START + 2);
        text.extend(["\n", &" ".repeat(START + 2), &decides, "\n"]);
    }
    if details {
        text.push_str(&more(way));
    }
    text
}

fn more(way: &WayDocument) -> String {
    let mut text = String::new();
    let mut say = |line: &str| {
        let line = wrapped(&harmless(line), SCREEN_COLUMNS - START - 4, START + 4);
        text.extend([" ".repeat(START + 2).as_str(), &line, "\n"]);
    };
    if !way.detail.is_empty() {
        say(&format!("for those with {}", way.detail.join(", ")));
    }
    way.legs.iter().for_each(|one| say(&leg(one)));
    way.notes.iter().for_each(|note| say(&format!("note: {} {}", note.rule, note.says)));
    text
}

fn leg(leg: &LegDocument) -> String {
    let optional = if leg.required { "" } else { " (optional)" };
    let hops =
        if leg.hops.is_empty() { String::new() } else { format!(": {}", leg.hops.join(" → ")) };
    let decides = if leg.decides.is_empty() { String::new() } else { format!("; {}", leg.decides) };
    format!("{}{optional}: {}{hops}{decides}", leg.leg, leg.status)
}
