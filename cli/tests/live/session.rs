//! The terminal UI without a terminal: keys in, screens out, every question answered
//! at once.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use outlast_cli::args::Tried;
use outlast_cli::desk::{Desk, facts};
use outlast_cli::load::read_plan;
use outlast_cli::pac::Runner;
use outlast_cli::variants::Compiled;
use outlast_cli::whatif::scenes;
use outlast_tui::Palette;
use outlast_tui::live::{Answers, Event, Question, Reply, State, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

pub(crate) struct Session<'a> {
    pub(crate) state: State,
    desk: Desk<'a>,
}

/// Sits down to a plan with scenarios.
pub(crate) fn at<T>(plan: &str, words: &[&str], does: impl FnOnce(&mut Session<'_>) -> T) -> T {
    let plan = OsString::from(plan);
    let mut loaded =
        read_plan(&plan).unwrap_or_else(|error| panic!("{}: {error:?}", plan.display()));
    let program = PathBuf::from(env!("CARGO_BIN_EXE_outlast"));
    loaded.pac = Runner::new(program, Duration::from_secs(60)).ask(&loaded.plan);
    let compiled = Compiled::of(&loaded, &());
    let words: Vec<OsString> = words.iter().map(OsString::from).collect();
    let scenes = scenes(&compiled, &words, &Tried::default()).unwrap();
    let (state, first) = State::new(facts(&loaded, &plan, &words, &scenes));
    let mut session = Session { state, desk: Desk::new(&compiled, scenes).unwrap() };
    session.answer(first);
    does(&mut session)
}

impl Session<'_> {
    fn answer(&mut self, mut questions: Vec<(u64, Question)>) {
        while let Some((number, question)) = questions.pop() {
            let mut replies: Vec<Reply> = Vec::new();
            self.desk.answer(&question, &mut |reply| {
                replies.push(reply);
                true
            });
            for reply in replies {
                questions.extend(self.state.update(Event::Reply((number, reply))));
            }
        }
    }

    pub(crate) fn press(&mut self, key: KeyEvent) {
        let questions = self.state.update(Event::Key(key));
        self.answer(questions);
    }

    /// Presses keys: letters, `\n` for Enter, `\t` for Tab, `\x1b` for Esc.
    pub(crate) fn keys(&mut self, keys: &str) {
        for c in keys.chars() {
            let code = match c {
                '\n' => KeyCode::Enter,
                '\t' => KeyCode::Tab,
                '\u{1b}' => KeyCode::Esc,
                c => KeyCode::Char(c),
            };
            self.press(KeyEvent::new(code, KeyModifiers::NONE));
        }
    }

    pub(crate) fn buffer(&self, columns: u16, lines: u16) -> Buffer {
        let mut terminal = Terminal::new(TestBackend::new(columns, lines)).unwrap();
        terminal.draw(|frame| draw(frame, &self.state, Palette::COLOURED)).unwrap();
        terminal.backend().buffer().clone()
    }

    /// The screen without its colours.
    pub(crate) fn screen(&self, columns: u16, lines: u16) -> String {
        let buffer = self.buffer(columns, lines);
        let line = |y: u16| {
            let cells = (0..columns).map(|x| buffer[(x, y)].symbol());
            cells.collect::<String>().trim_end().to_owned()
        };
        (0..lines).map(|y| line(y) + "\n").collect()
    }
}
