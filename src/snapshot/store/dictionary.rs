//! What many people share, as bytes: a list that only grows, so that a number means the same every day.

use std::hash::Hash;

use super::bytes::{Reader, Writer};
use super::chunk::{pack, unpack};
use crate::model::{DirectoryId, ProfileField};
use crate::snapshot::Snapshot;
use crate::snapshot::dictionary::{Dictionary, at};
use crate::snapshot::interned::{ABSENT, Interned};

/// The kinds of entries.
const DIRECTORY: u8 = 0;
const GROUP: u8 = 1;
const ROLE: u8 = 2;
const ACCESS: u8 = 3;
const DOMAIN: u8 = 4;
const PROFILE: u8 = 5;

/// How many entries of each kind there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    directories: usize,
    groups: usize,
    roles: usize,
    accesses: usize,
    domains: usize,
    profiles: usize,
}

impl Counts {
    pub(super) fn of(dictionary: &Dictionary) -> Counts {
        Counts {
            directories: dictionary.directories.values().len(),
            groups: dictionary.groups.values().len(),
            roles: dictionary.roles.values().len(),
            accesses: dictionary.accesses.values().len(),
            domains: dictionary.domains.values().len(),
            profiles: dictionary.profiles.values().len(),
        }
    }
}

/// The numbers of one snapshot in another dictionary, by kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Renumbered {
    pub(super) directories: Vec<u32>,
    pub(super) groups: Vec<u32>,
    pub(super) roles: Vec<u32>,
    pub(super) accesses: Vec<u32>,
    pub(super) domains: Vec<u32>,
    pub(super) profiles: Vec<u32>,
}

/// Which entries of a dictionary are meant, by kind and number.
pub(super) struct Used {
    directories: Vec<bool>,
    groups: Vec<bool>,
    roles: Vec<bool>,
    accesses: Vec<bool>,
    domains: Vec<bool>,
    profiles: Vec<bool>,
}

impl Used {
    fn all(dictionary: &Dictionary, is_used: bool) -> Used {
        let counts = Counts::of(dictionary);
        Used {
            directories: vec![is_used; counts.directories],
            groups: vec![is_used; counts.groups],
            roles: vec![is_used; counts.roles],
            accesses: vec![is_used; counts.accesses],
            domains: vec![is_used; counts.domains],
            profiles: vec![is_used; counts.profiles],
        }
    }

    /// Everything that some people refer to.
    pub(super) fn by(snapshot: &Snapshot, rows: &[usize]) -> Used {
        let mut used = Used::all(&snapshot.shared, false);
        for row in rows.iter().copied() {
            let of = |column: &[u32]| column.get(row).copied().unwrap_or(ABSENT);
            mark(&mut used.domains, &[of(&snapshot.domains)]);
            mark(&mut used.profiles, &[of(&snapshot.profiles)]);
            for (places, sets, set) in [
                (
                    &mut used.groups,
                    &snapshot.distinct_group_sets,
                    &snapshot.group_sets,
                ),
                (
                    &mut used.accesses,
                    &snapshot.distinct_access_sets,
                    &snapshot.access_sets,
                ),
            ] {
                let set = at(sets.values(), of(set));
                mark(places, set.map_or(&[], Vec::as_slice));
            }
            if let Some(class) = at(snapshot.distinct_classes.values(), of(&snapshot.classes)) {
                mark(&mut used.directories, &[class.directory]);
                let roles = at(snapshot.distinct_role_sets.values(), class.roles);
                mark(&mut used.roles, roles.map_or(&[], Vec::as_slice));
            }
        }
        used
    }
}

fn mark(places: &mut [bool], numbers: &[u32]) {
    for number in numbers {
        let place = usize::try_from(*number).unwrap_or(usize::MAX);
        if let Some(place) = places.get_mut(place) {
            *place = true;
        }
    }
}

/// How far a dictionary has been written.
#[derive(Clone, Debug, Default)]
pub(super) struct Mark {
    counts: Counts,
    directory_names: Vec<Option<String>>,
}

impl Mark {
    pub(super) fn of(dictionary: &Dictionary) -> Mark {
        Mark {
            counts: Counts::of(dictionary),
            directory_names: dictionary.directory_names.clone(),
        }
    }
}

impl Renumbered {
    /// The numbers of a dictionary in itself.
    pub(super) fn same(dictionary: &Dictionary) -> Renumbered {
        fn count<T>(values: &[T]) -> Vec<u32> {
            (0..).zip(values).map(|(number, _)| number).collect()
        }
        Renumbered {
            directories: count(dictionary.directories.values()),
            groups: count(dictionary.groups.values()),
            roles: count(dictionary.roles.values()),
            accesses: count(dictionary.accesses.values()),
            domains: count(dictionary.domains.values()),
            profiles: count(dictionary.profiles.values()),
        }
    }

    /// The numbers of one dictionary in another one; what is not there has none.
    pub(super) fn found(from: &Dictionary, known: &Dictionary) -> Renumbered {
        fn each<T: Hash + Eq + ToOwned<Owned = T>>(
            from: &Interned<T>,
            known: &Interned<T>,
        ) -> Vec<u32> {
            let values = from.values().iter();
            values
                .map(|value| known.find(value).unwrap_or(ABSENT))
                .collect()
        }
        Renumbered {
            directories: each(&from.directories, &known.directories),
            groups: each(&from.groups, &known.groups),
            roles: each(&from.roles, &known.roles),
            accesses: each(&from.accesses, &known.accesses),
            domains: Vec::new(),
            profiles: each(&from.profiles, &known.profiles),
        }
    }
}

/// Adds everything of a dictionary to another one.
pub(super) fn adopt(from: &Dictionary, into: &mut Dictionary) -> Renumbered {
    adopt_used(from, &Used::all(from, true), into)
}

/// Adds what is used of a dictionary to another one; what is not has no number there.
pub(super) fn adopt_used(from: &Dictionary, used: &Used, into: &mut Dictionary) -> Renumbered {
    fn each<T>(values: &[T], used: &[bool], mut adopt: impl FnMut(&T) -> u32) -> Vec<u32> {
        let values = values.iter().zip(used);
        values
            .map(|(value, is_used)| if *is_used { adopt(value) } else { ABSENT })
            .collect()
    }
    let directories = each(from.directories.values(), &used.directories, |directory| {
        into.directories.number(directory)
    });
    for ((number, directory), is_used) in
        (0..).zip(from.directories.values()).zip(&used.directories)
    {
        if let Some(name) = from.directory_name(number).filter(|_| *is_used) {
            into.name_directory(directory, name);
        }
    }
    Renumbered {
        directories,
        groups: each(from.groups.values(), &used.groups, |group| {
            into.group_number(group.id.as_str(), group.name.as_deref())
        }),
        roles: each(from.roles.values(), &used.roles, |role| {
            into.roles.number(role)
        }),
        accesses: each(from.accesses.values(), &used.accesses, |access| {
            let (resource, product) = (access.resource.as_str(), access.product.as_str());
            into.access_number(resource, product, access.seat)
        }),
        domains: each(from.domains.values(), &used.domains, |domain| {
            into.domain_number(domain)
        }),
        profiles: each(from.profiles.values(), &used.profiles, |profile| {
            let fields =
                std::array::from_fn(|field| profile.get(field).and_then(|text| text.as_deref()));
            into.profile_number(&fields)
        }),
    }
}

/// So many bytes of entries are packed together: below the limit of a chunk even if packing saves nothing.
const MAX_ENTRIES_BYTES: usize = 160 * 1024;

/// Entries on their way out, packed whenever enough have come together.
#[derive(Default)]
struct Entries {
    packed: Vec<Vec<u8>>,
    open: Writer,
}

impl Entries {
    fn next(&mut self, kind: u8) -> &mut Writer {
        if self.open.bytes.len() >= MAX_ENTRIES_BYTES {
            self.close();
        }
        self.open.byte(kind);
        &mut self.open
    }

    fn close(&mut self) {
        if !self.open.bytes.is_empty() {
            self.packed
                .push(pack(&std::mem::take(&mut self.open).bytes));
        }
    }
}

/// Writes what is new since the dictionary before, packed in pieces that fit into a chunk each. A directory that got
/// another name is written again.
pub(super) fn encode_since(before: &Mark, dictionary: &Dictionary) -> Vec<Vec<u8>> {
    let from = before.counts;
    let mut entries = Entries::default();
    let mut known = 0..from.directories;
    for (number, directory) in (0..).zip(dictionary.directories.values()) {
        let name = dictionary.directory_name(number);
        let named = usize::try_from(number)
            .ok()
            .and_then(|place| before.directory_names.get(place));
        if known.next().is_none() || named.and_then(Option::as_deref) != name {
            let out = entries.next(DIRECTORY);
            out.text(directory.as_str());
            out.maybe(name);
        }
    }
    for group in dictionary.groups.values().iter().skip(from.groups) {
        let out = entries.next(GROUP);
        out.text(group.id.as_str());
        out.maybe(group.name.as_deref());
    }
    for role in dictionary.roles.values().iter().skip(from.roles) {
        let out = entries.next(ROLE);
        out.text(role);
    }
    for access in dictionary.accesses.values().iter().skip(from.accesses) {
        let out = entries.next(ACCESS);
        out.text(access.resource.as_str());
        out.text(&access.product);
        out.byte(match access.seat {
            None => 0,
            Some(false) => 1,
            Some(true) => 2,
        });
    }
    for domain in dictionary.domains.values().iter().skip(from.domains) {
        let out = entries.next(DOMAIN);
        out.text(domain);
    }
    for profile in dictionary.profiles.values().iter().skip(from.profiles) {
        let out = entries.next(PROFILE);
        for field in profile {
            out.maybe(field.as_deref());
        }
    }
    entries.close();
    entries.packed
}

/// What to do with an entry that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// A snapshot has none: a number handed out twice would be somebody else's.
    Refused,
    /// A reading under way notes what is new before it is written for good.
    Passed,
}

/// Reads entries and adds them.
pub(super) fn decode(body: &[u8], into: &mut Dictionary, known: Known) -> Option<()> {
    let bytes = unpack(body)?;
    let mut reader = Reader::new(&bytes);
    while !reader.is_done() {
        let before = Counts::of(into);
        let mut is_renamed = false;
        match reader.byte()? {
            DIRECTORY => {
                let directory = DirectoryId(reader.text()?.to_owned());
                let number = into.directories.number(&directory);
                if let Some(name) = reader.maybe()? {
                    is_renamed = into.directory_name(number) != Some(name);
                    into.name_directory(&directory, name);
                }
            }
            GROUP => {
                let id = reader.text()?;
                into.group_number(id, reader.maybe()?);
            }
            ROLE => {
                into.roles.number(reader.text()?);
            }
            ACCESS => {
                let (resource, product) = (reader.text()?, reader.text()?);
                let seat = match reader.byte()? {
                    0 => None,
                    1 => Some(false),
                    2 => Some(true),
                    _ => return None,
                };
                into.access_number(resource, product, seat);
            }
            DOMAIN => {
                into.domain_number(reader.text()?);
            }
            PROFILE => {
                let mut fields = [None; ProfileField::ALL.len()];
                for field in &mut fields {
                    *field = reader.maybe()?;
                }
                into.profile_number(&fields);
            }
            _ => return None,
        }
        if known == Known::Refused && Counts::of(into) == before && !is_renamed {
            return None;
        }
    }
    Some(())
}
