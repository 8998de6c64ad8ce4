//! The cloud with the app installed, and the platform's part: deliveries, redeliveries, time limits, kills.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use cloud::forge::{Invocation, Outcome};
use cloud::{Clock, Cloud, Options};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use seatkeeper::app::admin::{Answer, Caller, Command, Refusal, Reply, admin};
use seatkeeper::app::{
    LinkOutput, LinkRequest, Transition, WorkOutcome, hint, link, tick, transition, work,
};
use seatkeeper::host::Queue;
use seatkeeper::model::AccountId;
use serde_json::Value;

use super::executor::{Ending, run_around, run_until};
use super::host::InProcess;

/// How long a resolver may take, in seconds.
const RESOLVER_SECONDS: i64 = 25;
/// Deliveries after which a run is taken to hang.
const PATIENCE: u32 = 5_000;

/// The cloud with the app installed.
pub struct World {
    /// The cloud.
    pub cloud: RefCell<Cloud>,
    /// Every request of the app with its answer.
    pub traffic: RefCell<Vec<(cloud::Request, cloud::Response)>>,
    random: RefCell<ChaCha8Rng>,
    /// Which invocations of the consumers are killed.
    pub kills: Cell<Kills>,
    /// How many were.
    pub killed: Cell<u32>,
    /// Whether the host knows any time zone.
    pub knows_zones: Cell<bool>,
    /// Answers in the place of the cloud's, by the end of the path: for what no cloud is like at any time.
    pub staged: RefCell<Vec<(String, cloud::Response)>>,
}

/// Which invocations of the consumers are killed.
#[derive(Clone, Copy, Debug)]
pub enum Kills {
    /// None.
    None,
    /// One of so many, at a random await.
    OneIn(u32),
    /// The one in which the so-many-th await from now on lies, there.
    AtAwait(u32),
}

impl World {
    /// An organization from a seed, with the app installed as the real manifest says.
    pub fn new(seed: u64, users: usize, configure: impl FnOnce(&mut Options)) -> World {
        let now = "2026-11-21T12:00:00Z".parse().expect("a time");
        let mut options = Options::new(seed, users, Clock::virtual_at(now));
        configure(&mut options);
        let mut cloud = Cloud::new(options);
        let manifest =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/manifest.yml"))
                .expect("manifest.yml");
        let manifest: Value = serde_yaml_ng::from_str(&manifest).expect("YAML");
        cloud.install(&manifest).expect("an installable manifest");
        World {
            cloud: RefCell::new(cloud),
            traffic: RefCell::default(),
            random: RefCell::new(ChaCha8Rng::seed_from_u64(seed)),
            kills: Cell::new(Kills::None),
            killed: Cell::new(0),
            knows_zones: Cell::new(true),
            staged: RefCell::default(),
        }
    }

    /// A world of its own that begins where this one stands.
    pub fn copy(&self) -> World {
        World {
            cloud: RefCell::new(self.cloud.borrow().copy()),
            traffic: RefCell::default(),
            random: RefCell::new(self.random.borrow().clone()),
            kills: self.kills.clone(),
            killed: self.killed.clone(),
            knows_zones: self.knows_zones.clone(),
            staged: self.staged.clone(),
        }
    }

    /// The host of an invocation that the platform ends after so many seconds.
    pub fn host(&self, seconds: i64, caller: Option<String>) -> InProcess<'_> {
        let deadline = self.cloud.borrow().now() + chrono::TimeDelta::seconds(seconds);
        InProcess {
            cloud: &self.cloud,
            random: &self.random,
            caller,
            deadline,
            traffic: &self.traffic,
            knows_zones: self.knows_zones.get(),
            staged: &self.staged,
            sending: Rc::default(),
        }
    }

    /// A command of a person at the page.
    pub fn command(&self, account: &str, command: Command) -> Result<Answer, Refusal> {
        let host = self.host(RESOLVER_SECONDS, Some(account.to_owned()));
        let caller = Caller {
            account_id: AccountId(account.to_owned()),
        };
        match run_until(admin(&host, &caller, command), None).0 {
            Ending::Value(Reply::Answer(answer)) => Ok(*answer),
            Ending::Value(Reply::Error(refusal)) => Err(refusal),
            Ending::Killed => unreachable!("resolvers are not killed here"),
        }
    }

    /// A command of a person at the page that is killed at its so-many-th await; false if it did not last so long.
    pub fn command_killed_at(&self, account: &str, command: Command, awaits: u32) -> bool {
        let host = self.host(RESOLVER_SECONDS, Some(account.to_owned()));
        let caller = Caller {
            account_id: AccountId(account.to_owned()),
        };
        run_until(admin(&host, &caller, command), Some(awaits)).0 == Ending::Killed
    }

    /// A command of a person at the page, and something else that happens at its so-many-th await. Answers whether it was
    /// still under way then, and what came of it.
    pub fn command_around(
        &self,
        account: &str,
        command: Command,
        awaits: u32,
        between: impl FnOnce(),
    ) -> (bool, Result<Answer, Refusal>) {
        let host = self.host(RESOLVER_SECONDS, Some(account.to_owned()));
        let caller = Caller {
            account_id: AccountId(account.to_owned()),
        };
        let answer = Cell::new(None);
        let future = async { answer.set(Some(admin(&host, &caller, command).await)) };
        let was_under_way = run_around(future, awaits, between);
        match answer.into_inner() {
            Some(Reply::Answer(answer)) => (was_under_way, Ok(*answer)),
            Some(Reply::Error(refusal)) => (was_under_way, Err(refusal)),
            None => unreachable!("it was polled to its end"),
        }
    }

    /// Opens a link of a message, or presses its button.
    pub fn link(&self, request: &LinkRequest) -> LinkOutput {
        let host = self.host(RESOLVER_SECONDS, None);
        match run_until(link(&host, request), None).0 {
            Ending::Value(output) => output,
            Ending::Killed => unreachable!("links are not killed here"),
        }
    }

    /// The same, killed at its so-many-th await.
    pub fn link_killed_at(&self, request: &LinkRequest, awaits: u32) -> Ending<LinkOutput> {
        let host = self.host(RESOLVER_SECONDS, None);
        run_until(link(&host, request), Some(awaits)).0
    }

    /// Presses the button of a link, and something else happens at its so-many-th await. Answers whether it was still under way
    /// then, and what came of it.
    pub fn link_around(
        &self,
        request: &LinkRequest,
        awaits: u32,
        between: impl FnOnce(),
    ) -> (bool, LinkOutput) {
        let host = self.host(RESOLVER_SECONDS, None);
        let output = Cell::new(None);
        let future = async { output.set(Some(link(&host, request).await)) };
        let was_under_way = run_around(future, awaits, between);
        let output = output.into_inner().expect("it was polled to its end");
        (was_under_way, output)
    }

    /// Fires the post function of an issue's transition.
    pub fn transition(&self, issue: &str, by: &str, meaning: Transition) -> Result<(), String> {
        let host = self.host(RESOLVER_SECONDS, None);
        match run_until(transition(&host, issue, by, meaning), None).0 {
            Ending::Value(told) => told,
            Ending::Killed => unreachable!("post functions are not killed here"),
        }
    }

    /// The same, killed at its so-many-th await; false if it did not last so long.
    pub fn transition_killed_at(
        &self,
        issue: &str,
        by: &str,
        meaning: Transition,
        awaits: u32,
    ) -> bool {
        let host = self.host(RESOLVER_SECONDS, None);
        run_until(transition(&host, issue, by, meaning), Some(awaits)).0 == Ending::Killed
    }

    /// Delivers an event about a user.
    pub fn event(&self, event: &Value) -> Result<(), String> {
        let host = self.host(RESOLVER_SECONDS, None);
        match run_until(hint(&host, &event.to_string()), None).0 {
            Ending::Value(noted) => noted,
            Ending::Killed => unreachable!("events are not killed here"),
        }
    }

    /// Fires the schedule's trigger.
    pub fn tick(&self, kill_after: Option<u32>) -> Ending<Result<(), String>> {
        let invocation = self
            .cloud
            .borrow_mut()
            .fire_trigger("tick-schedule")
            .expect("the trigger");
        let host = self.host(invocation.timeout_seconds.into(), None);
        run_until(tick(&host), kill_after).0
    }

    /// Delivers jobs, due ones at once and later ones by moving the clock, until none is out.
    pub fn deliver_all(&self) {
        self.deliver_each(|| ());
    }

    /// The same, with something else after each.
    pub fn deliver_each(&self, mut between: impl FnMut()) {
        for _ in 0..PATIENCE {
            let delivery = self.cloud.borrow_mut().next_delivery();
            let Some(delivery) = delivery else {
                let Some(at) = self.cloud.borrow().next_event_at() else {
                    return;
                };
                self.cloud.borrow().clock().advance_to(at);
                continue;
            };
            let outcome = self.deliver(&delivery.invocation);
            self.cloud.borrow_mut().finish(delivery.id, outcome);
            between();
        }
        panic!("jobs without end: {:?}", self.cloud.borrow().queue_state());
    }

    /// Delivers the next job to a worker that hangs after so many awaits, until the platform has given it up and another
    /// one has done everything; then lets it go on. Answers whether it was under way when it hung.
    pub fn deliver_around_a_zombie(&self, awaits: u32) -> bool {
        let delivery = self.cloud.borrow_mut().next_delivery().expect("a job");
        let job = delivery.invocation.payload["body"]["job"]
            .as_str()
            .expect("a job")
            .to_owned();
        // It believes to have time for ever.
        let host = self.host(1_000_000, None);
        run_around(work(&host, Queue::Work, &job), awaits, || {
            self.cloud.borrow_mut().finish(delivery.id, Outcome::Killed);
            let lease = std::time::Duration::from_secs(900 + 180 + 1);
            self.cloud.borrow().clock().advance(lease);
            self.deliver_all();
        })
    }

    /// Delivers a job once; what comes of it is not told to the platform.
    pub fn deliver(&self, invocation: &Invocation) -> Outcome {
        let queue = match invocation.function_key.as_str() {
            "work" => Queue::Work,
            "answer" => Queue::Answer,
            other => panic!("no consumer {other}"),
        };
        let job = invocation.payload["body"]["job"]
            .as_str()
            .expect("a job")
            .to_owned();
        let host = self.host(invocation.timeout_seconds.into(), None);
        let (ending, polls) = run_until(work(&host, queue, &job), self.draw_kill());
        if let Kills::AtAwait(left) = self.kills.get() {
            self.kills.set(match left.checked_sub(polls) {
                None | Some(0) => Kills::None,
                Some(left) => Kills::AtAwait(left),
            });
        }
        match ending {
            Ending::Value(WorkOutcome::Done) => Outcome::Done,
            Ending::Value(WorkOutcome::Retry { after_seconds }) => Outcome::Retry {
                after_seconds,
                reason: String::new(),
                data: Value::Null,
            },
            Ending::Killed => {
                self.killed.set(self.killed.get() + 1);
                Outcome::Killed
            }
        }
    }

    fn draw_kill(&self) -> Option<u32> {
        match self.kills.get() {
            Kills::None => None,
            Kills::AtAwait(left) => Some(left),
            Kills::OneIn(many) => {
                let mut random = self.random.borrow_mut();
                let is_hit = random.next_u32().is_multiple_of(many);
                is_hit.then(|| random.next_u32() % 400 + 1)
            }
        }
    }
}
