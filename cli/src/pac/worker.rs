//! The child process that runs one PAC file.
//!
//! Each question gets an engine of its own, so an answer depends on the file
//! and the host alone, never on what was asked before. Memory, stack and steps
//! are limited here; what these limits cannot stop (`a.length = 4294967295;
//! a.join("x")` never looks at them) the parent ends by killing the process.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::rc::Rc;

use rquickjs::context::{EvalOptions, intrinsic};
use rquickjs::{Context, Ctx, Error, Function, Runtime, Value};

use outlast_models::pac::Outside;

use super::protocol::{Ask, Reply, Task};
use super::returns::{Telling, telling};

/// Heap of one question.
const MEMORY_BYTES: usize = 32 << 20;
/// Stack of one question; the process has several megabytes.
const STACK_BYTES: usize = 256 << 10;
/// How often the engine may look whether to go on: once in 10,000 steps, so
/// this counts steps and not time, and cuts off at the same step everywhere.
const LOOKS: u32 = 300;
/// The longest answer that is passed on.
const ANSWER_CHARS: usize = 4_000;
/// The longest reason that is passed on.
const REASON_CHARS: usize = 160;

/// What the engine calls the PAC file in its account of calls.
const FILE: &str = "the-pac-file";

const HELPERS: &str = include_str!("helpers.js");

type Intrinsics = (
    intrinsic::Eval,
    intrinsic::Date,
    intrinsic::RegExpCompiler,
    intrinsic::RegExp,
    intrinsic::Json,
    intrinsic::MapSet,
);

/// Answers the one task on `input`.
pub fn serve(input: impl Read, mut output: impl Write) -> io::Result<()> {
    let task: Task = serde_json::from_reader(input)?;
    let text = task.text.strip_prefix('\u{feff}').unwrap_or(&task.text);
    let script = match telling(text).filter(|_| task.tell_lines) {
        Some(Telling { text, note }) => Script { text, note: Some(note) },
        None => Script { text: text.to_owned(), note: None },
    };
    for ask in &task.asks {
        let reply = answer(&script, ask);
        serde_json::to_writer(&mut output, &reply)?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
    Ok(())
}

/// A PAC file, or a copy of it that tells the lines of its answers.
struct Script {
    text: String,
    /// The function by which it does.
    note: Option<String>,
}

/// What the limits and helper functions noted while a file ran.
#[derive(Default)]
struct Notes {
    /// The last `return` of the entry point: its line, and whether it returns
    /// nothing.
    passed: Cell<Option<(u32, bool)>>,
    out_of_steps: Cell<bool>,
    outside: RefCell<BTreeSet<Outside>>,
}

fn answer(script: &Script, ask: &Ask) -> Reply {
    let notes = Rc::new(Notes::default());
    let returned = match limited_context(&notes) {
        Ok(context) => context
            .with(|ctx| run(&ctx, script, ask, &notes).map_err(|stop| stop.reason(&ctx, &notes))),
        Err(_) => Err("the script engine did not start".to_owned()),
    };
    let outside = notes.outside.borrow().iter().copied().collect();
    let line = notes.passed.get().map(|(line, _)| line).filter(|_| returned.is_ok());
    Reply { returned, outside, line }
}

fn limited_context(notes: &Rc<Notes>) -> rquickjs::Result<Context> {
    let runtime = Runtime::new()?;
    runtime.set_memory_limit(MEMORY_BYTES);
    runtime.set_max_stack_size(STACK_BYTES);
    let (mut looks, notes) = (0, Rc::clone(notes));
    runtime.set_interrupt_handler(Some(Box::new(move || {
        looks += 1;
        let stop = looks > LOOKS;
        notes.out_of_steps.set(stop);
        stop
    })));
    Context::custom::<Intrinsics>(&runtime)
}

/// Why a file gave no answer.
enum Stop {
    /// The engine stopped it, or it threw.
    Engine(Error),
    /// It is no PAC file, or returned what is no answer.
    Answer(&'static str),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Engine(error)
    }
}

fn run(ctx: &Ctx<'_>, script: &Script, ask: &Ask, notes: &Rc<Notes>) -> Result<String, Stop> {
    offer_helpers(ctx, ask, notes)?;
    if let Some(name) = &script.note {
        offer_note(ctx, name, notes)?;
    }
    let _: Value<'_> = ctx.eval_with_options(script.text.as_str(), lenient())?;
    let function = entry_point(ctx)?;
    notes.passed.set(None);
    let value: Value<'_> = function.call((ask.url.as_str(), ask.host.as_str()))?;
    // A function that ends without a `return` may have passed one that threw.
    let returns_nothing = value.is_undefined();
    notes.passed.set(notes.passed.get().filter(|&(_, nothing)| nothing == returns_nothing));
    if value.is_null() || value.is_undefined() {
        return Ok(String::new());
    }
    let Some(answer) = value.as_string() else {
        return Err(Stop::Answer(kind_of_answer(&value)));
    };
    let answer = answer.to_string().map_err(|_| Stop::Answer("it returned broken text"))?;
    if answer.chars().nth(ANSWER_CHARS).is_some() {
        return Err(Stop::Answer("its answer is too long"));
    }
    Ok(answer)
}

/// PAC files are old-fashioned scripts: `x = 1` without `var` is allowed.
fn lenient() -> EvalOptions {
    let mut options = EvalOptions::default();
    options.strict = false;
    options.filename = Some(FILE.to_owned());
    options
}

fn offer_helpers(ctx: &Ctx<'_>, ask: &Ask, notes: &Rc<Notes>) -> Result<(), Stop> {
    let notes = Rc::clone(notes);
    let note = Function::new(ctx.clone(), move |word: String| {
        notes.outside.borrow_mut().extend(Outside::from_word(&word));
    })?;
    let install: Function<'_> = ctx.eval(HELPERS)?;
    let address = match &ask.address {
        Some(address) => rquickjs::String::from_str(ctx.clone(), address)?.into_value(),
        None => Value::new_null(ctx.clone()),
    };
    let own = match &ask.own_address {
        Some(address) => rquickjs::String::from_str(ctx.clone(), address)?.into_value(),
        None => Value::new_null(ctx.clone()),
    };
    install.call::<_, ()>((note, ask.host.as_str(), address, own))?;
    Ok(())
}

/// Offers the function by which the copy of a file tells where it passes.
///
/// A `return` counts if nothing but the entry point is running, so that those of
/// its helpers, also inside the expression that it returns, do not.
fn offer_note(ctx: &Ctx<'_>, name: &str, notes: &Rc<Notes>) -> Result<(), Stop> {
    let notes = Rc::clone(notes);
    let tell = Function::new(ctx.clone(), move |line: u32, nothing: u32, trace: String| {
        if is_entry_point(&trace) {
            notes.passed.set(Some((line, nothing != 0)));
        }
    })?;
    let install: Function<'_> = ctx.eval(
        "(function (tell, name, E) {
           globalThis[name] = (line, nothing) => { tell(line, nothing, new E().stack); };
         })",
    )?;
    let error: Value<'_> = ctx.globals().get("Error")?;
    install.call::<_, ()>((tell, name, error))?;
    Ok(())
}

/// Whether of all calls of scripts but the first, which is our own, only one is
/// going on, and that in the file.
fn is_entry_point(trace: &str) -> bool {
    let mut calls = trace.lines().filter(|line| !line.trim_end().ends_with("(native)")).skip(1);
    let of_file = format!("({FILE}:");
    calls.next().is_some_and(|call| call.contains(&of_file)) && calls.next().is_none()
}

/// Browsers of today call `FindProxyForURL`; only older ones of one vendor
/// prefer the `Ex` form, so that one counts where it stands alone.
fn entry_point<'js>(ctx: &Ctx<'js>) -> Result<Function<'js>, Stop> {
    for name in ["FindProxyForURL", "FindProxyForURLEx"] {
        let source = format!("typeof {name} === 'function' ? {name} : null");
        let value: Value<'js> = ctx.eval_with_options(source, lenient())?;
        if let Some(function) = value.into_function() {
            return Ok(function);
        }
    }
    Err(Stop::Answer("it defines no function `FindProxyForURL`"))
}

fn kind_of_answer(value: &Value<'_>) -> &'static str {
    if value.is_number() {
        "it returned a number, not a text"
    } else if value.is_bool() {
        "it returned true or false, not a text"
    } else {
        "it returned an object, not a text"
    }
}

impl Stop {
    fn reason(self, ctx: &Ctx<'_>, notes: &Notes) -> String {
        let error = match self {
            Self::Answer(reason) => return reason.to_owned(),
            Self::Engine(error) => error,
        };
        if notes.out_of_steps.get() {
            return "it does not come to an end".to_owned();
        }
        match error {
            Error::Exception => thrown(ctx),
            Error::InvalidString(_) => "it holds a NUL character".to_owned(),
            _ => "it returned broken text".to_owned(),
        }
    }
}

/// Out of memory may surface as an exception that is `null`.
fn thrown(ctx: &Ctx<'_>) -> String {
    let value = ctx.catch();
    let (message, stack) = match value.as_exception() {
        Some(exception) => (exception.message(), exception.stack()),
        None => (value.as_string().and_then(|text| text.to_string().ok()), None),
    };
    let place = stack.as_deref().and_then(place_in).unwrap_or_default();
    match message {
        Some(text) if text == "out of memory" => "it asks for too much memory".to_owned(),
        Some(text) => format!("it stopped{place} with: {}", one_line(&text)),
        None if value.is_null() => "it asks for too much memory, or threw null".to_owned(),
        None => "it threw an error without a message".to_owned(),
    }
}

/// Where in the file it was, by the innermost call there. What the file itself
/// writes into an error can only say another number.
fn place_in(stack: &str) -> Option<String> {
    let (_, behind) = stack.split_once(&format!("{FILE}:"))?;
    let mut numbers =
        behind.split([':', ')', '\n', ' ']).map_while(|part| part.parse::<u32>().ok());
    let line = numbers.next()?;
    let column = numbers.next().map(|column| format!(", column {column}")).unwrap_or_default();
    Some(format!(" in line {line}{column}"))
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(REASON_CHARS).collect()
}
