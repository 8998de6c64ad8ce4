//! Who answers for something on this site's Jira.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::model::AccountId;
use crate::plan::Protections;

/// Who has a duty, each with one of theirs in words.
pub(super) type Holders = BTreeMap<AccountId, String>;

/// The same as what protects them.
pub(super) fn protections(holders: Holders) -> Protections {
    let mut protections = Protections::default();
    for (account, duty) in holders {
        protections.people.insert(account, Cow::Owned(duty));
    }
    protections
}
