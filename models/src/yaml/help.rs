//! What to do about a text that is not YAML.
//!
//! The parser says where it could not go on. The mistake often stands on the
//! line above, so that line is looked at too.

/// Help for what the parser said at a line.
pub(super) fn of(said: &str, text: &str, line: u32) -> Option<String> {
    if said.contains("mapping values are not allowed") && has_long_key(text, line) {
        return Some(format!("a key has at most {KEY_MAX} characters"));
    }
    let of_line_above = ["mapping values are not allowed", "simple key", "':'"];
    if of_line_above.iter().any(|words| said.contains(words))
        && let Some(help) = above(text, line)
    {
        return Some(help);
    }
    by_words(said).map(str::to_owned)
}

/// How long a key may be in YAML.
const KEY_MAX: usize = 1024;

fn has_long_key(text: &str, line: u32) -> bool {
    let line = text.lines().nth(line as usize - 1).unwrap_or_default();
    line.split(':').next().is_some_and(|key| key.chars().count() > KEY_MAX)
}

/// What is wrong with the line above, which the parser took for a text that
/// goes on.
fn above(text: &str, line: u32) -> Option<String> {
    let lines = text.lines().take(line as usize - 1).enumerate().collect::<Vec<_>>();
    let is_written = |line: &str| !line.trim().is_empty() && !line.trim().starts_with('#');
    let (at, above) = lines.iter().rev().find(|(_, line)| is_written(line))?;
    let at = at + 1;
    if above.contains('\u{a0}') {
        return Some(format!("line {at} has a no-break space (U+00A0); write an ordinary blank"));
    }
    let entry = above.split(" #").next().unwrap_or_default().trim();
    let entry = entry.strip_prefix("- ").unwrap_or(entry);
    let is_entry = entry.contains(": ") || entry.ends_with(':');
    (!is_entry).then(|| format!("line {at} has no `: `; write `key: value`"))
}

fn by_words(said: &str) -> Option<&'static str> {
    let help = [
        ("tabs disallowed", "indent with spaces; YAML takes no tabs"),
        ("unprintable", "remove the character; it does not show"),
        (
            "mapping values are not allowed",
            "a `: ` too many, or an indent that does not match; put a text with `: ` in quotes",
        ),
        ("placement of ':'", "a `{` or `[` above is not closed, or this is a `: ` too many"),
        ("flow construct", "a `{` or `[` above is not closed"),
        ("',' or", "a `{` or `[` is not closed, or a `,` is missing between two entries"),
        (
            "'-' indicator",
            "each line of a list begins with `- `; a map has no `- ` before its keys",
        ),
        ("escape", "in double quotes a `\\` begins an escape; put the text in single quotes"),
        ("expected node content", "a value is missing here, or a `,` is too many"),
        ("quoted scalar", "a quote is opened here and not closed, or closed too late"),
        ("unexpected end of stream", "a quote is opened here and not closed, or closed too late"),
        ("expected key", "this line's indent matches none of the lines above"),
        (
            "simple key",
            "every line of a map is `key: value`; check the indent, and that the `:` is there",
        ),
        ("':'", "every line of a map is `key: value`; check the indent, and that the `:` is there"),
        ("tab", "indent with spaces; YAML takes no tabs"),
    ];
    help.into_iter().find(|(words, _)| said.contains(words)).map(|(_, help)| help)
}
