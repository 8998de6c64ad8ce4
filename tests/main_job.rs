//! The main job, end to end, in one process: over 20 seeds the people suspended are exactly those whom a naive
//! re-computation names, and nothing else about anybody changed.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    reason = "a test fails by panicking"
)]

mod in_process;
mod naive;

use std::collections::BTreeSet;

use cloud::limits::{Latency, Limits};
use cloud::switches::Switches;
use in_process::{Kills, World};
use naive::Expectation;
use seatkeeper::app::admin::{Answer, Command, ExemptionSubject};
use seatkeeper::app::run::{Run, RunState};
use seatkeeper::audit::{StoredEntry, verify};
use seatkeeper::model::AccountId;
use serde_json::{Value, json};

const USERS: usize = 2_000;

/// Who plays whom in the demonstration.
struct Scene {
    world: World,
    first: String,
    second: String,
    policy: Value,
    exempt_users: Vec<String>,
    exempt_group: String,
}

fn policy(now: &str) -> Value {
    json!({
        "version": 1, "id": "idle-contractors", "name": "Idle contractors",
        "match": {"all": [
            {"status": ["active"]},
            {"idle": {"longerThan": "90d"}},
            {"emailDomain": cloud::organization::CONTRACTOR_DOMAINS},
        ]},
        "stages": [{"after": "0d", "do": "suspend"}],
        "limits": {"users": 1000, "percent": 50},
        "schedule": {"once": now},
    })
}

impl Scene {
    fn new(seed: u64, users: usize, configure: impl FnOnce(&mut cloud::Options)) -> Scene {
        let world = World::new(seed, users, |options| {
            options.switches = Switches::from_seed(seed);
            options.latency = Latency::Off;
            options.limits = Limits::none();
            configure(options);
        });
        let (people, organization_id, groups) = {
            let cloud = world.cloud.borrow();
            let organization = cloud.organization();
            (
                organization.people.clone(),
                organization.id.clone(),
                group_ids(&cloud),
            )
        };
        let (first, second) = (people.org_admins[0].clone(), people.org_admins[1].clone());
        let key = world
            .cloud
            .borrow_mut()
            .create_key(cloud::admin_api::KeyKind::WithoutScopes, &first);
        let now = world.cloud.borrow().now().to_rfc3339();
        let scene = Scene {
            world,
            policy: policy(&now),
            exempt_users: people.idle_contractors[..2].to_vec(),
            exempt_group: groups
                .iter()
                .find(|(name, _)| name == "contractors-keep")
                .expect("the group")
                .1
                .clone(),
            first,
            second,
        };
        scene.order(Command::Connect {
            organization_id,
            api_key: key,
            owner: None,
        });
        scene
    }

    /// An order of the first administrator that must be carried out.
    fn order(&self, command: Command) -> Answer {
        self.world
            .command(&self.first, command)
            .unwrap_or_else(|refusal| panic!("{refusal:?}"))
    }

    fn prepare(&self) {
        self.order(Command::SavePolicy {
            document: self.policy.to_string(),
        });
        self.order(Command::SetLimits {
            percent_per_day: 50,
        });
        for account in &self.exempt_users {
            let subject = ExemptionSubject::User {
                account: AccountId(account.clone()),
            };
            self.order(Command::AddExemption {
                subject,
                reason: "on leave".into(),
            });
        }
        let subject = ExemptionSubject::Group {
            group: self.exempt_group.clone(),
        };
        self.order(Command::AddExemption {
            subject,
            reason: "key people".into(),
        });
    }

    fn only_run(&self) -> Run {
        match self.order(Command::Runs { cursor: None }) {
            Answer::Runs(runs) => {
                assert_eq!(runs.runs.len(), 1);
                runs.runs.into_iter().next().expect("one run")
            }
            other => panic!("{other:?}"),
        }
    }

    fn run(&self, id: &str) -> Run {
        match self.order(Command::Run { run: id.into() }) {
            Answer::Run(run) => *run,
            other => panic!("{other:?}"),
        }
    }

    fn release(&self, id: &str) {
        let command = Command::ReleaseRun {
            run: id.into(),
            reason: "looked at the plan".into(),
        };
        self.world
            .command(&self.second, command)
            .unwrap_or_else(|refusal| panic!("{refusal:?}"));
    }

    fn protected(&self) -> Vec<(String, String)> {
        match self.order(Command::Protected {}) {
            Answer::Protected(protected) => protected
                .people
                .into_iter()
                .map(|(account, reason)| (account.0, reason))
                .collect(),
            other => panic!("{other:?}"),
        }
    }

    fn log(&self) -> Vec<StoredEntry> {
        let later = chrono::TimeDelta::minutes(1).to_std().expect("a minute");
        self.world.cloud.borrow().clock().advance(later); // queries lag behind
        let (mut entries, mut cursor) = (Vec::new(), None);
        loop {
            let Answer::Log(page) = self.order(Command::LogSlice { cursor }) else {
                panic!("no log")
            };
            entries.extend(page.entries);
            cursor = page.cursor;
            if cursor.is_none() {
                let verification = verify(&entries, Some((page.head.seq, &page.head.hash)));
                assert!(verification.valid, "{}", verification.message);
                return entries;
            }
        }
    }

    fn expectation(&self, before: &[Value], run: &Run) -> Expectation {
        naive::expect(
            before,
            &self.policy,
            &self.exempt_users,
            std::slice::from_ref(&self.exempt_group),
            &self.protected(),
            &run.now.to_string(),
        )
    }
}

fn group_ids(cloud: &cloud::Cloud) -> Vec<(String, String)> {
    let mut ids = BTreeSet::new();
    for user in cloud.dump_users() {
        for group in user["groups"].as_array().into_iter().flatten() {
            let id = group["id"]
                .as_str()
                .expect("an id")
                .rsplit('/')
                .next()
                .expect("a UUID");
            ids.insert((
                group["name"].as_str().unwrap_or_default().to_owned(),
                id.to_owned(),
            ));
        }
    }
    ids.into_iter().collect()
}

/// Every intent has exactly one outcome, and every effect in the cloud exactly one `done` (RULES R14).
fn check_log(scene: &Scene, run: &Run) {
    let (mut intents, mut outcomes, mut done) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for entry in scene.log() {
        let entry: Value = serde_json::from_str(&entry.entry).expect("JSON");
        if entry["action"] != "suspend" {
            continue;
        }
        let subject = entry["subject"].as_str().expect("a subject").to_owned();
        match entry["outcome"].as_str().expect("an outcome") {
            "intent" => assert!(intents.insert(subject.clone()), "two intents for {subject}"),
            "skipped" => {}
            outcome => {
                assert!(
                    intents.contains(&subject),
                    "an outcome without an intent for {subject}"
                );
                assert!(
                    outcomes.insert(subject.clone()),
                    "two outcomes for {subject}"
                );
                if outcome == "done" {
                    done.insert(subject);
                }
            }
        }
    }
    assert_eq!(intents, outcomes);
    let effects: BTreeSet<String> = scene
        .world
        .cloud
        .borrow()
        .effects()
        .iter()
        .filter(|e| e.key_owner.is_some())
        .map(|e| e.account_id.clone())
        .collect();
    assert_eq!(
        effects.len(),
        scene
            .world
            .cloud
            .borrow()
            .effects()
            .iter()
            .filter(|e| e.key_owner.is_some())
            .count()
    );
    assert_eq!(done, effects);
    assert_eq!(u32::try_from(done.len()).expect("few"), run.counts.acted);
}

fn check_counts(run: &Run, expected: &Expectation) {
    let counts = run.counts;
    assert_eq!(
        counts.matched,
        counts.exempt + counts.protected + counts.skipped + counts.acted + counts.failed
    );
    assert_eq!(counts.unknown, expected.unknown);
    assert_eq!(counts.exempt, expected.exempt);
    assert_eq!(counts.protected, expected.protected);
    assert_eq!(counts.failed, 0);
    assert_eq!(counts.acted, counts.verified);
}

fn main_job(seed: u64, users: usize, kills: Kills) -> World {
    let scene = Scene::new(seed, users, |_| {});
    scene.prepare();
    scene.world.kills.set(kills);
    let before = scene.world.cloud.borrow().dump_users();
    assert_eq!(scene.world.tick(None), in_process::Ending::Value(Ok(())));
    scene.world.deliver_all();
    let held = scene.only_run();
    assert_eq!(held.state, RunState::Held, "seed {seed}: {held:?}");
    let unchanged = scene.world.cloud.borrow().dump_users() == before;
    assert!(unchanged, "seed {seed}: a held run acted");
    scene.release(&held.id);
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    assert_eq!(run.state, RunState::Done, "seed {seed}: {run:?}");
    let after = scene.world.cloud.borrow().dump_users();
    let expected = scene.expectation(&before, &run);
    assert_eq!(
        naive::changes(&before, &after),
        expected.suspended,
        "seed {seed}"
    );
    assert!(
        !expected.suspended.is_empty(),
        "seed {seed}: nobody to suspend proves nothing"
    );
    check_counts(&run, &expected);
    check_log(&scene, &run);
    scene.world
}

#[test]
fn twenty_seeds_suspend_exactly_whom_they_should() {
    for seed in 1..=20 {
        main_job(seed, USERS, Kills::None);
    }
}

#[test]
fn killed_invocations_change_nothing_about_the_result() {
    let killed: u32 = (1..=12)
        .map(|seed| main_job(seed, USERS, Kills::OneIn(2)).killed.get())
        .sum();
    assert!(killed >= 12, "only {killed} invocations were killed");
}

#[test]
fn a_kill_at_every_single_await_changes_nothing_about_the_result() {
    let mut awaits = 1;
    while main_job(7, 60, Kills::AtAwait(awaits)).killed.get() == 1 {
        awaits += 1;
    }
    assert!(awaits > 100, "only {awaits} awaits");
}
