//! What PAC files answer, asked in this process.
//!
//! The command runs somebody else's programs in a child that it can kill; the
//! cases' own files need no child, and answer with the same script engine.

use std::io::Cursor;

use outlast_cli::pac::worker;
use outlast_models::Plan;
use outlast_models::pac::{PacAnswer, PacAnswers, PacQuestion, parse_answer, questions};
use serde_json::{Value, json};

/// Puts all questions of a plan to its PAC files; no name has an address.
pub(super) fn of(plan: &Plan) -> PacAnswers {
    let mut answers = PacAnswers::default();
    for question in questions(plan) {
        let text = &plan.pac[&question.pac].text;
        let answer = ask(text, &question).unwrap_or_else(PacAnswer::Failed);
        answers.by_host.insert((question.pac, question.host), answer);
    }
    answers
}

fn ask(text: &str, question: &PacQuestion) -> Result<PacAnswer, String> {
    let host = question.host.to_ascii_lowercase();
    let ask = json!({"url": question.url, "host": host, "address": null});
    let task = json!({"text": text, "asks": [ask], "tell_lines": false}).to_string();
    let mut reply = Vec::new();
    worker::serve(Cursor::new(task), &mut reply).map_err(|error| error.to_string())?;
    let reply: Value = serde_json::from_slice(&reply).map_err(|error| error.to_string())?;
    let returned = &reply["returned"];
    match returned["Ok"].as_str() {
        Some(said) => Ok(parse_answer(said)),
        None => Err(returned["Err"].as_str().unwrap_or("no answer").to_owned()),
    }
}
