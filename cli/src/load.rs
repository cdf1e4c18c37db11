//! Loads plans and scenarios: finds the text, reads it, runs the PAC files.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use outlast_models::diagnostic::{Diagnostic, Sources};
use outlast_models::pac::PacAnswers;
use outlast_models::read;
use outlast_models::yaml::Node;
use outlast_models::{FileId, Id, Plan};
use outlast_reports::Input;
use outlast_scenarios::{self as library, Bound, Candidate, Draft, Sample, Scenario, WhatIf};

use crate::error::{CliError, ReadFault};
use crate::files::{self, STDIN};
use crate::pac::Runner;
use crate::resolve::{Named, plan_word, scenario_word};
use crate::shipped;

/// The file of a plan that is a folder.
pub const PLAN_FILE: &str = "plan.yaml";

/// Chooses among the candidates for a parameter of a scenario: the one on which
/// most agents depend.
pub type Choose<'a> = &'a mut dyn FnMut(&[Candidate]) -> Id;

/// A plan that has been read.
#[derive(Debug)]
pub struct Loaded {
    /// Its name in messages.
    pub name: String,
    /// The plan.
    pub plan: Plan,
    /// The texts that its places point into.
    pub sources: Sources,
    /// What its PAC files answered.
    pub pac: PacAnswers,
    /// Where the files that it names are.
    pub(crate) home: Home,
    /// Its text as a tree, where that is not what was written.
    pub(crate) tree: Option<Node>,
}

/// A scenario as asked for, to be bound to plans.
#[derive(Debug, Clone)]
pub struct Wanted {
    draft: Draft,
    sources: Sources,
    arguments: Vec<String>,
    folder: Folder,
    /// What is tried on top of it.
    what_if: WhatIf,
}

/// A scenario bound to a plan, with the texts it was read from.
#[derive(Debug)]
pub struct Scene {
    /// The scenario.
    pub bound: Bound,
    /// Its files: its own and those that it includes.
    pub inputs: Vec<Input>,
    /// The same, to be bound again, with the files that it includes.
    pub wanted: Wanted,
    /// What was chosen where the scenario leaves it open.
    pub choices: Vec<Id>,
}

/// Loads the plan that a word of the command line names, and runs its PAC files.
pub fn plan(word: &OsStr) -> Result<Loaded, CliError> {
    let mut loaded = read_plan(word)?;
    loaded.pac = ask_pac_files(&loaded.plan)?;
    Ok(loaded)
}

/// Reads a plan without running anything.
pub fn read_plan(word: &OsStr) -> Result<Loaded, CliError> {
    let PlanText { name, text, home } = plan_text(word)?;
    let mut sources = Sources::new();
    let file = sources.add(name.clone(), text);
    let mut left = files::LARGEST_BYTES;
    match read::plan(&mut sources, file, &mut |path| home.read(path, &mut left)) {
        Ok(plan) => {
            Ok(Loaded { name, plan, sources, pac: PacAnswers::default(), home, tree: None })
        }
        Err(diagnostics) => Err(CliError::Mistakes { diagnostics, sources }),
    }
}

pub(crate) fn ask_pac_files(plan: &Plan) -> Result<PacAnswers, CliError> {
    if plan.pac.is_empty() {
        return Ok(PacAnswers::default());
    }
    let runner = Runner::of_this_program()
        .map_err(|error| CliError::Ours(format!("cannot find its own program: {error}")))?;
    Ok(runner.ask(plan))
}

impl Loaded {
    /// Loads the scenario that a word of the command line names, and binds it
    /// to this plan.
    pub fn scenario(&self, word: &OsStr, choose: Choose<'_>) -> Result<Scene, CliError> {
        self.bound(Wanted::of(word)?, choose)
    }

    /// Binds a scenario to this plan.
    pub fn bound(&self, wanted: Wanted, choose: Choose<'_>) -> Result<Scene, CliError> {
        let Wanted { draft, mut sources, arguments, mut folder, what_if } = wanted;
        let written = sources.clone();
        let mut choices = Vec::new();
        let mut choose = |candidates: &[Candidate]| {
            let id = choose(candidates);
            choices.push(id.clone());
            id
        };
        let mut load = |inner: &str, name: &str| folder.read(inner, name);
        let plan = &self.plan;
        let (bound, mut mistakes) =
            library::bind_draft(&draft, plan, &arguments, &mut sources, &mut load, &mut choose);
        mistakes.extend(bound.iter().flat_map(|bound| self.wrong_settings(bound)));
        match bound {
            Some(bound) if mistakes.is_empty() => {
                let inputs = inputs(&sources);
                let bound = what_if.on(bound);
                let wanted = Wanted { draft, sources: written, arguments, folder, what_if };
                Ok(Scene { bound, inputs, wanted, choices })
            }
            Some(_) | None => {
                mistakes.sort_by_key(|mistake| mistake.place);
                Err(CliError::Mistakes { diagnostics: mistakes, sources })
            }
        }
    }

    /// The scenario in a file of the plan's folder that a hazard plays, or why it cannot
    /// be read.
    pub(crate) fn played(&self, file: &str, words: Option<&str>) -> Result<Wanted, String> {
        let mut left = files::LARGEST_BYTES;
        let text = self.home.read(file, &mut left)?;
        let mut sources = Sources::new();
        let draft = of_file(Path::new(file), text, &mut sources);
        let mut folder = Folder { left, ..Folder::none() };
        if let Home::Folder { folder: own, .. } = &self.home {
            let file = own.join(file);
            folder.root = Some(files::folder_of(&file).to_owned());
            folder.read.push(file);
        }
        let arguments = arguments(words);
        Ok(Wanted { draft, sources, arguments, folder, what_if: WhatIf::default() })
    }

    /// The file in the plan's folder that a bare word could have meant, as it has to be
    /// written.
    pub(crate) fn beside(&self, word: &str) -> Option<String> {
        let mut left = files::LARGEST_BYTES;
        let files = ["yaml", "yml"].map(|ending| format!("./{word}.{ending}"));
        files.into_iter().find(|file| self.home.read(file, &mut left).is_ok())
    }

    /// The same scenario with what it chose by itself as if it had been asked for, where
    /// it can be: what the plan is changed to then never makes it choose another.
    pub(crate) fn settled(&self, scene: Scene) -> Scene {
        let chosen = &scene.bound.chosen;
        let several = chosen.windows(2).any(|two| two[0].0 == two[1].0);
        if several || chosen.iter().all(|(.., given)| *given) {
            return scene;
        }
        let arguments = chosen.iter().map(|(_, id, _)| id.to_string()).collect();
        let wanted = Wanted { arguments, ..scene.wanted.clone() };
        let none = &mut |candidates: &[Candidate]| candidates[0].id.clone();
        match self.bound(wanted, none) {
            Ok(settled) if settled.bound.events == scene.bound.events => settled,
            Ok(_) | Err(_) => scene,
        }
    }

    /// Refuses to write an answer over a file that this plan or one of these
    /// scenarios was read from, however it is spelt.
    pub fn keep(&self, out: Option<&Path>, scenarios: &[OsString]) -> Result<(), CliError> {
        let Some(out) = out else { return Ok(()) };
        let Ok(there) = out.canonicalize() else { return Ok(()) };
        let mut read: Vec<PathBuf> = Vec::new();
        if let Home::Folder { folder, plan } = &self.home {
            read.push(plan.clone());
            let pac = self.plan.pac.values().map(|entry| &entry.file);
            let files = pac.chain(self.plan.roster.iter().map(|roster| &roster.file));
            read.extend(files.map(|file| folder.join(file.id.as_str())));
        }
        read.extend(scenarios.iter().filter_map(|word| match scenario_word(word).name {
            Named::Path(path) => Some(path),
            Named::Shipped(_) => None,
        }));
        if is_among(&there, &read) { Err(CliError::Input { path: out.to_owned() }) } else { Ok(()) }
    }

    /// What its roster may say without meaning it; empty where that is nothing.
    pub fn remarks(&self) -> String {
        let remarks = self.plan.roster.iter().flat_map(|roster| roster.remarks.clone());
        let remarks: Vec<Diagnostic> = remarks.collect();
        outlast_models::diagnostic::render(&remarks, &self.sources, false)
    }

    /// The files of the plan: its own, then those that it names.
    pub fn inputs(&self) -> Vec<Input> {
        let pac = self
            .plan
            .pac
            .values()
            .map(|entry| Input { name: entry.file.id.to_string(), text: entry.text.clone() });
        inputs(&self.sources).into_iter().chain(pac).collect()
    }

    /// Binds a shipped scenario to this plan.
    pub fn bind(&self, scenario: &Scenario, choose: Choose<'_>) -> Result<Bound, Vec<Diagnostic>> {
        let find = |name: &str| library::shipped(&mut Sources::new(), name);
        library::bind(scenario, &self.plan, &[], &find, choose)
    }
}

impl Wanted {
    /// The scenario that a word of the command line names.
    pub fn of(word: &OsStr) -> Result<Self, CliError> {
        if word == library::NOTHING {
            return Ok(Self::nothing());
        }
        let word = scenario_word(word);
        let mut sources = Sources::new();
        let draft = draft(&word.name, &mut sources)?;
        let folder = Folder::of(&word.name);
        let arguments = arguments(word.arguments.as_deref());
        Ok(Self { draft, sources, arguments, folder, what_if: WhatIf::default() })
    }

    /// The same with this tried on top of it.
    #[must_use]
    pub fn with(self, what_if: WhatIf) -> Self {
        Self { what_if, ..self }
    }

    /// Nothing happens.
    pub fn nothing() -> Self {
        Self {
            draft: Draft::from(Scenario::nothing(library::HORIZON)),
            sources: Sources::new(),
            arguments: Vec::new(),
            folder: Folder::none(),
            what_if: WhatIf::default(),
        }
    }
}

impl Scene {
    /// Refuses to write an answer over a file that the scenario includes.
    pub fn keep(&self, out: Option<&Path>) -> Result<(), CliError> {
        let Some(out) = out else { return Ok(()) };
        match out.canonicalize() {
            Ok(there) if is_among(&there, &self.wanted.folder.read) => {
                Err(CliError::Input { path: out.to_owned() })
            }
            Ok(_) | Err(_) => Ok(()),
        }
    }
}

/// Whether a file is one of these, however they are spelt.
pub(crate) fn is_among(there: &Path, files: &[PathBuf]) -> bool {
    files.iter().any(|one| one.canonicalize().is_ok_and(|one| one == there))
}

/// What stands behind the colon, one by one.
fn arguments(text: Option<&str>) -> Vec<String> {
    text.into_iter().flat_map(|text| text.split(':')).map(str::to_owned).collect()
}

/// Where the files are that a scenario includes.
#[derive(Debug, Clone)]
struct Folder {
    /// The scenario's own folder; none for a shipped one and standard input.
    root: Option<PathBuf>,
    /// How many bytes may still be read.
    left: u64,
    /// What has been read.
    read: Vec<PathBuf>,
    /// And its text, by the folder it was named in and its name.
    known: BTreeMap<(String, String), String>,
}

impl Folder {
    fn of(scenario: &Named) -> Self {
        let root = match scenario {
            Named::Path(path) if path != Path::new(STDIN) => Some(files::folder_of(path)),
            Named::Path(_) | Named::Shipped(_) => None,
        };
        Self { root: root.map(Path::to_owned), ..Self::none() }
    }

    const fn none() -> Self {
        let left = files::LARGEST_BYTES;
        Self { root: None, left, read: Vec::new(), known: BTreeMap::new() }
    }

    /// Reads a file that a scenario in the folder `inner` includes, or says in a
    /// clause why not. All of them together may be as large as one.
    fn read(&mut self, inner: &str, name: &str) -> Result<String, String> {
        let key = (inner.to_owned(), name.to_owned());
        if let Some(text) = self.known.get(&key) {
            return Ok(text.clone());
        }
        let Some(root) = &self.root else {
            return Err("a scenario from standard input has no folder".to_owned());
        };
        let folder = root.join(inner);
        let text = files::read_inside(&folder, name).map_err(|fault| fault.text())?;
        match self.left.checked_sub(text.len() as u64) {
            Some(rest) => self.left = rest,
            None => return Err("the included files are too large together".to_owned()),
        }
        self.read.push(folder.join(name));
        self.known.insert(key, text.clone());
        Ok(text)
    }
}

/// The texts of a reading, in order.
fn inputs(sources: &Sources) -> Vec<Input> {
    let files = (0..u16::MAX).map(FileId).take_while(|file| !sources.name(*file).is_empty());
    files
        .map(|file| Input {
            name: outlast_reports::short(sources.name(file)),
            text: sources.text(file).to_owned(),
        })
        .collect()
}

/// What is wrong with a plan, and with these scenarios as far as that can be
/// said without one.
pub fn with_scenarios(error: CliError, words: &[OsString]) -> CliError {
    let scenario = |word: &OsString| {
        let mut sources = Sources::new();
        let draft = draft(&scenario_word(word).name, &mut sources)?;
        if draft.mistakes.is_empty() {
            return Ok(());
        }
        Err(CliError::Mistakes { diagnostics: draft.mistakes, sources })
    };
    let plan = std::iter::once(Err(error));
    match CliError::all(plan.chain(words.iter().map(scenario))) {
        Err(errors) => errors,
        Ok(_) => CliError::Ours("a mistake was lost".to_owned()),
    }
}

fn draft(name: &Named, sources: &mut Sources) -> Result<Draft, CliError> {
    match name {
        Named::Shipped(name) => shipped::scenario(name, sources).map(Draft::from),
        Named::Path(path) => read_scenario(path, sources),
    }
}

fn read_scenario(path: &Path, sources: &mut Sources) -> Result<Draft, CliError> {
    Ok(of_file(path, files::read_named(path)?, sources))
}

fn of_file(path: &Path, text: String, sources: &mut Sources) -> Draft {
    let file = sources.add(path.display().to_string(), text);
    let mut draft = library::draft(sources, file);
    if let Some(scenario) = &mut draft.scenario {
        scenario.id = own_word(path);
    }
    draft
}

/// The file of a scenario as a command in its folder would name it, so that no
/// heading shows a bare `-`, and what is written below it can be typed.
fn own_word(path: &Path) -> String {
    if path == Path::new(STDIN) {
        return STDIN.to_owned();
    }
    let name = path.file_name().unwrap_or(path.as_os_str());
    match scenario_word(name).name {
        Named::Shipped(_) => format!("./{}", name.display()),
        Named::Path(_) => name.display().to_string(),
    }
}

/// The text of a plan with its surroundings.
#[derive(Debug)]
struct PlanText {
    /// Its name in messages.
    name: String,
    /// Its text.
    text: String,
    /// Where the files that it names are.
    home: Home,
}

/// Where the files of a plan are.
#[derive(Debug, Clone)]
pub(crate) enum Home {
    /// In a folder, and never outside it.
    Folder {
        /// The folder.
        folder: PathBuf,
        /// The plan's own file.
        plan: PathBuf,
    },
    /// Built in.
    Shipped(&'static Sample),
}

/// Finds the plan that a word of the command line names.
fn plan_text(word: &OsStr) -> Result<PlanText, CliError> {
    match plan_word(word) {
        Named::Shipped(name) => shipped_plan(&name),
        Named::Path(path) if path.is_dir() => {
            let file = path.join(PLAN_FILE);
            if !files::is_there(&file) {
                return Err(CliError::NoPlanInside { folder: path });
            }
            // What lies in a folder is not what the user named: a pipe would wait.
            if file.metadata().is_ok_and(|there| !there.is_file()) {
                return Err(CliError::CannotRead { path: file, fault: ReadFault::NotAFile });
            }
            plan_file(&file)
        }
        Named::Path(path) => plan_file(&path),
    }
}

fn shipped_plan(name: &str) -> Result<PlanText, CliError> {
    let sample = shipped::plan(name)?;
    let home = Home::Shipped(sample);
    Ok(PlanText { name: format!("{name} (shipped)"), text: sample.plan().to_owned(), home })
}

fn plan_file(path: &Path) -> Result<PlanText, CliError> {
    let text = files::read_named(path)?;
    let folder = files::folder_of(path);
    let home = Home::Folder { folder: folder.to_owned(), plan: path.to_owned() };
    Ok(PlanText { name: path.display().to_string(), text, home })
}

impl Home {
    /// Reads a file that the plan names, or says in a clause why not. All of
    /// them together may be as large as one: a plan can name one many times.
    pub(crate) fn read(&self, name: &str, left: &mut u64) -> Result<String, String> {
        let text = match self {
            Self::Folder { folder, .. } => {
                files::read_inside(folder, name).map_err(|fault| fault.text())
            }
            Self::Shipped(sample) => {
                sample.file(name).map(str::to_owned).ok_or_else(|| "there is no such file".into())
            }
        }?;
        match left.checked_sub(text.len() as u64) {
            Some(rest) => *left = rest,
            None => return Err("the files of the plan are too large together".to_owned()),
        }
        Ok(text)
    }
}
