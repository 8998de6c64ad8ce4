//! A deliberately naive re-computation over the API's own objects: it reads like the documentation and shares nothing
//! with the core.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;

/// What should have happened.
#[derive(Debug, Default)]
pub struct Expectation {
    /// Who should be suspended.
    pub suspended: BTreeSet<String>,
    /// Matched and exempt.
    pub exempt: u32,
    /// Matched, not exempt, and protected.
    pub protected: u32,
    /// Not decided.
    pub unknown: u32,
}

/// `None` is "not known".
fn is_idle(user: &Value, now: DateTime<Utc>) -> Option<bool> {
    let accesses = user.get("productAccess")?.as_array()?;
    let limit = now - Duration::days(90) - Duration::hours(24);
    let mut seen = false;
    for access in accesses {
        // Without a timestamp here the app asks for this person alone, and hears that the product was never used.
        if let Some(text) = access.get("lastActiveTimestamp").and_then(Value::as_str) {
            let last: DateTime<Utc> = text.parse().expect("a timestamp");
            if last >= limit {
                return Some(false);
            }
            seen = true;
        }
    }
    Some(seen)
}

fn has_domain(user: &Value, domains: &[&str]) -> Option<bool> {
    let email = user
        .get("email")?
        .as_str()
        .filter(|email| !email.is_empty())?;
    let domain = email.rsplit('@').next()?.to_lowercase();
    Some(domains.contains(&domain.as_str()))
}

fn is_active(user: &Value) -> Option<bool> {
    Some(user.get("status")?.as_str()? == "active")
}

/// False wins over unknown, unknown wins over true.
fn all(values: [Option<bool>; 3]) -> Option<bool> {
    if values.contains(&Some(false)) {
        Some(false)
    } else if values.contains(&None) {
        None
    } else {
        Some(true)
    }
}

/// Who should be suspended, from the population before, the policy, the exemptions and the protected people.
pub fn expect(
    before: &[Value],
    policy: &Value,
    exempt_users: &[String],
    exempt_groups: &[String],
    protected: &[(String, String)],
    now: &str,
) -> Expectation {
    let now: DateTime<Utc> = now.parse().expect("a time");
    let domains: Vec<&str> = policy["match"]["all"][2]["emailDomain"]
        .as_array()
        .expect("domains")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let mut expectation = Expectation::default();
    for user in before {
        let account = user["accountId"]
            .as_str()
            .expect("an account id")
            .to_owned();
        match all([
            is_active(user),
            is_idle(user, now),
            has_domain(user, &domains),
        ]) {
            Some(false) => continue,
            None => {
                expectation.unknown += 1;
                continue;
            }
            Some(true) => {}
        }
        let in_exempt_group = user["groups"]
            .as_array()
            .into_iter()
            .flatten()
            .any(|group| {
                exempt_groups.iter().any(|id| {
                    group["id"]
                        .as_str()
                        .is_some_and(|ari| ari.ends_with(id.as_str()))
                })
            });
        if exempt_users.contains(&account) || in_exempt_group {
            expectation.exempt += 1;
        } else if protected.iter().any(|(who, _)| *who == account) {
            expectation.protected += 1;
        } else {
            expectation.suspended.insert(account);
        }
    }
    expectation
}

/// Who was suspended between two states of the population; panics if anything else changed.
pub fn changes(before: &[Value], after: &[Value]) -> BTreeSet<String> {
    assert_eq!(before.len(), after.len(), "people came or went");
    let mut suspended = BTreeSet::new();
    for (old, new) in before.iter().zip(after) {
        if old == new {
            continue;
        }
        let mut undone = new.clone();
        undone["status"] = old["status"].clone();
        undone["membershipStatus"] = old["membershipStatus"].clone();
        assert_eq!(*old, undone, "something besides the status changed");
        assert_eq!(
            (&old["status"], &new["status"]),
            (&"active".into(), &"suspended".into())
        );
        suspended.insert(new["accountId"].as_str().expect("an account id").to_owned());
    }
    suspended
}
