//! The demonstration's scene: an organization, two administrators, a policy, exemptions.

use std::collections::BTreeSet;
use std::time::Duration;

use cloud::limits::{Latency, Limits};
use cloud::switches::Switches;
use seatkeeper::app::admin::{Answer, Command, NamedPerson, Refusal};
use seatkeeper::app::records::{ExemptionSubject, NewsItem, Run, RunState};
use seatkeeper::audit::{StoredEntry, verify};
use seatkeeper::model::AccountId;
use seatkeeper::plan::Fate;
use serde_json::{Value, json};

use crate::in_process::{Ending, World};
use crate::naive::{self, Expectation};

/// The demonstration's size.
pub const USERS: usize = 2_000;

/// Who plays whom in the demonstration.
pub struct Scene {
    pub world: World,
    pub first: String,
    pub second: String,
    pub policy: Value,
    pub exempt_users: Vec<String>,
    pub exempt_group: String,
    pub key: String,
}

pub fn policy(now: &str) -> Value {
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

/// The order to exempt somebody from every policy for good.
pub fn exempt(subject: ExemptionSubject, reason: &str) -> Command {
    Command::AddExemption {
        subject,
        reason: reason.into(),
        owner: None,
        expires: None,
        policies: None,
    }
}

impl Scene {
    pub fn new(seed: u64, users: usize, configure: impl FnOnce(&mut cloud::Options)) -> Scene {
        let world = World::new(seed, users, |options| {
            options.switches = Switches::from_seed(seed);
            // What the first reading leaves out is asked for one by one; these runs do not wait for that.
            options.switches.timestamp_omitted_percent = 0;
            options.switches.names_omitted_percent = 0;
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
            key: key.clone(),
        };
        scene.order(Command::Connect {
            organization_id,
            api_key: key,
            owner: None,
            expires: None,
        });
        scene
    }

    /// The same scene in a world of its own, which begins where this one stands.
    pub fn copy(&self) -> Scene {
        Scene {
            world: self.world.copy(),
            first: self.first.clone(),
            second: self.second.clone(),
            policy: self.policy.clone(),
            exempt_users: self.exempt_users.clone(),
            exempt_group: self.exempt_group.clone(),
            key: self.key.clone(),
        }
    }

    /// An order of the first administrator that must be carried out.
    pub fn order(&self, command: Command) -> Answer {
        self.world
            .command(&self.first, command)
            .unwrap_or_else(|refusal| panic!("{refusal:?}"))
    }

    pub fn prepare(&self) {
        self.order(Command::SavePolicy {
            document: self.policy.to_string(),
            revision: None,
        });
        self.order(Command::SetLimits {
            percent_per_day: 50,
        });
        for account in &self.exempt_users {
            let subject = ExemptionSubject::User {
                account: AccountId(account.clone()),
            };
            self.order(exempt(subject, "on leave"));
        }
        let subject = ExemptionSubject::Group {
            group: self.exempt_group.clone(),
        };
        self.order(exempt(subject, "key people"));
    }

    /// A command that must be refused.
    pub fn refused(&self, account: &str, command: Command) -> Refusal {
        let name = command.name();
        match self.world.command(account, command) {
            Err(refusal) => refusal,
            Ok(answer) => panic!("{name} was carried out: {answer:?}"),
        }
    }

    /// Fires the schedule and delivers its jobs; the only run is held.
    pub fn tick_until_held(&self) -> Run {
        assert_eq!(self.world.tick(None), Ending::Value(Ok(())));
        self.world.deliver_all();
        let held = self.only_run();
        assert_eq!(held.state, RunState::Held, "{held:?}");
        held
    }

    /// A run as it is stored, for when nobody may ask for it any more.
    pub fn stored_run(&self, id: &str) -> Value {
        self.stored_runs()
            .into_iter()
            .find(|run| run["id"] == id)
            .expect("the run")
    }

    /// Every run as it is stored.
    pub fn stored_runs(&self) -> Vec<Value> {
        let cloud = self.world.cloud.borrow();
        cloud
            .stored()
            .entity("run", cloud.now())
            .into_iter()
            .map(|(_, entity)| {
                let record = entity["record"].as_str().expect("a record");
                serde_json::from_str(record).expect("JSON")
            })
            .collect()
    }

    /// Loses the organization's key.
    pub fn forget_secret(&self) {
        let mut cloud = self.world.cloud.borrow_mut();
        let now = cloud.now();
        let book = cloud.stored().plain(now);
        let (_, connection) = book
            .iter()
            .find(|(key, _)| key == "connection")
            .expect("the connection");
        let body = json!({ "key": connection["secret"] });
        cloud
            .storage("/api/v1/secret/delete", &body)
            .expect("an answer");
    }

    /// The runs that the page lists, after the list's lag.
    pub fn runs(&self) -> Vec<Run> {
        self.wait_for_queries();
        match self.order(Command::Runs { cursor: None }) {
            Answer::Runs(runs) => runs.runs,
            other => panic!("{other:?}"),
        }
    }

    /// The only run there is.
    pub fn only_run(&self) -> Run {
        let mut runs = self.runs();
        assert_eq!(runs.len(), 1);
        runs.remove(0)
    }

    /// Queries lag behind writes.
    pub fn wait_for_queries(&self) {
        let minute = std::time::Duration::from_secs(60);
        self.world.cloud.borrow().clock().advance(minute);
    }

    pub fn run(&self, id: &str) -> Run {
        match self.order(Command::Run { run: id.into() }) {
            Answer::Run(run) => *run,
            other => panic!("{other:?}"),
        }
    }

    /// Starts a run of a policy and delivers its jobs.
    pub fn started(&self, policy: &str, dry: bool) -> Run {
        let policy = policy.to_owned();
        let Answer::Run(run) = self.order(Command::StartRun { policy, dry }) else {
            panic!("no run")
        };
        self.world.deliver_all();
        self.run(&run.id)
    }

    /// The lines of a run's plan, as the page shows them.
    pub fn lines(&self, run: &Run) -> Vec<NamedPerson> {
        let mut lines = Vec::new();
        for part in 0..run.plan.as_ref().expect("a plan").parts {
            let run = run.id.clone();
            match self.order(Command::RunPeople { run, part }) {
                Answer::People(page) => lines.extend(page.people),
                other => panic!("{other:?}"),
            }
        }
        lines
    }

    /// Whom a run's plan means to act on, in its order.
    pub fn planned(&self, run: &Run) -> Vec<String> {
        let lines = self.lines(run).into_iter().map(|named| named.person);
        let planned = lines.filter(|person| person.fate == Fate::Planned);
        planned.map(|person| person.account.0).collect()
    }

    /// The undo of a whole run, as far as it comes without a decision.
    pub fn undone(&self, run: &Run) -> Run {
        let begun = self.order(Command::UndoRun {
            run: run.id.clone(),
            steps: vec![],
            dry: false,
            reason: "it was a mistake".into(),
        });
        let Answer::Run(begun) = begun else {
            panic!("{begun:?}")
        };
        self.world.deliver_all();
        self.run(&begun.id)
    }

    /// Goes on to the next full interval of so many seconds; the schedule comes, and its jobs are done.
    pub fn next_tick(&self, interval: u64) {
        let clock = self.world.cloud.borrow().clock().clone();
        let now = u64::try_from(clock.now().timestamp()).expect("a time after 1970");
        clock.advance(Duration::from_secs(interval - now % interval));
        assert_eq!(self.world.tick(None), Ending::Value(Ok(())));
        self.world.deliver_all();
    }

    /// What the page's bell shows.
    pub fn news(&self) -> Vec<NewsItem> {
        match self.order(Command::News {}) {
            Answer::News(news) => news.items,
            other => panic!("{other:?}"),
        }
    }

    /// The accounts that a run acted on, as it read back.
    pub fn verified(&self, run: &Run) -> Vec<String> {
        let lines = self.lines(run).into_iter();
        let acted = lines.filter(|line| line.person.fate == Fate::Verified);
        acted.map(|line| line.person.account.0).collect()
    }

    /// The second administrator approves a plan.
    pub fn approve(&self, id: &str) {
        let approve = Command::ApproveRun {
            run: id.into(),
            reason: "seen".into(),
            hold_out: Vec::new(),
        };
        let approved = self.world.command(&self.second, approve);
        assert!(approved.is_ok(), "{approved:?}");
        self.world.deliver_all();
    }

    pub fn release(&self, id: &str) {
        let command = Command::ReleaseRun {
            run: id.into(),
            reason: "looked at the plan".into(),
        };
        self.world
            .command(&self.second, command)
            .unwrap_or_else(|refusal| panic!("{refusal:?}"));
    }

    pub fn protected(&self) -> Vec<(String, String)> {
        match self.order(Command::Protected {}) {
            Answer::Protected(protected) => protected
                .people
                .into_iter()
                .map(|(account, reason)| (account.0, reason))
                .collect(),
            other => panic!("{other:?}"),
        }
    }

    pub fn log(&self) -> Vec<StoredEntry> {
        self.wait_for_queries();
        let (mut entries, mut cursor) = (Vec::new(), None);
        loop {
            let Answer::Log(page) = self.order(Command::LogSlice { from: None, cursor }) else {
                panic!("no log")
            };
            entries.extend(page.entries);
            cursor = page.cursor;
            if cursor.is_none() {
                let verification = verify(&entries, Some(page.head.clone()));
                assert!(verification.valid, "{}", verification.message);
                return entries;
            }
        }
    }

    pub fn expectation(&self, before: &[Value], run: &Run) -> Expectation {
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

pub fn group_ids(cloud: &cloud::Cloud) -> Vec<(String, String)> {
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
