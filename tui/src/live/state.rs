//! Everything that the screens show.

use outlast_models::ComponentId;
use outlast_reports::document::MomentDocument;
use outlast_reports::{ExplainDocument, RunDocument};
use outlast_scenarios::WhatIf;

use super::ask::{Awaited, Numbered, Question};
use super::facts::Facts;
use super::figures::{Breakdown, Row, Scope, Stage, rows};
use super::lines::Cursor;
use super::tree::{Line, Tree, contains};

/// The screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Who works.
    Overview,
    /// Components that fail by hand.
    WhatIf,
    /// Why a group works or not.
    Explain,
    /// The scenario over time.
    Time,
}

impl View {
    pub(crate) const ALL: [Self; 4] = [Self::Overview, Self::WhatIf, Self::Explain, Self::Time];

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::WhatIf => "What-if",
            Self::Explain => "Explain",
            Self::Time => "Time",
        }
    }

    pub(crate) fn place(self) -> usize {
        Self::ALL.iter().position(|view| *view == self).unwrap_or(0)
    }
}

/// What is tried, with what was tried before and taken back.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    pub(crate) past: Vec<WhatIf>,
    pub(crate) now: WhatIf,
    pub(crate) future: Vec<WhatIf>,
}

/// Something that is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Prompt {
    /// What names have to contain.
    Filter,
    /// What these keep, in percent.
    Share(Vec<ComponentId>, String),
}

/// What lies over the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sheet {
    Help,
    Command,
}

/// Everything that is shown.
#[derive(Debug)]
pub struct State {
    pub(crate) facts: Facts,
    pub(crate) view: View,
    pub(crate) scene: usize,
    pub(crate) scope: Scope,
    pub(crate) breakdown: Breakdown,
    /// The chosen moment, by its time.
    pub(crate) at_ms: u64,
    pub(crate) history: History,
    pub(crate) run: Awaited<RunDocument>,
    /// The run of the same scenario with nothing tried.
    pub(crate) base: Awaited<(usize, RunDocument)>,
    pub(crate) explained: Awaited<ExplainDocument>,
    /// The time that was asked about.
    pub(crate) explained_at: u64,
    pub(crate) details: bool,
    pub(crate) overview: Cursor,
    pub(crate) groups: Cursor,
    /// Whether the page of the chosen group covers the list of them.
    pub(crate) page_open: bool,
    pub(crate) page: Cursor,
    pub(crate) tree: Tree,
    pub(crate) filter: String,
    pub(crate) prompt: Option<Prompt>,
    pub(crate) sheet: Option<Sheet>,
    /// What was wrong with the last key.
    pub(crate) message: Option<String>,
    pub(crate) quits: bool,
    /// Questions so far.
    pub(crate) questions: u64,
}

impl State {
    /// The first screen, and the question that it asks.
    ///
    /// # Panics
    /// Panics if the facts hold no scenario.
    pub fn new(facts: Facts) -> (Self, Vec<Numbered<Question>>) {
        assert!(!facts.scenes.is_empty(), "there is always one scenario, if only nothing");
        let mut state = Self {
            facts,
            view: View::Overview,
            scene: 0,
            scope: Scope { stage: Stage::Moved, directed: false },
            breakdown: Breakdown::Sites,
            at_ms: 0,
            history: History::default(),
            run: Awaited::default(),
            base: Awaited::default(),
            explained: Awaited::default(),
            explained_at: 0,
            details: false,
            overview: Cursor::default(),
            groups: Cursor::default(),
            page_open: false,
            page: Cursor::default(),
            tree: Tree::default(),
            filter: String::new(),
            prompt: None,
            sheet: None,
            message: None,
            quits: false,
            questions: 0,
        };
        let first = state.ask_run();
        (state, vec![first])
    }

    /// Whether the user has quit.
    pub const fn quits(&self) -> bool {
        self.quits
    }

    /// The run whose figures are shown; none yet while the first is computed.
    pub const fn run(&self) -> Option<&RunDocument> {
        self.run.last.as_ref()
    }

    /// Why the chosen group works as it does, where that was asked.
    pub const fn explanation(&self) -> Option<&ExplainDocument> {
        self.explained.last.as_ref()
    }

    /// The screen.
    pub const fn view(&self) -> View {
        self.view
    }

    /// Whether something is still being computed.
    pub const fn is_waiting(&self) -> bool {
        self.run.is_open() || self.explained.is_open()
    }

    pub(crate) const fn what_if(&self) -> &WhatIf {
        &self.history.now
    }

    pub(crate) fn moments(&self) -> &[MomentDocument] {
        self.run.last.as_ref().map_or(&[], |run| run.moments.as_slice())
    }

    /// The chosen moment's place among them.
    pub(crate) fn moment_place(&self) -> usize {
        let at = self.moments().iter().rposition(|moment| moment.at_ms <= self.at_ms);
        at.unwrap_or(0)
    }

    pub(crate) fn moment(&self) -> Option<&MomentDocument> {
        self.moments().get(self.moment_place())
    }

    /// The time of the chosen moment.
    pub(crate) fn at_ms(&self) -> u64 {
        self.moment().map_or(0, |moment| moment.at_ms)
    }

    /// The run with nothing tried, at the same time; none while nothing is tried.
    pub(crate) fn before(&self) -> Option<(&RunDocument, &MomentDocument)> {
        let (scene, run) = self.base.last.as_ref()?;
        let moment = run.moments.iter().rfind(|moment| moment.at_ms <= self.at_ms())?;
        (*scene == self.scene && !self.what_if().is_empty()).then_some((run, moment))
    }

    /// The rows of the overview.
    pub(crate) fn rows(&self) -> Vec<Row> {
        let (Some(run), Some(moment)) = (&self.run.last, self.moment()) else { return Vec::new() };
        let mut rows = rows(run, moment, self.scope, self.breakdown);
        rows.retain(|row| contains(&row.name, &self.filter));
        rows
    }

    /// The groups that the explain view lists.
    pub(crate) fn listed_groups(&self) -> Vec<&str> {
        let all = self.facts.groups.iter().map(String::as_str);
        let filter = if self.view == View::Explain { self.filter.as_str() } else { "" };
        all.filter(|name| contains(name, filter)).collect()
    }

    /// The chosen group.
    pub(crate) fn group(&self) -> Option<&str> {
        let all = self.listed_groups();
        all.get(self.groups.of(all.len())).copied()
    }

    pub(crate) fn tree_lines(&self) -> Vec<Line> {
        self.tree.lines(&self.facts.parts, &self.filter)
    }

    pub(crate) fn ask_run(&mut self) -> Numbered<Question> {
        self.questions += 1;
        self.run.ask(self.questions);
        let what_if = self.what_if().clone();
        (self.questions, Question::Run { scene: self.scene, what_if })
    }

    /// Asks what there is to compare with, where something is tried and that is not known.
    pub(crate) fn ask_base(&mut self) -> Option<Numbered<Question>> {
        let is_known = self.base.last.as_ref().is_some_and(|(scene, _)| *scene == self.scene);
        if is_known || self.what_if().is_empty() {
            return None;
        }
        self.questions += 1;
        self.base.ask(self.questions);
        Some((self.questions, Question::Base { scene: self.scene }))
    }

    /// Asks why the chosen group works as it does, where that is shown.
    pub(crate) fn ask_explanation(&mut self) -> Option<Numbered<Question>> {
        if self.view != View::Explain {
            return None;
        }
        let group = self.group()?.to_owned();
        self.questions += 1;
        self.explained.ask(self.questions);
        self.explained_at = self.at_ms();
        let (scene, what_if, at_ms) = (self.scene, self.what_if().clone(), self.at_ms());
        Some((self.questions, Question::Explain { scene, what_if, group, at_ms }))
    }
}
