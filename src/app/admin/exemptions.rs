//! Exemptions: listed, added, taken back.

use super::error::AdminError;
use super::{Answer, Caller, Exemption, ExemptionList, Group, Groups};
use crate::app::api::connected_for_person as connected;
use crate::app::commit::{Change, commit};
use crate::app::documents::{ExemptionBook, StoredExemption, edit, encode, load, set};
use crate::app::newest_snapshot;
use crate::app::records::ExemptionSubject;
use crate::atlassian::{group_search, read_groups};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::Host;
use crate::model::{AccountId, GroupId, group_uuid};
use crate::snapshot::Snapshot;

/// The most bytes that all exemptions together may take (RULES R16).
const MAX_BOOK_BYTES: usize = 176 * 1024;
/// The longest reason, in signs.
const MAX_REASON: usize = 500;

/// A reason as people give it: present, and not a novel.
pub(super) fn reason(text: &str) -> Result<String, AdminError> {
    let text = text.trim();
    let is_fit = !text.is_empty()
        && text.chars().count() <= MAX_REASON
        && !text.chars().any(char::is_control);
    if !is_fit {
        let why = "give a reason of one line and at most 500 signs";
        return Err(AdminError::Invalid(String::from(why)));
    }
    Ok(text.to_owned())
}

/// All exemptions, with the names that are known.
pub(super) async fn exemptions<H: Host>(host: &H) -> Result<Answer, AdminError> {
    let book: ExemptionBook = load(host).await?;
    list(host, book).await
}

async fn list<H: Host>(host: &H, book: ExemptionBook) -> Result<Answer, AdminError> {
    let newest = newest_snapshot(host).await?;
    let exemptions = book
        .exemptions
        .into_iter()
        .map(|stored| Exemption {
            name: match &stored.subject {
                ExemptionSubject::Group { .. } => stored.group_name,
                ExemptionSubject::User { account } => newest
                    .as_ref()
                    .and_then(|(_, snapshot)| name_of(snapshot, account)),
            },
            subject: stored.subject,
            reason: stored.reason,
            added: stored.added,
        })
        .collect();
    Ok(Answer::Exemptions(ExemptionList {
        version: book.version,
        exemptions,
    }))
}

fn name_of(snapshot: &Snapshot, account: &AccountId) -> Option<String> {
    let row = snapshot.find_all(account.as_str()).next()?;
    snapshot.name(row).map(String::from)
}

/// Groups of the organization by part of their name.
pub(super) async fn find_groups<H: Host>(host: &H, term: &str) -> Result<Answer, AdminError> {
    let api = connected(host).await?.ok_or(AdminError::NotConnected)?;
    let term = Some(term.trim()).filter(|term| !term.is_empty());
    let request = group_search(&api.organization, term, &[], &api.key);
    let response = api.call("searching groups", request).await?;
    let groups = read_groups(&response.body)?
        .into_iter()
        .map(|group| Group {
            name: group.name.unwrap_or_else(|| group.id.0.clone()),
            id: group.id,
        })
        .collect();
    Ok(Answer::Groups(Groups { groups }))
}

/// Exempts a person or a group that the organization has.
pub(super) async fn add<H: Host>(
    host: &H,
    caller: &Caller,
    subject: ExemptionSubject,
    why: &str,
) -> Result<Answer, AdminError> {
    let why = reason(why)?;
    let (subject, group_name) = look_up(host, subject).await?;
    let book = commit::<_, AdminError>(host, async || {
        let mut book: ExemptionBook = load(host).await?;
        if book.exemptions.iter().any(|known| known.subject == subject) {
            return Err(AdminError::WrongState(String::from("there is such an exemption already")));
        }
        book.exemptions.push(StoredExemption {
            subject: subject.clone(),
            group_name: group_name.clone(),
            reason: why.clone(),
            added: edit(&caller.account_id, host.now()),
        });
        book.version = book.version.saturating_add(1);
        if encode(&book)?.len() > MAX_BOOK_BYTES {
            let why = "all exemptions together would take more than 176 KiB: exempt groups instead of people";
            return Err(AdminError::Invalid(String::from(why)));
        }
        let change = change(host, caller, LogAction::AddExemption, &subject, &why, &book)?;
        Ok((change, book))
    })
    .await?;
    list(host, book).await
}

/// Takes an exemption back.
pub(super) async fn remove<H: Host>(
    host: &H,
    caller: &Caller,
    subject: &ExemptionSubject,
) -> Result<Answer, AdminError> {
    let book = commit::<_, AdminError>(host, async || {
        let mut book: ExemptionBook = load(host).await?;
        let before = book.exemptions.len();
        book.exemptions.retain(|known| known.subject != *subject);
        if book.exemptions.len() == before {
            return Err(AdminError::NotFound("such exemption"));
        }
        book.version = book.version.saturating_add(1);
        book.last_removal = Some(edit(&caller.account_id, host.now()));
        let change = change(
            host,
            caller,
            LogAction::RemoveExemption,
            subject,
            "taken back",
            &book,
        )?;
        Ok((change, book))
    })
    .await?;
    list(host, book).await
}

fn change<H: Host>(
    host: &H,
    caller: &Caller,
    action: LogAction,
    subject: &ExemptionSubject,
    why: &str,
    book: &ExemptionBook,
) -> Result<Change, AdminError> {
    let id = match subject {
        ExemptionSubject::User { account } => account.0.clone(),
        ExemptionSubject::Group { group } => format!("group:{group}"),
    };
    let entry = Entry {
        subject: Some(id),
        reason: Some(why.to_owned()),
        after: Some(serde_json::json!({ "version": book.version })),
        ..Entry::new(
            host.now(),
            &Actor::Person(caller.account_id.clone()),
            action,
            Outcome::Done,
        )
    };
    Ok(Change {
        entries: vec![entry],
        writes: vec![set(book)?],
    })
}

/// Makes sure that the organization has the person or group; a typing error would shelter nobody.
async fn look_up<H: Host>(
    host: &H,
    subject: ExemptionSubject,
) -> Result<(ExemptionSubject, Option<String>), AdminError> {
    let api = connected(host).await?.ok_or(AdminError::NotConnected)?;
    match subject {
        ExemptionSubject::User { account } => {
            if !account.is_plausible() {
                return Err(AdminError::Invalid(String::from(
                    "this is not an account id",
                )));
            }
            let people = api.people(None, std::slice::from_ref(&account)).await?;
            if people.is_empty() {
                return Err(AdminError::NotFound("such person in the organization"));
            }
            Ok((ExemptionSubject::User { account }, None))
        }
        ExemptionSubject::Group { group } => {
            let id = GroupId(group_uuid(group.trim()).to_owned());
            let request =
                group_search(&api.organization, None, std::slice::from_ref(&id), &api.key);
            let response = api.call("looking up the group", request).await?;
            let found = read_groups(&response.body)?
                .into_iter()
                .find(|group| group.id == id)
                .ok_or(AdminError::NotFound("such group in the organization"))?;
            Ok((ExemptionSubject::Group { group: id.0 }, found.name))
        }
    }
}
