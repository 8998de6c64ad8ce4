//! People page by page, for pages that may not compile WebAssembly: searched for by a text, and nothing more.

use serde::Serialize;

use super::Answer;
use super::error::AdminError;
use crate::app::newest_snapshot;
use crate::host::Host;
use crate::model::{Activity, Status, Time};
use crate::snapshot::{Row, Snapshot};

/// So many people are on a page.
const PAGE: usize = 50;

/// Some people of the newest snapshot, in its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PeopleList {
    /// At most 50 people.
    pub people: Vec<ListedPerson>,
    /// Where the next page begins; nothing at the end.
    pub next: Option<u32>,
}

/// A person in one directory, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ListedPerson {
    /// The account id.
    pub account: String,
    /// The name, if it is known.
    pub name: Option<String>,
    /// The e-mail address, if it is known.
    pub email: Option<String>,
    /// The status, if it is known.
    pub status: Option<Status>,
    /// When they were seen last in anything, if they are known to have been.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub last_seen: Option<Time>,
    /// Whether they may have been seen later than that, or at all: the activity of some access is not known.
    pub or_later: bool,
}

/// A page of those whose name, e-mail address or account id has a text in it, from a place in the snapshot on.
pub(super) async fn page<H: Host>(host: &H, text: &str, from: u32) -> Result<Answer, AdminError> {
    let (_, snapshot) = newest_snapshot(host)
        .await?
        .ok_or(AdminError::NotFound("snapshot yet: read the organization"))?;
    let text = text.to_lowercase();
    let mut list = PeopleList {
        people: Vec::new(),
        next: None,
    };
    let from = usize::try_from(from).unwrap_or(usize::MAX);
    for row in snapshot.rows().skip(from) {
        if !fits(&snapshot, row, &text) {
            continue;
        }
        if list.people.len() == PAGE {
            list.next = u32::try_from(row.0).ok();
            break;
        }
        list.people.push(listed(&snapshot, row));
    }
    Ok(Answer::PeopleList(list))
}

fn fits(snapshot: &Snapshot, row: Row, text: &str) -> bool {
    let texts = [
        snapshot.name(row),
        snapshot.email(row),
        snapshot.account(row),
    ];
    let mut texts = texts.into_iter().flatten();
    texts.any(|known| known.to_lowercase().contains(text))
}

fn listed(snapshot: &Snapshot, row: Row) -> ListedPerson {
    let mut person = ListedPerson {
        account: snapshot.account(row).unwrap_or_default().to_owned(),
        name: snapshot.name(row).map(String::from),
        email: snapshot.email(row).map(String::from),
        status: snapshot.status(row),
        last_seen: None,
        or_later: false,
    };
    let Some(activities) = snapshot.activities(row) else {
        person.or_later = true;
        return person;
    };
    for (_, activity) in activities {
        match activity {
            Activity::Seen(time) => person.last_seen = person.last_seen.max(Some(time)),
            Activity::Unknown => person.or_later = true,
            Activity::Never => {}
        }
    }
    person
}
