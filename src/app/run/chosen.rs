//! What a run over people chosen by hand wants done that no policy may do (RULES R10).

use std::collections::BTreeSet;

use crate::app::api::Api;
use crate::app::by_hand::ByHand;
use crate::atlassian::{ApiError, domains, read_domains};
use crate::evaluate::Compiled;
use crate::host::Host;
use crate::model::{AccountId, DirectoryId};
use crate::plan::{Aim, Counts, Deed, Fate, Person, Verdict, person};
use crate::snapshot::{Row, Snapshot};

/// An organization's domains on so many pages are enough.
const MAX_PAGES: u32 = 20;

/// The aim of such a run; `None` for what a policy's stage says.
pub(super) async fn aim_by_hand<H: Host>(
    api: &Api<'_, H>,
    chosen: &ByHand,
) -> Result<Option<Aim>, ApiError> {
    if chosen.revokes_tokens {
        return Ok(Some(Aim::by_hand(Deed::RevokeTokens)));
    }
    if chosen.addresses.is_empty() {
        return Ok(None);
    }
    let mut addresses = Vec::with_capacity(chosen.addresses.len());
    for one in &chosen.addresses {
        addresses.push((one.account.clone(), one.to.clone()));
    }
    let verified = verified_domains(api).await?;
    Ok(Some(Aim::by_hand(Deed::SetEmail {
        addresses,
        verified,
    })))
}

/// The domains that the organization has verified, in lower case.
pub(super) async fn verified_domains<H: Host>(api: &Api<'_, H>) -> Result<Vec<String>, ApiError> {
    let mut verified = Vec::new();
    let mut cursor: Option<String> = None;
    for _ in 0..MAX_PAGES {
        let request = domains(&api.organization, cursor.as_deref(), &api.key);
        let response = api.call("reading the verified domains", request).await?;
        let (mut page, next) = read_domains(&response.body)?;
        verified.append(&mut page);
        cursor = next;
        if cursor.is_none() {
            break;
        }
    }
    Ok(verified)
}

/// Adds whoever was chosen and is in no line of the plan: each with the reason why nothing is done to them.
pub(super) fn add_the_others(
    chosen: &ByHand,
    compiled: &Compiled<'_>,
    snapshot: &Snapshot,
    (people, counts): (&mut Vec<Person>, &mut Counts),
) {
    let mut missing: BTreeSet<&str> = BTreeSet::new();
    for account in &chosen.people {
        missing.insert(account.as_str());
    }
    for person in people.iter() {
        missing.remove(person.account.as_str());
    }
    let is_missing = |account: &&AccountId| missing.contains(account.as_str());
    for account in chosen.people.iter().filter(is_missing) {
        let row = snapshot.find_all(account.as_str()).next();
        let line = match row {
            Some(row) => {
                let verdict = Verdict::new(Fate::Skipped, why_not(compiled, row));
                person(compiled, snapshot, row, verdict)
            }
            None => Some(not_listed(account)),
        };
        if let Some(line) = line {
            counts.add(line.fate);
            people.push(line);
        }
    }
}

fn why_not(compiled: &Compiled<'_>, row: Row) -> String {
    match compiled.last_use(row) {
        Some(time) => format!(
            "not idle for as long as asked: {}",
            compiled.seen_sentence(time)
        ),
        None => String::from("not idle for as long as asked"),
    }
}

fn not_listed(account: &AccountId) -> Person {
    let why = "the newest reading of the organization does not list the person";
    Person::new(
        account.clone(),
        DirectoryId(String::from(DirectoryId::NOT_SAID)),
        Fate::Skipped,
        String::from(why),
    )
}
