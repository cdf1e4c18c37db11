//! `outlast pac test`: what a PAC file answers, and by which line.

use std::path::Path;

use outlast_models::pac::{self, PacAnswer, PacHop};
use outlast_tui::{Palette, SCREEN_COLUMNS, Tone, harmless, shortened, wrapped};
use serde::Serialize;

use crate::args::PacTest;
use crate::error::CliError;
use crate::exit::Exit;
use crate::files;
use crate::load::is_among;
use crate::out::Out;
use crate::pac::{Runner, Tested};
use crate::url::{Asked, asked};

/// The JSON document, and what the human view is made from.
#[derive(Debug, Serialize)]
struct Listing {
    document: &'static str,
    version: u32,
    file: String,
    answers: Vec<Answer>,
}

#[derive(Debug, Serialize)]
struct Answer {
    /// As it was typed.
    url: String,
    /// What the file is given: the address and its host.
    asked: Asked,
    /// What it returned.
    #[serde(skip_serializing_if = "Option::is_none")]
    returned: Option<String>,
    /// Where the browser then goes, in order.
    goes: Vec<Hop>,
    /// What stands in the answer and no browser reads.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    skipped: Vec<String>,
    /// Why there is no usable answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<String>,
    /// The line that answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    /// What stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// What the file asked of the machine.
    asked_machine: Vec<Outside>,
}

#[derive(Debug, Serialize)]
struct Hop {
    /// `direct`, `proxy`, or `other` for what is no web proxy.
    by: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Outside {
    /// `names`, `own-address`, `time` or `chance`.
    what: &'static str,
    /// What it was told instead.
    assumed: &'static str,
}

/// Asks the file and shows its answers.
pub(super) fn test(args: &PacTest) -> Result<Exit, CliError> {
    let urls: Vec<Asked> = asked(&args.urls)?;
    let path = Path::new(&args.file);
    let text = files::read_named(path)?;
    keep(path, args.writing.out.as_deref())?;
    let runner = Runner::of_this_program()
        .map_err(|error| CliError::Ours(format!("cannot find this program: {error}")))?;
    let questions: Vec<(&str, &str)> =
        urls.iter().map(|asked| (asked.url.as_str(), asked.host.as_str())).collect();
    let own_address = args.client_ip.map(|address| address.to_string());
    let tested = runner.test_file(&text, &questions, own_address.as_deref());
    let all = args.urls.iter().zip(urls).zip(tested);
    let answers: Vec<Answer> =
        all.map(|((url, asked), tested)| answer(&text, url, asked, tested)).collect();
    let fails = answers.iter().any(|answer| answer.failed.is_some());
    let file = path.display().to_string();
    let document = Listing { document: "outlast-pac-test", version: 1, file, answers };
    let out = Out::new(&args.writing);
    let human = || human(&document, out.palette());
    out.answer(&super::written(args.writing.format, &document, human)?)?;
    Ok(if fails { Exit::Input } else { Exit::Answered })
}

/// Refuses to write an answer over the file that it is about.
fn keep(file: &Path, out: Option<&Path>) -> Result<(), CliError> {
    let Some(out) = out else { return Ok(()) };
    let is_it = out.canonicalize().is_ok_and(|there| is_among(&there, &[file.to_owned()]));
    if is_it { Err(CliError::Input { path: out.to_owned() }) } else { Ok(()) }
}

fn answer(file: &str, url: &str, asked: Asked, tested: Tested) -> Answer {
    let (goes, failed) = match tested.answer {
        PacAnswer::Hops(hops) => (hops.into_iter().map(hop).collect(), None),
        PacAnswer::Failed(reason) => (Vec::new(), Some(reason)),
    };
    Answer {
        url: url.to_owned(),
        asked,
        returned: tested.returned,
        goes,
        skipped: tested.skipped,
        failed,
        line: tested.line,
        text: tested.line.and_then(|line| line_of(file, line)),
        asked_machine: tested.outside.into_iter().map(Outside::of).collect(),
    }
}

impl Outside {
    /// There is no plan here that could give a name its address.
    fn of(one: pac::Outside) -> Self {
        let assumed = match one {
            pac::Outside::Names => "no name resolves",
            pac::Outside::OwnAddress | pac::Outside::Time | pac::Outside::Chance => one.assumed(),
        };
        Self { what: one.word(), assumed }
    }
}

fn hop(hop: PacHop) -> Hop {
    match hop {
        PacHop::Direct => Hop { by: "direct", to: None },
        PacHop::Proxy(to) => Hop { by: "proxy", to: Some(to) },
        PacHop::Other(to) => Hop { by: "other", to: Some(to) },
    }
}

/// A line of a file, counted as scripts count lines.
fn line_of(file: &str, line: u32) -> Option<String> {
    let file = file.replace("\r\n", "\n");
    let text = file.split(['\n', '\r']).nth(line.checked_sub(1)? as usize)?;
    Some(text.trim().to_owned())
}

fn human(document: &Listing, palette: Palette) -> String {
    let failed = document.answers.iter().filter(|answer| answer.failed.is_some()).count();
    let (all, file) = (document.answers.len(), harmless(&document.file));
    let urls = urls(document);
    let (tone, verdict) = match failed {
        0 => (Tone::Good, format!("{file} answers {urls}.")),
        _ if failed == all => (Tone::Bad, format!("{file} fails for {urls}.")),
        _ => (Tone::Bad, format!("{file} fails for {failed} of {urls}.")),
    };
    let mut text = format!("{}\n", palette.paint(tone, &wrapped(&verdict, SCREEN_COLUMNS, 0)));
    for answer in &document.answers {
        let url = shortened(&harmless(&answer.url), SCREEN_COLUMNS);
        text.extend(["\n", &palette.paint(Tone::Strong, &url), "\n"]);
        for line in lines(answer) {
            text.extend(["  ", &wrapped(&harmless(&line), SCREEN_COLUMNS - 2, 6), "\n"]);
        }
    }
    let asked = machine(document);
    if !asked.is_empty() {
        text.extend([
            "\n",
            &palette.paint(Tone::Strong, "Asked of the machine, and taken so"),
            "\n",
        ]);
        for line in asked {
            text.extend(["  ", &wrapped(&line, SCREEN_COLUMNS - 2, 6), "\n"]);
        }
    }
    text
}

/// How many there are.
fn urls(document: &Listing) -> String {
    match document.answers.len() {
        1 => "1 URL".to_owned(),
        all => format!("{all} URLs"),
    }
}

/// What is said of one URL.
fn lines(answer: &Answer) -> Vec<String> {
    let line = match (answer.line, &answer.text) {
        (Some(line), Some(text)) => format!("line {line}: {}", shortened(&harmless(text), 66)),
        _ => "line not found".to_owned(),
    };
    let Some(reason) = &answer.failed else {
        let hops: Vec<String> = answer.goes.iter().map(Hop::words).collect();
        let skipped = answer.skipped.iter().map(|entry| format!("browsers skip `{entry}`"));
        return [hops.join(", then ")].into_iter().chain(skipped).chain([line]).collect();
    };
    let no_answer = format!("no answer: {reason}; browsers then go direct");
    // A file that stopped says where by itself.
    if answer.line.is_some() { vec![no_answer, line] } else { vec![no_answer] }
}

impl Hop {
    fn words(&self) -> String {
        match (&self.to, self.by) {
            (None, _) => "direct".to_owned(),
            (Some(to), "proxy") => format!("proxy {to}"),
            (Some(to), _) => format!("{to} (no web proxy)"),
        }
    }
}

/// What the file asked of the machine, a line for each, with how many URLs.
fn machine(document: &Listing) -> Vec<String> {
    let mut asked: Vec<(&Outside, usize)> = Vec::new();
    for outside in document.answers.iter().flat_map(|answer| &answer.asked_machine) {
        match asked.iter_mut().find(|(known, _)| *known == outside) {
            Some((_, count)) => *count += 1,
            None => asked.push((outside, 1)),
        }
    }
    let urls = urls(document);
    let line =
        |(outside, count): (&Outside, usize)| format!("{} ({count} of {urls})", outside.assumed);
    asked.into_iter().map(line).collect()
}
