//! SHA-256 of every input, so that a result can be traced to what it was made of.

use sha2::{Digest, Sha256};

use crate::document::InputDocument;

/// A file that a result was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its name, without the folder it lies in.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl Input {
    /// Name and digest.
    pub(crate) fn document(&self) -> InputDocument {
        InputDocument { name: self.name.clone(), sha256: sha256(&self.text) }
    }
}

/// The SHA-256 of a text in hexadecimal.
pub fn sha256(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        write!(out, "{byte:02x}").expect("writing to a string cannot fail");
    }
    out
}

#[cfg(test)]
mod tests {
    /// The example of FIPS 180-2.
    #[test]
    fn the_published_example_agrees() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(super::sha256("abc"), expected);
    }
}
