//! An export of admin.atlassian.com that somebody uploads, in parts that the page made of it.

use serde::{Deserialize, Serialize};

use crate::model::Time;

/// The export that was uploaded last, or is being uploaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ImportState {
    /// Follows from the file's content: the same file goes on where its upload stopped.
    pub id: String,
    /// The file's name.
    pub name: String,
    /// How many parts it has.
    pub parts: u32,
    /// How many of them are here: the next one to send.
    pub received: u32,
    /// When the file was made, as the person who uploads it says: activity in it is known up to then.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub made: Time,
    /// When the last part came and the whole was taken into use.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub finished: Option<Time>,
    /// What the page found in the file.
    pub report: ImportReport,
}

/// What was found in an export.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    /// Rows read.
    pub rows: u32,
    /// Rows that were taken.
    pub taken: u32,
    /// Rows that were merged into a person who was there already.
    pub merged: u32,
    /// People in the end.
    pub people: u32,
    /// How many rows were refused.
    pub refused: u32,
    /// The first of them, each with its number and why.
    pub refusals: Vec<RefusedRow>,
    /// What else the person who uploads it should know, each in one sentence: values that count as not known, and
    /// columns that nothing was read from.
    #[serde(default)]
    #[cfg_attr(feature = "types", ts(as = "Option<Vec<String>>", optional))]
    pub notes: Vec<String>,
}

/// A row that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RefusedRow {
    /// From 1 on, the row of headings counted.
    pub row: u32,
    /// Why, in one sentence.
    pub why: String,
}
