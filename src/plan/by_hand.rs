//! What only a run over people chosen by hand may do, and no policy (RULES R10).

use super::act::Act;
use super::address::{address_mark, domain_of};
use super::hindrance::Hindrance;
use crate::atlassian::Seats;
use crate::model::{AccountId, Truth};
use crate::snapshot::{Row, Snapshot};

/// What is wanted of each of the people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Another e-mail address.
    SetEmail {
        /// Whose, and which.
        addresses: Vec<(AccountId, String)>,
        /// The verified domains of the organization, in lower case.
        verified: Vec<String>,
    },
    /// No API token any more.
    RevokeTokens,
}

impl Deed {
    /// The act on a person.
    ///
    /// # Errors
    /// What stands in its way, besides what [`possible`](super::possible) knows.
    pub(super) fn act(&self, snapshot: &Snapshot, row: Row) -> Result<Act, Hindrance> {
        let (addresses, verified) = match self {
            Deed::RevokeTokens => return Ok(Act::RevokeTokens),
            Deed::SetEmail {
                addresses,
                verified,
            } => (addresses, verified),
        };
        let account = snapshot.account(row).unwrap_or_default();
        let mut wanted = addresses.iter().filter(|(whose, _)| whose.0 == account);
        let Some((_, wanted)) = wanted.next() else {
            return Err(Hindrance::impossible("no address was given for the person"));
        };
        let Some(present) = snapshot.email(row) else {
            let reason = "the present e-mail address is not known";
            return Err(Hindrance::Unknown(String::from(reason)));
        };
        if present.eq_ignore_ascii_case(wanted) {
            return Err(Hindrance::impossible(
                "the person has this e-mail address already",
            ));
        }
        require_verified(present, verified)?;
        require_verified(wanted, verified)?;
        Ok(Act::SetEmail {
            to: address_mark(account, wanted),
            from: address_mark(account, present),
        })
    }
}

/// Only within the verified domains: from one, and to one (RULES R10).
///
/// # Errors
/// Why not, in words.
pub fn require_verified(address: &str, verified: &[String]) -> Result<(), Hindrance> {
    let Some(domain) = domain_of(address) else {
        return Err(Hindrance::impossible("the e-mail address has no domain"));
    };
    if verified.contains(&domain) {
        return Ok(());
    }
    let reason = format!("{domain} is no verified domain of the organization: verify it first");
    Err(Hindrance::impossible(reason))
}

/// Never an administrator of anything (RULES R10): by a role of theirs, or by a group in any directory. What is not known
/// counts as one (RULES R4).
///
/// # Errors
/// Why they are one, or that it is not known.
pub(super) fn require_no_administrator(
    snapshot: &Snapshot,
    row: Row,
    seats: &Seats,
) -> Result<(), Hindrance> {
    let unknown = |what: &str| Err(Hindrance::Unknown(what.to_owned()));
    for row in std::iter::once(row).chain(snapshot.elsewhere(row)) {
        let (Some(mut roles), Some(groups)) = (snapshot.roles(row), snapshot.groups(row)) else {
            return unknown("whether the person is an administrator is not known");
        };
        if let Some(role) = roles.find(|role| role.ends_with("admin")) {
            return Err(Hindrance::impossible(format!(
                "an administrator by the role {role}"
            )));
        }
        for group in groups {
            let name = group.name.as_deref().unwrap_or(group.id.as_str());
            match seats.administers(&group.id) {
                Truth::False => {}
                Truth::True => {
                    let reason = format!("an administrator by the group {name}");
                    return Err(Hindrance::impossible(reason));
                }
                Truth::Unknown => {
                    let reason =
                        format!("whether the group {name} makes administrators is not known");
                    return unknown(&reason);
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Claim, DirectoryId, GroupId, Resource, Status};
    use crate::plan::aim::{GroupFacts, possible};
    use crate::snapshot::{Group, UserRecord};

    fn record(directory: &str, groups: Option<&[&str]>, roles: Option<&[&str]>) -> UserRecord {
        let group = |id: &&str| Group {
            id: GroupId((*id).into()),
            name: None,
        };
        UserRecord {
            status: Some(Status::Active),
            claim: Some(Claim::Managed),
            groups: groups.map(|groups| groups.iter().map(group).collect()),
            roles: roles.map(|roles| roles.iter().map(|role| (*role).to_owned()).collect()),
            ..UserRecord::unknown(AccountId("a".into()), DirectoryId(directory.into()))
        }
    }

    #[test]
    fn an_administrator_of_anything_is_none_for_what_only_people_chosen_by_hand_meet() {
        let mut seats = Seats::default();
        let site = Resource("ari:cloud:jira-software::site/1".into());
        for (group, role) in [("admins", "atlassian/admin"), ("users", "atlassian/user")] {
            seats.grant(&GroupId(group.into()), &site, &[role.to_owned()]);
        }
        seats.leave_open(&GroupId("closed".into()));
        let of = |records: &[UserRecord]| {
            let mut snapshot = Snapshot::new();
            for record in records {
                snapshot.push(record);
            }
            let row = snapshot.rows().next().unwrap();
            let facts = GroupFacts {
                seats: &seats,
                closed: &[],
                directories: &[],
                own: &[],
                denied: crate::plan::Denied::default(),
            };
            possible(&Act::RevokeTokens, &snapshot, row, facts)
        };
        let plain = || record("1", Some(&["users"]), Some(&["atlassian/user"]));
        assert_eq!(of(&[plain()]), Ok(()));
        for administrator in [
            record("1", Some(&["users", "admins"]), Some(&[])),
            record("1", Some(&[]), Some(&["atlassian/user-access-admin"])),
        ] {
            let found = of(&[administrator]);
            assert!(
                matches!(found, Err(Hindrance::Impossible { .. })),
                "{found:?}"
            );
        }
        for undecided in [
            record("1", None, Some(&[])),
            record("1", Some(&[]), None),
            record("1", Some(&["closed"]), Some(&[])),
        ] {
            let found = of(&[undecided]);
            assert!(matches!(found, Err(Hindrance::Unknown(_))), "{found:?}");
        }
        let found = of(&[plain(), record("2", Some(&["admins"]), Some(&[]))]);
        assert!(
            matches!(found, Err(Hindrance::Impossible { .. })),
            "{found:?}"
        );
    }
}
