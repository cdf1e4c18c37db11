//! The YAML tree: places, refusals, and no panic on anything.

use outlast_models::yaml::{self, Node, Value};
use outlast_models::{Sources, diagnostic};

fn parse(text: &str) -> Result<Node, String> {
    let mut sources = Sources::new();
    let file = sources.add("plan.yaml", text);
    yaml::parse(file, sources.text(file))
        .map_err(|errors| diagnostic::render(&errors, &sources, false))
}

fn slice<'a>(text: &'a str, node: &Node) -> &'a str {
    &text[node.place.start as usize..node.place.end as usize]
}

#[test]
fn leaves_stay_text() {
    let tree = parse("a: 0123\nb: 12:00\nc: off\nd: 'x y'\ne:\nf: ~\n").unwrap();
    assert_eq!(tree.get("a").unwrap().text(), Some("0123"));
    assert_eq!(tree.get("b").unwrap().text(), Some("12:00"));
    assert_eq!(tree.get("c").unwrap().text(), Some("off"));
    assert_eq!(tree.get("d").unwrap().value, Value::Scalar { text: "x y".into(), quoted: true });
    assert_eq!(tree.get("e").unwrap().value, Value::Empty);
    assert_eq!(tree.get("f").unwrap().value, Value::Empty);
}

#[test]
fn places_count_characters_and_bytes() {
    for (mark, newline) in [("", "\n"), ("\u{feff}", "\n"), ("", "\r\n"), ("\u{feff}", "\r\n")] {
        let text = format!("{mark}ä: é{newline}straße: {{größe: 10 m  , b: [ü, w]}}  # x{newline}");
        let tree = parse(&text).unwrap();
        let inner = tree.get("straße").unwrap();
        let size = inner.get("größe").unwrap();
        assert_eq!(slice(&text, size), "10 m");
        assert_eq!((size.place.line, size.place.column), (2, 17), "{mark:?} {newline:?}");
        let Value::Seq(items) = &inner.get("b").unwrap().value else { panic!("a list") };
        assert_eq!(slice(&text, &items[1]), "w");
        assert_eq!((items[1].place.line, items[1].place.column), (2, 32));
    }
}

#[test]
fn repeated_keys_at_every_depth() {
    let message = parse("a: {b: [{c: 1, c: 2}]}\nd: 1\nd: 2\n").unwrap_err();
    assert!(message.contains("key `c` is written twice"), "{message}");
    assert!(message.contains("key `d` is written twice"), "{message}");
}

#[test]
fn what_a_plan_has_no_use_for_is_refused() {
    for (text, part) in [
        ("a: &x 1\n", "anchors"),
        ("a: *x\n", "aliases"),
        ("a: !!str 1\n", "tags"),
        ("a: 1\n---\nb: 1\n", "one document"),
        ("? [a]\n: 1\n", "a key must be a word"),
        ("a: b: c\n", "not YAML"),
        ("a: \"x\n", "not YAML"),
    ] {
        let message = parse(text).unwrap_err();
        assert!(message.contains(part), "{text:?}: {message}");
    }
}

#[test]
fn bombs_are_refused() {
    assert!(parse(&"[".repeat(100_000)).unwrap_err().contains("deep"));
    assert!(parse(&"{a: ".repeat(100_000)).unwrap_err().contains("deep"));
    let lines: Vec<String> = (0..2_000).map(|depth| " ".repeat(depth) + "a:\n").collect();
    assert!(parse(&lines.concat()).unwrap_err().contains("deep"));
}

#[test]
fn nothing_is_an_empty_plan() {
    assert_eq!(parse("").unwrap().value, Value::Empty);
    assert_eq!(parse("# only a comment\n").unwrap().value, Value::Empty);
}

#[test]
fn set_by_path() {
    let mut tree = parse("vpn:\n  v.1: {include: [a, b]}\n  w: {}\n").unwrap();
    let value = parse("[c]").unwrap();
    yaml::set(&mut tree, "vpn.v.1.include", value.clone()).unwrap();
    let include = tree.get("vpn").unwrap().get("v.1").unwrap().get("include").unwrap();
    assert_eq!(include, &value);
    let error = yaml::set(&mut tree, "vpn.x.include", value.clone()).unwrap_err();
    assert!(error.contains("`vpn` has no entry `x`"), "{error}");
    assert_eq!(yaml::set_every(&mut tree, "vpn", "overhead.voice", &value), Ok(2));
    let overhead = tree.get("vpn").unwrap().get("w").unwrap().get("overhead").unwrap();
    assert_eq!(overhead.get("voice"), Some(&value));
    assert!(yaml::set_every(&mut tree, "vnp", "x", &value).unwrap_err().contains("`vpn`"));
}

proptest::proptest! {
    #[test]
    fn never_panics(text in "\\PC*") {
        let _ = parse(&text);
    }

    #[test]
    fn never_panics_on_something_like_yaml(
        text in "([a-c]|[ \\n\\r\\t:,\\[\\]{}#&*!|>'\"%@`?-]|é|\u{85}|\u{feff}|---\n){0,60}",
    ) {
        if let Ok(tree) = parse(&text) {
            check_places(&text, &tree);
        }
    }
}

fn check_places(text: &str, node: &Node) {
    let _ = slice(text, node);
    for (_, inner) in node.entries() {
        check_places(text, inner);
    }
}
