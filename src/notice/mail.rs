//! A message as it is sent.

/// A message to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// One line.
    pub subject: String,
    /// The text, for mail programs that show no HTML.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}
