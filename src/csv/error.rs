//! Why a file of an administrator is not taken.

/// Why a file cannot be read as an export at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// There is no first row.
    #[error("the file is empty")]
    Empty,
    /// The first row is not UTF-8.
    #[error("the file is not text in UTF-8: export it again, or save it as \"CSV UTF-8\"")]
    NotText,
    /// Nothing says who a row is about.
    #[error(
        "the first line has no column `User id` or `Atlassian ID`: take the file as admin.atlassian.com exports it, with commas"
    )]
    NoAccountColumn,
    /// Two columns of one meaning.
    #[error("a second column `{0}` says the same as another one: leave one of them out")]
    ColumnTwice(String),
    /// A row without end.
    #[error("row {0} is longer than 1 MiB: a quotation mark in or before it is not closed")]
    RowTooLong(u64),
    /// Every row was left out.
    #[error("nobody could be read from the file: row {0} {1}")]
    Nobody(u64, String),
}

impl ExportError {
    /// A stable code, for the page.
    pub fn code(&self) -> &'static str {
        match self {
            ExportError::Empty => "EXPORT_EMPTY",
            ExportError::NotText => "EXPORT_NOT_TEXT",
            ExportError::NoAccountColumn => "EXPORT_NO_ACCOUNT_COLUMN",
            ExportError::ColumnTwice(_) => "EXPORT_COLUMN_TWICE",
            ExportError::RowTooLong(_) => "EXPORT_ROW_TOO_LONG",
            ExportError::Nobody(..) => "EXPORT_NOBODY",
        }
    }
}
