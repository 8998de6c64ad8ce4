//! What a snapshot says of one person.

use super::activity::activity_of;
use super::columns::{Class, Row, Snapshot};
use super::interned::ABSENT;
use super::record::{Access, AccessKind, Group, Site, UserRecord};
use crate::model::{
    AccountId, AccountType, Activity, DirectoryId, ProfileField, Status, Time, is_uuid,
};

impl Snapshot {
    /// How many people (each once for every directory).
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }

    /// Every position, in order.
    pub fn rows(&self) -> impl Iterator<Item = Row> + use<> {
        (0..self.len()).map(Row)
    }

    /// The position of an account in a directory.
    pub fn find(&self, account: &AccountId, directory: &DirectoryId) -> Option<Row> {
        let directory = self.shared.directories.find(directory)?;
        self.find_all(account.as_str()).find(|row| {
            self.class(*row)
                .is_some_and(|class| class.directory == directory)
        })
    }

    /// The account at a position.
    pub fn account(&self, row: Row) -> Option<&str> {
        self.accounts.get(row.0)
    }

    /// What the person at a position has in common with others.
    pub fn class(&self, row: Row) -> Option<&Class> {
        self.distinct_classes.get(*self.classes.get(row.0)?)
    }

    /// The directory.
    pub fn directory(&self, row: Row) -> Option<&DirectoryId> {
        self.shared.directories.get(self.class(row)?.directory)
    }

    /// The name of the directory of a class, if it was said.
    pub fn directory_name(&self, class: &Class) -> Option<&str> {
        self.shared.directory_name(class.directory)
    }

    /// The name of a directory, if it is there and its name was said.
    pub fn name_of_directory(&self, id: &DirectoryId) -> Option<&str> {
        self.shared
            .directory_name(self.shared.directories.find(id)?)
    }

    /// The directory of a class.
    pub fn directory_of(&self, class: &Class) -> Option<&DirectoryId> {
        self.shared.directories.get(class.directory)
    }

    /// The kind of account, if known.
    pub fn account_type(&self, row: Row) -> Option<AccountType> {
        self.class(row)?.account_type
    }

    /// The status, if known.
    pub fn status(&self, row: Row) -> Option<Status> {
        self.class(row)?.status
    }

    /// The name, if known.
    pub fn name(&self, row: Row) -> Option<&str> {
        self.names.get(row.0)
    }

    /// The e-mail address, if known.
    pub fn email(&self, row: Row) -> Option<&str> {
        self.emails.get(row.0)
    }

    /// When the account was added to the organization, if known.
    pub fn added(&self, row: Row) -> Option<Time> {
        known(*self.added.get(row.0)?).map(|seconds| Time(i64::from(seconds)))
    }

    /// A field of the profile, if known.
    pub fn profile_field(&self, row: Row, field: ProfileField) -> Option<&str> {
        self.profile_field_of(*self.profiles.get(row.0)?, field)
    }

    /// A field of a distinct profile, if known.
    pub(crate) fn profile_field_of(&self, profile: u32, field: ProfileField) -> Option<&str> {
        let index = ProfileField::ALL
            .iter()
            .position(|(known, _)| *known == field)?;
        self.shared.profiles.get(profile)?.get(index)?.as_deref()
    }

    /// The groups of a set.
    pub fn groups_of_set(&self, set: u32) -> impl Iterator<Item = &Group> {
        self.distinct_group_sets
            .get(set)
            .into_iter()
            .flatten()
            .filter_map(|number| self.shared.groups.get(*number))
    }

    /// The groups at a position, if known.
    pub fn groups(&self, row: Row) -> Option<impl Iterator<Item = &Group>> {
        known(*self.group_sets.get(row.0)?).map(|set| self.groups_of_set(set))
    }

    /// Every group that anybody is in.
    pub fn all_groups(&self) -> &[Group] {
        self.shared.groups.values()
    }

    /// The platform roles of a class, if known.
    pub fn roles_of(&self, class: &Class) -> Option<impl Iterator<Item = &str>> {
        Some(
            self.distinct_role_sets
                .get(known(class.roles)?)?
                .iter()
                .filter_map(|number| self.shared.roles.get(*number))
                .map(String::as_str),
        )
    }

    /// The platform roles at a position, if known.
    pub fn roles(&self, row: Row) -> Option<impl Iterator<Item = &str>> {
        self.roles_of(self.class(row)?)
    }

    /// The accesses as number and activity, if the accesses are known. Numbers are those of [`Snapshot::accesses`].
    pub fn activities(&self, row: Row) -> Option<impl Iterator<Item = (u32, Activity)>> {
        let (set, codes) = self.access_codes(row.0)?;
        let numbers = self.distinct_access_sets.values().get(set)?;
        let activities = codes.iter().map(|code| activity_of(*code));
        Some(numbers.iter().copied().zip(activities))
    }

    /// The number of the set of accesses of a row and the codes of its activities, if the accesses are known.
    pub(crate) fn access_codes(&self, row: usize) -> Option<(usize, &[u32])> {
        let set = usize::try_from(known(*self.access_sets.get(row)?)?).ok()?;
        let start = usize::try_from(*self.activity_starts.get(row)?).ok()?;
        let end = match self.activity_starts.get(row + 1) {
            Some(end) => usize::try_from(*end).ok()?,
            None => self.activities.len(),
        };
        Some((set, self.activities.get(start..end)?))
    }

    /// The number of the access at a place of a set.
    pub(crate) fn access_in_set(&self, set: usize, slot: usize) -> Option<u32> {
        let set = self.distinct_access_sets.values().get(set)?;
        set.get(slot).copied()
    }

    /// The distinct sets of accesses, each as the numbers of its accesses.
    pub(crate) fn distinct_access_sets(&self) -> &[Vec<u32>] {
        self.distinct_access_sets.values()
    }

    /// The distinct sets of groups, each as the numbers of its groups.
    pub(crate) fn distinct_group_sets(&self) -> &[Vec<u32>] {
        self.distinct_group_sets.values()
    }

    /// Every role that anybody has.
    pub(crate) fn all_roles(&self) -> &[String] {
        self.shared.roles.values()
    }

    /// The distinct classes.
    pub(crate) fn distinct_classes(&self) -> &[Class] {
        self.distinct_classes.values()
    }

    /// The distinct domains of e-mail addresses, in lower case.
    pub(crate) fn distinct_domains(&self) -> &[Box<str>] {
        self.shared.domains.values()
    }

    /// How many distinct profiles there are.
    pub(crate) fn profile_count(&self) -> usize {
        self.shared.profiles.values().len()
    }

    /// The column of classes.
    pub(crate) fn class_numbers(&self) -> &[u32] {
        &self.classes
    }

    /// The column of the domains of e-mail addresses.
    pub(crate) fn domain_numbers(&self) -> &[u32] {
        &self.domains
    }

    /// The column of profiles.
    pub(crate) fn profile_numbers(&self) -> &[u32] {
        &self.profiles
    }

    /// The column of sets of groups.
    pub(crate) fn group_set_numbers(&self) -> &[u32] {
        &self.group_sets
    }

    /// The column of sets of accesses.
    pub(crate) fn access_set_numbers(&self) -> &[u32] {
        &self.access_sets
    }

    /// When the account of a row was added, if known.
    pub(crate) fn added_at(&self, row: usize) -> Option<Time> {
        self.added(Row(row))
    }

    /// The e-mail address of a row, if known.
    pub(crate) fn email_at(&self, row: usize) -> Option<&str> {
        self.emails.get(row)
    }

    /// The cloud id of a site that is named by its host or cloud id: one of the sites, or a name that can be nothing but a
    /// cloud id, because it is a UUID or because somebody has an access there. A host that is mistyped is neither.
    pub fn cloud_id(&self, sites: &[Site], name: &str) -> Option<String> {
        let listed = sites.iter().find(|site| site.is_named(name));
        let mut accesses = self.accesses().iter();
        listed.map(|site| site.cloud_id.clone()).or_else(|| {
            let is_held = accesses.any(|access| access.resource.site() == Some(name));
            (is_held || is_uuid(name)).then(|| name.to_owned())
        })
    }

    /// Every product on a site that anybody has access to, in the order of the numbers.
    pub fn accesses(&self) -> &[AccessKind] {
        self.shared.accesses.values()
    }

    /// Everything at a position, as it came in (groups and accesses in the order of their numbers).
    pub fn record(&self, row: Row) -> Option<UserRecord> {
        let class = self.class(row)?;
        let mut record = UserRecord::unknown(
            AccountId(self.account(row)?.to_owned()),
            self.directory(row)?.clone(),
        );
        record.account_type = class.account_type;
        record.status = class.status;
        record.claim = class.claim;
        record.managed_by = class.managed_by;
        record.mfa = class.mfa;
        record.name = self.name(row).map(String::from);
        record.email = self.email(row).map(String::from);
        record.added = self.added(row);
        for ((field, _), place) in ProfileField::ALL.iter().zip(&mut record.profile) {
            *place = self.profile_field(row, *field).map(String::from);
        }
        record.groups = self.groups(row).map(|groups| groups.cloned().collect());
        record.roles = self
            .roles_of(class)
            .map(|roles| roles.map(String::from).collect());
        record.access = self.activities(row).map(|activities| {
            activities
                .filter_map(|(number, activity)| {
                    let kind = self.shared.accesses.get(number)?.clone();
                    Some(Access {
                        resource: kind.resource,
                        product: kind.product,
                        seat: kind.seat,
                        activity,
                    })
                })
                .collect()
        });
        Some(record)
    }
}

pub(super) fn known(number: u32) -> Option<u32> {
    (number != ABSENT).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{GroupId, Resource};

    fn person(account: &str) -> UserRecord {
        UserRecord::unknown(AccountId(account.into()), DirectoryId("d".into()))
    }

    fn full() -> UserRecord {
        UserRecord {
            status: Some(Status::Active),
            mfa: Some(false),
            email: Some("a@X.example".into()),
            profile: [None, Some("Sales".into()), None, Some("".into())],
            groups: Some(vec![Group {
                id: GroupId("g".into()),
                name: Some("G".into()),
            }]),
            roles: Some(vec!["atlassian/org-admin".into()]),
            access: Some(vec![Access {
                resource: Resource("ari:cloud:jira-software::site/1".into()),
                product: "jira-software".into(),
                seat: None,
                activity: Activity::Seen(Time(5)),
            }]),
            added: Some(Time(7)),
            ..person("a")
        }
    }

    #[test]
    fn what_goes_in_comes_out() {
        let empty = UserRecord {
            groups: Some(vec![]),
            roles: Some(vec![]),
            access: Some(vec![]),
            ..person("b")
        };
        let unknown = person("c");
        let mut snapshot = Snapshot::new();
        for record in [&full(), &empty, &unknown] {
            snapshot.push(record);
        }
        let out: Vec<_> = snapshot
            .rows()
            .filter_map(|row| snapshot.record(row))
            .collect();
        assert_eq!(out, [full(), empty, unknown]);
    }

    #[test]
    fn a_person_is_listed_once_in_a_directory_and_known_to_be_in_several() {
        let mut snapshot = Snapshot::new();
        snapshot.push(&full());
        snapshot.push(&person("a"));
        snapshot.push(&person("b"));
        assert_eq!(snapshot.len(), 2);
        assert_eq!(snapshot.record(Row(0)), Some(full()));
        let elsewhere = UserRecord::unknown(AccountId("a".into()), DirectoryId("e".into()));
        snapshot.push(&elsewhere);
        assert_eq!(snapshot.find_all("a").count(), 2);
        assert_eq!(
            snapshot.find(&elsewhere.account, &elsewhere.directory),
            Some(Row(2))
        );
        let several: Vec<bool> = snapshot
            .rows()
            .map(|row| snapshot.is_in_several_directories(row))
            .collect();
        assert_eq!(several, [true, false, true]);
    }

    #[test]
    fn what_is_supposed_is_as_if_it_had_been_read() {
        let access = |activities: &[Activity]| {
            let access = |(number, activity): (usize, &Activity)| Access {
                resource: Resource(format!("r{number}")),
                product: "p".into(),
                seat: None,
                activity: *activity,
            };
            Some(activities.iter().enumerate().map(access).collect())
        };
        let snapshot = |activities: &[&[Activity]]| {
            let mut snapshot = Snapshot::new();
            for (number, own) in activities.iter().enumerate() {
                snapshot.push(&UserRecord {
                    access: access(own),
                    ..person(&number.to_string())
                });
            }
            snapshot.push(&person("nothing known"));
            snapshot
        };
        let (seen, never, unknown) = (Activity::Seen(Time(5)), Activity::Never, Activity::Unknown);
        let before = snapshot(&[&[seen, unknown], &[never], &[], &[unknown]]);
        let supposed = before.supposing(|activity| match activity {
            Activity::Unknown => never,
            known => known,
        });
        let read = snapshot(&[&[seen, never], &[never], &[], &[never]]);
        for row in 0..read.len() {
            assert_eq!(supposed.record(Row(row)), read.record(Row(row)));
            assert_eq!(supposed.digest(row), read.digest(row), "{row}");
        }
    }

    #[test]
    fn times_that_no_column_can_hold_are_not_known() {
        for seconds in [-1, 0, i64::from(u32::MAX), i64::MAX] {
            let mut record = full();
            record.access.as_mut().unwrap()[0].activity = Activity::Seen(Time(seconds));
            record.added = Some(Time(i64::from(u32::MAX)));
            let mut snapshot = Snapshot::new();
            snapshot.push(&record);
            let (_, activity) = snapshot.activities(Row(0)).unwrap().next().unwrap();
            assert_eq!(activity, Activity::Unknown, "{seconds}");
            assert_eq!(snapshot.added(Row(0)), None);
        }
    }
}
