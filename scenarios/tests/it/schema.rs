//! The schema of scenarios and their reader agree.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use outlast_models::schema::{Key, Shape, of_node};
use outlast_models::yaml::{self, Node, Value};
use outlast_models::{Diagnostic, FileId, Sources};
use outlast_scenarios::{names, read, scenario, schema};

use crate::spoil;
use crate::validator::Validator;

/// A scenario in which every key stands.
const WHOLE: &str = "outlast-scenario: 1
name: Everything
about: All that a scenario can say.
takes:
  site: {kind: data-center, default: most-depended-on}
  left: {kind: share, default: 50%}
horizon: 48h
starts: Tue 03:00
events:
  - {at: 0min, for: 9h, fail: {kind: feed, site: dc-york}}
  - {at: 1h, degrade: [vpn-york, {kind: [vpn, proxy], region: north}], to: $left}
  - {at: 1h, for: 2h 30min, congest: {network: pstn, provider: tellus}, blocking: 30%}
  - {at: 5h, evacuate: {id: leeds, tag: [waterfront], feed: grid, conduit: duct}}
  - {at: 5h, absent: {group: cards-leeds, queue: claims}, share: 20%}
  - {at: 5h, surge: {kind: queue}, times: 2.5}
  - {misconfigure: pac-broken}
  - {misconfigure: {turn-inspected: [proxy-slough, $site]}}
  - {misconfigure: {every: firewall, set: udp_idle, to: 60s}}
  - {include: \"data-center-lost:$site\"}
";

/// The tree as YAML in one line.
fn written(node: &Node) -> String {
    let joined = |parts: Vec<String>| parts.join(", ");
    match &node.value {
        Value::Empty => "~".to_owned(),
        Value::Scalar { text, quoted: false } if !text.contains([':', ',', '\n']) => text.clone(),
        Value::Scalar { text, .. } => format!("{text:?}"),
        Value::Seq(items) => format!("[{}]", joined(items.iter().map(written).collect())),
        Value::Map(entries) => {
            let entry =
                |(key, node): &(yaml::Key, Node)| format!("{}: {}", key.text, written(node));
            format!("{{{}}}", joined(entries.iter().map(entry).collect()))
        }
    }
}

fn refused(text: &str) -> Vec<Diagnostic> {
    let mut sources = Sources::new();
    let file = sources.add("s.yaml", text);
    read(&mut sources, file).err().unwrap_or_default()
}

fn tree(text: &str) -> Node {
    yaml::parse(FileId(0), text).unwrap()
}

/// What the reader says that a schema cannot know: it hangs on another place.
const BEYOND: [&str; 17] = [
    "expected an event, found nothing",
    "stays until a change",
    "is no time of day",
    "durations of its own",
    "is a share, not",
    "is a provider, not",
    "is a region, not",
    "is of kind",
    "no event uses",
    "the event begins at",
    "the event says both",
    "the event does not say what happens",
    "a selector that says nothing",
    "the scenario takes no",
    "without events",
    "no duration",
    "nobody would call",
];

fn judge(validator: &Validator, text: &str, value: &Node) -> Option<String> {
    let (faults, errors) = (validator.faults(&of_node(value)), refused(text));
    let beyond = |one: &&Diagnostic| BEYOND.iter().any(|say| one.message.contains(say));
    let error = errors.iter().find(|one| !beyond(one));
    match (faults.first(), error) {
        (Some(fault), _) if errors.is_empty() => Some(format!("the schema alone refuses {fault}")),
        (None, Some(one)) => Some(format!("the reader alone says: {}", one.message)),
        _ => None,
    }
}

#[test]
fn the_schema_and_the_reader_refuse_the_same() {
    let validator = Validator::of(schema().document());
    let whole = tree(WHOLE);
    assert_eq!(refused(WHOLE), Vec::new());
    assert_eq!(validator.faults(&of_node(&whole)), Vec::<String>::new());
    let (mut tried, mut wrong) = (0, Vec::new());
    for way in spoil::ways(&whole).into_iter().skip(1) {
        // What a default may be hangs on the kind.
        if way.ends_with(&["default".to_owned()]) {
            continue;
        }
        let with = |text: &&str| Some(spoil::with(&whole, &way, spoil::value(text)));
        let values = ["unknown", "zzz", "no such word!", "[]", "5min", "~"];
        let mut spoilt: Vec<Option<Node>> = values.iter().map(with).collect();
        spoilt.push(spoil::without(&whole, &way));
        spoilt.push(spoil::with_stray_key(&whole, &way));
        for one in spoilt.into_iter().flatten() {
            tried += 1;
            let text = written(&one);
            wrong.extend(judge(&validator, &text, &one).map(|say| format!("{text}\n{say}")));
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 400, "only {tried} tried");
}

/// Every key of the schema, outermost first.
fn keys<'a>(shape: &'a Shape, into: &mut Vec<&'a Key>) {
    match shape {
        Shape::Map(of) => of.list.iter().for_each(|key| {
            into.push(key);
            keys(&key.shape, into);
        }),
        Shape::By(_, inner, _) | Shape::List(inner) | Shape::Rows(inner) => keys(inner, into),
        Shape::Any(all) => all.iter().for_each(|shape| keys(shape, into)),
        Shape::Words(_) | Shape::YesNo | Shape::Leaf(_) | Shape::Named(_) | Shape::Anything => {}
    }
}

#[test]
fn every_key_has_a_description_and_an_example_and_is_read() {
    let language = schema();
    let mut all = Vec::new();
    keys(&language.root, &mut all);
    language.definitions.iter().for_each(|(_, shape)| keys(shape, &mut all));
    assert!(all.len() >= 35, "only {} keys", all.len());
    let whole = tree(WHOLE);
    let used: BTreeSet<String> = spoil::ways(&whole).into_iter().flatten().collect();
    for key in all {
        assert!(key.about.len() > 3 && !key.about.ends_with('.'), "{}", key.name);
        assert!(yaml::parse(FileId(0), &key.example).is_ok(), "{}", key.name);
        assert!(used.contains(key.name), "no event has `{}`", key.name);
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn every_scenario_that_is_right_is_valid() {
    let validator = Validator::of(schema().document());
    for name in names().scenarios {
        let faults = validator.faults(&of_node(&tree(scenario(name).unwrap())));
        assert_eq!(faults, Vec::<String>::new(), "{name}");
    }
    let page = std::fs::read_to_string(root().join("docs/scenario-language.md")).unwrap();
    let blocks = page.split("```yaml\n").skip(1).map(|part| part.split("```").next().unwrap());
    let mut seen = 0;
    for block in blocks {
        let head = "outlast-scenario: 1\nname: Test\n";
        let text = match block.split_whitespace().next().unwrap() {
            "outlast-scenario:" => block.to_owned(),
            "takes:" => format!("{head}{block}"),
            _ => format!("{head}events:\n{block}"),
        };
        assert_eq!(validator.faults(&of_node(&tree(&text))), Vec::<String>::new(), "{text}");
        seen += 1;
    }
    assert!(seen >= 3);
}

#[test]
fn every_scenario_with_a_wrong_key_or_word_is_not() {
    let validator = Validator::of(schema().document());
    let (mut refused_by_both, mut wrong) = (0, Vec::new());
    for entry in std::fs::read_dir(root().join("tests/fixtures/invalid-scenarios")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let is_yaml = path.extension().is_some_and(|ending| ending == "yaml");
        let (true, Ok(tree)) = (is_yaml, yaml::parse(FileId(0), &text)) else { continue };
        refused_by_both += usize::from(!validator.faults(&of_node(&tree)).is_empty());
        wrong.extend(
            judge(&validator, &text, &tree).map(|say| format!("{}: {say}", path.display())),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(refused_by_both >= 25, "only {refused_by_both}");
}
