//! The examples of the page on the language, which are one plan.

/// The page.
pub(crate) fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/plan-language.md");
    std::fs::read_to_string(path).unwrap()
}

/// The examples, one after another.
pub(crate) fn examples(page: &str) -> String {
    let blocks = page.split("```").skip(1).step_by(2);
    blocks.filter_map(|block| block.strip_prefix("yaml\n")).collect()
}

/// The files that the examples name.
pub(crate) fn load(path: &str) -> Result<String, String> {
    match path {
        "direct.pac" => Ok(String::new()),
        "people.csv" => Ok(rows(&page())),
        _ => Err("no such file".to_owned()),
    }
}

/// The lines of the roster that the page shows.
fn rows(page: &str) -> String {
    let lines = page.lines().filter_map(|line| line.strip_prefix("    "));
    let lines = lines.skip_while(|line| !line.starts_with("agent_id,"));
    lines.take_while(|line| line.contains(',')).collect::<Vec<_>>().join("\n")
}
