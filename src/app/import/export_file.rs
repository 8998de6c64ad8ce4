//! An export of admin.atlassian.com on its way from the page to the functions: read in slices as the browser hands them
//! out, and made into parts that the functions store as they are.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{ImportError, not_said};
use crate::app::imports::hash_with;
use crate::app::records::{ImportReport, RefusedRow};
use crate::csv::{ExportError, People, Report};
use crate::snapshot::{Snapshot, encode_parts};

/// So many refused rows are told one by one, and so many columns by name.
const TOLD: usize = 100;
/// The longest piece of a file that is quoted, in signs.
const QUOTED: usize = 80;

/// An export that is being read.
pub struct ExportFile {
    people: People,
}

/// An export as it is uploaded.
#[derive(Debug)]
pub struct ReadExport {
    /// What was found in it.
    pub report: ImportReport,
    /// Its people.
    pub parts: Vec<Vec<u8>>,
    /// Names exactly these parts.
    pub hash: String,
}

impl Default for ExportFile {
    fn default() -> Self {
        // Sites stand under the names that the file gives them: which they are is found where it is merged.
        ExportFile {
            people: People::new(not_said(), &[]),
        }
    }
}

impl ExportFile {
    /// Takes the next bytes, in slices of any size.
    ///
    /// # Errors
    /// A file that is no export; nothing more can be read from it.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), ImportError> {
        Ok(self.people.feed(bytes)?)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// A file that is no export or has no row that could be taken, and a person who holds too much to be stored.
    pub fn finish(self) -> Result<ReadExport, ImportError> {
        let (people, report) = self.people.finish()?;
        if people.is_empty() {
            return Err(nobody(&report).into());
        }
        let mut snapshot = Snapshot::new();
        for mut person in people {
            if report.lacks_group_ids {
                // A group that stands there by name alone cannot be found by its id: who is in it is not known (R4).
                person.groups = None;
            }
            snapshot.push(&person);
        }
        let parts = encode_parts(&snapshot).map_err(ImportError::Parts)?;
        let hash = parts.iter().fold(String::new(), |hash, part| {
            hash_with(&hash, &STANDARD.encode(part))
        });
        Ok(ReadExport {
            report: told(&report),
            parts,
            hash,
        })
    }
}

/// Why there is nobody in a file.
fn nobody(report: &Report) -> ExportError {
    match report.refused.first() {
        Some(refused) => ExportError::Nobody(refused.row, refused.why.clone()),
        None => ExportError::Empty,
    }
}

/// A report as it is shown and stored.
fn told(report: &Report) -> ImportReport {
    let refused = report.refused.len();
    let rows = count(report.rows);
    ImportReport {
        rows,
        taken: rows.saturating_sub(length(refused)),
        merged: count(report.merged),
        people: count(report.people),
        refused: length(refused),
        refusals: report
            .refused
            .iter()
            .take(TOLD)
            .map(|refused| RefusedRow {
                row: count(refused.row),
                why: format!("the row {}", refused.why),
            })
            .collect(),
        notes: notes(report),
    }
}

fn notes(report: &Report) -> Vec<String> {
    let mut notes: Vec<String> = report
        .unread
        .iter()
        .take(TOLD)
        .map(|unread| {
            let (column, value) = (quoted(&unread.column), quoted(&unread.value));
            format!(
                "{column}: {value} in row {} is not understood and counts as not known ({} such values)",
                unread.row, unread.count
            )
        })
        .collect();
    if report.lacks_group_ids {
        notes.push(String::from(
            "groups stand there by name alone, so nobody's groups are taken: export again with the ids of groups",
        ));
    }
    if !report.ignored.is_empty() {
        let columns: Vec<String> = report
            .ignored
            .iter()
            .take(TOLD)
            .map(|column| quoted(column))
            .collect();
        notes.push(format!("nothing is read from {}", columns.join(", ")));
    }
    notes
}

/// A piece of the file, shortened and on one line.
fn quoted(text: &str) -> String {
    let signs = text.chars().take(QUOTED);
    let text: String = signs
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .collect();
    format!("`{text}`")
}

fn count(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn length(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::{MAX_CHUNK_BYTES, decode_part};

    fn read(text: &str) -> Result<ReadExport, ImportError> {
        let mut file = ExportFile::default();
        file.feed(text.as_bytes())?;
        file.finish()
    }

    fn people(read: &ReadExport) -> Snapshot {
        let mut snapshot = Snapshot::new();
        for part in &read.parts {
            decode_part(part, &mut snapshot).unwrap();
        }
        snapshot
    }

    #[test]
    fn the_report_says_what_was_taken_and_what_was_not() {
        let read = read(
            "Group id,Group name,User id,Last seen in Jira - acme,Cost centre\n\
             g1,one,a,03/01/2024,7\ng2,two,a,03 Jan 2024,7\n,,,03 Jan 2024,7\n,,b,Never accessed,7\n,,c,\n",
        )
        .unwrap();
        let report = &read.report;
        assert_eq!(
            (report.rows, report.taken, report.merged, report.people),
            (5, 3, 1, 2)
        );
        assert_eq!(report.refused, 2);
        let refusals: Vec<_> = report
            .refusals
            .iter()
            .map(|refused| (refused.row, refused.why.as_str()))
            .collect();
        assert_eq!(
            refusals,
            [
                (4, "the row has no account id"),
                (6, "the row has 4 cells, the first row has 5")
            ]
        );
        assert_eq!(
            report.notes,
            [
                "`Last seen in Jira - acme`: `03/01/2024` in row 2 is not understood and counts as not known (1 such values)",
                "nothing is read from `Cost centre`"
            ]
        );
        assert_eq!(people(&read).len(), 2);
    }

    #[test]
    fn every_refusal_counts_and_a_hundred_are_told() {
        let text = format!("User id\na\n{}", "../x\n".repeat(250));
        let report = read(&text).unwrap().report;
        assert_eq!((report.taken, report.refused), (1, 250));
        assert_eq!(report.refusals.len(), TOLD);
    }

    #[test]
    fn groups_without_ids_are_not_known() {
        for (heading, known) in [
            ("Group id,Group name,User id", true),
            ("Cost,Group name,User id", false),
        ] {
            let read = read(&format!("{heading}\n1,jira-users,a\n")).unwrap();
            let snapshot = people(&read);
            let row = snapshot.rows().next().unwrap();
            assert_eq!(snapshot.groups(row).is_some(), known, "{heading}");
            let told = read.report.notes.iter().any(|note| note.contains("ids of"));
            assert_eq!(told, !known, "{heading}");
        }
    }

    #[test]
    fn the_same_people_have_the_same_hash_and_others_another() {
        let hash = |text: &str| read(text).unwrap().hash;
        let one = "User id,Last seen in Jira - acme\na,03 Jan 2024\n";
        assert_eq!(hash(one), hash(one));
        assert_eq!(hash(one), hash(&one.replace('\n', "\r\n")));
        assert_ne!(hash(one), hash(&one.replace("03 Jan", "04 Jan")));
        assert_eq!(hash(one).len(), 64);
    }

    #[test]
    fn many_people_are_in_many_parts_of_which_each_fits_a_value() {
        let mut file = ExportFile::default();
        file.feed(b"User id,User name,email,User status,Last seen in Jira - acme\n")
            .unwrap();
        for number in 0..30_000_u32 {
            let odd = number.wrapping_mul(2_654_435_761);
            let row = format!(
                "712020:{odd:08x}-{number:08x},Person {odd},p{odd}@acme.example,Active,{:02} Jan 2026\n",
                number % 28 + 1
            );
            file.feed(row.as_bytes()).unwrap();
        }
        let read = file.finish().unwrap();
        assert!(read.parts.len() > 1, "{} parts", read.parts.len());
        assert!(read.parts.iter().all(|part| part.len() <= MAX_CHUNK_BYTES));
        assert_eq!(people(&read).len(), 30_000);
    }

    #[test]
    fn what_is_no_export_is_refused_with_a_code() {
        for (text, code) in [
            ("", "EXPORT_EMPTY"),
            ("User id\n", "EXPORT_EMPTY"),
            ("User id\n../x\n", "EXPORT_NOBODY"),
            ("email\nx\n", "EXPORT_NO_ACCOUNT_COLUMN"),
            ("User id,email,Email\n", "EXPORT_COLUMN_TWICE"),
            ("\u{0}\u{fffd}", "EXPORT_NO_ACCOUNT_COLUMN"),
        ] {
            match read(text) {
                Err(ImportError::Export(error)) => assert_eq!(error.code(), code, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
    }
}
