//! Where something stands in the input: file, line, column.

use serde::Serialize;

/// Index of an input file within one reading (0 is the plan or scenario itself).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct FileId(pub u16);

/// A place in an input file; lines and columns count from 1, columns in
/// characters, `start..end` are byte offsets for excerpts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// Line, from 1; 0 where the thing is built in.
    pub line: u32,
    /// Column in characters, from 1; 0 where the thing is built in.
    pub column: u32,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Place {
    /// The place of what stands in no file: built-in components and defaults.
    pub const BUILT_IN: Self = Self { file: FileId(0), line: 0, column: 0, start: 0, end: 0 };

    /// Whether the thing stands in a file.
    pub fn is_written(&self) -> bool {
        self.line > 0
    }
}
