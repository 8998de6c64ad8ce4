//! One invocation under way: a future that is polled step by step, killed, delayed, or given up and polled all the same.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use chrono::TimeDelta;
use cloud::Time;
use seatkeeper::app::admin::{Caller, Command, Reply, admin};
use seatkeeper::app::{Job, LinkOutput, LinkRequest, Task, WorkOutcome, link, tick, work};
use seatkeeper::host::Queue;
use seatkeeper::model::AccountId;

use crate::in_process::World;
use crate::observer::LinkUse;

/// How long the platform lets a resolver run, in seconds.
const RESOLVER_SECONDS: i64 = 25;
/// How long it lets a web trigger run.
const LINK_SECONDS: i64 = 55;
/// An invocation that was given up at its time limit may go on for so long, in seconds: less than a lease outlives the limit.
pub const GRACE_SECONDS: i64 = 170;
/// How long a request is on its way at most.
const URGENT_SECONDS: i64 = 3;
/// One that slept longer than that goes on for so long after it woke up.
const AWAKE_SECONDS: i64 = 120;

/// What was invoked.
#[derive(Clone, Debug)]
pub enum What {
    /// A consumer with a delivered job.
    Job {
        /// To be given back to the cloud.
        delivery: u64,
        /// Of which queue.
        queue: Queue,
        /// The run that it executes, if it does.
        run: Option<String>,
    },
    /// The schedule.
    Tick,
    /// A command of a person at the page.
    Command {
        /// Which.
        command: Box<Command>,
    },
    /// A link of a message.
    Link {
        /// Which, and when.
        used: LinkUse,
    },
}

/// How an invocation ended.
#[derive(Debug)]
pub enum Ended {
    /// A job.
    Job(WorkOutcome),
    /// The schedule.
    Tick(Result<(), String>),
    /// A command.
    Reply(Reply),
    /// A link.
    Link(LinkOutput),
}

/// One invocation under way.
pub struct Invocation<'w> {
    /// Its number, counted up from the first one.
    pub number: u64,
    /// What was invoked.
    pub what: What,
    /// When the platform ends it.
    pub ends: Time,
    /// Whether the platform takes it for ended, although it goes on.
    pub given_up: bool,
    /// When nothing can be left of it.
    lives_until: Time,
    /// It makes no progress before this time.
    pub asleep_until: Option<Time>,
    /// When it made its last step.
    polled: Time,
    sending: Rc<Cell<u32>>,
    future: Pin<Box<dyn Future<Output = Ended> + 'w>>,
}

impl<'w> Invocation<'w> {
    /// Begins a delivered job.
    pub fn job(
        world: &'w World,
        number: u64,
        delivery: u64,
        invocation: &cloud::forge::Invocation,
    ) -> Self {
        let queue = match invocation.function_key.as_str() {
            "work" => Queue::Work,
            _ => Queue::Answer,
        };
        let job = invocation.payload["body"]["job"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let run = match serde_json::from_str::<Job>(&job).map(|job| job.task) {
            Ok(Task::Execute { run }) => Some(run),
            _ => None,
        };
        let seconds = i64::from(invocation.timeout_seconds);
        let host = world.host(seconds, None);
        let sending = Rc::clone(&host.sending);
        let future = async move { Ended::Job(work(&host, queue, &job).await) };
        Self::new(
            world,
            number,
            What::Job {
                delivery,
                queue,
                run,
            },
            seconds,
            sending,
            Box::pin(future),
        )
    }

    /// Fires the schedule.
    pub fn tick(world: &'w World, number: u64, seconds: i64) -> Self {
        let host = world.host(seconds, None);
        let sending = Rc::clone(&host.sending);
        let future = async move { Ended::Tick(tick(&host).await) };
        Self::new(
            world,
            number,
            What::Tick,
            seconds,
            sending,
            Box::pin(future),
        )
    }

    /// Begins a command.
    pub fn command(world: &'w World, number: u64, account: &str, command: &Command) -> Self {
        let host = world.host(RESOLVER_SECONDS, Some(account.to_owned()));
        let sending = Rc::clone(&host.sending);
        let caller = Caller {
            account_id: AccountId(account.to_owned()),
        };
        let what = What::Command {
            command: Box::new(command.clone()),
        };
        let command = command.clone();
        let future = async move { Ended::Reply(admin(&host, &caller, command).await) };
        Self::new(
            world,
            number,
            what,
            RESOLVER_SECONDS,
            sending,
            Box::pin(future),
        )
    }

    /// Begins with a link that somebody opens, or whose button they press.
    pub fn link(world: &'w World, number: u64, used: LinkUse, request: LinkRequest) -> Self {
        let host = world.host(LINK_SECONDS, None);
        let sending = Rc::clone(&host.sending);
        let future = async move { Ended::Link(link(&host, &request).await) };
        let what = What::Link { used };
        Self::new(world, number, what, LINK_SECONDS, sending, Box::pin(future))
    }

    fn new(
        world: &World,
        number: u64,
        what: What,
        seconds: i64,
        sending: Rc<Cell<u32>>,
        future: Pin<Box<dyn Future<Output = Ended> + 'w>>,
    ) -> Self {
        let ends = world.cloud.borrow().now() + TimeDelta::seconds(seconds);
        Invocation {
            number,
            what,
            ends,
            polled: ends - TimeDelta::seconds(seconds),
            lives_until: ends,
            given_up: false,
            asleep_until: None,
            sending,
            future,
        }
    }

    /// One step, to its next await or its end.
    pub fn poll(&mut self, now: Time) -> Option<Ended> {
        self.polled = now;
        let mut context = Context::from_waker(Waker::noop());
        match self.future.as_mut().poll(&mut context) {
            Poll::Ready(ended) => Some(ended),
            Poll::Pending => None,
        }
    }

    /// Whether a request is on its way: what it rests on must not grow old on the way, since nobody could prevent that.
    pub fn is_sending(&self) -> bool {
        self.sending.get() > 0
    }

    /// Whether it must make its next step before anything else does, lest its request rests on something old.
    pub fn is_urgent(&self, now: Time) -> bool {
        self.is_sending() && now - self.polled >= TimeDelta::seconds(URGENT_SECONDS)
    }

    /// Whether it is one of a consumer's.
    pub fn is_job(&self) -> bool {
        matches!(self.what, What::Job { .. })
    }

    /// Whether it can make a step now.
    pub fn is_awake(&self, now: Time) -> bool {
        self.asleep_until.is_none_or(|until| until <= now)
    }

    /// Whether nothing of it can be left.
    pub fn is_over(&self, now: Time) -> bool {
        now >= self.lives_until
    }

    /// The platform takes it for ended; it goes on all the same, for a while.
    pub fn give_up(&mut self) {
        self.given_up = true;
        self.lives_until = self.ends + TimeDelta::seconds(GRACE_SECONDS);
    }

    /// Lets it make no progress before a time, however long that is for one that was given up.
    pub fn sleep(&mut self, until: Time) {
        self.asleep_until = Some(until);
        if self.given_up {
            let awake = until + TimeDelta::seconds(AWAKE_SECONDS);
            self.lives_until = self.lives_until.max(awake);
        }
    }

    /// In a few words, for the trace.
    pub fn name(&self) -> String {
        match &self.what {
            What::Job { queue, .. } => format!("{} {}", queue.name(), self.number),
            What::Tick => format!("tick {}", self.number),
            What::Link { used } => format!("link of mail {} {}", used.mail, self.number),
            What::Command { command } => format!("{} {}", command.name(), self.number),
        }
    }
}
