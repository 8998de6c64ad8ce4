//! What is stored comes back; a difference is small; damage is found.

use std::collections::BTreeMap;

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::chunk::{Kind, open, seal};
use super::*;
use crate::model::{
    AccountId, AccountType, Activity, Claim, DAY, DirectoryId, GroupId, ManagedBy, Resource,
    Status, Time,
};
use crate::snapshot::{Access, Group, Snapshot, UserRecord};

mod laws;

const NOW: Time = Time(1_795_262_400);

fn pick<T: Clone>(random: &mut ChaCha8Rng, values: &[T]) -> T {
    values[random.random_range(0..values.len())].clone()
}

fn maybe<T>(random: &mut ChaCha8Rng, value: T) -> Option<T> {
    (random.random_range(0..10) > 0).then_some(value)
}

fn person(random: &mut ChaCha8Rng, index: usize) -> UserRecord {
    let uuid = format!(
        "{:08x}-0000-4000-8000-{:012x}",
        random.next_u32(),
        random.next_u64() >> 16
    );
    let account = match index % 5 {
        0 => format!("712020:{uuid}"),
        1 => uuid,
        2 => format!("{:024x}", random.next_u64()),
        3 => format!("qm:{index}"),
        _ => format!("557058:{uuid}"),
    };
    let (first, last) = (
        pick(random, &["Ada", "Éva", "Bo"]),
        pick(random, &["Li", "O'Neil", "van Dam"]),
    );
    let groups = (0..random.random_range(0..5))
        .map(|_| {
            let group = random.random_range(0..40);
            Group {
                id: GroupId(format!("group-{group}")),
                name: (group % 7 > 0).then(|| format!("Group {group}")),
            }
        })
        .collect();
    let access = (0..random.random_range(0..6))
        .map(|number| Access {
            resource: Resource(format!("ari:cloud:product-{number}::site/{}", index % 3)),
            product: format!("product-{number}"),
            seat: pick(random, &[None, Some(true), Some(false)]),
            activity: match random.random_range(0..10) {
                0 => Activity::Never,
                1 => Activity::Unknown,
                _ => Activity::Seen(NOW.plus(-random.random_range(0..900 * DAY))),
            },
        })
        .collect();
    let added = NOW.plus(-random.random_range(0..3_000 * DAY));
    UserRecord {
        account_type: maybe(random, AccountType::Atlassian),
        status: pick(
            random,
            &[None, Some(Status::Active), Some(Status::Suspended)],
        ),
        claim: pick(random, &[None, Some(Claim::Managed), Some(Claim::External)]),
        managed_by: pick(random, &[None, Some(ManagedBy::Idp)]),
        mfa: pick(random, &[None, Some(true), Some(false)]),
        email: maybe(
            random,
            format!(
                "{}.{}{index}@x.example",
                first.to_lowercase(),
                last.to_lowercase()
            ),
        ),
        name: maybe(random, format!("{first} {last}")),
        added: maybe(random, added),
        profile: [
            None,
            maybe(random, String::from("Sales")),
            None,
            Some(format!("Floor {}", index % 4)),
        ],
        groups: maybe(random, groups),
        roles: maybe(random, vec![String::from("atlassian/org-admin")]),
        access: maybe(random, access),
        ..UserRecord::unknown(AccountId(account), DirectoryId(format!("d{}", index % 2)))
    }
}

fn people(seed: u64, count: usize) -> Vec<UserRecord> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    (0..count).map(|index| person(&mut random, index)).collect()
}

fn snapshot_of(people: &[UserRecord]) -> Snapshot {
    let mut snapshot = Snapshot::new();
    for record in people {
        snapshot.push(record);
    }
    snapshot.name_directory(&DirectoryId("d1".into()), "Directory one");
    snapshot
}

/// Everybody by account, with groups and accesses in an order of their own.
fn everybody(snapshot: &Snapshot) -> BTreeMap<String, UserRecord> {
    snapshot
        .rows()
        .filter_map(|row| snapshot.record(row))
        .map(|mut record| {
            if let Some(groups) = &mut record.groups {
                groups.sort();
            }
            if let Some(access) = &mut record.access {
                access.sort_by(|a, b| (&a.resource.0, a.seat).cmp(&(&b.resource.0, b.seat)));
            }
            (format!("{} {}", record.account, record.directory), record)
        })
        .collect()
}

/// A whole reading in one page.
fn encode(snapshot: &Snapshot, before: &StoredSnapshot, taken: Time) -> Result<Encoded, Fault> {
    let mut renewal = Renewal::of(before.clone(), taken);
    renewal.see(snapshot, &|_| false);
    renewal.finish(Unseen::Gone)
}

/// Chunks by their names: what storage is.
#[derive(Clone, Default)]
struct Shelf(BTreeMap<String, Vec<u8>>);

impl Shelf {
    fn store(&mut self, encoded: Encoded) -> (StoredSnapshot, usize) {
        let mut bytes = 0;
        for chunk in encoded.chunks {
            assert!(chunk.bytes.len() <= MAX_CHUNK_BYTES);
            bytes += chunk.bytes.len();
            self.0.insert(chunk.name, chunk.bytes);
        }
        (self.decode(&encoded.head).unwrap(), bytes)
    }

    fn decode(&self, head: &Head) -> Result<StoredSnapshot, ChunkError> {
        StoredSnapshot::decode(head.clone(), |name| self.0.get(name).cloned())
    }
}

#[test]
fn what_is_stored_comes_back_day_after_day() {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut present = people(1, 20_000);
    let mut shelf = Shelf::default();
    let mut stored = StoredSnapshot::default();
    let mut sizes = Vec::new();
    for day in 0..9_i64 {
        let taken = NOW.plus(day * DAY);
        // Each day's listing comes in another order, so every number in it is another.
        let middle = random.random_range(0..present.len());
        present.rotate_left(middle);
        let snapshot = snapshot_of(&present);
        let encoded = encode(&snapshot, &stored, taken).unwrap();
        let (now_stored, bytes) = shelf.store(encoded);
        sizes.push(bytes);
        let read = shelf.decode(&now_stored.head).unwrap();
        let decoded = read.people();
        assert_eq!(everybody(decoded), everybody(&snapshot), "day {day}");
        let name = decoded.directory_name(decoded.class(decoded.rows().last().unwrap()).unwrap());
        assert!(name.is_none() || name == Some("Directory one"));
        stored = read;
        for record in &mut present {
            for access in record.access.iter_mut().flatten() {
                if random.random_range(0..20) == 0 {
                    access.activity = Activity::Seen(taken.plus(random.random_range(0..DAY)));
                }
            }
        }
        present.pop();
        present.extend(people(100 + day.unsigned_abs(), 1));
    }
    for bytes in &sizes[1..] {
        assert!(bytes * 2 < sizes[0], "{sizes:?}");
    }
}

#[test]
fn nothing_new_writes_nothing() {
    let snapshot = snapshot_of(&people(2, 5_000));
    let mut shelf = Shelf::default();
    let (first, _) = shelf.store(encode(&snapshot, &StoredSnapshot::default(), NOW).unwrap());
    let blocks = first.head.blocks.len();
    assert!(blocks > 1);
    for day in 0..8 {
        let again = encode(&snapshot, &first, NOW.plus(day * DAY)).unwrap();
        assert_eq!(again.chunks, []);
        assert_eq!(again.head, first.head);
    }
}

#[test]
fn parts_hold_everybody_in_order() {
    let people = people(4, 7_000);
    let snapshot = snapshot_of(&people);
    let parts = encode_parts(&snapshot).unwrap();
    assert!(parts.len() > 1);
    let mut decoded = Snapshot::new();
    for part in &parts {
        assert!(part.len() <= MAX_CHUNK_BYTES);
        decode_part(part, &mut decoded).unwrap();
    }
    let accounts = |snapshot: &Snapshot| -> Vec<String> {
        snapshot
            .rows()
            .filter_map(|row| snapshot.account(row).map(String::from))
            .collect()
    };
    assert_eq!(accounts(&decoded), accounts(&snapshot));
    assert_eq!(everybody(&decoded), everybody(&snapshot));
}

/// What people share may be far more than a part holds: each part has only what its own people refer to.
#[test]
fn parts_hold_only_what_their_people_refer_to() {
    let mut many = people(11, 12_000);
    let mut random = ChaCha8Rng::seed_from_u64(12);
    for record in &mut many {
        record.profile[0] = Some(format!(
            "{:016x}{:016x}",
            random.next_u64(),
            random.next_u64()
        ));
    }
    let snapshot = snapshot_of(&many);
    let mut decoded = Snapshot::new();
    for part in &encode_parts(&snapshot).unwrap() {
        assert!(part.len() <= MAX_CHUNK_BYTES);
        decode_part(part, &mut decoded).unwrap();
    }
    assert_eq!(everybody(&decoded), everybody(&snapshot));
}

#[test]
fn a_part_has_no_more_people_than_can_be_read() {
    let mut snapshot = Snapshot::new();
    for index in 0..70_000 {
        let account = AccountId(format!("u{index:05}"));
        snapshot.push(&UserRecord::unknown(account, DirectoryId("d".into())));
    }
    let mut decoded = Snapshot::new();
    for part in &encode_parts(&snapshot).unwrap() {
        decode_part(part, &mut decoded).unwrap();
    }
    assert_eq!(decoded.len(), 70_000);
}

#[test]
fn no_chunk_of_what_people_share_is_too_large() {
    let mut random = ChaCha8Rng::seed_from_u64(13);
    let signs: Vec<char> = (0x4e00..0x9000).filter_map(char::from_u32).collect();
    let mut many = people(14, 2_000);
    for record in &mut many {
        let title = (0..100).map(|_| pick(&mut random, &signs)).collect();
        record.profile[0] = Some(title);
    }
    let snapshot = snapshot_of(&many);
    let mut shelf = Shelf::default();
    let encoded = encode(&snapshot, &StoredSnapshot::default(), NOW).unwrap();
    let (stored, _) = shelf.store(encoded);
    let decoded = shelf.decode(&stored.head).unwrap().into_people();
    assert_eq!(everybody(&decoded), everybody(&snapshot));
}

/// Nothing is known of many accesses on one day, and everything on the next.
#[test]
fn activities_that_become_known_at_once_fit_into_chunks() {
    let mut random = ChaCha8Rng::seed_from_u64(15);
    let mut many = people(16, 3_000);
    for record in &mut many {
        let access = |number| Access {
            resource: Resource(format!("ari:cloud:jira-software::site/{number}")),
            product: String::from("jira-software"),
            seat: None,
            activity: Activity::Unknown,
        };
        record.access = Some((0..150).map(access).collect());
    }
    let mut shelf = Shelf::default();
    let first = encode(&snapshot_of(&many), &StoredSnapshot::default(), NOW).unwrap();
    let (stored, _) = shelf.store(first);
    for access in many
        .iter_mut()
        .flat_map(|record| record.access.iter_mut().flatten())
    {
        access.activity = Activity::Seen(NOW.plus(-random.random_range(0..900 * DAY)));
    }
    let snapshot = snapshot_of(&many);
    let (stored, _) = shelf.store(encode(&snapshot, &stored, NOW.plus(DAY)).unwrap());
    let decoded = shelf.decode(&stored.head).unwrap().into_people();
    assert_eq!(everybody(&decoded), everybody(&snapshot));
}

#[test]
fn another_name_of_a_directory_is_stored() {
    let mut shelf = Shelf::default();
    let mut snapshot = snapshot_of(&people(17, 50));
    let mut stored = StoredSnapshot::default();
    for name in ["Directory one", "Renamed", "Renamed", "Directory one"] {
        snapshot.name_directory(&DirectoryId("d1".into()), name);
        (stored, _) = shelf.store(encode(&snapshot, &stored, NOW).unwrap());
        let read = shelf.decode(&stored.head).unwrap();
        let decoded = read.people();
        let mut names = decoded
            .rows()
            .filter_map(|row| decoded.directory_name(decoded.class(row)?));
        assert_eq!(names.next(), Some(name));
        stored = read;
    }
    assert_eq!(stored.head.dictionary.len(), 3);
}

#[test]
fn every_changed_bit_and_every_cut_is_found_and_named() {
    let snapshot = snapshot_of(&people(5, 12));
    let mut shelf = Shelf::default();
    let encoded = encode(&snapshot, &StoredSnapshot::default(), NOW).unwrap();
    let (stored, _) = shelf.store(encoded);
    let names: Vec<String> = stored.head.names().map(String::from).collect();
    for name in names {
        let whole = shelf.0[&name].clone();
        for index in 0..whole.len() {
            for bit in 0..8 {
                let mut damaged = whole.clone();
                damaged[index] ^= 1 << bit;
                shelf.0.insert(name.clone(), damaged);
                let error = shelf.decode(&stored.head).unwrap_err();
                assert_eq!(error.chunk, name, "byte {index} bit {bit}");
            }
            shelf.0.insert(name.clone(), whole[..index].to_vec());
            assert_eq!(
                shelf.decode(&stored.head).unwrap_err().chunk,
                name,
                "cut at {index}"
            );
        }
        shelf.0.remove(&name);
        assert_eq!(
            shelf.decode(&stored.head).unwrap_err().fault,
            Fault::Missing
        );
        // Another chunk of the same kind in its place: whole, but not the one that is meant.
        let other = encode(
            &snapshot_of(&people(6, 12)),
            &StoredSnapshot::default(),
            NOW,
        )
        .unwrap();
        let kind = name.as_bytes()[0];
        let other = other
            .chunks
            .into_iter()
            .find(|chunk| chunk.name.as_bytes()[0] == kind);
        shelf.0.insert(name.clone(), other.unwrap().bytes);
        assert_eq!(
            shelf.decode(&stored.head).unwrap_err().fault,
            Fault::Checksum
        );
        shelf.0.insert(name.clone(), whole);
    }
    assert!(shelf.decode(&stored.head).is_ok());
}

/// Damage that carries a right checksum (a fault of our own, or somebody's hand): an error or some snapshot, but never a
/// panic, and never more memory than the chunk is worth.
#[test]
fn damage_under_a_right_checksum_never_panics() {
    let mut random = ChaCha8Rng::seed_from_u64(8);
    let snapshot = snapshot_of(&people(9, 60));
    let first = encode(&snapshot, &StoredSnapshot::default(), NOW).unwrap();
    let mut later = people(9, 60);
    for access in later
        .iter_mut()
        .flat_map(|record| record.access.iter_mut().flatten())
    {
        access.activity = Activity::Seen(NOW);
    }
    let mut shelf = Shelf::default();
    let (first, _) = shelf.store(first);
    let second = encode(&snapshot_of(&later), &first, NOW.plus(DAY)).unwrap();
    let (stored, _) = shelf.store(second);
    let part = encode_parts(&snapshot).unwrap().remove(0);
    let (mut errors, rounds) = (0, 3_000);
    for round in 0..rounds {
        let names: Vec<&str> = stored.head.names().collect();
        let name = pick(&mut random, &names);
        let kind = match name.as_bytes()[0] {
            b'd' => Kind::Dictionary,
            b'p' => Kind::People,
            b'a' => Kind::Activity,
            _ => Kind::Changes,
        };
        let body = open(kind, &shelf.0[name]).unwrap();
        let damaged = damage(&mut random, kind, body);
        let resealed = seal(kind, 7, &damaged);
        let mut head = serde_json::to_string(&stored.head).unwrap();
        head = head.replace(name, &resealed.name);
        let head: Head = serde_json::from_str(&head).unwrap();
        let head = head.summed();
        let decoded = StoredSnapshot::decode(head, |wanted| {
            if wanted == resealed.name {
                Some(resealed.bytes.clone())
            } else {
                shelf.0.get(wanted).cloned()
            }
        });
        match decoded {
            // A chunk that reads well may still not fit the ones read after it.
            Err(error) => {
                assert_eq!(error.fault, Fault::Content, "round {round}");
                errors += 1;
            }
            Ok(stored) => assert!(stored.people().len() <= 60),
        }
        let body = open(Kind::People, &part).unwrap();
        let damaged = seal(
            Kind::People,
            0,
            &damage(&mut random, Kind::Dictionary, body),
        );
        let _ = decode_part(&damaged.bytes, &mut Snapshot::new());
    }
    assert!(errors * 2 > rounds, "{errors} of {rounds}");
}

/// Changes some bytes, in half of the rounds inside of what is packed.
fn damage(random: &mut ChaCha8Rng, kind: Kind, body: &[u8]) -> Vec<u8> {
    let mut bytes = body.to_vec();
    let unpacked = match kind {
        Kind::Dictionary => super::chunk::unpack(body),
        _ => None,
    };
    let repacks = unpacked.is_some() && random.random_bool(0.5);
    if let Some(unpacked) = unpacked.filter(|_| repacks) {
        bytes = unpacked;
    }
    for _ in 0..random.random_range(1..4) {
        let place = random.random_range(0..bytes.len());
        match random.random_range(0..4) {
            0 => bytes[place] ^= 1 << random.random_range(0..8),
            1 => bytes[place] = random.random(),
            2 => bytes.truncate(place.max(1)),
            _ => bytes.insert(place, 255),
        }
    }
    if repacks {
        super::chunk::pack(&bytes)
    } else {
        bytes
    }
}
