//! As much of JSON Schema (draft-07) as our schemas use; any other keyword is a
//! fault of the schema.

use std::cell::RefCell;
use std::collections::BTreeMap;

use outlast_models::schema::Json;
use regex_lite::Regex;

/// The way to a value, written out only where something is wrong there.
#[derive(Clone, Copy)]
struct At<'a>(Option<&'a At<'a>>, &'a str);

impl std::fmt::Display for At<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Some(above) = self.0 else { return Ok(()) };
        write!(f, "{above}.{}", self.1)
    }
}

/// A schema, to judge values by.
pub(crate) struct Validator(Json);

impl Validator {
    pub(crate) fn of(schema: Json) -> Self {
        Self(schema)
    }

    /// What is wrong with a value, as `path: what`.
    pub(crate) fn faults(&self, value: &Json) -> Vec<String> {
        let mut faults = Vec::new();
        self.judge(&self.0, value, At(None, ""), &mut faults);
        faults
    }

    fn is_valid(&self, schema: &Json, value: &Json) -> bool {
        let mut faults = Vec::new();
        self.judge(schema, value, At(None, ""), &mut faults);
        faults.is_empty()
    }

    fn judge(&self, schema: &Json, value: &Json, at: At<'_>, faults: &mut Vec<String>) {
        for (word, says) in entries(schema) {
            let holds = match word.as_str() {
                "$schema" | "title" | "description" | "examples" | "definitions" => true,
                "$ref" => {
                    self.judge(self.definition(text(says)), value, at, faults);
                    true
                }
                "enum" => items(says).contains(value),
                "const" => value == says,
                "not" => !self.is_valid(says, value),
                "anyOf" => items(says).iter().any(|one| self.is_valid(one, value)),
                "type" => is_of_type(says, value),
                "pattern" => !matches!(value, Json::Text(found) if !is_match(text(says), found)),
                "minimum" => number(value).is_none_or(|n| n >= number(says).unwrap()),
                "maximum" => number(value).is_none_or(|n| n <= number(says).unwrap()),
                "minProperties" => size(value).is_none_or(|n| n >= number(says).unwrap()),
                "maxProperties" => size(value).is_none_or(|n| n <= number(says).unwrap()),
                "required" => has_all(says, value),
                "dependencies" => entries(says)
                    .iter()
                    .all(|(key, needed)| get(value, key).is_none() || has_all(needed, value)),
                "properties" | "patternProperties" | "items" => {
                    self.inside(word, says, value, at, faults);
                    true
                }
                "additionalProperties" => {
                    faults.extend(strays(schema, value).map(|key| format!("{at}: no key `{key}`")));
                    true
                }
                other => panic!("the schema has the keyword `{other}` at {at}"),
            };
            if !holds {
                faults.push(format!("{at}: `{word}`"));
            }
        }
    }

    fn inside(&self, word: &str, says: &Json, value: &Json, at: At<'_>, faults: &mut Vec<String>) {
        if let (Json::List(list), "items") = (value, word) {
            for item in list {
                self.judge(says, item, At(Some(&at), "[]"), faults);
            }
        }
        for (key, item) in entries_of(value) {
            for (pattern, schema) in entries_of(says) {
                let meant =
                    if word == "properties" { key == pattern } else { is_match(pattern, key) };
                if word != "items" && meant {
                    self.judge(schema, item, At(Some(&at), key), faults);
                }
            }
        }
    }

    fn definition(&self, reference: &str) -> &Json {
        let name = reference.strip_prefix("#/definitions/").unwrap();
        get(get(&self.0, "definitions").unwrap(), name).unwrap()
    }
}

fn has_all(needed: &Json, value: &Json) -> bool {
    let has = |key: &Json| entries_of(value).iter().any(|(found, _)| found == text(key));
    !matches!(value, Json::Map(_)) || items(needed).iter().all(has)
}

/// The keys of a closed map that it does not have.
fn strays<'a>(schema: &'a Json, value: &'a Json) -> impl Iterator<Item = &'a str> {
    let keys = entries_of(value).iter().map(|(key, _)| key.as_str());
    keys.filter(move |key| {
        let properties = get(schema, "properties").and_then(|all| get(all, key));
        let patterns = get(schema, "patternProperties").map(entries_of).unwrap_or_default();
        properties.is_none() && !patterns.iter().any(|(pattern, _)| is_match(pattern, key))
    })
}

fn is_of_type(types: &Json, value: &Json) -> bool {
    let one = |name: &Json| match (text(name), value) {
        ("null", Json::Nothing)
        | ("boolean", Json::Flag(_))
        | ("integer" | "number", Json::Number(_))
        | ("number", Json::Decimal(_))
        | ("string", Json::Text(_))
        | ("array", Json::List(_))
        | ("object", Json::Map(_)) => true,
        ("integer", Json::Decimal(number)) => number.fract() == 0.0,
        _ => false,
    };
    match types {
        Json::List(names) => names.iter().any(one),
        name => one(name),
    }
}

fn is_match(pattern: &str, text: &str) -> bool {
    thread_local!(static KNOWN: RefCell<BTreeMap<String, Regex>> = RefCell::default());
    KNOWN.with_borrow_mut(|known| {
        let regex = known.entry(pattern.to_owned()).or_insert_with(|| Regex::new(pattern).unwrap());
        regex.is_match(text)
    })
}

fn number(value: &Json) -> Option<f64> {
    match value {
        #[allow(clippy::cast_precision_loss, reason = "limits are small")]
        Json::Number(number) => Some(*number as f64),
        Json::Decimal(number) => Some(*number),
        _ => None,
    }
}

/// How many entries a map has.
fn size(value: &Json) -> Option<f64> {
    let Json::Map(entries) = value else { return None };
    u32::try_from(entries.len()).ok().map(f64::from)
}

fn text(json: &Json) -> &str {
    let Json::Text(text) = json else { panic!("{json:?} is no text") };
    text
}

fn items(json: &Json) -> &[Json] {
    let Json::List(items) = json else { panic!("{json:?} is no list") };
    items
}

fn entries(json: &Json) -> &[(String, Json)] {
    let Json::Map(entries) = json else { panic!("{json:?} is no map") };
    entries
}

fn entries_of(json: &Json) -> &[(String, Json)] {
    if let Json::Map(entries) = json { entries } else { &[] }
}

fn get<'a>(json: &'a Json, key: &str) -> Option<&'a Json> {
    entries_of(json).iter().find(|(found, _)| found == key).map(|(_, value)| value)
}
