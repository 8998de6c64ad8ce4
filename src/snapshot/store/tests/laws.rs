//! What holds of every reading: it ends in what was read, whatever happened on the way, and leaves nothing behind.

use std::collections::BTreeSet;

use rand::seq::SliceRandom;

use super::*;

const PAGE: usize = 40;

/// Some days of an organization.
struct World {
    random: ChaCha8Rng,
    present: Vec<UserRecord>,
    is_shuffled: bool,
    next: u64,
}

/// A reading that may be killed.
struct Reading<'s> {
    shelf: &'s mut Shelf,
    before: StoredSnapshot,
    taken: Time,
    /// A checkpoint after so many pages.
    every: usize,
    /// After this page the reading is killed, once.
    killed_after: Option<usize>,
}

impl World {
    fn new(seed: u64, count: usize, is_shuffled: bool) -> World {
        World {
            random: ChaCha8Rng::seed_from_u64(seed),
            present: people(seed + 1_000, count),
            is_shuffled,
            next: 0,
        }
    }

    /// People come and go, change and are active.
    fn pass(&mut self, taken: Time, share: usize) {
        let random = &mut self.random;
        let many = self.present.len() / share + 1;
        for _ in 0..random.random_range(0..many) {
            let place = random.random_range(0..self.present.len());
            self.present.remove(place);
        }
        for _ in 0..random.random_range(0..many) {
            let place = random.random_range(0..self.present.len());
            self.present[place].name = Some(format!("Name {}", random.random_range(0..99)));
        }
        for _ in 0..random.random_range(0..many) {
            let place = random.random_range(0..self.present.len());
            self.present[place].groups = maybe(random, Vec::new());
        }
        self.next += 1;
        let joiners = random.random_range(0..many);
        self.present.extend(people(self.next * 77, joiners));
        // Somebody is in another directory as well.
        let mut twice = pick(random, &self.present);
        twice.directory = DirectoryId("d7".into());
        if !self.present.iter().any(|one| key(one) == key(&twice)) {
            self.present.push(twice);
        }
        for access in self
            .present
            .iter_mut()
            .flat_map(|one| one.access.iter_mut().flatten())
        {
            if random.random_range(0..3) == 0 {
                access.activity = Activity::Seen(taken.plus(-random.random_range(0..DAY)));
            }
        }
        if self.is_shuffled {
            self.present.shuffle(random);
        }
    }

    /// The day's pages; some are shown twice, the second time with other content.
    fn pages(&mut self) -> Vec<Snapshot> {
        let mut pages = Vec::new();
        for people in self.present.chunks(PAGE) {
            pages.push(snapshot_of(people));
            if self.random.random_range(0..6) == 0 {
                let mut people = people.to_vec();
                for one in &mut people {
                    one.name = Some(String::from("Somebody else"));
                    one.access = None;
                }
                pages.push(snapshot_of(&people));
            }
        }
        pages
    }

    fn everybody(&self) -> BTreeMap<String, UserRecord> {
        everybody(&snapshot_of(&self.present))
    }
}

fn key(record: &UserRecord) -> (String, String) {
    (record.account.0.clone(), record.directory.0.clone())
}

impl Reading<'_> {
    /// Everything that the reading stores is new; so is what the caller gets.
    fn store(&mut self, chunks: Vec<Chunk>) {
        for chunk in chunks {
            assert!(chunk.bytes.len() <= MAX_CHUNK_BYTES);
            let is_new = self
                .shelf
                .0
                .insert(chunk.name.clone(), chunk.bytes)
                .is_none();
            assert!(is_new, "{} was stored before", chunk.name);
        }
    }

    fn read(mut self, pages: &[Snapshot], unseen: Unseen) -> Encoded {
        let mut renewal = Renewal::of(self.before.clone(), self.taken);
        let mut journal = Vec::new();
        let (mut page, mut noted) = (0, 0);
        while page < pages.len() {
            renewal.see(&pages[page], &|_| false);
            page += 1;
            if page % self.every == 0 {
                let checkpoint = renewal.checkpoint().unwrap();
                self.store(checkpoint.chunks);
                (journal, noted) = (checkpoint.journal, page);
            }
            if self.killed_after == Some(page) {
                self.killed_after = None;
                page = noted;
                let shelf = &self.shelf.0;
                let fetch = |name: &str| shelf.get(name).cloned();
                renewal =
                    Renewal::resume(self.before.clone(), self.taken, &journal, fetch).unwrap();
            }
        }
        let encoded = renewal.finish(unseen).unwrap();
        self.store(encoded.chunks.clone());
        encoded
    }
}

/// Deletes what is not used any more: then nothing is there but the snapshot.
fn sweep(shelf: &mut Shelf, encoded: &Encoded) {
    for name in &encoded.unused {
        assert!(shelf.0.remove(name).is_some(), "{name} is not there");
    }
    let stored: BTreeSet<&str> = shelf.0.keys().map(String::as_str).collect();
    assert_eq!(stored, encoded.head.names().collect::<BTreeSet<&str>>());
}

fn days(seed: u64, count: usize, share: usize, is_shuffled: bool) {
    let mut world = World::new(seed, count, is_shuffled);
    let (mut shelf, mut stored) = (Shelf::default(), StoredSnapshot::default());
    for day in 0..18_i64 {
        let taken = NOW.plus(day * DAY);
        world.pass(taken, share);
        let pages = world.pages();
        let every = world.random.random_range(1..9);
        let killed = world.random.random_range(1..=pages.len());
        let mut other = Shelf(shelf.0.clone());
        let whole = Reading {
            shelf: &mut other,
            before: stored.clone(),
            taken,
            every,
            killed_after: None,
        };
        let whole = whole.read(&pages, Unseen::Gone);
        let interrupted = Reading {
            shelf: &mut shelf,
            before: stored,
            taken,
            every,
            killed_after: Some(killed),
        };
        let encoded = interrupted.read(&pages, Unseen::Gone);
        assert_eq!(encoded.head, whole.head, "day {day}, killed after {killed}");
        sweep(&mut shelf, &encoded);
        stored = shelf.decode(&encoded.head).unwrap();
        let expected = world.everybody();
        assert!(everybody(stored.people()) == expected, "day {day}");
        assert!(everybody(&encoded.people) == expected, "day {day}");
        assert_eq!(stored.people().len(), expected.len());
        let segments = encoded.head.segments();
        assert_eq!(Head::from_segments(&segments).unwrap(), encoded.head);
    }
}

#[test]
fn a_reading_ends_in_what_was_read_even_if_killed() {
    for seed in 0..4 {
        days(seed, 1_500, 60, seed % 2 == 1);
    }
    days(5, 6_000, 300, false);
    days(6, 30, 3, true);
}
