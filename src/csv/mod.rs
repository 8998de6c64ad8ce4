//! The CSV files that administrators have: the exports of admin.atlassian.com and lists of people in, tables out.
//!
//! Bytes come in as they arrive, in slices of any size; nothing here opens a file. What a file does not say stays
//! unknown: a column that is not there, an empty "Last seen", a date that cannot be read.

#[cfg(feature = "csv")]
mod error;
#[cfg(feature = "csv")]
mod headings;
#[cfg(feature = "csv")]
mod members;
#[cfg(feature = "csv")]
mod merge;
#[cfg(feature = "csv")]
mod people;
#[cfg(feature = "csv")]
mod product;
#[cfg(feature = "csv")]
mod rows;
#[cfg(feature = "csv")]
mod value;
mod write;

#[cfg(feature = "csv")]
pub use error::ExportError;
#[cfg(feature = "csv")]
pub use members::read_members;
#[cfg(feature = "csv")]
pub use people::{People, Refused, Report, Unread};
pub use write::write_row;
