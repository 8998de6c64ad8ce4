//! Conditions on single people: lists and own fields, looked up once when a policy is compiled.

use hashbrown::HashSet;

use super::bits::Rows;
use super::leaf::Leaf;
use crate::model::AccountId;
use crate::policy::Pattern;
use crate::snapshot::Snapshot;

type Texts = HashSet<String, foldhash::fast::FixedState>;

/// Stands on a list of e-mail addresses and account ids. Whose address is hidden may be on a list of addresses.
pub(super) fn listed(snapshot: &Snapshot, members: &[String]) -> Leaf {
    let mut matched = Rows::with_room(snapshot.len());
    let mut unknown = Rows::with_room(snapshot.len());
    let (mut addresses, mut domains) = (Texts::default(), Texts::default());
    for member in members {
        for row in snapshot.find_all(member) {
            matched.insert(row.0);
        }
        if let Some((_, domain)) = member.rsplit_once('@') {
            addresses.insert(member.to_ascii_lowercase());
            domains.insert(domain.to_ascii_lowercase());
        }
    }
    if !addresses.is_empty() {
        let is_named: Vec<bool> = snapshot
            .distinct_domains()
            .iter()
            .map(|domain| domains.contains(&**domain))
            .collect();
        for (row, domain) in snapshot.domain_numbers().iter().enumerate() {
            let index = usize::try_from(*domain).unwrap_or(usize::MAX);
            match is_named.get(index) {
                Some(false) => {}
                Some(true) => {
                    let address = snapshot.email_at(row).unwrap_or_default();
                    if addresses.contains(&address.to_ascii_lowercase()) {
                        matched.insert(row);
                    }
                }
                None if snapshot.email_at(row).is_none() && !matched.contains(row) => {
                    unknown.insert(row);
                }
                None => {}
            }
        }
    }
    Leaf::Rows { matched, unknown }
}

/// An own field is one of some values; unset is false.
pub(super) fn field(snapshot: &Snapshot, values: &[(AccountId, String)], is: &[Pattern]) -> Leaf {
    let mut matched = Rows::with_room(snapshot.len());
    for (account, value) in values {
        if is.iter().any(|pattern| pattern.fits_ignoring_case(value)) {
            for row in snapshot.find_all(account.as_str()) {
                matched.insert(row.0);
            }
        }
    }
    Leaf::Rows {
        matched,
        unknown: Rows::with_room(snapshot.len()),
    }
}
