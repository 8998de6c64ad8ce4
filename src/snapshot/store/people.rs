//! A block of people as bytes: who they are and what they hold, column after column.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::bytes::{Reader, Writer};
use super::chunk::{pack, unpack};
use super::dictionary::Renumbered;
use super::identity::{read_account, read_address, write_account, write_address};
use crate::model::{AccountType, Activity, Claim, ManagedBy, ProfileField, Status};
use crate::snapshot::activity::{UNKNOWN, activity_of};
use crate::snapshot::columns::{Arrival, Class, Snapshot};
use crate::snapshot::dictionary::{Dictionary, at};
use crate::snapshot::interned::ABSENT;

/// The most people of one block.
pub(super) const MAX_PEOPLE: usize = 65_536;

/// Values of a snapshot, each written once in a block and referred to by its place there.
struct Local {
    places: HashMap<u32, u32, FixedState>,
    definitions: Writer,
    uses: Writer,
}

impl Local {
    fn new() -> Local {
        Local {
            places: HashMap::default(),
            definitions: Writer::default(),
            uses: Writer::default(),
        }
    }

    /// Refers to a value; 0 is none.
    fn refer(&mut self, number: u32, define: impl FnOnce(&mut Writer)) {
        if number == ABSENT {
            return self.uses.number(0);
        }
        let next = u32::try_from(self.places.len() + 1).unwrap_or(ABSENT);
        let place = *self.places.entry(number).or_insert_with(|| {
            define(&mut self.definitions);
            next
        });
        self.uses.number(place);
    }

    fn write(&self, out: &mut Writer) {
        out.length(self.places.len());
        out.part(&self.definitions.bytes);
        out.part(&self.uses.bytes);
    }
}

/// The numbers of a set in the dictionary, in order, each with its slot in the snapshot.
pub(super) fn renumber(set: &[u32], numbers: &[u32]) -> Vec<(u32, usize)> {
    let mut renumbered: Vec<(u32, usize)> = Vec::with_capacity(set.len());
    for (slot, number) in set.iter().enumerate() {
        let number = at(numbers, *number).copied().unwrap_or(ABSENT);
        let place = renumbered.partition_point(|(known, _)| *known <= number);
        renumbered.insert(place, (number, slot));
    }
    renumbered
}

fn write_set(set: &[u32], numbers: &[u32], out: &mut Writer) {
    out.length(set.len());
    let mut before = 0;
    for (number, _) in renumber(set, numbers) {
        out.number(number - before);
        before = number;
    }
}

fn read_set(reader: &mut Reader<'_>, length: usize) -> Option<Vec<u32>> {
    let mut number = 0_u32;
    (0..length)
        .map(|_| {
            number = number.checked_add(reader.number()?)?;
            Some(number)
        })
        .collect()
}

/// The activities of some people, each person's in the order of the dictionary's numbers.
pub(super) fn codes_of(snapshot: &Snapshot, rows: &[usize], numbers: &Renumbered) -> Vec<u32> {
    let sets = snapshot.distinct_access_sets.values();
    // The order of each set that these people have: a block has few of them, a snapshot may have very many.
    let mut orders: HashMap<usize, Vec<(u32, usize)>, FixedState> = HashMap::default();
    let mut codes = Vec::new();
    for row in rows {
        let Some((set, own)) = snapshot.access_codes(*row) else {
            continue;
        };
        let order = orders.entry(set).or_insert_with(|| {
            let numbered = sets.get(set).map_or(&[][..], Vec::as_slice);
            renumber(numbered, &numbers.accesses)
        });
        for (_, slot) in order {
            codes.push(own.get(*slot).copied().unwrap_or(UNKNOWN));
        }
    }
    codes
}

/// Writes some people of a snapshot, with the dictionary's numbers.
pub(super) fn encode(snapshot: &Snapshot, rows: &[usize], numbers: &Renumbered) -> Vec<u8> {
    let (mut shapes, mut random) = (Writer::default(), Writer::default());
    let (mut names, mut addresses, mut profiles) =
        (Writer::default(), Writer::default(), Writer::default());
    let mut added: [Vec<u8>; 4] = std::array::from_fn(|_| Vec::with_capacity(rows.len()));
    let (mut classes, mut groups, mut access) = (Local::new(), Local::new(), Local::new());
    let of = |column: &[u32], row: usize| column.get(row).copied().unwrap_or(ABSENT);
    for row in rows.iter().copied() {
        let account = snapshot.accounts.get(row).unwrap_or_default();
        write_account(account, &mut shapes, &mut random);
        let name = snapshot.names.get(row);
        names.maybe(name);
        let domain = at(&numbers.domains, of(&snapshot.domains, row)).copied();
        write_address(snapshot.emails.get(row), name, domain, &mut addresses);
        for (plane, byte) in added.iter_mut().zip(of(&snapshot.added, row).to_be_bytes()) {
            plane.push(byte);
        }
        let profile = at(&numbers.profiles, of(&snapshot.profiles, row)).copied();
        profiles.number(profile.unwrap_or_default());
        let class = of(&snapshot.classes, row);
        classes.refer(class, |out| write_class(snapshot, class, numbers, out));
        let set = of(&snapshot.group_sets, row);
        groups.refer(set, |out| {
            let set = at(snapshot.distinct_group_sets.values(), set);
            write_set(set.map_or(&[], Vec::as_slice), &numbers.groups, out);
        });
        let set = of(&snapshot.access_sets, row);
        access.refer(set, |out| {
            let set = at(snapshot.distinct_access_sets.values(), set);
            write_set(set.map_or(&[], Vec::as_slice), &numbers.accesses, out);
        });
    }
    let mut columns = Writer::default();
    columns.length(rows.len());
    columns.part(&shapes.bytes);
    columns.part(&names.bytes);
    columns.part(&addresses.bytes);
    for plane in &added {
        columns.part(plane);
    }
    columns.part(&profiles.bytes);
    for local in [&classes, &groups, &access] {
        local.write(&mut columns);
    }
    let mut body = Writer::default();
    body.part(&pack(&columns.bytes));
    body.bytes.extend_from_slice(&random.bytes);
    body.bytes
}

fn write_class(snapshot: &Snapshot, class: u32, numbers: &Renumbered, out: &mut Writer) {
    let Some(class) = snapshot.distinct_classes.get(class) else {
        return;
    };
    let directory = at(&numbers.directories, class.directory).copied();
    out.number(directory.unwrap_or_default());
    out.byte(code(&AccountType::ALL, class.account_type));
    out.byte(code(&Status::ALL, class.status));
    out.byte(code(&Claim::ALL, class.claim));
    out.byte(code(&ManagedBy::ALL, class.managed_by));
    out.byte(code(&MFA, class.mfa));
    match at(snapshot.distinct_role_sets.values(), class.roles) {
        None => out.byte(0),
        Some(roles) => {
            out.byte(1);
            write_set(roles, &numbers.roles, out);
        }
    }
}

const MFA: [(bool, &str); 2] = [(false, "off"), (true, "on")];

/// The place of a value in the list of all, counted from 1; 0 for none.
fn code<T: Copy + PartialEq>(all: &[(T, &str)], value: Option<T>) -> u8 {
    let place = value.and_then(|value| all.iter().position(|(known, _)| *known == value));
    place
        .and_then(|place| u8::try_from(place + 1).ok())
        .unwrap_or(0)
}

/// The value of a code: outer `None` for a code that there is not.
fn value<T: Copy>(all: &[(T, &str)], code: u8) -> Option<Option<T>> {
    match usize::from(code).checked_sub(1) {
        None => Some(None),
        Some(place) => all.get(place).map(|(value, _)| Some(*value)),
    }
}

/// A class as it is read: what [`Class`] has, with the snapshot's numbers.
fn read_class(
    reader: &mut Reader<'_>,
    numbers: &Renumbered,
    snapshot: &mut Snapshot,
) -> Option<Class> {
    let directory = *at(&numbers.directories, reader.number()?)?;
    let class = Class {
        directory,
        account_type: value(&AccountType::ALL, reader.byte()?)?,
        status: value(&Status::ALL, reader.byte()?)?,
        claim: value(&Claim::ALL, reader.byte()?)?,
        managed_by: value(&ManagedBy::ALL, reader.byte()?)?,
        mfa: value(&MFA, reader.byte()?)?,
        roles: ABSENT,
    };
    let roles = match reader.byte()? {
        0 => ABSENT,
        1 => {
            let length = reader.count()?;
            let mut roles = translated(read_set(reader, length)?, &numbers.roles)?;
            snapshot.number_of_role_set(&mut roles)
        }
        _ => return None,
    };
    Some(Class { roles, ..class })
}

fn translated(set: Vec<u32>, numbers: &[u32]) -> Option<Vec<u32>> {
    set.into_iter()
        .map(|number| at(numbers, number).copied())
        .collect()
}

/// Reads definitions and the reader of the places that refer to them.
fn read_local<'a, T>(
    columns: &mut Reader<'a>,
    mut define: impl FnMut(&mut Reader<'a>) -> Option<T>,
) -> Option<(Vec<T>, Reader<'a>)> {
    let count = columns.length()?;
    let mut definitions = columns.part()?;
    let uses = columns.part()?;
    let mut values = Vec::new();
    for _ in 0..count {
        values.push(define(&mut definitions)?);
    }
    definitions.is_done().then_some((values, uses))
}

/// What a place refers to: outer `None` for a place that there is not, inner `None` for none.
fn referred<'v, T>(values: &'v [T], uses: &mut Reader<'_>) -> Option<Option<&'v T>> {
    match uses.length()?.checked_sub(1) {
        None => Some(None),
        Some(place) => values.get(place).map(Some),
    }
}

/// People as bytes, unpacked; their activities come from elsewhere.
pub(super) struct Block {
    body: Vec<u8>,
    random: Vec<u8>,
}

impl Block {
    pub(super) fn unpack(body: &[u8]) -> Option<Block> {
        let mut reader = Reader::new(body);
        let packed = reader.part()?;
        Some(Block {
            body: unpack(packed.rest())?,
            random: reader.rest().to_vec(),
        })
    }

    /// Hands everybody in the block to `put`, in order.
    pub(super) fn decode(
        &self,
        dictionary: &Dictionary,
        numbers: &Renumbered,
        codes: &[u32],
        snapshot: &mut Snapshot,
        put: &mut dyn FnMut(&mut Snapshot, Arrival<'_>) -> Option<()>,
    ) -> Option<()> {
        let mut columns = Reader::new(&self.body);
        let mut random = Reader::new(&self.random);
        let count = columns.length().filter(|count| *count <= MAX_PEOPLE)?;
        let (mut shapes, mut names, mut addresses) =
            (columns.part()?, columns.part()?, columns.part()?);
        let mut added = [
            columns.part()?,
            columns.part()?,
            columns.part()?,
            columns.part()?,
        ];
        let mut profiles = columns.part()?;
        let (classes, mut class_uses) =
            read_local(&mut columns, |reader| read_class(reader, numbers, snapshot))?;
        let (groups, mut group_uses) = read_local(&mut columns, |reader| {
            let length = reader.count()?;
            let mut set = translated(read_set(reader, length)?, &numbers.groups)?;
            Some(snapshot.group_set_number(&mut set))
        })?;
        let (accesses, mut access_uses) = read_local(&mut columns, |reader| {
            let length = reader.count()?;
            translated(read_set(reader, length)?, &numbers.accesses)
        })?;
        let mut codes = codes.iter();
        for _ in 0..count {
            let account = read_account(&mut shapes, &mut random)?;
            let name = names.maybe()?;
            let domain = |number| Some(at(dictionary.domains.values(), number)?.to_string());
            let email = read_address(&mut addresses, name, domain)?;
            let mut seconds = 0_u32;
            for plane in &mut added {
                seconds = seconds << 8 | u32::from(plane.byte()?);
            }
            let profile = at(dictionary.profiles.values(), profiles.number()?)?;
            let class = *referred(&classes, &mut class_uses)??;
            let groups = referred(&groups, &mut group_uses)?.copied();
            let held = referred(&accesses, &mut access_uses)?;
            let mut access: Vec<(u32, Activity)> = Vec::new();
            for number in held.into_iter().flatten() {
                access.push((*number, activity_of(*codes.next()?)));
            }
            let mut fields = [None; ProfileField::ALL.len()];
            for (place, field) in fields.iter_mut().zip(profile) {
                *place = field.as_deref();
            }
            let person = Arrival {
                account: &account,
                directory: class.directory,
                account_type: class.account_type,
                status: class.status,
                claim: class.claim,
                managed_by: class.managed_by,
                mfa: class.mfa,
                name,
                email: email.as_deref(),
                added: (seconds != ABSENT).then(|| crate::model::Time(i64::from(seconds))),
                profile: fields,
                groups,
                roles: (class.roles != ABSENT).then_some(class.roles),
                access: held.map(|_| access.as_mut_slice()),
            };
            put(snapshot, person)?;
        }
        let all_read = [
            shapes,
            names,
            addresses,
            profiles,
            class_uses,
            group_uses,
            access_uses,
            random,
        ];
        (all_read.iter().all(Reader::is_done) && codes.next().is_none()).then_some(())
    }
}
