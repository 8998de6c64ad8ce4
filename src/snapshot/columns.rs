//! The columns, and how people come in.

use std::hash::{Hash, Hasher};

use hashbrown::HashTable;

use super::activity::{Digest, NEVER, NO_ACTIVITY, NOT_KNOWN_AT_ALL, activity_code, activity_of};
use super::dictionary::Dictionary;
use super::interned::{ABSENT, Interned, hash_of};
use super::record::{Origin, UserRecord};
use super::texts::Texts;
use crate::model::{
    AccountType, Activity, Claim, DirectoryId, ManagedBy, ProfileField, Status, Time,
};

/// A position in a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row(pub(crate) usize);

/// Everything that many people have in common and a condition may ask for, kept once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class {
    /// The number of the directory.
    pub(super) directory: u32,
    /// The kind of account.
    pub account_type: Option<AccountType>,
    /// The composite status.
    pub status: Option<Status>,
    /// Managed or external.
    pub claim: Option<Claim>,
    /// Provisioned from an identity provider, or invited.
    pub managed_by: Option<ManagedBy>,
    /// Whether two-step verification is on.
    pub mfa: Option<bool>,
    /// The number of the set of roles.
    pub(super) roles: u32,
}

/// As two words: every person's class is looked up.
impl Hash for Class {
    fn hash<H: Hasher>(&self, state: &mut H) {
        fn code<T: Copy>(value: Option<T>, code: impl Fn(T) -> u8) -> u64 {
            value.map_or(0, |value| u64::from(code(value)) + 1)
        }
        let states = [
            code(self.account_type, |value| value as u8),
            code(self.status, |value| value as u8),
            code(self.claim, |value| value as u8),
            code(self.managed_by, |value| value as u8),
            code(self.mfa, u8::from),
        ];
        let states = states.iter().fold(0, |states, state| states << 8 | state);
        state.write_u64(states);
        state.write_u64(u64::from(self.directory) << 32 | u64::from(self.roles));
    }
}

/// A person whose groups, roles and accesses have been given their numbers.
pub struct Arrival<'a> {
    /// The account id.
    pub account: &'a str,
    /// The number of the directory.
    pub directory: u32,
    /// The kind of account.
    pub account_type: Option<AccountType>,
    /// The composite status.
    pub status: Option<Status>,
    /// Managed or external.
    pub claim: Option<Claim>,
    /// Provisioned from an identity provider, or invited.
    pub managed_by: Option<ManagedBy>,
    /// Whether two-step verification is on.
    pub mfa: Option<bool>,
    /// Display name.
    pub name: Option<&'a str>,
    /// E-mail address.
    pub email: Option<&'a str>,
    /// When the account was added to the organization.
    pub added: Option<Time>,
    /// The fields of the profile.
    pub profile: [Option<&'a str>; ProfileField::ALL.len()],
    /// The number of the set of groups, if the groups are known.
    pub groups: Option<u32>,
    /// The number of the set of roles, if the roles are known.
    pub roles: Option<u32>,
    /// The accesses by their number, if they are known.
    pub access: Option<&'a mut [(u32, Activity)]>,
}

/// The directory as columns: one number a person and column, and everything that people share kept once.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub(super) origin: Origin,
    pub(super) accounts: Texts,
    pub(super) names: Texts,
    pub(super) emails: Texts,
    /// The number of the class.
    pub(super) classes: Vec<u32>,
    /// The number of the domain of the e-mail address, in lower case.
    pub(super) domains: Vec<u32>,
    /// Seconds since 1970.
    pub(super) added: Vec<u32>,
    /// The number of the profile.
    pub(super) profiles: Vec<u32>,
    /// The number of the set of groups.
    pub(super) group_sets: Vec<u32>,
    /// The number of the set of accesses.
    pub(super) access_sets: Vec<u32>,
    /// Where each row's activities begin in `activities`; as many as its access set has members.
    pub(super) activity_starts: Vec<u32>,
    /// In the code of `activity_code`.
    pub(super) activities: Vec<u32>,
    /// What each row's activities say together: the latest time seen, or never.
    pub(super) latest: Vec<u32>,
    /// The rest of what they say together, in the bits of [`Digest`].
    pub(super) digest_flags: Vec<u8>,

    /// Where each account is: one row for each directory that lists it.
    pub(super) positions: HashTable<u32>,
    /// Rows of accounts that more than one directory lists.
    pub(super) in_several: hashbrown::HashSet<u32, foldhash::fast::FixedState>,
    /// What many people share.
    pub(super) shared: Dictionary,
    pub(super) distinct_classes: Interned<Class>,
    pub(super) distinct_group_sets: Interned<Vec<u32>>,
    pub(super) distinct_role_sets: Interned<Vec<u32>>,
    pub(super) distinct_access_sets: Interned<Vec<u32>>,
}

impl Snapshot {
    /// What all accesses of a row say together; `None` where they are not known.
    #[inline]
    pub(crate) fn digest(&self, row: usize) -> Option<Digest> {
        Digest::from_columns(*self.latest.get(row)?, *self.digest_flags.get(row)?)
    }

    /// An empty snapshot.
    pub fn new() -> Snapshot {
        Snapshot::default()
    }

    /// Adds one person in one directory. Somebody who is there already is left as first read: a listing in pages may
    /// show a person twice when the directory changes meanwhile.
    pub fn push(&mut self, user: &UserRecord) {
        let groups = user.groups.as_ref().map(|groups| {
            let mut numbers: Vec<u32> = groups
                .iter()
                .map(|group| self.group_number(group.id.as_str(), group.name.as_deref()))
                .collect();
            self.group_set_number(&mut numbers)
        });
        let roles = user
            .roles
            .as_ref()
            .map(|roles| self.role_set_number(roles.iter().map(String::as_str)));
        let mut access: Option<Vec<(u32, Activity)>> = user.access.as_ref().map(|access| {
            access
                .iter()
                .map(|access| {
                    let (resource, product) = (access.resource.as_str(), access.product.as_str());
                    let number = self.access_number(resource, product, access.seat);
                    (number, access.activity)
                })
                .collect()
        });
        let directory = self.directory_number(&user.directory);
        let mut profile = [None; ProfileField::ALL.len()];
        for (place, text) in profile.iter_mut().zip(&user.profile) {
            *place = text.as_deref();
        }
        self.arrive(Arrival {
            account: user.account.as_str(),
            directory,
            account_type: user.account_type,
            status: user.status,
            claim: user.claim,
            managed_by: user.managed_by,
            mfa: user.mfa,
            name: user.name.as_deref(),
            email: user.email.as_deref(),
            added: user.added,
            profile,
            groups,
            roles,
            access: access.as_deref_mut(),
        });
    }

    /// Adds a person whose groups, roles and accesses have been given their numbers; see [`Snapshot::push`].
    pub fn arrive(&mut self, person: Arrival<'_>) {
        if !self.take_position(person.account, person.directory) {
            return;
        }
        let class = Class {
            directory: person.directory,
            account_type: person.account_type,
            status: person.status,
            claim: person.claim,
            managed_by: person.managed_by,
            mfa: person.mfa,
            roles: person.roles.unwrap_or(ABSENT),
        };
        self.classes.push(self.distinct_classes.number(&class));
        self.accounts.push(Some(person.account));
        self.names.push(person.name);
        let email = person.email.filter(|email| !email.is_empty());
        self.emails.push(email);
        let domain = self.domain_number(email);
        self.domains.push(domain);
        let added = person.added.and_then(|time| u32::try_from(time.0).ok());
        self.added.push(added.unwrap_or(ABSENT));
        let profile = self.shared.profile_number(&person.profile);
        self.profiles.push(profile);
        self.group_sets.push(person.groups.unwrap_or(ABSENT));
        self.push_access(person.access);
    }

    /// Notes where the next person is; false if the directory lists them already.
    pub(super) fn take_position(&mut self, account: &str, directory: u32) -> bool {
        let row = u32::try_from(self.len()).unwrap_or(ABSENT);
        let hash = hash_of(account);
        let mut others = Vec::new();
        for other in self.positions.iter_hash(hash) {
            let at = usize::try_from(*other).unwrap_or(usize::MAX);
            if self.accounts.get(at) != Some(account) {
                continue;
            }
            if self
                .class(Row(at))
                .is_some_and(|class| class.directory == directory)
            {
                return false;
            }
            others.push(*other);
        }
        if !others.is_empty() {
            self.in_several.insert(row);
            self.in_several.extend(others);
        }
        let accounts = &self.accounts;
        self.positions.insert_unique(hash, row, |row| {
            let at = usize::try_from(*row).unwrap_or(usize::MAX);
            accounts.get(at).map_or(0, hash_of)
        });
        true
    }

    fn domain_number(&mut self, email: Option<&str>) -> u32 {
        let Some((_, domain)) = email.and_then(|email| email.rsplit_once('@')) else {
            return ABSENT;
        };
        self.shared.domain_number(domain)
    }

    fn push_access(&mut self, access: Option<&mut [(u32, Activity)]>) {
        let start = u32::try_from(self.activities.len()).unwrap_or(ABSENT);
        self.activity_starts.push(start);
        let Some(access) = access else {
            self.access_sets.push(ABSENT);
            self.latest.push(NEVER);
            self.digest_flags.push(NOT_KNOWN_AT_ALL);
            return;
        };
        // A person has few accesses: insertion costs the core less than a sort.
        for end in 1..access.len() {
            for place in (1..=end).rev() {
                let is_right = match (access.get(place - 1), access.get(place)) {
                    (Some((left, _)), Some((right, _))) => left <= right,
                    _ => true,
                };
                if is_right {
                    break;
                }
                access.swap(place - 1, place);
            }
        }
        let hash = set_hash(access.iter().map(|(number, _)| *number));
        let set = self.distinct_access_sets.number_with(
            hash,
            |known| known.len() == access.len() && known.iter().eq(access.iter().map(|(n, _)| n)),
            || access.iter().map(|(number, _)| *number).collect(),
        );
        self.access_sets.push(set);
        let mut digest = NO_ACTIVITY;
        for (_, activity) in access.iter() {
            let code = activity_code(*activity);
            digest = digest.and(code);
            self.activities.push(code);
        }
        self.latest.push(digest.latest);
        self.digest_flags.push(digest.flags());
    }

    /// The same people with other activities: what would be if all that is not known, or everything, were so.
    pub fn supposing(&self, suppose: impl Fn(Activity) -> Activity) -> Snapshot {
        let mut other = self.clone();
        for code in &mut other.activities {
            *code = activity_code(suppose(activity_of(*code)));
        }
        for row in 0..other.len() {
            let Some((_, codes)) = other.access_codes(row) else {
                continue;
            };
            let digest = codes
                .iter()
                .fold(NO_ACTIVITY, |digest, code| digest.and(*code));
            if let (Some(latest), Some(flags)) =
                (other.latest.get_mut(row), other.digest_flags.get_mut(row))
            {
                (*latest, *flags) = (digest.latest, digest.flags());
            }
        }
        other
    }

    /// Says where and when the people were read.
    pub fn set_origin(&mut self, origin: Origin) {
        self.origin = origin;
    }

    /// Where and when the people were read.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The number of a directory; a new one if it was not there.
    pub fn directory_number(&mut self, directory: &DirectoryId) -> u32 {
        self.shared.directories.number(directory)
    }

    /// Says how a directory is called.
    pub fn name_directory(&mut self, directory: &DirectoryId, name: &str) {
        self.shared.name_directory(directory, name);
    }

    /// The number of a group, by the UUID without the ARI prefix; a new one if it was not there.
    pub fn group_number(&mut self, id: &str, name: Option<&str>) -> u32 {
        self.shared.group_number(id, name)
    }

    /// The number of a set of groups, each given by its number. The list is left in order.
    pub fn group_set_number(&mut self, groups: &mut Vec<u32>) -> u32 {
        order(groups);
        self.distinct_group_sets.number(groups)
    }

    /// Whether a set of groups, given by its number, holds none.
    pub(crate) fn is_empty_group_set(&self, number: u32) -> bool {
        let set = usize::try_from(number).ok();
        let set = set.and_then(|set| self.distinct_group_sets().get(set));
        set.is_some_and(Vec::is_empty)
    }

    /// The number of a set of roles.
    pub fn role_set_number<'r>(&mut self, roles: impl Iterator<Item = &'r str>) -> u32 {
        let mut numbers: Vec<u32> = roles.map(|role| self.shared.roles.number(role)).collect();
        self.number_of_role_set(&mut numbers)
    }

    /// The number of a set of roles, each given by its number. The list is left in order.
    pub(super) fn number_of_role_set(&mut self, roles: &mut Vec<u32>) -> u32 {
        order(roles);
        self.distinct_role_sets.number(roles)
    }

    /// The number of an access; a new one if it was not there.
    pub fn access_number(&mut self, resource: &str, product: &str, seat: Option<bool>) -> u32 {
        self.shared.access_number(resource, product, seat)
    }

    /// The positions of an account, one for each directory that lists it.
    pub fn find_all(&self, account: &str) -> impl Iterator<Item = Row> {
        self.positions
            .iter_hash(hash_of(account))
            .filter_map(|row| usize::try_from(*row).ok())
            .filter(move |row| self.accounts.get(*row) == Some(account))
            .map(Row)
    }

    /// Whether more than one directory lists any account.
    pub fn lists_anybody_twice(&self) -> bool {
        !self.in_several.is_empty()
    }

    /// The other positions of the account at a position: those in other directories.
    pub fn elsewhere(&self, row: Row) -> impl Iterator<Item = Row> {
        let account = self.account(row).unwrap_or_default();
        let is_looked_for = self.is_in_several_directories(row);
        let rows = is_looked_for.then(|| self.find_all(account));
        rows.into_iter()
            .flatten()
            .filter(move |other| *other != row)
    }

    /// Whether more than one directory lists the account at a position.
    pub fn is_in_several_directories(&self, row: Row) -> bool {
        u32::try_from(row.0).is_ok_and(|row| self.in_several.contains(&row))
    }
}

/// The hash of a set of numbers, the same as that of the list of them.
fn set_hash(numbers: impl ExactSizeIterator<Item = u32>) -> u64 {
    let mut few = [0; 32];
    if let Some(few) = few.get_mut(..numbers.len()) {
        for (place, number) in few.iter_mut().zip(numbers) {
            *place = number;
        }
        return hash_of::<[u32]>(few);
    }
    hash_of::<[u32]>(&numbers.collect::<Vec<_>>())
}

/// Puts numbers in order, each once. A person has few groups: insertion costs the core less than a sort.
fn order(numbers: &mut Vec<u32>) {
    let mut ordered: Vec<u32> = Vec::with_capacity(numbers.len());
    for number in numbers.iter() {
        if let Err(place) = ordered.binary_search(number) {
            ordered.insert(place, *number);
        }
    }
    *numbers = ordered;
}
