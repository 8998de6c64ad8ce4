//! Files of people, for those who have no host: pages of the organization API, exports of admin.atlassian.com,
//! snapshots. What a file is, its first bytes say.

mod export_file;
mod pages;
mod snapshot_file;

use crate::csv::{ExportError, People, Report, read_members};
use crate::evaluate::{LIST_MAX_AGE, NamedList};
use crate::model::{DirectoryId, Time, is_uuid};
use crate::policy::{Condition, Pattern};
use crate::snapshot::{Fault, Origin, Site, Snapshot};
use pages::import_pages;
use snapshot_file::{ANY_VERSION, read_snapshot_file};

pub use export_file::{ExportFile, ReadExport};
pub use snapshot_file::snapshot_file;

/// The byte-order mark that some editors put before UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Why a file cannot be read as people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It begins like JSON, and is none.
    #[error("the text is not JSON at line {line}, column {column}")]
    NotJson {
        /// From 1 on.
        line: usize,
        /// From 1 on.
        column: usize,
    },
    /// It is JSON of something else.
    #[error(
        "it holds no people: there must be an object with a `data` array, as `users/search` answers, or the array alone"
    )]
    NotPeople,
    /// One of the people is not as the API documents.
    #[error("number {0} in the list is not a person as `users/search` answers")]
    NotAPerson(usize),
    /// The export cannot be read.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The snapshot cannot be read.
    #[error("part {part} of the snapshot cannot be used: {fault}")]
    Snapshot {
        /// Which part of it, from 1 on; 0 is what stands before the parts.
        part: usize,
        /// What is wrong with it.
        fault: Fault,
    },
    /// The people of an export cannot be stored.
    #[error("the people of the file cannot be uploaded: {0}")]
    Parts(Fault),
}

/// The people of a file.
#[derive(Debug)]
pub struct Imported {
    /// Everybody.
    pub snapshot: Snapshot,
    /// The given sites, and after them those that only the file names.
    pub sites: Vec<Site>,
    /// What an export holds besides.
    pub report: Option<Report>,
    /// Whether the last page says that another one follows, which is not there.
    pub is_cut_off: bool,
    /// How many times a person stands in the pages who stood there before: only the first time counts.
    pub repeated: usize,
}

/// Reads people out of a file. Its sites are looked up among the given ones.
///
/// # Errors
/// See [`ImportError`].
///
/// ```
/// let people = br#"[{"accountId":"712020:1","status":"active"}]"#;
/// let imported = seatkeeper::app::import::import(people, &[]).unwrap();
/// assert_eq!(imported.snapshot.len(), 1);
/// ```
pub fn import(bytes: &[u8], sites: &[Site]) -> Result<Imported, ImportError> {
    let mut imported = if bytes.starts_with(ANY_VERSION) {
        let (snapshot, own) = read_snapshot_file(bytes)?;
        let mut imported = Imported::of(snapshot, "snapshot", sites);
        imported.sites.extend(own);
        imported
    } else {
        let text = bytes.strip_prefix(MARK).unwrap_or(bytes);
        match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
            None => return Err(ImportError::Empty),
            Some(b'{' | b'[') => import_pages(text, sites)?,
            Some(_) => import_export(text, sites)?,
        }
    };
    imported.add_sites_of_accesses();
    Ok(imported)
}

/// Reads who stands on a list that is imported now.
///
/// # Errors
/// A file that is no text.
pub fn import_list(name: &str, bytes: &[u8], now: Time) -> Result<NamedList, ExportError> {
    Ok(NamedList {
        name: name.to_owned(),
        imported: now,
        max_age: LIST_MAX_AGE,
        members: read_members(bytes)?,
    })
}

/// The groups that a condition names by their id, which nobody can be found in where groups stand by name alone.
pub fn groups_by_id(condition: &Condition) -> Vec<&Pattern> {
    match condition {
        Condition::Group(patterns) => patterns
            .iter()
            .filter(|pattern| is_uuid(&pattern.0))
            .collect(),
        other => other.inner().iter().flat_map(groups_by_id).collect(),
    }
}

fn not_said() -> DirectoryId {
    DirectoryId(String::from(DirectoryId::NOT_SAID))
}

impl Imported {
    fn of(mut snapshot: Snapshot, source: &str, sites: &[Site]) -> Imported {
        snapshot.set_origin(Origin {
            source: source.to_owned(),
            read: None,
        });
        Imported {
            snapshot,
            sites: sites.to_vec(),
            report: None,
            is_cut_off: false,
            repeated: 0,
        }
    }

    /// A cloud id that the people's accesses name needs nobody to resolve it.
    fn add_sites_of_accesses(&mut self) {
        for access in self.snapshot.accesses() {
            let Some(cloud_id) = access.resource.site() else {
                continue;
            };
            if !self.sites.iter().any(|site| site.cloud_id == cloud_id) {
                self.sites.push(Site {
                    cloud_id: cloud_id.to_owned(),
                    host: cloud_id.to_owned(),
                });
            }
        }
    }
}

fn import_export(bytes: &[u8], sites: &[Site]) -> Result<Imported, ImportError> {
    let mut people = People::new(not_said(), sites);
    people.feed(bytes)?;
    let (people, report) = people.finish()?;
    let mut snapshot = Snapshot::new();
    for person in &people {
        snapshot.push(person);
    }
    let mut imported = Imported::of(snapshot, "export of admin.atlassian.com", sites);
    imported.sites.extend(report.sites.iter().cloned());
    imported.report = Some(report);
    Ok(imported)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accounts(text: &str) -> Result<Vec<String>, ImportError> {
        import(text.as_bytes(), &[]).map(|imported| {
            let snapshot = imported.snapshot;
            let rows = snapshot.rows();
            rows.filter_map(|row| snapshot.account(row))
                .map(String::from)
                .collect()
        })
    }

    #[test]
    fn people_are_found_in_every_shape() {
        let (a, b) = (r#"{"accountId":"a"}"#, r#"{"accountId":"b"}"#);
        for text in [
            format!(r#"{{"data":[{a},{b}],"links":{{}}}}"#),
            format!("\u{feff} [{a},{b}]"),
            format!(r#"{{"data":[{a}]}} {{"data":[{b}]}}"#),
            format!(r#"[{{"data":[{a}]}},{{"data":[{b}]}}]"#),
            "User id\na\nb\n".to_owned(),
        ] {
            assert_eq!(accounts(&text).unwrap(), ["a", "b"], "{text}");
        }
        assert_eq!(accounts("[]").unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_page_that_is_not_the_last_is_noticed() {
        let is_cut_off = |text: &str| import(text.as_bytes(), &[]).unwrap().is_cut_off;
        let (more, last) = (r#"{"data":[],"links":{"next":"c"}}"#, r#"{"data":[]}"#);
        assert!(is_cut_off(more));
        assert!(!is_cut_off(&format!("{more}{last}")));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, expected) in [
            ("", ImportError::Empty),
            (" \n", ImportError::Empty),
            (
                "{\n \"data\": [}",
                ImportError::NotJson {
                    line: 2,
                    column: 11,
                },
            ),
            ("{}", ImportError::NotPeople),
            (r#"{"data":{}}"#, ImportError::NotPeople),
            ("[1]", ImportError::NotAPerson(1)),
            (
                r#"[{"accountId":"a"},{"accountID":"b"}]"#,
                ImportError::NotAPerson(2),
            ),
            (
                "name\nx\n",
                ImportError::Export(ExportError::NoAccountColumn),
            ),
            (
                "SKF0",
                ImportError::Snapshot {
                    part: 0,
                    fault: Fault::Version,
                },
            ),
        ] {
            assert_eq!(accounts(text).unwrap_err(), expected, "{text}");
        }
    }

    #[test]
    fn a_cloud_id_needs_no_list_of_sites() {
        let text = r#"[{"accountId":"a","productAccess":[{"id":"ari:cloud:confluence::site/42","key":"confluence"}]}]"#;
        let sites = import(text.as_bytes(), &[]).unwrap().sites;
        assert_eq!(sites.len(), 1);
        assert_eq!(sites[0].cloud_id, "42");
    }

    #[test]
    fn groups_named_by_id_are_found() {
        let uuid = "0f0e0d0c-0000-4000-8000-00000000000a";
        let group = |name: &str| Condition::Group(vec![Pattern(name.into())]);
        let condition =
            Condition::All(vec![group("jira-*"), Condition::Not(Box::new(group(uuid)))]);
        assert_eq!(groups_by_id(&condition), [&Pattern(uuid.into())]);
    }
}
