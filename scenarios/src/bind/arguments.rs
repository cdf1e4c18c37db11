//! Arguments: what the user gave, what defaults say, what the plan offers.

use indexmap::IndexMap;
use outlast_models::Id;
use outlast_models::diagnostic::{Diagnostic, quoted};
use outlast_models::place::Place;
use outlast_models::read::{Parsed, hint, quantity};
use outlast_models::units::{Millionths, Millis};

use super::Binder;
use crate::bound::Candidate;
use crate::class::Class;
use crate::scenario::{Arg, ArgValue, DefaultArgument, Parameter, ParameterKind, Scenario};
use crate::select::Ids;

/// What a parameter stands for.
#[derive(Clone)]
pub(super) enum Value {
    /// Things of the plan; none if it has none of the kind.
    Things(Vec<Id>),
    /// A share.
    Share(Millionths),
    /// A time.
    Time(Millis),
    /// A factor in thousandths.
    Times(u64),
}

/// The parameters of one scenario, but those whose value is wrong.
#[derive(Default)]
pub(super) struct Environment(pub(super) IndexMap<Id, Value>);

impl Ids for Environment {
    fn ids(&self, parameter: &Id) -> &[Id] {
        match self.0.get(parameter) {
            Some(Value::Things(ids)) => ids,
            Some(Value::Share(_) | Value::Time(_) | Value::Times(_)) | None => &[],
        }
    }
}

impl Environment {
    pub(super) fn share(&self, arg: &Arg<Millionths>) -> Millionths {
        match (&arg.value, self.of(arg)) {
            (ArgValue::Is(value), _) | (_, Some(Value::Share(value))) => *value,
            _ => Millionths::ZERO,
        }
    }

    pub(super) fn time(&self, arg: &Arg<Millis>) -> Millis {
        match (&arg.value, self.of(arg)) {
            (ArgValue::Is(value), _) | (_, Some(Value::Time(value))) => *value,
            _ => Millis::ZERO,
        }
    }

    pub(super) fn times(&self, arg: &Arg<u64>) -> u64 {
        match (&arg.value, self.of(arg)) {
            (ArgValue::Is(value), _) | (_, Some(Value::Times(value))) => *value,
            _ => 1_000,
        }
    }

    fn of<T>(&self, arg: &Arg<T>) -> Option<&Value> {
        match &arg.value {
            ArgValue::Parameter(id) => self.0.get(id),
            ArgValue::Is(_) => None,
        }
    }
}

/// An argument as given.
pub(super) struct Argument {
    /// `name=`, where it was written.
    pub(super) name: Option<String>,
    /// The text as written, for messages.
    pub(super) text: String,
    /// The value, where another scenario hands its own on.
    pub(super) value: Option<Value>,
    /// Whether it is handed on but has no value there, which has been noted.
    pub(super) is_unclear: bool,
}

impl Argument {
    pub(super) fn of_text(text: &str) -> Self {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (Some(name.trim().to_owned()), value),
            None => (None, text),
        };
        Self { name, text: value.trim().to_owned(), value: None, is_unclear: false }
    }
}

impl Binder<'_> {
    /// Gives every parameter of a scenario its value.
    pub(super) fn environment(
        &mut self,
        scenario: &Scenario,
        given: Vec<Argument>,
        place: Place,
    ) -> Environment {
        let mut given = self.sorted(scenario, given, place);
        let mut values = IndexMap::new();
        for (id, parameter) in &scenario.takes {
            let value = match given.shift_remove(id) {
                Some(argument) if argument.is_unclear => None,
                Some(argument) => self.given(id, parameter, argument, place),
                None => self.defaulted(scenario, (id, parameter), &values, place),
            };
            values.extend(value.map(|value| (id.clone(), value)));
        }
        Environment(values)
    }

    /// Puts arguments to their parameters.
    fn sorted(
        &self,
        scenario: &Scenario,
        given: Vec<Argument>,
        place: Place,
    ) -> IndexMap<Id, Argument> {
        let mut sorted: IndexMap<Id, Argument> = IndexMap::new();
        for argument in given {
            let id = match &argument.name {
                Some(name) => scenario.takes.get_key_value(name.as_str()).map(|(id, _)| id),
                None => scenario.takes.keys().find(|id| !sorted.contains_key(*id)),
            };
            match id {
                Some(id) if sorted.contains_key(id) => {
                    let message = format!("`{id}` is given twice");
                    self.issues.error("repeated-argument", message, place);
                }
                Some(id) => {
                    sorted.insert(id.clone(), argument);
                }
                None => self.needless(scenario, &argument, place),
            }
        }
        sorted
    }

    fn needless(&self, scenario: &Scenario, argument: &Argument, place: Place) {
        let takes: Vec<&str> = scenario.takes.keys().map(Id::as_str).collect();
        let help = match takes.as_slice() {
            [] => format!("`{}` takes no arguments", scenario.id),
            some => format!("`{}` takes {}", scenario.id, some.join(", ")),
        };
        let message = match &argument.name {
            Some(name) => format!("`{}` takes no {}", scenario.id, quoted(name)),
            None => format!("argument {} is one too many", quoted(&argument.text)),
        };
        self.issues.push(Diagnostic::error("needless-argument", message, place).help(help));
    }

    fn given(
        &mut self,
        id: &Id,
        parameter: &Parameter,
        argument: Argument,
        place: Place,
    ) -> Option<Value> {
        let value = match argument.value {
            Some(value) => Some(value),
            None => self.parsed(parameter.kind, &argument.text, place),
        }?;
        let fits = match (&value, parameter.kind) {
            (Value::Things(ids), ParameterKind::Thing(class)) => {
                let candidates = self.world.candidates(class);
                self.are_candidates(ids, class, &candidates, place)
            }
            (Value::Share(_), ParameterKind::Share)
            | (Value::Time(_), ParameterKind::Time)
            | (Value::Times(_), ParameterKind::Times) => true,
            _ => {
                let message = format!("`{}` is of another kind than `{id}`", argument.text);
                self.issues.error("wrong-kind", message, place);
                false
            }
        };
        self.choice(id, &value, &argument.text, true);
        fits.then_some(value)
    }

    fn parsed(&self, kind: ParameterKind, text: &str, place: Place) -> Option<Value> {
        let quantity = |parsed: Parsed<Value>| self.issues.parsed(parsed, place);
        match kind {
            ParameterKind::Share => quantity(quantity::share(text).map(Value::Share)),
            ParameterKind::Time => quantity(quantity::duration(text).map(Value::Time)),
            ParameterKind::Times => quantity(crate::read::times(text).map(Value::Times)),
            ParameterKind::Thing(_) => {
                Some(Value::Things(text.split(',').map(|part| Id::new(part.trim())).collect()))
            }
        }
    }

    fn are_candidates(&self, ids: &[Id], class: Class, candidates: &[Id], place: Place) -> bool {
        // Each is asked, so that every wrong one is named.
        ids.iter().filter(|id| !self.is_candidate(id, class, candidates, place)).count() == 0
    }

    fn is_candidate(&self, id: &Id, class: Class, candidates: &[Id], place: Place) -> bool {
        if candidates.contains(id) {
            return true;
        }
        let near = hint(id.as_str(), candidates.iter().map(Id::as_str));
        let message = match self.world.role(id) {
            Some(role) => format!("`{id}` is of kind `{role}`, not `{}`", class.word()),
            None if id.as_str().is_empty() => "an argument is empty".to_owned(),
            None => format!("the plan has no {} {}", class.word(), quoted(id.as_str())),
        };
        let help = near.unwrap_or_else(|| list_of(class, candidates));
        self.issues.push(Diagnostic::error("wrong-argument", message, place).help(help));
        false
    }

    fn defaulted(
        &mut self,
        scenario: &Scenario,
        (id, parameter): (&Id, &Parameter),
        earlier: &IndexMap<Id, Value>,
        place: Place,
    ) -> Option<Value> {
        if let Some(DefaultArgument::Text(text)) = &parameter.default {
            let value = self.parsed(parameter.kind, text, parameter.place)?;
            if let (Value::Things(ids), ParameterKind::Thing(class)) = (&value, parameter.kind) {
                let candidates = self.world.candidates(class);
                if !self.are_candidates(ids, class, &candidates, parameter.place) {
                    return None;
                }
            }
            self.choice(id, &value, text, false);
            return Some(value);
        }
        let ParameterKind::Thing(class) = parameter.kind else {
            self.missing(scenario, id, parameter.kind, place);
            return None;
        };
        let candidates = self.world.candidates(class);
        let ids = match (candidates.as_slice(), &parameter.default) {
            ([], _) => {
                self.note(format!(
                    "the plan has nothing of kind `{}`: that part of `{}` does not apply to it",
                    class.word(),
                    scenario.id
                ));
                Vec::new()
            }
            ([_], _) | (_, Some(DefaultArgument::Every)) => candidates,
            (_, Some(_)) => {
                let each = candidates.iter();
                let with_all = each.map(|one| self.candidate(scenario, (id, class), one, earlier));
                let with_all: Vec<Candidate> = with_all.collect();
                vec![(self.choose)(&with_all)]
            }
            (_, None) => {
                self.missing(scenario, id, parameter.kind, place);
                return None;
            }
        };
        let value = Value::Things(ids);
        self.choice(id, &value, "", false);
        Some(value)
    }

    fn missing(&self, scenario: &Scenario, id: &Id, kind: ParameterKind, place: Place) {
        let message = format!("`{}` needs `{id}`", scenario.id);
        let example = match kind {
            ParameterKind::Thing(class) => {
                let candidates = self.world.candidates(class);
                let first = candidates.first().map_or("…", Id::as_str);
                let list = list_of(class, &candidates);
                format!("write `{}:{first}`; {list}", scenario.id)
            }
            ParameterKind::Share => format!("write `{}:40%`", scenario.id),
            ParameterKind::Time => format!("write `{}:4h`", scenario.id),
            ParameterKind::Times => format!("write `{}:1.5`", scenario.id),
        };
        self.issues.push(Diagnostic::error("missing-argument", message, place).help(example));
    }

    /// Remembers what a parameter stands for; only of the outermost scenario,
    /// and of inner ones where nothing was handed on.
    fn choice(&mut self, id: &Id, value: &Value, text: &str, given: bool) {
        let inner = !self.stack.is_empty();
        if inner && given {
            return;
        }
        let ids = match value {
            Value::Things(ids) => ids.clone(),
            Value::Share(_) | Value::Time(_) | Value::Times(_) => vec![Id::new(text)],
        };
        for one in ids {
            let row = (id.to_string(), one, given);
            if !self.chosen.contains(&row) {
                self.chosen.push(row);
            }
        }
    }
}

fn list_of(class: Class, candidates: &[Id]) -> String {
    if candidates.is_empty() {
        return format!("the plan has nothing of kind `{}`", class.word());
    }
    let ids: Vec<&str> = candidates.iter().map(Id::as_str).collect();
    format!("of kind `{}` are {}", class.word(), ids.join(", "))
}
