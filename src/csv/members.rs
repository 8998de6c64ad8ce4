//! A named list of people: a column of e-mail addresses or account ids.

use super::error::ExportError;
use super::headings::plain;
use super::rows::{RowFault, Rows};

/// Headings of a column of account ids, then of e-mail addresses.
const HEADINGS: [&str; 9] = [
    "user id",
    "atlassian id",
    "account id",
    "accountid",
    "email",
    "e-mail",
    "email address",
    "e-mail address",
    "mail",
];

/// Reads who stands on a list. With one of the known headings, that column counts (account ids before e-mail addresses,
/// row by row); without, the first column does, from the first row on.
///
/// # Errors
/// A file that is no text, or a row without end.
///
/// ```
/// let members = seatkeeper::csv::read_members(b"Name,Email\nA,a@acme.example\n").unwrap();
/// assert_eq!(members, ["a@acme.example"]);
/// ```
pub fn read_members(bytes: &[u8]) -> Result<Vec<String>, ExportError> {
    let mut members = Vec::new();
    let mut columns: Option<Vec<usize>> = None;
    let mut error = None;
    let mut take = |row: u64, cells: Result<&[&str], RowFault>| match cells {
        Err(RowFault::TooLong) => error = Some(ExportError::RowTooLong(row)),
        Err(RowFault::NotText) => error = Some(ExportError::NotText),
        Ok(cells) => {
            let known = columns.get_or_insert_with(|| known_columns(cells));
            let is_heading = row == 1 && !known.is_empty();
            let chosen = if known.is_empty() {
                &[0]
            } else {
                known.as_slice()
            };
            let member = chosen
                .iter()
                .filter_map(|column| cells.get(*column))
                .map(|cell| cell.trim())
                .find(|cell| !cell.is_empty());
            members.extend(member.filter(|_| !is_heading).map(String::from));
        }
    };
    let mut rows = Rows::new();
    rows.feed(bytes, &mut take);
    rows.finish(&mut take);
    match error {
        Some(error) => Err(error),
        None => Ok(members),
    }
}

fn known_columns(cells: &[&str]) -> Vec<usize> {
    HEADINGS
        .into_iter()
        .filter_map(|heading| cells.iter().position(|cell| plain(cell) == heading))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_a_column_with_or_without_a_heading() {
        for (text, expected) in [
            (
                "a@x.example\nb@x.example\n",
                vec!["a@x.example", "b@x.example"],
            ),
            (
                "\u{feff}712020:1\r\n\r\n 712020:2 \r\n",
                vec!["712020:1", "712020:2"],
            ),
            ("Name;Mail\n", vec!["Name;Mail"]),
            ("Name,E-mail\nA,a@x.example\nB,\n", vec!["a@x.example"]),
            (
                "email,User id\na@x.example,712020:1\nb@x.example,\n",
                vec!["712020:1", "b@x.example"],
            ),
            ("", vec![]),
        ] {
            assert_eq!(read_members(text.as_bytes()).unwrap(), expected, "{text}");
        }
        assert_eq!(read_members(b"\xFF\xFEa\0"), Err(ExportError::NotText));
    }
}
