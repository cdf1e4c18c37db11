//! `outlast schema`.

use outlast_models::schema::Language;

use super::json;
use crate::args::{Schema, Written};
use crate::error::CliError;
use crate::exit::Exit;
use crate::{files, out};

/// The file that stands beside a plan.
pub(super) const FILE: &str = "outlast.schema.json";

/// The first lines of a plan whose schema stands beside it: what editors with the
/// YAML language server look for, and what those of `JetBrains` do.
pub(super) const HEAD: &str = "\
# yaml-language-server: $schema=./outlast.schema.json
# $schema: ./outlast.schema.json
";

/// Writes the schema of a language.
pub(super) fn write(args: &Schema) -> Result<Exit, CliError> {
    let text = text_of(&match args.of {
        Written::Plan => outlast_models::schema::plan(),
        Written::Scenario => outlast_scenarios::schema(),
    })?;
    match &args.out {
        Some(path) => files::write_whole(path, text.as_bytes(), args.force)?,
        None => out::print(&text)?,
    }
    Ok(Exit::Answered)
}

/// A schema as the text of a file.
pub(super) fn text_of(language: &Language) -> Result<String, CliError> {
    json(&language.document())
}
