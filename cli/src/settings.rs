//! A plan with settings that a scenario changes, read again as a whole.

mod check;

use outlast_models::diagnostic::Diagnostic;
use outlast_models::pac::PacAnswers;
use outlast_models::yaml::{self, Key, Node, Value};
use outlast_models::{FileId, Place, Plan, read};

use crate::files;
use crate::load::{Loaded, ask_pac_files};
use crate::pac::Runner;

/// A dotted path of the plan, and what stands there from then on.
type Setting = (String, Node);

/// Why a plan with changed settings is none.
enum Spoilt {
    /// A path leads nowhere.
    Path(String),
    /// What comes out is wrong.
    Plan(Vec<Diagnostic>),
}

impl Loaded {
    /// The plan with settings changed, its PAC files asked again.
    pub fn changed(&self, settings: &[Setting]) -> Result<(Plan, PacAnswers), String> {
        let plan = self.read_with(settings).map_err(|spoilt| match spoilt {
            Spoilt::Path(fault) => fault,
            Spoilt::Plan(list) => list.first().map_or_else(String::new, |one| one.message.clone()),
        })?;
        let pac = ask_pac_files(&plan).map_err(|error| format!("{error:?}"))?;
        Ok((plan, pac))
    }

    /// The plan with its text changed; `None` where that is no plan. Its PAC files are
    /// asked again only if what they are asked has changed.
    pub fn with(&self, change: &dyn Fn(&mut Node) -> bool) -> Option<Self> {
        let (tree, plan) = self.reads_with(change)?;
        let same = Runner::asks(&plan) == Runner::asks(&self.plan);
        let pac = if same { self.pac.clone() } else { ask_pac_files(&plan).ok()? };
        let (name, sources, home) = (self.name.clone(), self.sources.clone(), self.home.clone());
        Some(Self { name, plan, sources, pac, home, tree: Some(tree) })
    }

    /// The plan with its text changed, without running anything.
    pub(crate) fn reads_with(&self, change: &dyn Fn(&mut Node) -> bool) -> Option<(Node, Plan)> {
        let mut tree = self.tree().ok()?;
        if !change(&mut tree) {
            return None;
        }
        let plan = self.read_tree(&tree).ok()?;
        Some((tree, plan))
    }

    /// Its text as a tree.
    pub fn tree(&self) -> Result<Node, Vec<Diagnostic>> {
        let file = FileId(0);
        match &self.tree {
            Some(tree) => Ok(tree.clone()),
            None => yaml::parse(file, self.sources.text(file)),
        }
    }

    fn read_with(&self, settings: &[Setting]) -> Result<Plan, Spoilt> {
        let mut tree = self.tree().map_err(Spoilt::Plan)?;
        for (path, value) in settings {
            let value = moved(value, outlast_reports::SET_BY_SCENARIO);
            yaml::set(&mut tree, path, value).map_err(Spoilt::Path)?;
        }
        self.read_tree(&tree).map_err(Spoilt::Plan)
    }

    pub(super) fn read_tree(&self, tree: &Node) -> Result<Plan, Vec<Diagnostic>> {
        let mut left = files::LARGEST_BYTES;
        read::plan_from_tree(tree, &mut |path| self.home.read(path, &mut left))
    }
}

/// A value as if it stood in another file.
fn moved(node: &Node, file: FileId) -> Node {
    let place = |place: Place| Place { file, ..place };
    let value = match &node.value {
        Value::Map(entries) => Value::Map(
            entries
                .iter()
                .map(|(key, value)| {
                    (Key { place: place(key.place), ..key.clone() }, moved(value, file))
                })
                .collect(),
        ),
        Value::Seq(items) => Value::Seq(items.iter().map(|item| moved(item, file)).collect()),
        other => other.clone(),
    };
    Node { place: place(node.place), value }
}
