//! The columns and how rows come in and out.

use std::collections::{HashMap, HashSet};

use super::interned::Interned;
use crate::model::{
    AccountId, AccountType, Activity, Claim, DirectoryId, GroupId, Resource, Status, Time,
};

/// Marks an absent number in a column.
const ABSENT: u32 = u32::MAX;

/// One person in one directory, as read. `None` means that the source did not say: unknown, never "no".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserRecord {
    /// The account.
    pub account: AccountId,
    /// The directory it was read from.
    pub directory: DirectoryId,
    /// The kind of account.
    pub account_type: Option<AccountType>,
    /// The composite status.
    pub status: Option<Status>,
    /// Managed or external.
    pub claim: Option<Claim>,
    /// Display name.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// When the account was added to the organization.
    pub added: Option<Time>,
    /// The groups; an empty list is knowledge.
    pub groups: Option<Vec<Group>>,
    /// The platform roles, such as `atlassian/org-admin`.
    pub roles: Option<Vec<String>>,
    /// The product accesses.
    pub access: Option<Vec<Access>>,
}

impl UserRecord {
    /// A person of whom nothing is known but who they are.
    pub fn unknown(account: AccountId, directory: DirectoryId) -> UserRecord {
        UserRecord {
            account,
            directory,
            account_type: None,
            status: None,
            claim: None,
            name: None,
            email: None,
            added: None,
            groups: None,
            roles: None,
            access: None,
        }
    }
}

/// A group as it stands with a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    /// Its UUID.
    pub id: GroupId,
    /// Its name, if it was said.
    pub name: Option<String>,
}

/// An access to one product on one site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// The product on the site.
    pub resource: Resource,
    /// The product's key, such as `jira-software`.
    pub product: String,
    /// The last activity.
    pub activity: Activity,
}

/// A site of the organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its cloud id.
    pub cloud_id: String,
    /// Its host, such as `acme.atlassian.net`.
    pub host: String,
}

/// A position in a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row(pub(super) usize);

/// The directory as columns.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    accounts: Vec<AccountId>,
    directories: Vec<u32>,
    account_types: Vec<Option<AccountType>>,
    statuses: Vec<Option<Status>>,
    claims: Vec<Option<Claim>>,
    names: Vec<Option<Box<str>>>,
    emails: Vec<Option<Box<str>>>,
    added: Vec<Option<Time>>,
    group_sets: Vec<u32>,
    role_sets: Vec<u32>,
    access_sets: Vec<u32>,
    /// Where each row's activities begin in `activities`; as many as its access set has members.
    activity_starts: Vec<u32>,
    activities: Vec<Activity>,

    /// Where each account of each directory is.
    positions: HashMap<(u32, AccountId), usize>,
    /// Accounts that more than one directory lists.
    in_several: HashSet<AccountId>,
    directory_ids: Interned<DirectoryId>,
    groups: Interned<Group>,
    distinct_group_sets: Interned<Vec<u32>>,
    roles: Interned<String>,
    distinct_role_sets: Interned<Vec<u32>>,
    accesses: Interned<(Resource, String)>,
    distinct_access_sets: Interned<Vec<u32>>,
}

impl Snapshot {
    /// An empty snapshot.
    pub fn new() -> Snapshot {
        Snapshot::default()
    }

    /// Adds one person in one directory. Somebody who is there already is left as first read: a listing in pages may
    /// show a person twice when the directory changes meanwhile.
    pub fn push(&mut self, user: UserRecord) {
        let directory = self.directory_ids.number(user.directory);
        let place = (directory, user.account.clone());
        if self.positions.contains_key(&place) {
            return;
        }
        let is_elsewhere = (0..self.directory_ids.count()).any(|other| {
            other != directory && self.positions.contains_key(&(other, place.1.clone()))
        });
        if is_elsewhere {
            self.in_several.insert(place.1.clone());
        }
        self.positions.insert(place, self.accounts.len());
        self.accounts.push(user.account);
        self.directories.push(directory);
        self.account_types.push(user.account_type);
        self.statuses.push(user.status);
        self.claims.push(user.claim);
        self.names.push(user.name.map(String::into_boxed_str));
        self.emails.push(user.email.map(String::into_boxed_str));
        self.added.push(user.added);
        let group_set = self.intern_groups(user.groups);
        self.group_sets.push(group_set);
        let role_set = self.intern_roles(user.roles);
        self.role_sets.push(role_set);
        self.push_access(user.access);
    }

    fn intern_groups(&mut self, groups: Option<Vec<Group>>) -> u32 {
        let Some(groups) = groups else { return ABSENT };
        let set = number_set(groups, &mut self.groups);
        self.distinct_group_sets.number(set)
    }

    fn intern_roles(&mut self, roles: Option<Vec<String>>) -> u32 {
        let Some(roles) = roles else { return ABSENT };
        let set = number_set(roles, &mut self.roles);
        self.distinct_role_sets.number(set)
    }

    fn push_access(&mut self, access: Option<Vec<Access>>) {
        let start = u32::try_from(self.activities.len()).unwrap_or(u32::MAX);
        self.activity_starts.push(start);
        let Some(access) = access else {
            self.access_sets.push(ABSENT);
            return;
        };
        // A person has few accesses: each is put in its place as it comes.
        let mut numbered: Vec<(u32, Activity)> = Vec::with_capacity(access.len());
        for access in access {
            let number = self.accesses.number((access.resource, access.product));
            let place = numbered.partition_point(|(other, _)| *other <= number);
            numbered.insert(place, (number, access.activity));
        }
        let set = numbered.iter().map(|(number, _)| *number).collect();
        self.activities
            .extend(numbered.into_iter().map(|(_, activity)| activity));
        let set = self.distinct_access_sets.number(set);
        self.access_sets.push(set);
    }

    /// How many people (each once for every directory).
    pub fn len(&self) -> usize {
        self.accounts.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty()
    }

    /// Every position, in order.
    pub fn rows(&self) -> impl Iterator<Item = Row> + use<> {
        (0..self.accounts.len()).map(Row)
    }

    /// The position of an account in a directory.
    pub fn find(&self, account: &AccountId, directory: &DirectoryId) -> Option<Row> {
        let directory = self.directory_ids.find(directory)?;
        self.positions
            .get(&(directory, account.clone()))
            .copied()
            .map(Row)
    }

    /// Whether more than one directory lists the account at a position.
    pub fn is_in_several_directories(&self, row: Row) -> bool {
        self.account(row)
            .is_some_and(|account| self.in_several.contains(account))
    }

    /// The account at a position.
    pub fn account(&self, row: Row) -> Option<&AccountId> {
        self.accounts.get(row.0)
    }

    /// The directory.
    pub fn directory(&self, row: Row) -> Option<&DirectoryId> {
        self.directory_ids.get(*self.directories.get(row.0)?)
    }

    /// The kind of account, if known.
    pub fn account_type(&self, row: Row) -> Option<AccountType> {
        self.account_types.get(row.0).copied().flatten()
    }

    /// The status, if known.
    pub fn status(&self, row: Row) -> Option<Status> {
        self.statuses.get(row.0).copied().flatten()
    }

    /// Managed or external, if known.
    pub fn claim(&self, row: Row) -> Option<Claim> {
        self.claims.get(row.0).copied().flatten()
    }

    /// The name, if known.
    pub fn name(&self, row: Row) -> Option<&str> {
        self.names.get(row.0)?.as_deref()
    }

    /// The e-mail address, if known.
    pub fn email(&self, row: Row) -> Option<&str> {
        self.emails.get(row.0)?.as_deref()
    }

    /// When the account was added to the organization, if known.
    pub fn added(&self, row: Row) -> Option<Time> {
        self.added.get(row.0).copied().flatten()
    }

    /// The number of the set of groups, if the groups are known: people with the same groups have the same number.
    pub fn group_set(&self, row: Row) -> Option<u32> {
        known(*self.group_sets.get(row.0)?)
    }

    /// How many distinct sets of groups there are.
    pub fn group_set_count(&self) -> usize {
        self.distinct_group_sets.values().len()
    }

    /// The groups of a set.
    pub fn groups_of_set(&self, set: u32) -> impl Iterator<Item = &Group> {
        self.distinct_group_sets
            .get(set)
            .into_iter()
            .flatten()
            .filter_map(|number| self.groups.get(*number))
    }

    /// The groups at a position, if known.
    pub fn groups(&self, row: Row) -> Option<impl Iterator<Item = &Group>> {
        self.group_set(row).map(|set| self.groups_of_set(set))
    }

    /// Every group that anybody is in.
    pub fn all_groups(&self) -> &[Group] {
        self.groups.values()
    }

    /// The platform roles, if known.
    pub fn roles(&self, row: Row) -> Option<impl Iterator<Item = &str>> {
        let set = known(*self.role_sets.get(row.0)?)?;
        Some(
            self.distinct_role_sets
                .get(set)?
                .iter()
                .filter_map(|number| self.roles.get(*number))
                .map(String::as_str),
        )
    }

    /// The accesses as number and activity, if the accesses are known. Numbers are those of [`Snapshot::accesses`].
    pub fn activities(&self, row: Row) -> Option<impl Iterator<Item = (u32, Activity)>> {
        let set = known(*self.access_sets.get(row.0)?)?;
        let numbers = self.distinct_access_sets.get(set)?;
        let start = usize::try_from(*self.activity_starts.get(row.0)?).ok()?;
        let activities = self.activities.get(start..start + numbers.len())?;
        Some(numbers.iter().copied().zip(activities.iter().copied()))
    }

    /// Every product on a site that anybody has access to, with the product's key, in the order of the numbers.
    pub fn accesses(&self) -> &[(Resource, String)] {
        self.accesses.values()
    }

    /// Everything at a position, as it came in (groups and accesses in the order of their numbers).
    pub fn record(&self, row: Row) -> Option<UserRecord> {
        Some(UserRecord {
            account: self.account(row)?.clone(),
            directory: self.directory(row)?.clone(),
            account_type: self.account_type(row),
            status: self.status(row),
            claim: self.claim(row),
            name: self.name(row).map(String::from),
            email: self.email(row).map(String::from),
            added: self.added(row),
            groups: self.groups(row).map(|groups| groups.cloned().collect()),
            roles: self
                .roles(row)
                .map(|roles| roles.map(String::from).collect()),
            access: self.activities(row).map(|activities| {
                activities
                    .filter_map(|(number, activity)| {
                        let (resource, product) = self.accesses.get(number)?.clone();
                        Some(Access {
                            resource,
                            product,
                            activity,
                        })
                    })
                    .collect()
            }),
        })
    }
}

/// The numbers of some values, in order and each once. A person has few: each is put in its place as it comes.
fn number_set<T: Clone + Eq + std::hash::Hash>(
    values: Vec<T>,
    interned: &mut Interned<T>,
) -> Vec<u32> {
    let mut set: Vec<u32> = Vec::with_capacity(values.len());
    for value in values {
        let number = interned.number(value);
        if let Err(place) = set.binary_search(&number) {
            set.insert(place, number);
        }
    }
    set
}

fn known(number: u32) -> Option<u32> {
    (number != ABSENT).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(account: &str) -> UserRecord {
        UserRecord::unknown(AccountId(account.into()), DirectoryId("d".into()))
    }

    #[test]
    fn what_goes_in_comes_out() {
        let mut full = person("a");
        full.status = Some(Status::Active);
        full.email = Some("a@x.example".into());
        full.groups = Some(vec![Group {
            id: GroupId("g".into()),
            name: Some("G".into()),
        }]);
        full.roles = Some(vec!["atlassian/org-admin".into()]);
        full.access = Some(vec![Access {
            resource: Resource("ari:cloud:jira-software::site/1".into()),
            product: "jira-software".into(),
            activity: Activity::Seen(Time(5)),
        }]);
        let empty = UserRecord {
            groups: Some(vec![]),
            roles: Some(vec![]),
            access: Some(vec![]),
            ..person("b")
        };
        let unknown = person("c");
        let mut snapshot = Snapshot::new();
        for record in [&full, &empty, &unknown] {
            snapshot.push(record.clone());
        }
        let out: Vec<_> = snapshot
            .rows()
            .filter_map(|row| snapshot.record(row))
            .collect();
        assert_eq!(out, [full, empty, unknown]);
    }
}
