//! The terminal itself: the loop that draws, listens and waits for answers.

use std::io;
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::thread;
use std::time::Duration;

use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{self, Event as Input, KeyEventKind};

use super::ask::{Answers, Numbered, Question, Reply};
use super::draw::draw;
use super::facts::Facts;
use super::state::State;
use super::update::Event;
use crate::Palette;

/// How long a key or an answer is waited for before the other is looked at.
const TICK: Duration = Duration::from_millis(30);

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The user has quit; the command line of the last screen.
    Quit(String),
    /// The process was told to end.
    Stopped,
    /// Whoever answers has failed.
    Failed,
}

/// Shows the terminal UI until the user quits or `stop` is set. The terminal is as it
/// was before whatever happens, a panic included.
///
/// # Errors
/// Returns what the terminal could not do.
pub fn show(
    facts: Facts,
    answers: &mut (impl Answers + Send),
    palette: Palette,
    stop: &AtomicBool,
) -> io::Result<End> {
    let (questions, asked) = mpsc::channel();
    let (given, replies) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            // Whoever waits for an answer learns of a panic by the end of the channel.
            let work = AssertUnwindSafe(|| work(answers, &asked, &given));
            let _ = panic::catch_unwind(work);
            drop(given);
        });
        let mut terminal = ratatui::try_init()?;
        let end = watch(&mut terminal, facts, palette, (&questions, &replies, stop));
        let restored = ratatui::try_restore();
        // Dropped with a hidden cursor it would print to a standard error that may be
        // gone as well, and panic twice.
        if terminal.show_cursor().is_err() {
            mem::forget(terminal);
        }
        // Without questions the worker ends.
        drop(questions);
        end.and_then(|end| restored.map(|()| end))
    })
}

/// Leaves the terminal as it was, from whatever thread.
pub fn leave() {
    // A terminal that is gone needs nothing any more.
    let _ = ratatui::try_restore();
}

type Ends<'a> = (&'a Sender<Numbered<Question>>, &'a Receiver<Numbered<Reply>>, &'a AtomicBool);

fn watch(
    terminal: &mut DefaultTerminal,
    facts: Facts,
    palette: Palette,
    (questions, replies, stop): Ends<'_>,
) -> io::Result<End> {
    let (mut state, first) = State::new(facts);
    let ask = |all: Vec<Numbered<Question>>| all.into_iter().all(|one| questions.send(one).is_ok());
    let mut works = ask(first);
    let mut changed = true;
    while works {
        if stop.load(Ordering::Relaxed) {
            return Ok(End::Stopped);
        }
        if changed {
            terminal.draw(|frame| draw(frame, &state, palette))?;
        }
        changed = false;
        while event::poll(if changed { Duration::ZERO } else { TICK })? {
            changed = true;
            match event::read()? {
                Input::Key(key) if key.kind != KeyEventKind::Release => {
                    works &= ask(state.update(Event::Key(key)));
                }
                _ => {}
            }
            if state.quits() {
                return Ok(End::Quit(state.command()));
            }
        }
        loop {
            match replies.try_recv() {
                Ok(reply) => {
                    works &= ask(state.update(Event::Reply(reply)));
                    changed = true;
                }
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => {
                    works = false;
                    break;
                }
            }
        }
    }
    Ok(End::Failed)
}

/// Answers questions, the latest of each sort only: what was asked before it is not
/// looked at any more.
fn work(
    answers: &mut impl Answers,
    questions: &Receiver<Numbered<Question>>,
    replies: &Sender<Numbered<Reply>>,
) {
    let mut waiting: Vec<Numbered<Question>> = Vec::new();
    loop {
        if waiting.is_empty() {
            match questions.recv() {
                Ok(question) => replace(&mut waiting, question),
                Err(_) => return,
            }
        }
        loop {
            match questions.try_recv() {
                Ok(question) => replace(&mut waiting, question),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return,
            }
        }
        let (number, question) = waiting.remove(0);
        answers.answer(&question, &mut |reply| {
            let heard = replies.send((number, reply)).is_ok();
            while let Ok(later) = questions.try_recv() {
                replace(&mut waiting, later);
            }
            heard && !waiting.iter().any(|(_, other)| is_alike(other, &question))
        });
    }
}

/// Puts a question in the place of an earlier one of its sort.
fn replace(waiting: &mut Vec<Numbered<Question>>, new: Numbered<Question>) {
    waiting.retain(|(_, other)| !is_alike(other, &new.1));
    waiting.push(new);
}

fn is_alike(one: &Question, other: &Question) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use outlast_scenarios::WhatIf;

    /// Says which scenario was asked about.
    struct Parrot;

    impl Answers for Parrot {
        fn answer(&mut self, question: &Question, give: &mut dyn FnMut(Reply) -> bool) {
            let (Question::Run { scene, .. }
            | Question::Base { scene }
            | Question::Explain { scene, .. }) = question;
            if give(Reply::Fault(format!("{scene}"))) {
                give(Reply::Fault(format!("{scene} again")));
            }
        }
    }

    fn run(scene: usize) -> Question {
        Question::Run { scene, what_if: WhatIf::default() }
    }

    #[test]
    fn only_the_last_question_is_answered() {
        let (questions, asked) = mpsc::channel();
        let (given, replies) = mpsc::channel();
        for n in 0..5 {
            questions.send((n, run(4 - usize::try_from(n).unwrap_or(0)))).expect("it listens");
        }
        thread::scope(|scope| {
            scope.spawn(move || work(&mut Parrot, &asked, &given));
            let (number, Reply::Fault(text)) = replies.recv().expect("an answer") else {
                panic!("a parrot says faults")
            };
            assert_eq!((number, text.as_str()), (4, "0"));
            let again = replies.recv_timeout(Duration::from_secs(60));
            assert!(matches!(again, Ok((4, Reply::Fault(text))) if text == "0 again"));
            drop(questions);
            assert!(replies.recv().is_err());
        });
    }
}
