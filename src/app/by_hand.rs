//! Runs over people chosen by hand: what is stored of one besides its policy's text. Each has a policy of its own, which is
//! in no list of policies and which no schedule starts, so that it takes the path of every other run.

use serde::{Deserialize, Serialize};

use super::commit::Change;
use super::documents::{Document, load, load_value, policy_revision_key, set, set_value};
use super::worker::{WorkError, Worker};
use crate::evaluate::{LIST_MAX_AGE, NamedList};
use crate::host::{Host, StorageError, Write};
use crate::model::{AccountId, Time};
use crate::plan::address_mark;
use crate::policy::{CHOSEN, is_by_hand};
use crate::snapshot::Snapshot;

/// The most people that one run names: they stand in one value (RULES R16).
pub(super) const MAX_PEOPLE: usize = 3_500;
/// The most of them to whom addresses are given: each may take three lines in that value.
pub(super) const MAX_ADDRESSES: usize = 200;
/// The only revision of such a policy.
pub(super) const REVISION: u32 = 1;

/// Whom a run by hand means, and what is done to them that no policy may do.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ByHand {
    pub(super) people: Vec<AccountId>,
    /// When it was asked for.
    #[serde(default)]
    pub(super) asked: Time,
    /// The new addresses, if that is what it is for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) addresses: Vec<Address>,
    /// Whether it revokes API tokens.
    #[serde(default)]
    pub(super) revokes_tokens: bool,
}

/// What becomes of one person's e-mail address.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Address {
    pub(super) account: AccountId,
    pub(super) to: String,
    /// The one before, for an undo; known once the plan is made.
    pub(super) from: Option<String>,
}

impl ByHand {
    /// The list that the policy's condition names.
    pub(super) fn lists(&self, asked: Time) -> Vec<NamedList> {
        vec![NamedList {
            name: String::from(CHOSEN),
            imported: asked,
            max_age: LIST_MAX_AGE,
            members: self.people.iter().map(|person| person.0.clone()).collect(),
        }]
    }

    /// Erases people; answers whether there were such.
    fn forget(&mut self, closed: &[AccountId]) -> bool {
        let before = self.people.len();
        self.people.retain(|person| !closed.contains(person));
        self.addresses.retain(|one| !closed.contains(&one.account));
        self.people.len() < before
    }

    /// The address of a mark, as long as it is kept.
    pub(super) fn address(&self, account: &AccountId, mark: &str) -> Option<&str> {
        let mut theirs = self.addresses.iter().filter(|one| one.account == *account);
        let known = theirs.next()?;
        let both = [Some(&known.to), known.from.as_ref()];
        both.into_iter()
            .flatten()
            .find(|address| address_mark(account.as_str(), address) == mark)
            .map(String::as_str)
    }
}

fn key(policy: &str) -> String {
    format!("chosen:{policy}")
}

/// What a policy's run means by hand; nothing for a policy that was saved.
pub(super) async fn load_by_hand(
    host: &impl Host,
    policy: &str,
) -> Result<Option<ByHand>, StorageError> {
    if !is_by_hand(policy) {
        return Ok(None);
    }
    let chosen = load_value(host, &key(policy)).await?;
    chosen
        .ok_or_else(|| StorageError::Failed(format!("the people chosen for `{policy}` are gone")))
        .map(Some)
}

/// The writes of what a new run by hand means.
pub(super) async fn writes(
    host: &impl Host,
    policy: &str,
    chosen: &ByHand,
) -> Result<Vec<Write>, StorageError> {
    let mut writes = vec![set_value(key(policy), chosen)?];
    if !chosen.addresses.is_empty() {
        let mut book: AddressBook = load(host).await?;
        book.policies.push(policy.to_owned());
        writes.push(set(&book)?);
    }
    Ok(writes)
}

/// Keeps the addresses that people have now, so that an undo can give them back. Whoever was erased since the people were
/// read stays erased, and is taken out of them.
pub(super) async fn keep_present<H: Host>(
    worker: &Worker<'_, H>,
    policy: &str,
    chosen: &mut ByHand,
    snapshot: &Snapshot,
) -> Result<(), WorkError> {
    if chosen.addresses.is_empty() {
        return Ok(());
    }
    let kept = worker
        .commit(async || {
            let mut change = Change::default();
            let Some(mut kept) = load_by_hand(worker.host, policy).await? else {
                return Ok((change, ByHand::default()));
            };
            for one in &mut kept.addresses {
                let mut rows = snapshot.find_all(one.account.as_str());
                let present = rows.find_map(|row| snapshot.email(row));
                one.from = present.map(String::from);
            }
            change.writes.push(set_value(key(policy), &kept)?);
            Ok((change, kept))
        })
        .await?;
    *chosen = kept;
    Ok(())
}

/// The runs by hand that hold addresses.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
struct AddressBook {
    /// The ids of their policies.
    policies: Vec<String>,
}

impl Document for AddressBook {
    const KEY: &'static str = "chosen-addresses";
}

/// Erases the addresses of closed accounts (RULES R18).
pub(super) async fn forget_people<H: Host>(
    worker: &Worker<'_, H>,
    closed: &[AccountId],
) -> Result<(), WorkError> {
    let book: AddressBook = load(worker.host).await?;
    for policy in &book.policies {
        let key = key(policy);
        worker
            .commit(async || {
                let mut change = Change::default();
                let chosen: Option<ByHand> = load_value(worker.host, &key).await?;
                if let Some(mut chosen) = chosen
                    && chosen.forget(closed)
                {
                    change.writes.push(set_value(key.clone(), &chosen)?);
                }
                Ok((change, ()))
            })
            .await?;
    }
    Ok(())
}

/// Everybody whose address is kept, each with the time at which it was given: their accounts are reported (RULES R18).
pub(super) async fn accounts(host: &impl Host) -> Result<Vec<(AccountId, Time)>, StorageError> {
    let book: AddressBook = load(host).await?;
    let mut accounts = Vec::new();
    for policy in &book.policies {
        let chosen: Option<ByHand> = load_value(host, &key(policy)).await?;
        let Some(chosen) = chosen else { continue };
        let asked = chosen.asked;
        accounts.extend(chosen.people.into_iter().map(|person| (person, asked)));
    }
    Ok(accounts)
}

/// The deletions of what is stored of a run by hand, which go with the run itself. They belong into a commit, since the list
/// of runs with addresses is read for them.
pub(super) async fn deletions(host: &impl Host, policy: &str) -> Result<Vec<Write>, StorageError> {
    if !is_by_hand(policy) {
        return Ok(Vec::new());
    }
    let mut writes = vec![
        Write::Delete { key: key(policy) },
        Write::Delete {
            key: policy_revision_key(policy, REVISION),
        },
    ];
    let mut book: AddressBook = load(host).await?;
    let before = book.policies.len();
    book.policies.retain(|known| known != policy);
    if book.policies.len() < before {
        writes.push(set(&book)?);
    }
    Ok(writes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_by_its_mark_before_and_after() {
        let account = AccountId("a".into());
        let chosen = ByHand {
            people: vec![account.clone()],
            addresses: vec![Address {
                account: account.clone(),
                to: "new@acme.example".into(),
                from: Some("Old@acme.example".into()),
            }],
            asked: Time::default(),
            revokes_tokens: false,
        };
        let found = |account: &AccountId, address: &str| {
            let mark = address_mark(account.as_str(), address);
            chosen.address(account, &mark).map(String::from)
        };
        assert_eq!(
            found(&account, "new@acme.example").as_deref(),
            Some("new@acme.example")
        );
        assert_eq!(
            found(&account, "old@acme.example").as_deref(),
            Some("Old@acme.example")
        );
        assert_eq!(found(&account, "other@acme.example"), None);
        assert_eq!(found(&AccountId("b".into()), "new@acme.example"), None);
    }

    #[test]
    fn what_a_run_names_fits_into_one_value() {
        let account = |number: usize| AccountId(format!("712020:{number:0>36}"));
        let longest = "x".repeat(254);
        let most = ByHand {
            people: (0..MAX_PEOPLE).map(account).collect(),
            ..ByHand::default()
        };
        let with_addresses = ByHand {
            people: (0..MAX_ADDRESSES).map(account).collect(),
            addresses: (0..MAX_ADDRESSES)
                .map(|number| Address {
                    account: account(number),
                    to: longest.clone(),
                    from: Some(longest.clone()),
                })
                .collect(),
            asked: Time::default(),
            revokes_tokens: false,
        };
        for chosen in [most, with_addresses] {
            let text = super::super::documents::encode(&chosen).unwrap();
            assert!(text.len() <= 176 * 1024, "{}", text.len());
        }
    }
}
