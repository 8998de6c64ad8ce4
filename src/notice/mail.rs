//! A message as it is sent.

use crate::html::escaped;

/// A message to one person, or to the people of some groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// One line.
    pub subject: String,
    /// The text, for mail programs that show no HTML.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

impl Mail {
    /// A message of lines of plain text.
    pub(super) fn of(subject: String, lines: &[String]) -> Mail {
        Mail {
            subject,
            html: html(lines),
            text: lines.join("\n"),
        }
    }
}

/// A paragraph for each line, addresses as links. Everything else is text.
fn html(lines: &[String]) -> String {
    let mut html = String::new();
    for line in lines.iter().filter(|line| !line.is_empty()) {
        html.push_str("<p>");
        for (number, word) in line.split(' ').enumerate() {
            if number > 0 {
                html.push(' ');
            }
            let word = escaped(word);
            if word.starts_with("https://") {
                html.push_str(&format!("<a href=\"{word}\">{word}</a>"));
            } else {
                html.push_str(&word);
            }
        }
        html.push_str("</p>");
    }
    html
}

/// A value stays on its line, whatever somebody wrote into a name.
pub(super) fn one_line(value: &str) -> String {
    value
        .chars()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .collect()
}
