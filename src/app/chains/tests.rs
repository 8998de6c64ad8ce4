//! Chains in a small storage that may lose its invocation at every await.

mod storage;

use std::collections::BTreeMap;

use self::storage::{Storage, finish, run};
use super::chain::Chain;
use super::due::{Heard, look};
use super::index::index_key;
use super::*;
use crate::app::lease::Lease;
use crate::evaluate::{Context, compile};
use crate::host::{Host, Queue, StorageError};
use crate::model::{
    AccountId, AccountType, Activity, DAY, DirectoryId, GroupId, Resource, Status, Time, Truth,
};
use crate::plan::{
    Departure, Exempted, Link, Pause, Protections, StageDone, Standing, Taken, TakenStatus,
};
use crate::policy::{Policy, read};
use crate::snapshot::{Access, Group, Row, Snapshot, UserRecord};

/// The one that is held as long as nobody else takes over.
const LEASE: Lease = Lease::granted(Queue::Work, 0);

impl Storage {
    fn chain(&self) -> Chain {
        finish(Chain::load(self, "p"))
    }

    /// What counts, and nothing else of what is stored.
    fn members(&self) -> Vec<Member> {
        self.chain().members().cloned().collect()
    }

    /// The two halves of a writer's work: parts first, the index with its commit.
    async fn commit(&self, unwritten: Unwritten) -> Result<(), StorageError> {
        let writes = unwritten.writes(self).await?;
        if writes.is_empty() {
            return Ok(());
        }
        self.transact(writes).await
    }

    async fn add(&self, members: &[Member], writer: &str) -> Result<(), StorageError> {
        let mut chain = Chain::load(self, "p").await?;
        for member in members {
            chain.add(member.clone());
        }
        let unwritten = chain.store(self, &LEASE, writer, "hash").await?;
        self.commit(unwritten).await
    }
}

fn account(number: usize) -> AccountId {
    AccountId(format!("712020:00000000-0000-4000-8000-{number:012}"))
}

fn directory() -> DirectoryId {
    DirectoryId("11111111-2222-4333-8444-555555555555".into())
}

fn member(number: usize) -> Member {
    Member {
        account: account(number),
        directory: directory(),
        link: Link::entering(Time(1_790_000_000), Time(1_789_990_000)),
    }
}

fn access(product: &str, activity: Activity) -> Access {
    Access {
        resource: Resource(format!("ari:cloud:{product}::site/42")),
        product: product.into(),
        seat: None,
        activity,
    }
}

/// Somebody of whom everything is remembered that can be.
fn full(number: usize) -> Member {
    let group = |id: &str, name: Option<&str>| Group {
        id: GroupId(format!("11111111-2222-4333-8444-{id:0>12}")),
        name: name.map(String::from),
    };
    let taken = Taken {
        status: Some(TakenStatus {
            before: Status::Active,
            set: Status::Suspended,
        }),
        groups: vec![group("1", Some("leavers"))],
        added: vec![group("2", None).id],
        access: vec![access("jira-software", Activity::Seen(Time(1_700_000_000)))],
        unlisted: vec![
            access("confluence", Activity::Never),
            Access {
                seat: Some(true),
                ..access("jira-servicedesk", Activity::Unknown)
            },
        ],
        unlisted_groups: vec![group("3", Some("staff")), group("4", Some("everybody"))],
    };
    Member {
        link: Link {
            readings: 2,
            done: vec![
                StageDone {
                    stage: 0,
                    at: Time(1_790_100_000),
                },
                StageDone {
                    stage: 1,
                    at: Time(1_792_000_000),
                },
            ],
            offered: Some((2, vec![taken.clone()])),
            taken,
            postponed: None,
            verdict: Truth::Unknown,
            ..member(number).link
        },
        ..member(number)
    }
}

#[test]
fn what_is_stored_comes_back() {
    let storage = Storage::default();
    let postponed = Member {
        link: Link::postponed(Time(5), Time(7)),
        ..member(3)
    };
    let members = [member(1), full(2), postponed];
    finish(storage.add(&members, "w"));
    assert_eq!(storage.members(), members);
}

#[test]
fn twenty_thousand_people_fit_and_are_read_in_few_calls() {
    let storage = Storage::default();
    let members: Vec<Member> = (0..20_000).map(full).collect();
    finish(storage.add(&members, "w"));
    storage.reads.set(0);
    let chain = storage.chain();
    assert!(chain.members().eq(&members));
    let (reads, parts) = (storage.reads.get(), chain.index.parts.len());
    assert!(reads <= 5, "{reads} reads of {parts} parts");
}

#[test]
fn only_what_changed_is_written() {
    let storage = Storage::default();
    let members: Vec<Member> = (0..5_000).map(member).collect();
    finish(storage.add(&members, "first"));
    storage.written.borrow_mut().clear();
    // Nothing changed: nothing is written.
    finish(storage.add(&[], "second"));
    assert!(storage.written.borrow().is_empty());
    let done = [Done {
        account: account(1_700),
        directory: directory(),
        stage: 0,
        acts: 1,
        is_all: true,
    }];
    let note = async || {
        let unwritten = note_done((&storage, &LEASE), "p", "hash", "run", Time(9), &done).await?;
        storage.commit(unwritten).await
    };
    finish(note());
    assert_eq!(*storage.written.borrow(), ["chain:p:run-done-0", "chain:p"]);
    assert_eq!(storage.members().len(), 5_000);
    let noted: Vec<Member> = storage.members();
    let noted = noted.iter().filter(|member| !member.link.done.is_empty());
    assert_eq!(
        noted.map(|member| &member.account).collect::<Vec<_>>(),
        [&account(1_700)]
    );
    // Told again, whether by the same run or another one: nothing changes.
    storage.written.borrow_mut().clear();
    finish(note());
    assert!(storage.written.borrow().is_empty());
}

#[test]
fn an_invocation_that_is_killed_at_any_await_ends_in_the_same_chain() {
    let members: Vec<Member> = (0..2_000).map(member).collect();
    let done: Vec<Done> = (0..2_000)
        .step_by(3)
        .map(|number| Done {
            account: account(number),
            directory: directory(),
            stage: 0,
            acts: 1,
            is_all: true,
        })
        .collect();
    let mut expected = None;
    let mut kills = 0;
    for polls in 1.. {
        let storage = Storage::default();
        finish(storage.add(&members, "plan"));
        let note = async || {
            let unwritten =
                note_done((&storage, &LEASE), "p", "hash", "run", Time(9), &done).await?;
            storage.commit(unwritten).await
        };
        let before = storage.members();
        let is_over = run(note(), polls).is_some();
        let between = storage.members();
        finish(note());
        let after = storage.members();
        assert!(between == before || between == after, "after {polls} polls");
        assert_eq!(*expected.get_or_insert_with(|| after.clone()), after);
        // What counts no more is gone with the next writing.
        finish(storage.add(&[member(9_999)], "next"));
        let parts = storage.chain().index;
        let stored = storage.values.borrow().len();
        assert_eq!(stored, 1 + parts.parts.len() + parts.replaced.len());
        kills += 1;
        if is_over {
            break;
        }
    }
    assert!(kills > 5, "{kills}");
}

#[test]
fn who_was_overtaken_begins_anew() {
    let storage = Storage::default();
    finish(storage.add(&[member(1)], "first"));
    let mut chain = storage.chain();
    chain.add(member(2));
    let unwritten = finish(chain.store(&storage, &LEASE, "slow", "hash"));
    finish(storage.add(&[member(3)], "quick"));
    let late = run(storage.commit(unwritten), u32::MAX).unwrap();
    assert_eq!(late, Err(StorageError::Conflict));
    assert_eq!(storage.members(), [member(1), member(3)]);
}

#[test]
fn whoever_lost_the_lease_changes_no_part_that_counts() {
    let storage = Storage::default();
    let mut chain = storage.chain();
    chain.add(member(2));
    storage.fence.set(1);
    let under = Lease::granted(Queue::Work, 1);
    let mut newer = storage.chain();
    newer.add(member(1));
    let unwritten = finish(newer.store(&storage, &under, "run", "hash"));
    finish(storage.commit(unwritten));
    // Its parts have the same names as those of whoever took over.
    let late = run(chain.store(&storage, &LEASE, "run", "hash"), u32::MAX);
    assert!(matches!(late, Some(Err(StorageError::Conflict))));
    assert_eq!(storage.members(), [member(1)]);
}

const POLICY: &str = r#"{"version":1,"id":"p","name":"P",
    "match":{"all":[{"status":["active"]},{"idle":{"longerThan":"90d"}}]},
    "stages":[{"after":"0d","do":"suspend"},{"after":"30d","do":"deactivate"}]}"#;
const DAY_0: i64 = 20_000;

fn person(number: usize, status: Status, seen: i64) -> UserRecord {
    UserRecord {
        account_type: Some(AccountType::Atlassian),
        status: Some(status),
        groups: Some(vec![]),
        roles: Some(vec![]),
        access: Some(vec![access(
            "jira-software",
            Activity::Seen(Time(seen * DAY)),
        )]),
        ..UserRecord::unknown(account(number), directory())
    }
}

/// One planning on a day: everybody as read then.
struct Planning<'a> {
    policy: &'a Policy,
    hash: &'a str,
    day: i64,
    exempt: &'a [usize],
    heard: BTreeMap<AccountId, Heard>,
}

impl Planning<'_> {
    fn look(
        &self,
        storage: &Storage,
        people: &[UserRecord],
        then: impl FnOnce(&mut Chains),
    ) -> Chains {
        let mut snapshot = Snapshot::new();
        for person in people {
            snapshot.push(person);
        }
        let now = Time(self.day * DAY);
        let compiled = compile(self.policy, &snapshot, Context::at(now)).unwrap();
        let exempted = Exempted {
            users: self.exempt.iter().map(|number| account(*number)).collect(),
            ..Exempted::default()
        };
        let ground = Ground {
            policy: self.policy,
            hash: self.hash,
            compiled: &compiled,
            snapshot: &snapshot,
            context: Context::at(now),
            read: now,
            exempted: &exempted,
            protections: &Protections::default(),
            pool: None,
            freeing: &|_| Truth::True,
            heard: &self.heard,
        };
        let mut chains = look(storage.chain(), &ground);
        then(&mut chains);
        chains
    }

    /// The same, remembered.
    fn plan(
        &self,
        storage: &Storage,
        people: &[UserRecord],
        then: impl FnOnce(&mut Chains),
    ) -> Vec<(Standing, Option<Departure>)> {
        let chains = self.look(storage, people, then);
        let places = chains.places.iter();
        let places = places
            .map(|placed| (placed.place.standing, placed.place.left))
            .collect();
        finish(async {
            let unwritten = chains
                .store(storage, &LEASE, &format!("run{}", self.day))
                .await?;
            storage.commit(unwritten).await
        });
        places
    }
}

fn planning<'a>(policy: &'a Policy, day: i64) -> Planning<'a> {
    Planning {
        policy,
        hash: "hash",
        day: DAY_0 + day,
        exempt: &[],
        heard: BTreeMap::new(),
    }
}

#[test]
fn a_suspended_person_goes_on_to_the_next_stage() {
    let (storage, policy) = (Storage::default(), read(POLICY).unwrap());
    let idle = DAY_0 - 100;
    let people = [
        person(1, Status::Active, idle),
        person(2, Status::Active, DAY_0),
    ];
    let first = planning(&policy, 0).plan(&storage, &people, |chains| {
        let taken = Taken::by_status(&policy, &people[0], Status::Suspended);
        chains.offer(Row(0), 0, vec![taken]);
        assert!(chains.at(Row(1)).is_none());
        assert!(chains.at(Row(0)).is_some());
    });
    assert_eq!(first, [(Standing::Due { stage: 0 }, None)]);
    let done = [Done {
        account: account(1),
        directory: directory(),
        stage: 0,
        acts: 1,
        is_all: true,
    }];
    finish(async {
        let at = Time((DAY_0 + 2) * DAY);
        let unwritten = note_done((&storage, &LEASE), "p", "hash", "run0", at, &done).await?;
        storage.commit(unwritten).await
    });
    // Suspended two days late, the directory lists nothing of them: the next stage is two days late too.
    let suspended = UserRecord {
        access: Some(vec![]),
        ..person(1, Status::Suspended, idle)
    };
    let until = Time((DAY_0 + 32) * DAY);
    for (day, expected) in [(31, waits(until)), (32, (Standing::Due { stage: 1 }, None))] {
        let places =
            planning(&policy, day).plan(&storage, std::slice::from_ref(&suspended), |chains| {
                let before = chains.at(Row(0)).and_then(|placed| placed.before);
                let status = before.and_then(|row| chains.before().status(row));
                assert_eq!(status, Some(Status::Active));
            });
        assert_eq!(places, [expected], "day {day}");
    }
    // A status over several directories does not say that they were restored in this one.
    let restored = [person(1, Status::Active, idle)];
    let elsewhere = UserRecord {
        directory: DirectoryId("elsewhere".into()),
        ..restored[0].clone()
    };
    let both = [restored[0].clone(), elsewhere];
    let places = planning(&policy, 32).plan(&storage, &both, |_| {});
    assert_eq!(places, [(Standing::Paused(Pause::Protected), None)]);
    // Somebody restores them: out, and in anew with the next run.
    let places = planning(&policy, 33).plan(&storage, &restored, |_| {});
    assert_eq!(places, [(Standing::Out, Some(Departure::Restored))]);
    assert!(storage.members().is_empty());
    let places = planning(&policy, 34).plan(&storage, &restored, |_| {});
    assert_eq!(places, [(Standing::Due { stage: 0 }, None)]);
}

fn waits(until: Time) -> (Standing, Option<Departure>) {
    let standing = Standing::Waits {
        stage: 1,
        until,
        reason: crate::plan::Waiting::Stage,
    };
    (standing, None)
}

#[test]
fn who_leaves_is_forgotten_with_the_reason_and_who_cannot_be_judged_waits() {
    let (storage, policy) = (Storage::default(), read(POLICY).unwrap());
    let idle = DAY_0 - 100;
    let all: Vec<UserRecord> = (0..6)
        .map(|number| person(number, Status::Active, idle))
        .collect();
    let entered = planning(&policy, 0).plan(&storage, &all, |_| {});
    assert_eq!(entered, vec![(Standing::Due { stage: 0 }, None); 6]);
    let until = Time((DAY_0 + 50) * DAY);
    let later = [
        all[0].clone(),
        person(1, Status::Active, DAY_0 + 1),
        UserRecord {
            access: None,
            ..all[2].clone()
        },
        all[4].clone(),
        all[5].clone(),
    ];
    let heard = Heard {
        warned: crate::plan::Warned::NotYet,
        link_used: Some(crate::plan::LinkUse {
            at: Time((DAY_0 + 1) * DAY),
            until,
        }),
    };
    let places = Planning {
        exempt: &[0],
        heard: BTreeMap::from([(account(5), heard)]),
        ..planning(&policy, 2)
    }
    .plan(&storage, &later, |chains| {
        assert!((0..5).all(|row| chains.at(Row(row)).is_some()));
    });
    let seen = Departure::Seen(Time((DAY_0 + 1) * DAY));
    assert_eq!(
        places,
        [
            (Standing::Out, Some(Departure::Exempt)),
            (Standing::Out, Some(seen)),
            (Standing::Paused(Pause::Unknown), None),
            (Standing::Paused(Pause::NotListed), None),
            (Standing::Due { stage: 0 }, None),
            (
                Standing::Postponed { until },
                Some(Departure::LinkUsed(until))
            ),
        ]
    );
    let left: Vec<(AccountId, usize)> = storage
        .members()
        .into_iter()
        .map(|member| (member.account, member.link.done.len()))
        .collect();
    let expected = [(2, 0), (3, 0), (4, 0), (5, 0)];
    assert_eq!(left, expected.map(|(number, done)| (account(number), done)));
}

#[test]
fn another_text_of_the_policy_begins_every_chain_anew() {
    let (storage, policy) = (Storage::default(), read(POLICY).unwrap());
    let people = [person(1, Status::Active, DAY_0 - 100)];
    planning(&policy, 0).plan(&storage, &people, |_| {});
    let changed = Planning {
        hash: "another",
        ..planning(&policy, 5)
    };
    let places = changed.plan(&storage, &people, |_| {});
    assert_eq!(
        places,
        [(Standing::Due { stage: 0 }, Some(Departure::PolicyChanged))]
    );
    let entered: Vec<Time> = storage
        .members()
        .iter()
        .map(|member| member.link.entered)
        .collect();
    assert_eq!(entered, [Time((DAY_0 + 5) * DAY)]);
    // What a run of the former text did is not noted under the new one.
    let done = [Done {
        account: account(1),
        directory: directory(),
        stage: 0,
        acts: 1,
        is_all: true,
    }];
    let old = finish(note_done(
        (&storage, &LEASE),
        "p",
        "hash",
        "run0",
        Time(9),
        &done,
    ));
    assert!(finish(old.writes(&storage)).is_empty());
    assert!(storage.values.borrow().contains_key(&index_key("p")));
}
