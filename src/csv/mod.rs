//! The CSV files that administrators have: the exports of admin.atlassian.com and lists of people in, tables out.
//!
//! Bytes come in as they arrive, in slices of any size; nothing here opens a file. What a file does not say stays
//! unknown: a column that is not there, an empty "Last seen", a date that cannot be read.

mod headings;
mod members;
mod merge;
mod people;
mod product;
mod rows;
mod value;
mod write;

pub use members::read_members;
pub use people::{ExportError, People, Refused, Report, Unread};
pub use write::write_row;
