//! JSON texts in and out, with one kind of code for each type.
//!
//! The code that `serde` derives is compiled once for each kind of reader and writer it meets, and it is larger the more
//! a reader does between two values. So a text is first read into a [`Tree`], which only `serde_json` does, and types are
//! read from there; and whatever is written goes through a text (docs/decisions/0002).

#[cfg(test)]
mod tests;
mod tree;

use serde::{Deserialize, Serialize};
use serde_json::{Error, Value};

pub use tree::Tree;

/// Reads a text.
///
/// # Errors
/// A text that is not JSON, with line and column, and a value that does not fit, without.
pub fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Error> {
    T::deserialize(&Tree::read(text)?)
}

/// Reads a text without a type.
///
/// # Errors
/// A text that is not JSON, with line and column.
pub fn parse(text: &str) -> Result<Value, Error> {
    Ok(Tree::read(text)?.into())
}

/// A value as `serde_json` holds it.
///
/// # Errors
/// A value that JSON cannot hold, such as a map whose keys are not texts.
pub fn value<T: Serialize>(value: &T) -> Result<Value, Error> {
    parse(&serde_json::to_string(value)?)
}
