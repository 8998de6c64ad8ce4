//! Who is left alone whatever a policy says: exemptions and protections (RULES R4).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::exempt::{Exempting, Exemption};
use crate::model::{AccountId, AccountType, GroupId, Status};
use crate::planted::{Fault, planted};
use crate::snapshot::{Row, Snapshot};

/// What protects people besides what a directory says of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Protections {
    /// People who are protected by who they are to this app, such as the owner of the key and the caller, each with the
    /// reason.
    pub people: BTreeMap<AccountId, Cow<'static, str>>,
    /// Why everybody else is, if so: it cannot be told whom else a protection shelters (RULES R4).
    pub everybody: Option<Cow<'static, str>>,
    /// People in several directories who were asked about: each of their rows has its own directory's status. Everybody
    /// else there is undecided.
    pub told_apart: BTreeSet<AccountId>,
    /// Groups whose members are administrators of the organization or of a site, whatever is listed of their roles.
    pub governing: Vec<GroupId>,
}

impl Protections {
    /// Adds others. Whoever is protected already keeps the reason.
    pub fn add(&mut self, others: Protections) {
        for (account, reason) in others.people {
            self.people.entry(account).or_insert(reason);
        }
        self.everybody = self.everybody.take().or(others.everybody);
    }
}

/// Why a person is left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shelter {
    /// An exemption.
    Exempt(&'static str),
    /// A protection, or something undecided that counts as one.
    Protected(Cow<'static, str>),
}

/// Whether a set of platform roles makes an administrator of the organization.
pub fn is_organization_administrator<'a>(mut roles: impl Iterator<Item = &'a str>) -> bool {
    roles.any(|role| role == "atlassian/org-admin")
}

const SEVERAL: &str =
    "undecided: listed in several directories, and the status in this one is not known";

/// What shelters a person, if anything. What cannot be decided shelters (RULES R4).
pub fn shelter(
    snapshot: &Snapshot,
    row: Row,
    exempting: &Exempting<'_>,
    protections: &Protections,
) -> Option<Shelter> {
    let found = sheltered_anywhere(snapshot, row, exempting, protections);
    if found.is_some() || has_own_status(snapshot, row, protections) {
        return found;
    }
    Some(Shelter::Protected(Cow::Borrowed(SEVERAL)))
}

/// Whether the status of a row is that of its directory. A listing shows one over all directories: who is suspended in some
/// of them is active there.
pub fn has_own_status(snapshot: &Snapshot, row: Row, protections: &Protections) -> bool {
    if !snapshot.is_in_several_directories(row) {
        return true;
    }
    let account = snapshot.account(row).unwrap_or_default();
    match snapshot.status(row) {
        Some(Status::Active) => protections.told_apart.contains(account),
        Some(_) => true,
        None => false,
    }
}

/// The same, leaving aside that the status in one directory may not be known. An exemption or a protection that holds in one
/// directory holds in all: each listing shows the groups of its own.
pub fn sheltered_anywhere(
    snapshot: &Snapshot,
    row: Row,
    exempting: &Exempting<'_>,
    protections: &Protections,
) -> Option<Shelter> {
    let mut found = sheltered(snapshot, row, exempting, protections);
    for other in snapshot.elsewhere(row) {
        if matches!(found, Some(Shelter::Exempt(_))) {
            return found;
        }
        let there = sheltered(snapshot, other, exempting, protections);
        if found.is_none() || matches!(there, Some(Shelter::Exempt(_))) {
            found = there;
        }
    }
    found
}

/// What shelters a person by one row.
fn sheltered(
    snapshot: &Snapshot,
    row: Row,
    exempting: &Exempting<'_>,
    protections: &Protections,
) -> Option<Shelter> {
    let exemption = exempting.of(snapshot, row);
    if let Exemption::Yes(reason) = exemption {
        return Some(Shelter::Exempt(reason));
    }
    let protection = protection(snapshot, row, protections);
    let undecided = match exemption {
        Exemption::Undecided(reason) => Some(Cow::Borrowed(reason)),
        Exemption::No | Exemption::Yes(_) => None,
    };
    protection.or(undecided).map(Shelter::Protected)
}

fn protection(
    snapshot: &Snapshot,
    row: Row,
    protections: &Protections,
) -> Option<Cow<'static, str>> {
    match snapshot.account_type(row) {
        Some(AccountType::App) => Some(Cow::Borrowed("app account")),
        Some(AccountType::Customer) => Some(Cow::Borrowed("customer account")),
        None => Some(Cow::Borrowed("undecided: the kind of account is not known")),
        Some(AccountType::Atlassian) => {
            let of_this_person = protections.people.get(snapshot.account(row)?).cloned();
            of_this_person
                .or_else(|| standing(snapshot, row, &protections.governing).map(Cow::Borrowed))
                .or_else(|| protections.everybody.clone())
        }
    }
}

/// What protects a person by what the directory says of them. Of whoever has none of the roles it need not be known which groups
/// they are in: groups say it where the roles show late.
fn standing(snapshot: &Snapshot, row: Row, governing: &[GroupId]) -> Option<&'static str> {
    let Some(roles) = snapshot.roles(row) else {
        return Some("undecided: the roles are not known");
    };
    for role in roles {
        if planted(Fault::AdministratorsNotProtected) {
            continue;
        }
        match role {
            "atlassian/org-admin" => return Some("organization administrator"),
            "atlassian/site-admin" => return Some("site administrator"),
            _ => {}
        }
    }
    let mut groups = snapshot.groups(row).into_iter().flatten();
    if !governing.is_empty() && groups.any(|group| governing.contains(&group.id)) {
        return Some("administrator of the organization or of a site by a group");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DirectoryId, GroupId};
    use crate::plan::Exempted;
    use crate::policy::Pattern;
    use crate::snapshot::{Group, UserRecord};
    use std::collections::BTreeSet;

    fn sheltered(record: UserRecord, exempted: &Exempted) -> Option<Shelter> {
        let mut snapshot = Snapshot::new();
        snapshot.push(&record);
        let row = snapshot.rows().next().unwrap();
        let protections = Protections {
            people: BTreeMap::from([(AccountId("owner".into()), "owner of the key".into())]),
            governing: vec![GroupId("org-admins".into())],
            ..Protections::default()
        };
        shelter(&snapshot, row, &exempted.on(&snapshot), &protections)
    }

    fn protected(reason: &'static str) -> Shelter {
        Shelter::Protected(reason.into())
    }

    fn person(account: &str) -> UserRecord {
        UserRecord {
            account_type: Some(AccountType::Atlassian),
            email: Some("a@acme.example".into()),
            groups: Some(vec![]),
            roles: Some(vec![]),
            ..UserRecord::unknown(AccountId(account.into()), DirectoryId("d".into()))
        }
    }

    #[test]
    fn who_is_sheltered_and_why() {
        let exempted = Exempted {
            users: BTreeSet::from([AccountId("exempt".into())]),
            groups: BTreeSet::from([GroupId("g".into())]),
            domains: vec![Pattern("partner.example".into())],
            ..Exempted::default()
        };
        let group = |id: &str| {
            Some(vec![Group {
                id: GroupId(id.into()),
                name: None,
            }])
        };
        let role = |name: &str| Some(vec![name.to_owned()]);
        let cases = [
            (person("a"), None),
            (person("exempt"), Some(Shelter::Exempt("exempt by name"))),
            (
                UserRecord {
                    groups: group("g"),
                    ..person("a")
                },
                Some(Shelter::Exempt("member of an exempt group")),
            ),
            (
                UserRecord {
                    groups: group("h"),
                    ..person("a")
                },
                None,
            ),
            (
                UserRecord {
                    groups: None,
                    ..person("a")
                },
                Some(protected(
                    "undecided: the groups are not known, and groups are exempt",
                )),
            ),
            (
                UserRecord {
                    email: Some("a@Partner.example".into()),
                    ..person("a")
                },
                Some(Shelter::Exempt("e-mail address of an exempt domain")),
            ),
            (
                UserRecord {
                    email: None,
                    ..person("a")
                },
                Some(protected(
                    "undecided: the e-mail address is not known, and addresses are exempt",
                )),
            ),
            (
                UserRecord {
                    email: None,
                    groups: group("g"),
                    ..person("a")
                },
                Some(Shelter::Exempt("member of an exempt group")),
            ),
            (
                UserRecord {
                    email: None,
                    roles: role("atlassian/org-admin"),
                    ..person("a")
                },
                Some(protected("organization administrator")),
            ),
            (
                UserRecord {
                    roles: None,
                    ..person("a")
                },
                Some(protected("undecided: the roles are not known")),
            ),
            (
                UserRecord {
                    roles: role("atlassian/org-admin"),
                    ..person("a")
                },
                Some(protected("organization administrator")),
            ),
            (
                UserRecord {
                    roles: role("atlassian/site-admin"),
                    ..person("a")
                },
                Some(protected("site administrator")),
            ),
            (
                UserRecord {
                    groups: group("org-admins"),
                    ..person("a")
                },
                Some(protected(
                    "administrator of the organization or of a site by a group",
                )),
            ),
            (
                UserRecord {
                    roles: role("atlassian/user-access-admin"),
                    ..person("a")
                },
                None,
            ),
            (
                UserRecord {
                    account_type: Some(AccountType::App),
                    ..person("a")
                },
                Some(protected("app account")),
            ),
            (
                UserRecord {
                    account_type: Some(AccountType::Customer),
                    ..person("a")
                },
                Some(protected("customer account")),
            ),
            (
                UserRecord {
                    account_type: None,
                    ..person("a")
                },
                Some(protected("undecided: the kind of account is not known")),
            ),
            (person("owner"), Some(protected("owner of the key"))),
        ];
        for (record, expected) in cases {
            assert_eq!(sheltered(record.clone(), &exempted), expected, "{record:?}");
        }
    }

    #[test]
    fn where_it_cannot_be_told_whom_a_protection_shelters_it_shelters_everybody() {
        let mut snapshot = Snapshot::new();
        snapshot.push(&person("a"));
        snapshot.push(&person("owner"));
        let named = |reason: &'static str| Protections {
            people: BTreeMap::from([(AccountId("owner".into()), reason.into())]),
            ..Protections::default()
        };
        let mut protections = named("owner of the key");
        protections.add(named("leads the project OPS"));
        let found = |protections: &Protections| -> Vec<_> {
            let nobody = Exempted::default();
            let exempting = nobody.on(&snapshot);
            let rows = snapshot.rows();
            rows.map(|row| shelter(&snapshot, row, &exempting, protections))
                .collect()
        };
        let owner = Some(protected("owner of the key"));
        assert_eq!(found(&protections), [None, owner.clone()]);
        protections.add(Protections {
            people: BTreeMap::new(),
            everybody: Some("undecided: no answer".into()),
            ..Protections::default()
        });
        let undecided = Some(protected("undecided: no answer"));
        assert_eq!(found(&protections), [undecided, owner]);
    }

    /// One person in two directories and somebody in the first only; what shelters each of the three rows.
    fn of_several(
        there: UserRecord,
        exempted: &Exempted,
        told_apart: &[&str],
    ) -> Vec<Option<Shelter>> {
        let active = |account: &str| UserRecord {
            status: Some(Status::Active),
            ..person(account)
        };
        let mut snapshot = Snapshot::new();
        snapshot.push(&active("a"));
        snapshot.push(&UserRecord {
            directory: DirectoryId("d2".into()),
            ..there
        });
        snapshot.push(&active("b"));
        let protections = Protections {
            told_apart: told_apart
                .iter()
                .map(|account| AccountId((*account).into()))
                .collect(),
            ..Protections::default()
        };
        let exempting = exempted.on(&snapshot);
        let of = |row| shelter(&snapshot, row, &exempting, &protections);
        snapshot.rows().map(of).collect()
    }

    fn with_status(status: Option<Status>) -> UserRecord {
        UserRecord {
            status,
            ..person("a")
        }
    }

    #[test]
    fn whoever_is_in_several_directories_is_undecided_until_told_apart() {
        let nobody = Exempted::default();
        let of = |status, told: &[&str]| of_several(with_status(status), &nobody, told);
        let undecided = Some(protected(SEVERAL));
        let active = Some(Status::Active);
        let both = [undecided.clone(), undecided.clone(), None];
        assert_eq!(of(active, &[]), both);
        assert_eq!(of(active, &["b"]), both);
        assert_eq!(of(active, &["a"]), [None, None, None]);
        // Whose status there nobody could tell is undecided there, and only there.
        assert_eq!(of(None, &["a"]), [None, undecided.clone(), None]);
        // A status other than active is that of every directory, or of the account.
        assert_eq!(of(Some(Status::Suspended), &[]), [undecided, None, None]);
    }

    #[test]
    fn what_shelters_in_one_directory_shelters_in_all() {
        let there = || with_status(Some(Status::Active));
        let exempted = Exempted {
            groups: BTreeSet::from([GroupId("g".into())]),
            ..Exempted::default()
        };
        let member = UserRecord {
            groups: Some(vec![Group {
                id: GroupId("g".into()),
                name: None,
            }]),
            ..there()
        };
        let exempt = Some(Shelter::Exempt("member of an exempt group"));
        let found = of_several(member, &exempted, &["a"]);
        assert_eq!(found, [exempt.clone(), exempt, None]);
        let unread = UserRecord {
            roles: None,
            ..there()
        };
        let undecided = Some(protected("undecided: the roles are not known"));
        let found = of_several(unread, &exempted, &["a"]);
        assert_eq!(found, [undecided.clone(), undecided, None]);
        let administrator = UserRecord {
            roles: Some(vec!["atlassian/org-admin".into()]),
            ..there()
        };
        let known = Some(protected("organization administrator"));
        let found = of_several(administrator, &exempted, &["a"]);
        assert_eq!(found, [known.clone(), known, None]);
    }

    #[test]
    fn unknown_groups_and_addresses_decide_nothing_where_none_is_exempt() {
        let record = UserRecord {
            email: None,
            groups: None,
            ..person("a")
        };
        assert_eq!(sheltered(record, &Exempted::default()), None);
    }
}
