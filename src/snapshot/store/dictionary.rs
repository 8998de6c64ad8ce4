//! What many people share, as bytes: a list that only grows, so that a number means the same every day.

use super::bytes::{Reader, Writer};
use super::chunk::{pack, unpack};
use crate::model::{DirectoryId, ProfileField};
use crate::snapshot::dictionary::Dictionary;

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

/// Adds everything of a dictionary to another one.
pub(super) fn adopt(from: &Dictionary, into: &mut Dictionary) -> Renumbered {
    let mut numbers = Renumbered::default();
    for (number, directory) in (0..).zip(from.directories.values()) {
        numbers.directories.push(into.directories.number(directory));
        if let Some(name) = from.directory_name(number) {
            into.name_directory(directory, name);
        }
    }
    for group in from.groups.values() {
        let number = into.group_number(group.id.as_str(), group.name.as_deref());
        numbers.groups.push(number);
    }
    for role in from.roles.values() {
        numbers.roles.push(into.roles.number(role));
    }
    for access in from.accesses.values() {
        let (resource, product) = (access.resource.as_str(), access.product.as_str());
        numbers
            .accesses
            .push(into.access_number(resource, product, access.seat));
    }
    for domain in from.domains.values() {
        numbers.domains.push(into.domain_number(domain));
    }
    for profile in from.profiles.values() {
        let fields =
            std::array::from_fn(|field| profile.get(field).and_then(|text| text.as_deref()));
        numbers.profiles.push(into.profile_number(&fields));
    }
    numbers
}

/// So many bytes of entries are packed together: packed, they stay below the limit of a chunk.
const MAX_ENTRIES_BYTES: usize = 300 * 1024;

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

/// Writes the entries from some counts on, packed in pieces that fit into a chunk each.
pub(super) fn encode_from(dictionary: &Dictionary, from: Counts) -> Vec<Vec<u8>> {
    let mut entries = Entries::default();
    let directories = dictionary.directories.values().iter();
    for (number, directory) in (0..).zip(directories).skip(from.directories) {
        let out = entries.next(DIRECTORY);
        out.text(directory.as_str());
        out.maybe(dictionary.directory_name(number));
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

/// Reads entries and adds them. Every one must be new: a number handed out twice would be somebody else's.
pub(super) fn decode(body: &[u8], into: &mut Dictionary) -> Option<()> {
    let bytes = unpack(body)?;
    let mut reader = Reader::new(&bytes);
    while !reader.is_done() {
        let before = Counts::of(into);
        match reader.byte()? {
            DIRECTORY => {
                let directory = DirectoryId(reader.text()?.to_owned());
                into.directories.number(&directory);
                if let Some(name) = reader.maybe()? {
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
        if Counts::of(into) == before {
            return None;
        }
    }
    Some(())
}
