//! Exemptions: listed, added, taken back.

use super::error::AdminError;
use super::{Answer, Caller, Exemption, ExemptionList, Group, Groups};
use crate::app::api::connected_for_person as connected;
use crate::app::commit::{Change, commit};
use crate::app::documents::{ExemptionBook, PolicyBook, StoredExemption, edit, encode, load, set};
use crate::app::newest_snapshot;
use crate::app::records::ExemptionSubject;
use crate::atlassian::{group_search, read_groups};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::Host;
use crate::model::{AccountId, GroupId, Time, group_uuid};
use crate::plan::Census;
use crate::snapshot::Snapshot;

/// The most bytes that all exemptions together may take (RULES R16).
const MAX_BOOK_BYTES: usize = 176 * 1024;
/// The longest domain or pattern, in bytes.
const MAX_PATTERN: usize = 255;
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
    let snapshot = newest.as_ref().map(|(_, snapshot)| snapshot);
    let census = snapshot.map(Census::of);
    let name = |account: &AccountId| snapshot.and_then(|snapshot| name_of(snapshot, account));
    let mut exemptions = Vec::new();
    for stored in book.exemptions {
        let expired = stored.is_over(host.now());
        let shelters = match &census {
            Some(_) if expired => Some(0),
            Some(census) => Some(stored.sheltered(census)),
            None => None,
        };
        let owner = stored.owner().clone();
        exemptions.push(Exemption {
            name: match &stored.subject {
                ExemptionSubject::User { account } => name(account),
                _ => stored.group_name,
            },
            subject: stored.subject,
            reason: stored.reason,
            added: stored.added,
            owner_name: name(&owner),
            owner: Some(owner),
            expires: stored.expires,
            expired,
            policies: stored.policies,
            shelters,
        });
    }
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

/// What an exemption says besides whom it shelters.
pub(super) struct Terms {
    /// Why.
    pub(super) reason: String,
    /// Who answers for it: whoever adds it, where nobody is named.
    pub(super) owner: Option<AccountId>,
    /// Its last day.
    pub(super) expires: Option<String>,
    /// From which policies it shelters; from all if none is named.
    pub(super) policies: Vec<String>,
}

/// Adds an exemption. One of the same subject that is over makes room for it.
pub(super) async fn add<H: Host>(
    host: &H,
    caller: &Caller,
    subject: ExemptionSubject,
    terms: Terms,
) -> Result<Answer, AdminError> {
    let reason = reason(&terms.reason)?;
    let expires = match &terms.expires {
        Some(day) => Some(end_of_day(day, host.now())?),
        None => None,
    };
    if terms
        .owner
        .as_ref()
        .is_some_and(|owner| !owner.is_plausible())
    {
        return Err(AdminError::Invalid(String::from(
            "the owner is not an account id",
        )));
    }
    let (subject, group_name) = look_up(host, subject).await?;
    let book = commit::<_, AdminError>(host, async || {
        let policies: PolicyBook = load(host).await?;
        if terms.policies.iter().any(|id| policies.get(id).is_none()) {
            return Err(AdminError::NotFound("such policy"));
        }
        let mut book: ExemptionBook = load(host).await?;
        let now = host.now();
        book.exemptions
            .retain(|known| known.subject != subject || !known.is_over(now));
        if book.exemptions.iter().any(|known| known.subject == subject) {
            return Err(AdminError::WrongState(String::from(
                "there is such an exemption already: remove it first",
            )));
        }
        let added = StoredExemption {
            subject: subject.clone(),
            group_name: group_name.clone(),
            reason: reason.clone(),
            added: edit(&caller.account_id, now),
            // Somebody answers for each: whoever enters it, unless they name somebody else.
            owner: Some(terms.owner.as_ref().unwrap_or(&caller.account_id).clone()),
            expires,
            policies: terms.policies.clone(),
            lapsed: false,
        };
        let said = said(&added);
        book.exemptions.push(added);
        book.version = book.version.saturating_add(1);
        require_room(&book)?;
        let change = change(
            host,
            caller,
            LogAction::AddExemption,
            &subject,
            &said,
            &book,
        )?;
        Ok((change, book))
    })
    .await?;
    list(host, book).await
}

/// All exemptions stand in one value (RULES R5).
pub(super) fn require_room(book: &ExemptionBook) -> Result<(), AdminError> {
    if encode(book)?.len() > MAX_BOOK_BYTES {
        let why = "all exemptions together would take more than 176 KiB: exempt groups or domains instead of people";
        return Err(AdminError::Invalid(String::from(why)));
    }
    Ok(())
}

/// Whether an exemption can be of this, as far as its words tell.
pub(super) fn is_subject(subject: &ExemptionSubject) -> bool {
    match subject {
        ExemptionSubject::User { account } => account.is_plausible(),
        ExemptionSubject::Group { group } => {
            !group.is_empty() && group.len() <= MAX_PATTERN && !group.chars().any(char::is_control)
        }
        pattern => written(pattern.clone()).is_ok_and(|written| written == *pattern),
    }
}

/// An exemption's terms in one sentence, for the log.
pub(super) fn said(exemption: &StoredExemption) -> String {
    let mut said = exemption.reason.clone();
    if let Some(owner) = &exemption.owner {
        said.push_str(&format!("; owner {owner}"));
    }
    if let Some(last) = exemption.expires {
        said.push_str(&format!("; until the end of {}", last.date()));
    }
    if !exemption.policies.is_empty() {
        said.push_str(&format!("; for {} only", exemption.policies.join(", ")));
    }
    said
}

/// The end, in UTC, of the last day of an exemption.
fn end_of_day(day: &str, now: Time) -> Result<Time, AdminError> {
    Time::parse(&format!("{}T23:59:59Z", day.trim()))
        .filter(|end| *end > now)
        .ok_or_else(|| {
            AdminError::Invalid(String::from(
                "the last day of the exemption is not a day such as 2027-03-01 from today on",
            ))
        })
}

/// Takes an exemption back.
pub(super) async fn remove<H: Host>(
    host: &H,
    caller: &Caller,
    subject: &ExemptionSubject,
) -> Result<Answer, AdminError> {
    let book = commit::<_, AdminError>(host, async || {
        let mut book: ExemptionBook = load(host).await?;
        let now = host.now();
        let mut known = book.exemptions.iter();
        let Some(removed) = known.find(|known| known.subject == *subject) else {
            return Err(AdminError::NotFound("such exemption"));
        };
        // Taking away what shelters nobody any more asks for nothing (RULES R9).
        if !removed.is_over(now) {
            book.last_removal = Some(edit(&caller.account_id, now));
        }
        book.exemptions.retain(|known| known.subject != *subject);
        book.version = book.version.saturating_add(1);
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
    let entry = Entry {
        subject: Some(subject.label()),
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

/// Makes sure that the organization has the person or group, and that a pattern is one; a typing error would shelter
/// nobody.
async fn look_up<H: Host>(
    host: &H,
    subject: ExemptionSubject,
) -> Result<(ExemptionSubject, Option<String>), AdminError> {
    match subject {
        ExemptionSubject::User { account } => {
            if !account.is_plausible() {
                return Err(AdminError::Invalid(String::from(
                    "this is not an account id",
                )));
            }
            let api = connected(host).await?.ok_or(AdminError::NotConnected)?;
            let people = api.people(None, std::slice::from_ref(&account)).await?;
            if people.is_empty() {
                return Err(AdminError::NotFound("such person in the organization"));
            }
            Ok((ExemptionSubject::User { account }, None))
        }
        ExemptionSubject::Group { group } => {
            let id = GroupId(group_uuid(group.trim()).to_owned());
            let api = connected(host).await?.ok_or(AdminError::NotConnected)?;
            let request =
                group_search(&api.organization, None, std::slice::from_ref(&id), &api.key);
            let response = api.call("looking up the group", request).await?;
            let found = read_groups(&response.body)?
                .into_iter()
                .find(|group| group.id == id)
                .ok_or(AdminError::NotFound("such group in the organization"))?;
            Ok((ExemptionSubject::Group { group: id.0 }, found.name))
        }
        pattern => Ok((written(pattern).map_err(invalid)?, None)),
    }
}

fn invalid(why: &str) -> AdminError {
    AdminError::Invalid(why.to_owned())
}

/// A domain or a pattern as it is stored: without what only looks different.
fn written(pattern: ExemptionSubject) -> Result<ExemptionSubject, &'static str> {
    let fits = |text: &str| {
        !text.is_empty() && text.len() <= MAX_PATTERN && !text.chars().any(char::is_control)
    };
    match pattern {
        ExemptionSubject::Domain { domain } => {
            let domain = domain.trim().trim_start_matches('@').to_ascii_lowercase();
            let is_one = fits(&domain) && !domain.contains(['@', ' ']) && domain.contains('.');
            is_one
                .then_some(ExemptionSubject::Domain { domain })
                .ok_or("a domain is what stands behind the @, such as example.com or *.example.com")
        }
        ExemptionSubject::Email { glob } => {
            let glob = glob.trim().to_ascii_lowercase();
            // One person is exempt by account: no address of anybody is to be stored here (RULES R14).
            (fits(&glob) && glob.contains('*') && !glob.contains(' '))
                .then_some(ExemptionSubject::Email { glob })
                .ok_or("a pattern for e-mail addresses holds a *, such as svc-*@example.com; exempt one person by account")
        }
        ExemptionSubject::GroupName { glob } => {
            let glob = glob.trim().to_owned();
            (fits(&glob) && glob.contains('*'))
                .then_some(ExemptionSubject::GroupName { glob })
                .ok_or("a pattern for groups holds a *, such as vip-*; exempt one group by its name in the list")
        }
        other => Ok(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_stored_in_one_way_and_what_is_none_is_refused() {
        let domain = |domain: &str| ExemptionSubject::Domain {
            domain: domain.into(),
        };
        let email = |glob: &str| ExemptionSubject::Email { glob: glob.into() };
        let groups = |glob: &str| ExemptionSubject::GroupName { glob: glob.into() };
        for (given, expected) in [
            (
                domain(" @Partner.Example "),
                Some(domain("partner.example")),
            ),
            (
                domain("*.partner.example"),
                Some(domain("*.partner.example")),
            ),
            (domain("partner"), None),
            (domain("a@partner.example"), None),
            (domain("  "), None),
            (
                email(" SVC-*@Acme.example"),
                Some(email("svc-*@acme.example")),
            ),
            (email("anna@acme.example"), None),
            (email("a* b@acme.example"), None),
            (groups(" VIP-* "), Some(groups("VIP-*"))),
            (groups("VIP"), None),
            (groups("VIP\n*"), None),
            (groups(&"*".repeat(MAX_PATTERN + 1)), None),
        ] {
            assert_eq!(written(given.clone()).ok(), expected, "{given:?}");
        }
    }

    #[test]
    fn the_last_day_is_counted_to_its_end() {
        let now = Time::parse("2026-11-21T12:00:00Z").unwrap();
        let end = |day: &str| end_of_day(day, now).ok().map(|end| end.to_string());
        assert_eq!(end("2026-11-21").as_deref(), Some("2026-11-21T23:59:59Z"));
        assert_eq!(end(" 2028-02-29 ").as_deref(), Some("2028-02-29T23:59:59Z"));
        for day in ["2026-11-20", "2027-02-29", "21.11.2026", ""] {
            assert_eq!(end(day), None, "{day}");
        }
    }
}
