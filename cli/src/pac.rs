//! Runs the PAC files of a plan (PRX-08), each in a child process of its own.
//!
//! A PAC file is a program that somebody else wrote. The child is this very
//! command with a hidden subcommand; it limits memory, stack and steps, and is
//! killed at a deadline if that was not enough. A file that fails is a
//! [`PacAnswer::Failed`] for each of its questions and touches no other file.
//!
//! Nothing of the machine enters an answer: see [`pac::Outside`] for what a file
//! may ask and what it is told.

mod protocol;
mod returns;
mod tokens;
pub mod worker;

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use outlast_models::Id;
use outlast_models::pac::{self, Outside, PacAnswer, PacAnswers, PacQuestion};
use outlast_models::plan::{Address, Plan};

use protocol::{Ask, Reply, Task};

/// The word that starts the child; hidden from the help.
pub const WORKER_COMMAND: &str = "pac-worker";

/// A PAC file, what is asked about, and the questions as the child reads them.
pub(crate) type Job = (Id, Vec<PacQuestion>, Task);

/// All answers of one file, or why it has none.
type FileAnswers = Result<Vec<Reply>, String>;

/// How long one file may take for all its questions. A file that ends takes
/// milliseconds; steps are counted in the child, so that only what never looks
/// at the count comes this far.
const DEADLINE: Duration = Duration::from_secs(5);
/// Children at a time.
const AT_ONCE: usize = 4;
/// PAC files of one plan that are run.
const MOST_FILES: usize = 100;
/// After so many files had to be killed no other is started.
const MOST_KILLED: usize = 2 * AT_ONCE;
/// More than any honest set of answers takes.
const OUTPUT_BYTES: u64 = 1 << 20;

/// What one file answers to one question, and by which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tested {
    /// The text that it returned; empty for nothing.
    pub returned: Option<String>,
    /// What that means.
    pub answer: PacAnswer,
    /// The entries that browsers skip beside others.
    pub skipped: Vec<String>,
    /// The line of the `return`, where it is known.
    pub line: Option<u32>,
    /// What it asked of the machine.
    pub outside: Vec<Outside>,
}

impl Tested {
    fn failed(reason: String) -> Self {
        let (skipped, outside) = (Vec::new(), Vec::new());
        Self { returned: None, answer: PacAnswer::Failed(reason), skipped, line: None, outside }
    }
}

impl From<Reply> for Tested {
    fn from(reply: Reply) -> Self {
        let (returned, outside) = (reply.returned.clone().ok(), reply.outside.clone());
        let skipped = skipped(&reply);
        Self { returned, answer: answer_of(reply), skipped, line: None, outside }
    }
}

/// Where the child comes from and how long it may take.
#[derive(Debug, Clone)]
pub struct Runner {
    program: PathBuf,
    deadline: Duration,
}

impl Runner {
    /// Runs children of the program that is running now.
    pub fn of_this_program() -> io::Result<Self> {
        Ok(Self::new(std::env::current_exe()?, DEADLINE))
    }

    /// Runs children of `program`, which must be the `outlast` command.
    pub fn new(program: PathBuf, deadline: Duration) -> Self {
        Self { program, deadline }
    }

    /// Puts all [`pac::questions`] of a plan to its PAC files.
    pub fn ask(&self, plan: &Plan) -> PacAnswers {
        let jobs = Self::asks(plan);
        let mut all = PacAnswers::default();
        let mut killed = 0;
        for (index, some) in jobs.chunks(AT_ONCE).enumerate() {
            let answers = if index * AT_ONCE >= MOST_FILES {
                vec![Err(format!("only {MOST_FILES} PAC files of a plan are run")); some.len()]
            } else if killed >= MOST_KILLED {
                vec![Err("not run, since other PAC files do not end".to_owned()); some.len()]
            } else {
                self.ask_some(some.iter().map(|(_, _, task)| task))
            };
            for ((id, questions, _), answers) in some.iter().zip(answers) {
                killed += usize::from(answers.is_err());
                add(&mut all, id, questions, answers);
            }
        }
        all
    }

    /// What is put to each PAC file of a plan.
    pub(crate) fn asks(plan: &Plan) -> Vec<Job> {
        let mut by_file: BTreeMap<Id, Vec<PacQuestion>> = BTreeMap::new();
        for question in pac::questions(plan) {
            by_file.entry(question.pac.clone()).or_default().push(question);
        }
        let job = |(id, questions): (Id, Vec<PacQuestion>)| {
            let text = plan.pac.get(&id)?.text.clone();
            let asks = questions.iter().map(|question| ask_of(plan, question)).collect();
            Some((id, questions, Task { text, asks, tell_lines: false }))
        };
        by_file.into_iter().filter_map(job).collect()
    }

    /// Puts questions (URL and host) to one PAC file.
    pub fn ask_file(&self, text: &str, questions: &[(&str, &str)]) -> Vec<PacAnswer> {
        let ask = |&(url, host): &(&str, &str)| Ask {
            url: url.to_owned(),
            host: host.to_ascii_lowercase(),
            address: None,
            own_address: None,
        };
        let asks = questions.iter().map(ask).collect();
        match self.ask_child(&Task { text: text.to_owned(), asks, tell_lines: false }) {
            Ok(replies) => replies.into_iter().map(answer_of).collect(),
            Err(reason) => vec![PacAnswer::Failed(reason); questions.len()],
        }
    }

    /// Puts questions (URL and host) to one PAC file and finds the lines that
    /// answer. The file is run twice, as it is and in a copy that tells its lines
    /// ([`returns`]): a line counts only where both say the same.
    pub fn test_file(
        &self,
        text: &str,
        questions: &[(&str, &str)],
        own_address: Option<&str>,
    ) -> Vec<Tested> {
        let ask = |&(url, host): &(&str, &str)| Ask {
            url: url.to_owned(),
            host: host.to_owned(),
            address: None,
            own_address: own_address.map(str::to_owned),
        };
        let asks: Vec<Ask> = questions.iter().map(ask).collect();
        let mut task = Task { text: text.to_owned(), asks, tell_lines: false };
        let replies = match self.ask_child(&task) {
            Ok(replies) => replies,
            Err(reason) => return vec![Tested::failed(reason); questions.len()],
        };
        task.tell_lines = true;
        let told = self.ask_child(&task).unwrap_or_default();
        let mut told = told.into_iter();
        let line = |reply: &Reply, told: Option<Reply>| {
            told.filter(|told| told.returned == reply.returned).and_then(|told| told.line)
        };
        let replies = replies.into_iter();
        replies.map(|reply| Tested { line: line(&reply, told.next()), ..reply.into() }).collect()
    }

    fn ask_some<'a>(&self, tasks: impl Iterator<Item = &'a Task>) -> Vec<FileAnswers> {
        thread::scope(|scope| {
            let running: Vec<_> =
                tasks.map(|task| scope.spawn(move || self.ask_child(task))).collect();
            let broken = || Err("the PAC runner broke down".to_owned());
            running.into_iter().map(|one| one.join().unwrap_or_else(|_| broken())).collect()
        })
    }

    /// The environment is emptied: it may not change an answer.
    fn ask_child(&self, task: &Task) -> FileAnswers {
        let spawned = Command::new(&self.program)
            .arg(WORKER_COMMAND)
            .env_clear()
            .env("TZ", "UTC")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut child) = spawned else {
            return Err("the PAC runner did not start".to_owned());
        };
        let replies = self.converse(&mut child, task);
        // Both fail only if it has ended by itself.
        let _ = child.kill();
        let _ = child.wait();
        replies
    }

    fn converse(&self, child: &mut Child, task: &Task) -> FileAnswers {
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("the PAC runner did not start".to_owned());
        };
        let (sender, receiver) = mpsc::channel();
        let request = serde_json::to_vec(task).map_err(|error| error.to_string())?;
        // Once the child is killed its pipes close and the thread ends.
        thread::spawn(move || sender.send(exchange(stdin, stdout, &request)));
        let replies = match receiver.recv_timeout(self.deadline) {
            Ok(Ok(replies)) => replies,
            Ok(Err(_)) => return Err("the PAC runner broke down".to_owned()),
            Err(_) => return Err(format!("it does not end within {:?}", self.deadline)),
        };
        if replies.len() == task.asks.len() {
            Ok(replies)
        } else {
            Err("it broke the script engine".to_owned())
        }
    }
}

fn add(all: &mut PacAnswers, id: &Id, questions: &[PacQuestion], answers: FileAnswers) {
    let mut replies = answers.map(Vec::into_iter);
    for question in questions {
        let key = (id.clone(), question.host.clone());
        let answer = match &mut replies {
            Ok(replies) => replies.next().map_or_else(
                || PacAnswer::Failed("it gave no answer".to_owned()),
                |reply| {
                    if !reply.outside.is_empty() {
                        all.asked.insert(key.clone(), reply.outside.iter().copied().collect());
                    }
                    if !skipped(&reply).is_empty() {
                        all.skipped.insert(key.clone());
                    }
                    answer_of(reply)
                },
            ),
            Err(reason) => PacAnswer::Failed(reason.clone()),
        };
        all.by_host.insert(key, answer);
    }
}

fn answer_of(reply: Reply) -> PacAnswer {
    match reply.returned {
        Ok(text) => pac::parse_answer(&text),
        Err(reason) => PacAnswer::Failed(reason),
    }
}

/// What browsers skip in an answer that has something else.
fn skipped(reply: &Reply) -> Vec<String> {
    let Ok(text) = &reply.returned else { return Vec::new() };
    match pac::parse_answer(text) {
        PacAnswer::Hops(_) => pac::skipped(text),
        PacAnswer::Failed(_) => Vec::new(),
    }
}

/// Browsers lower the case of a host before they ask.
fn ask_of(plan: &Plan, question: &PacQuestion) -> Ask {
    let cloud = &plan.cloud;
    let of_turn = question.host == cloud.turn_host.value;
    let known = if of_turn { &cloud.addresses.turn } else { &cloud.addresses.services };
    Ask {
        url: question.url.clone(),
        host: question.host.to_ascii_lowercase(),
        address: known.value.first().map(first_address),
        own_address: None,
    }
}

fn first_address(known: &Address) -> String {
    known.net.addr().to_string()
}

fn exchange(mut stdin: ChildStdin, stdout: ChildStdout, request: &[u8]) -> io::Result<Vec<Reply>> {
    // A child that dies early closes the pipe: what it said still counts.
    let _ = stdin.write_all(request);
    drop(stdin);
    let mut replies = Vec::new();
    for line in BufReader::new(stdout.take(OUTPUT_BYTES)).lines() {
        replies.push(serde_json::from_str(&line?)?);
    }
    Ok(replies)
}
