//! What happens to the state.

use outlast_models::ComponentId;
use outlast_models::units::Millionths;
use outlast_scenarios::{Trial, WhatIf};
use ratatui::crossterm::event::KeyEvent;

use super::ask::{Numbered, Question, Reply};
use super::keys::{self, Action, Typed};
use super::state::{Prompt, Sheet, State, View};
use super::tree::Line;

/// Lines that a screen scrolls.
const PAGE: isize = 10;
/// The longest text that can be typed.
const TYPED_MAX: usize = 40;
/// What a component keeps unless something else is typed.
const SHARE: &str = "50";

/// Something that happens.
#[derive(Debug)]
pub enum Event {
    /// A key is pressed.
    Key(KeyEvent),
    /// An answer comes.
    Reply(Numbered<Reply>),
}

impl State {
    /// Takes an event in; returns what has to be computed because of it.
    pub fn update(&mut self, event: Event) -> Vec<Numbered<Question>> {
        match event {
            Event::Reply((number, reply)) => self.take(number, reply),
            Event::Key(key) => {
                self.message = None;
                if self.prompt.is_some() {
                    return keys::typed(key).map_or_else(Vec::new, |typed| self.type_in(typed));
                }
                keys::action(key, self.view).map_or_else(Vec::new, |action| self.act(action))
            }
        }
    }

    fn take(&mut self, number: u64, reply: Reply) -> Vec<Numbered<Question>> {
        match reply {
            Reply::Run { run, whole } if self.run.expects(number) => {
                if self.what_if().is_empty() {
                    self.base.take((self.scene, (*run).clone()), whole);
                }
                self.run.take(*run, whole);
                let moved = self.explained_at != self.at_ms();
                let explanation = if moved { self.ask_explanation() } else { None };
                return self.ask_base().into_iter().chain(explanation).collect();
            }
            Reply::Run { run, whole } if self.base.expects(number) => {
                self.base.take((self.scene, *run), whole);
            }
            Reply::Explained(document) if self.explained.expects(number) => {
                self.explained.take(*document, true);
            }
            Reply::Fault(why) if self.run.expects(number) => self.run.fail(why),
            Reply::Fault(why) if self.explained.expects(number) => self.explained.fail(why),
            Reply::Run { .. } | Reply::Explained(_) | Reply::Fault(_) => {}
        }
        Vec::new()
    }

    fn act(&mut self, action: Action) -> Vec<Numbered<Question>> {
        if let Some(questions) = self.act_on_sheet(action) {
            return questions;
        }
        match action {
            Action::Show(view) => return self.show(view),
            Action::NextView => return self.show(self.neighbour(1)),
            Action::PreviousView => return self.show(self.neighbour(View::ALL.len() - 1)),
            Action::Down => return self.step(1),
            Action::Up => return self.step(-1),
            Action::PageDown => return self.step(PAGE),
            Action::PageUp => return self.step(-PAGE),
            Action::First => return self.step(isize::MIN),
            Action::Last => return self.step(isize::MAX),
            Action::Left => return self.sideways(false),
            Action::Right => return self.sideways(true),
            Action::Earlier => return self.travel(false),
            Action::Later => return self.travel(true),
            Action::Open => return self.open(),
            Action::Back => return self.back(),
            Action::Filter => {
                self.filter.clear();
                self.prompt = Some(Prompt::Filter);
            }
            Action::Steering => self.scope.directed = !self.scope.directed,
            Action::Stage => self.scope.stage = self.scope.stage.next(),
            Action::Breakdown => {
                self.breakdown = self.breakdown.next();
                self.overview.to(0);
            }
            Action::NextScene => return self.switch(1),
            Action::PreviousScene => return self.switch(self.facts.scenes.len() - 1),
            Action::Fail => return self.fail(),
            Action::Degrade => self.ask_share(),
            Action::Restore => return self.restore(),
            Action::Undo => return self.undo(),
            Action::Redo => return self.redo(),
            Action::Clear => return self.attempt(WhatIf::default()),
            Action::Grouping => self.keeping_chosen(|state| state.tree.regroup()),
            Action::Details => self.details = !self.details,
            Action::Command => self.sheet = Some(Sheet::Command),
            Action::Help => self.sheet = Some(Sheet::Help),
            Action::Quit => self.quits = true,
        }
        Vec::new()
    }

    /// Help and the command in full lie over the screen: keys close them, and those
    /// that lead elsewhere do that as well.
    fn act_on_sheet(&mut self, action: Action) -> Option<Vec<Numbered<Question>>> {
        self.sheet.take()?;
        let leads_on = matches!(action, Action::Quit | Action::Show(_) | Action::NextView);
        (!leads_on).then(Vec::new)
    }

    fn neighbour(&self, by: usize) -> View {
        View::ALL[(self.view.place() + by) % View::ALL.len()]
    }

    fn show(&mut self, view: View) -> Vec<Numbered<Question>> {
        if view != self.view {
            (self.view, self.page_open) = (view, false);
            self.filter.clear();
        }
        self.ask_explanation().into_iter().collect()
    }

    fn step(&mut self, by: isize) -> Vec<Numbered<Question>> {
        match self.view {
            View::Overview => self.overview.step(by, self.rows().len()),
            View::WhatIf => self.tree.cursor.step(by, self.tree_lines().len()),
            View::Time => {
                let place = self.moment_place().saturating_add_signed(by);
                return self.choose_moment(place);
            }
            View::Explain if self.page_open => self.page.step(by, self.page_lines()),
            View::Explain => {
                let before = self.group().map(str::to_owned);
                self.groups.step(by, self.listed_groups().len());
                self.page.to(0);
                if self.group() != before.as_deref() {
                    return self.ask_explanation().into_iter().collect();
                }
            }
        }
        Vec::new()
    }

    fn sideways(&mut self, right: bool) -> Vec<Numbered<Question>> {
        if self.view != View::WhatIf {
            return self.travel(right);
        }
        let lines = self.tree_lines();
        let place = self.tree.cursor.of(lines.len());
        let branch =
            lines.iter().take(place + 1).rposition(|one| matches!(one, Line::Branch { .. }));
        if let Some(branch) = branch
            && let Line::Branch { name, .. } = &lines[branch]
        {
            self.tree.fold(name, !right);
            if !right {
                self.tree.cursor.to(branch);
            }
        }
        Vec::new()
    }

    fn travel(&mut self, later: bool) -> Vec<Numbered<Question>> {
        let place = self.moment_place();
        self.choose_moment(if later { place.saturating_add(1) } else { place.saturating_sub(1) })
    }

    fn choose_moment(&mut self, place: usize) -> Vec<Numbered<Question>> {
        let last = self.moments().len().saturating_sub(1);
        let at = self.moments().get(place.min(last)).map_or(0, |moment| moment.at_ms);
        if at == self.at_ms {
            return Vec::new();
        }
        self.at_ms = at;
        self.ask_explanation().into_iter().collect()
    }

    fn open(&mut self) -> Vec<Numbered<Question>> {
        match self.view {
            View::Explain => self.page_open = !self.page_open,
            View::Overview => {
                let rows = self.rows();
                let row = rows.get(self.overview.of(rows.len()));
                let group = row.and_then(|row| self.group_named(&row.name));
                let Some(group) = group else {
                    self.message = Some("b shows groups: those can be opened".to_owned());
                    return Vec::new();
                };
                self.groups.to(group);
                let questions = self.show(View::Explain);
                self.page_open = true;
                return questions;
            }
            View::WhatIf => {
                let lines = self.tree_lines();
                if let Some(Line::Branch { name, is_unfolded, .. }) =
                    lines.get(self.tree.cursor.of(lines.len()))
                {
                    self.tree.fold(name, *is_unfolded);
                }
            }
            View::Time => {}
        }
        Vec::new()
    }

    fn group_named(&self, name: &str) -> Option<usize> {
        let is_group = self.breakdown == super::figures::Breakdown::Groups;
        self.facts.groups.iter().position(|group| is_group && group == name)
    }

    fn back(&mut self) -> Vec<Numbered<Question>> {
        if self.page_open {
            self.page_open = false;
            return Vec::new();
        }
        self.keeping_chosen(|state| state.filter.clear());
        self.ask_explanation().into_iter().collect()
    }

    /// Changes what the tree shows without letting go of what is chosen in it.
    fn keeping_chosen(&mut self, change: impl FnOnce(&mut Self)) {
        let lines = self.tree_lines();
        let chosen = lines.get(self.tree.cursor.of(lines.len())).cloned();
        change(self);
        if let Some(line) = chosen {
            self.tree.choose(&self.facts.parts, &self.filter, &line);
        }
    }

    fn switch(&mut self, by: usize) -> Vec<Numbered<Question>> {
        let scenes = self.facts.scenes.len();
        if scenes == 1 {
            self.message = Some("there is one scenario: name several on the command line".into());
            return Vec::new();
        }
        self.scene = (self.scene + by) % scenes;
        self.at_ms = 0;
        self.ask_all()
    }

    fn ask_all(&mut self) -> Vec<Numbered<Question>> {
        let run = self.ask_run();
        std::iter::once(run).chain(self.ask_explanation()).collect()
    }
}

/// What is tried by hand.
impl State {
    /// The components of the chosen line.
    fn chosen(&self) -> Vec<ComponentId> {
        let lines = self.tree_lines();
        match lines.into_iter().nth(self.tree.cursor.of(self.tree_lines().len())) {
            Some(Line::Branch { of, .. }) => of,
            Some(Line::Leaf(one)) => vec![one],
            None => Vec::new(),
        }
    }

    /// Tries something else from now on.
    fn attempt(&mut self, what_if: WhatIf) -> Vec<Numbered<Question>> {
        if what_if == *self.what_if() {
            return Vec::new();
        }
        let before = std::mem::replace(&mut self.history.now, what_if);
        self.history.past.push(before);
        self.history.future.clear();
        self.ask_all()
    }

    /// Fails what is chosen; if all of it has failed already, tries nothing on it.
    fn fail(&mut self) -> Vec<Numbered<Question>> {
        let chosen = self.chosen();
        let mut what_if = self.what_if().clone();
        let all = chosen.iter().all(|one| what_if.get(one) == Some(Trial::Fail));
        for one in chosen {
            if all {
                what_if.take(&one);
            } else {
                what_if.put(one, Trial::Fail);
            }
        }
        self.attempt(what_if)
    }

    /// Takes back what is tried on what is chosen; where that is nothing, the scenario
    /// spares it.
    fn restore(&mut self) -> Vec<Numbered<Question>> {
        let chosen = self.chosen();
        let mut what_if = self.what_if().clone();
        let tried = chosen.iter().filter(|one| what_if.take(one).is_some()).count();
        if tried == 0 {
            if self.facts.scenes[self.scene].word.is_none() {
                self.message = Some("nothing is tried on it".to_owned());
                return Vec::new();
            }
            for one in chosen {
                what_if.put(one, Trial::Restore);
            }
        }
        self.attempt(what_if)
    }

    fn ask_share(&mut self) {
        let chosen = self.chosen();
        if !chosen.is_empty() {
            self.prompt = Some(Prompt::Share(chosen, String::new()));
        }
    }

    fn undo(&mut self) -> Vec<Numbered<Question>> {
        let Some(before) = self.history.past.pop() else {
            self.message = Some("there is nothing to undo".to_owned());
            return Vec::new();
        };
        let now = std::mem::replace(&mut self.history.now, before);
        self.history.future.push(now);
        self.ask_all()
    }

    fn redo(&mut self) -> Vec<Numbered<Question>> {
        let Some(after) = self.history.future.pop() else {
            self.message = Some("there is nothing to do again".to_owned());
            return Vec::new();
        };
        let now = std::mem::replace(&mut self.history.now, after);
        self.history.past.push(now);
        self.ask_all()
    }

    fn type_in(&mut self, typed: Typed) -> Vec<Numbered<Question>> {
        let Some(prompt) = &mut self.prompt else { return Vec::new() };
        let text = match prompt {
            Prompt::Filter => &mut self.filter,
            Prompt::Share(_, text) => text,
        };
        match typed {
            Typed::Letter(c) if text.chars().count() < TYPED_MAX => text.push(c),
            Typed::Letter(_) => {}
            Typed::Erase => _ = text.pop(),
            Typed::Quit => self.quits = true,
            Typed::Cancel => {
                if self.prompt.take() == Some(Prompt::Filter) {
                    self.keeping_chosen(|state| state.filter.clear());
                }
            }
            Typed::Done => return self.typed(),
        }
        if self.prompt == Some(Prompt::Filter) {
            return self.ask_explanation().into_iter().collect();
        }
        Vec::new()
    }

    fn typed(&mut self) -> Vec<Numbered<Question>> {
        let Some(Prompt::Share(chosen, text)) = self.prompt.take() else { return Vec::new() };
        let Some(share) = percent(if text.is_empty() { SHARE } else { &text }) else {
            self.message = Some(format!("`{text}` is no share: type 0 to 100"));
            return Vec::new();
        };
        let mut what_if = self.what_if().clone();
        for one in chosen {
            what_if.put(one, WhatIf::keeping(share));
        }
        self.attempt(what_if)
    }
}

/// Reads `60` or `60%`.
fn percent(text: &str) -> Option<Millionths> {
    let text = text.trim();
    let number = text.strip_suffix('%').unwrap_or(text);
    outlast_models::read::quantity::share(&format!("{number}%")).ok()
}
