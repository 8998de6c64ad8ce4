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
        days(seed, 1_000, 60, seed % 2 == 1);
    }
    days(5, 4_000, 300, false);
    days(6, 30, 3, true);
}

/// Everything of one day, in one page.
fn read(shelf: &mut Shelf, before: StoredSnapshot, people: &[UserRecord], day: i64) -> Encoded {
    let reading = Reading {
        shelf,
        before,
        taken: NOW.plus(day * DAY),
        every: 1,
        killed_after: None,
    };
    let encoded = reading.read(&[snapshot_of(people)], Unseen::Gone);
    sweep(shelf, &encoded);
    encoded
}

#[test]
fn a_partial_reading_keeps_the_others() {
    let mut world = World::new(21, 2_000, false);
    let mut shelf = Shelf::default();
    let mut encoded = read(&mut shelf, StoredSnapshot::default(), &world.present, 0);
    for round in 1..40_i64 {
        let stored = shelf.decode(&encoded.head).unwrap();
        let taken = NOW.plus(round * DAY / 4);
        let changed = world.random.random_range(0..20);
        for _ in 0..changed {
            let place = world.random.random_range(0..world.present.len());
            let one = &mut world.present[place];
            one.added = Some(taken);
            for access in one.access.iter_mut().flatten() {
                access.activity = Activity::Seen(taken);
            }
        }
        let start = world.random.random_range(0..world.present.len());
        world.present.rotate_left(start);
        let all = world.present.clone();
        let touched: Vec<UserRecord> = all
            .iter()
            .filter(|one| one.added == Some(taken))
            .chain(all.iter().take(30))
            .cloned()
            .collect();
        let pages: Vec<Snapshot> = touched.chunks(7).map(snapshot_of).collect();
        let killed = world.random.random_range(1..=pages.len());
        let reading = Reading {
            shelf: &mut shelf,
            before: stored,
            taken,
            every: 2,
            killed_after: Some(killed),
        };
        encoded = reading.read(&pages, Unseen::Kept);
        sweep(&mut shelf, &encoded);
        let stored = shelf.decode(&encoded.head).unwrap();
        assert!(
            everybody(stored.people()) == world.everybody(),
            "round {round}"
        );
        assert!(everybody(&encoded.people) == world.everybody());
    }
}

/// Everything that storage has, unpacked: what packs texts is unpacked, the rest is searched as it is.
fn has_trace(shelf: &Shelf, account: &str) -> bool {
    let mut shape = super::super::bytes::Writer::default();
    let mut random = super::super::bytes::Writer::default();
    super::super::identity::write_account(account, &mut shape, &mut random);
    // A UUID stands apart, any other account with its length before it.
    let is_apart = random.bytes.len() >= 12;
    let traces = if is_apart {
        vec![account.as_bytes().to_vec(), random.bytes]
    } else {
        vec![shape.bytes]
    };
    let has = |bytes: &[u8]| {
        traces
            .iter()
            .any(|trace| bytes.windows(trace.len()).any(|window| window == trace))
    };
    shelf.0.iter().any(|(name, bytes)| {
        let packed = name
            .starts_with('p')
            .then(|| open(Kind::People, bytes).unwrap())
            .and_then(|body| super::super::bytes::Reader::new(body).part())
            .and_then(|packed| super::super::chunk::unpack(packed.rest()));
        has(bytes) || packed.is_some_and(|bytes| has(&bytes))
    })
}

#[test]
fn who_is_forgotten_leaves_no_trace() {
    let mut world = World::new(31, 3_000, false);
    let mut shelf = Shelf::default();
    let mut encoded = read(&mut shelf, StoredSnapshot::default(), &world.present, 0);
    for day in 1..10 {
        // One has never changed, one has changed and stands in two blocks, one changes on the day itself, one is gone from
        // the directory already, and one is new.
        let changed = world.present[1].account.0.clone();
        world.present[1].name = Some(format!("Day {day}"));
        let stored = shelf.decode(&encoded.head).unwrap();
        encoded = read(&mut shelf, stored, &world.present, 2 * day - 1);
        let gone = world.present.remove(2).account.0;
        let stored = shelf.decode(&encoded.head).unwrap();
        let gone_before: Vec<String> = stored.gone().map(String::from).collect();
        assert!(!gone_before.contains(&gone));
        // Whoever is gone is named as long as there is a trace of them.
        let mut before = Renewal::of(stored, NOW.plus((2 * day - 1) * DAY + 1));
        before.see(&snapshot_of(&world.present), &|_| false);
        let without = before.finish(Unseen::Gone).unwrap();
        let mut shelf_then = shelf.clone();
        for chunk in without.chunks.clone() {
            shelf_then.0.insert(chunk.name, chunk.bytes);
        }
        let then = shelf_then.decode(&without.head).unwrap();
        assert!(then.gone().any(|account| account == gone));
        let stored = shelf.decode(&encoded.head).unwrap();
        let mut renewal = Renewal::of(stored, NOW.plus(2 * day * DAY));
        let unchanged = world.present[0].account.0.clone();
        let today = world.present[2].account.0.clone();
        world.present[2].mfa = None;
        world.present[2].name = Some(format!("Today {day}"));
        let new = people(500 + day.unsigned_abs(), 1).remove(0);
        let newcomer = new.account.0.clone();
        world.present.push(new);
        let accounts = [changed, gone, unchanged, today, newcomer];
        for account in &accounts[..4] {
            assert!(has_trace(&shelf, account), "{account}");
        }
        renewal.see(&snapshot_of(&world.present), &|_| false);
        for account in &accounts {
            renewal.forget(account);
        }
        renewal.see(&snapshot_of(&world.present), &|_| false);
        encoded = renewal.finish(Unseen::Gone).unwrap();
        for chunk in encoded.chunks.clone() {
            shelf.0.insert(chunk.name, chunk.bytes);
        }
        sweep(&mut shelf, &encoded);
        world
            .present
            .retain(|one| !accounts.contains(&one.account.0));
        for account in &accounts {
            assert!(!has_trace(&shelf, account), "{account} on day {day}");
        }
        let stored = shelf.decode(&encoded.head).unwrap();
        assert!(everybody(stored.people()) == world.everybody());
    }
}

/// A person with one access.
fn holder(account: &str, name: &str, activity: Activity) -> UserRecord {
    UserRecord {
        name: Some(name.into()),
        access: Some(vec![Access {
            resource: Resource("ari:cloud:jira-software::site/1".into()),
            product: String::from("jira-software"),
            seat: None,
            activity,
        }]),
        ..UserRecord::unknown(AccountId(account.into()), DirectoryId("d1".into()))
    }
}

#[test]
fn never_stays_where_it_may_and_nowhere_else() {
    let mut shelf = Shelf::default();
    let before = [
        holder("same", "A", Activity::Never),
        holder("changed", "A", Activity::Never),
        holder("seen", "A", Activity::Seen(NOW)),
        holder("doubted", "A", Activity::Never),
        holder("changed-doubted", "A", Activity::Never),
        holder("used", "A", Activity::Never),
    ];
    let encoded = read(&mut shelf, StoredSnapshot::default(), &before, 0);
    let stored = shelf.decode(&encoded.head).unwrap();
    let mut renewal = Renewal::of(stored, NOW.plus(DAY));
    let mut page: Vec<UserRecord> = before
        .iter()
        .map(|one| holder(&one.account.0, "A", Activity::Unknown))
        .collect();
    page[1].name = Some(String::from("B"));
    page[4].name = Some(String::from("B"));
    page[5].access = holder("", "", Activity::Seen(NOW)).access;
    page.push(holder("new", "A", Activity::Unknown));
    renewal.see(&snapshot_of(&page), &|account| !account.contains("doubted"));
    let people = renewal.finish(Unseen::Gone).unwrap().people;
    let activity = |account: &str| {
        let row = people.find_all(account).next().unwrap();
        people.activities(row).unwrap().next().unwrap().1
    };
    assert_eq!(activity("same"), Activity::Never);
    assert_eq!(activity("changed"), Activity::Never);
    assert_eq!(activity("seen"), Activity::Unknown);
    assert_eq!(activity("doubted"), Activity::Unknown);
    assert_eq!(activity("changed-doubted"), Activity::Unknown);
    assert_eq!(activity("used"), Activity::Seen(NOW));
    assert_eq!(activity("new"), Activity::Unknown);
    // What all accesses say together is what each of them says.
    let digest = |account: &str| {
        let row = people.find_all(account).next().unwrap();
        people.digest(row.0).unwrap()
    };
    assert!(!digest("same").unknown && digest("seen").unknown);
}

#[test]
fn a_head_whose_names_are_not_in_their_places_is_refused() {
    let mut shelf = Shelf::default();
    let encoded = read(&mut shelf, StoredSnapshot::default(), &people(41, 5_000), 0);
    let head = &encoded.head;
    assert!(head.blocks.len() > 2);
    let mut damaged = Vec::new();
    for place in 1..head.blocks.len() {
        let mut swapped = head.clone();
        swapped.blocks.swap(0, place);
        damaged.push(swapped);
        let mut states = head.clone();
        let state = states.blocks[place].state.clone();
        states.blocks[place].state = head.blocks[0].state.clone();
        states.blocks[0].state = state;
        damaged.push(states);
        let mut missing = head.clone();
        missing.blocks.remove(place);
        damaged.push(missing);
        let mut since = head.clone();
        since.blocks[place].since += 1;
        damaged.push(since);
    }
    for damaged in damaged {
        let error = shelf.decode(&damaged).unwrap_err();
        assert_eq!(
            (error.chunk.as_str(), error.fault),
            ("head", Fault::Checksum)
        );
        // Even with a right checksum: each chunk says whose it is.
        if damaged.blocks.len() == head.blocks.len() && damaged.first_log == head.first_log {
            let is_same_since = damaged.blocks.iter().all(|block| block.since == 0);
            assert!(shelf.decode(&damaged.summed()).is_err() || !is_same_since);
        }
    }
    let many = Head {
        dictionary: (0..20_000).map(|number| format!("d{number:022}")).collect(),
        ..Head::default()
    };
    let many = many.summed();
    let mut segments = many.segments();
    assert!(segments.len() > 1 && segments.iter().all(|segment| segment.len() <= 150_000));
    assert_eq!(Head::from_segments(&segments), Ok(many));
    segments.swap(0, 1);
    assert!(Head::from_segments(&segments).is_err());
}

/// A journal belongs to one reading of one snapshot, whole and in order.
#[test]
fn a_journal_that_does_not_fit_is_refused() {
    let mut shelf = Shelf::default();
    let all = people(51, 3_000);
    let encoded = read(&mut shelf, StoredSnapshot::default(), &all[..2_000], 0);
    let stored = shelf.decode(&encoded.head).unwrap();
    let taken = NOW.plus(DAY);
    let mut renewal = Renewal::of(stored.clone(), taken);
    let mut journal = Vec::new();
    for people in all.chunks(500) {
        renewal.see(&snapshot_of(people), &|_| false);
        let checkpoint = renewal.checkpoint().unwrap();
        for chunk in checkpoint.chunks {
            shelf.0.insert(chunk.name, chunk.bytes);
        }
        journal = checkpoint.journal;
    }
    assert_eq!(renewal.checkpoint().unwrap().chunks, [], "nothing is new");
    assert_eq!(renewal.seen(), 3_000);
    let fetch = |name: &str| shelf.0.get(name).cloned();
    let resume = |before: &StoredSnapshot, taken, journal: &[String]| {
        Renewal::resume(before.clone(), taken, journal, fetch)
    };
    assert_eq!(resume(&stored, taken, &journal).unwrap().seen(), 3_000);
    assert!(resume(&stored, taken.plus(1), &journal).is_err());
    assert!(resume(&StoredSnapshot::default(), taken, &journal).is_err());
    assert!(resume(&stored, taken, &journal[1..]).is_err());
    let mut swapped = journal.clone();
    swapped.swap(1, 2);
    assert!(resume(&stored, taken, &swapped).is_err());
    let given_up: BTreeSet<String> = renewal.abandon().into_iter().collect();
    assert!(journal.iter().all(|name| given_up.contains(name)));
    assert!(encoded.head.names().all(|name| !given_up.contains(name)));
    assert_eq!(given_up.len() + encoded.head.names().count(), shelf.0.len());
}

/// Damaged notes that carry a right checksum are errors or some reading, but never a panic.
#[test]
fn a_damaged_journal_never_panics() {
    let mut random = ChaCha8Rng::seed_from_u64(61);
    let mut shelf = Shelf::default();
    let mut all = people(62, 200);
    let encoded = read(&mut shelf, StoredSnapshot::default(), &all, 0);
    let stored = shelf.decode(&encoded.head).unwrap();
    for one in &mut all[..20] {
        one.mfa = None;
        one.name = Some(String::from("Somebody else"));
    }
    let taken = NOW.plus(DAY);
    let mut renewal = Renewal::of(stored.clone(), taken);
    renewal.see(&snapshot_of(&all), &|_| false);
    let checkpoint = renewal.checkpoint().unwrap();
    let name = checkpoint.journal[0].clone();
    for chunk in checkpoint.chunks {
        shelf.0.insert(chunk.name, chunk.bytes);
    }
    let body = open(Kind::Journal, &shelf.0[&name]).unwrap();
    let mut errors = 0;
    for _ in 0..2_000 {
        let damaged = damage(&mut random, Kind::Journal, body);
        let damaged = seal(Kind::Journal, 9, &damaged);
        let fetch = |wanted: &str| {
            let is_damaged = wanted == damaged.name;
            let stored = || shelf.0.get(wanted).cloned();
            if is_damaged {
                Some(damaged.bytes.clone())
            } else {
                stored()
            }
        };
        match Renewal::resume(
            stored.clone(),
            taken,
            std::slice::from_ref(&damaged.name),
            fetch,
        ) {
            Ok(renewal) => drop(renewal.finish(Unseen::Gone)),
            Err(_) => errors += 1,
        }
    }
    assert!(errors > 1_000, "{errors}");
}
