//! The observer: knows the cloud as it truly is and what the administrators ordered, reads the stored log and runs as text,
//! and says after every step which of the promises was broken. It asks nothing of the app's code.

mod caps;
mod chains;
mod decisions;
mod effects;
mod jobs;
mod lease;
mod log;
mod messages;
mod orders;
mod people;
mod record;
mod rest;
mod undo;

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use cloud::Time;
use serde_json::Value;

pub use effects::Call;
pub use messages::LinkPurpose;
pub use orders::Held;

use crate::in_process::World;
use crate::policies::PolicyText;

/// How long ago something must have been to be known to every action: 120 seconds (RULES R6, R15), and what the cloud itself
/// takes to show changes of groups and roles.
const KNOWN_SECONDS: i64 = 120 + 35;

/// An intent that has no outcome yet.
#[derive(Clone, Debug)]
struct Open {
    run: String,
    /// The name that the log has for it.
    action: String,
    since: Time,
    /// Effects since.
    effects: u32,
}

/// What the log has said of a run so far.
#[derive(Clone, Debug)]
struct RunSeen {
    started: Time,
    frozen: Option<Time>,
    /// The population when its plan was frozen (RULES R8).
    population: usize,
    released: Option<Time>,
    approved: Option<Time>,
    aborted: Option<Time>,
    ended: Option<Time>,
    is_dry: bool,
}

/// The last reading of a person before an action.
#[derive(Clone, Debug)]
struct LastRead {
    at: Time,
    /// How many effects of ours there were before it.
    effects: usize,
    /// The latest use that it could show.
    used: Option<Time>,
    was_active: bool,
}

/// An effect in the cloud of a policy of ours.
#[derive(Clone, Debug)]
struct Acted {
    at: Time,
    account: String,
    run: String,
    /// The action, by the name that the log has for it.
    action: String,
    /// The change itself, by the cloud's name for it.
    what: &'static str,
    /// Whether it was taken back since.
    is_back: bool,
}

/// The observer of one life.
pub struct Observer {
    /// Who saved the key, and owns it.
    owner: String,
    people: people::People,
    exemptions: BTreeMap<Held, orders::Certainty>,
    /// Orders to remove one that were not answered yet, and when each was given.
    removals: BTreeMap<Held, Time>,
    /// The newest version of the exemptions that an answer told.
    exemptions_version: u64,
    policies: BTreeMap<String, orders::Saved>,
    stopped: Option<Time>,
    /// The organization's caps in percent, each with the time at which another one took its place.
    percents: Vec<(u64, Option<Time>)>,
    seen_effects: usize,
    messages: messages::Messages,
    /// What policies of ours did.
    acted: Vec<Acted>,
    /// Runs and people of whom the log rightly believes that we did what somebody else did while our intent was out.
    credited: BTreeSet<(String, String)>,
    /// Whom we gave something back, and when.
    given: BTreeMap<String, Time>,
    /// Effects of ours so far.
    acts: usize,
    reads: BTreeMap<String, LastRead>,
    callers: BTreeMap<String, effects::Callers>,
    leases: BTreeMap<&'static str, lease::Grant>,
    log: log::Reader,
    open: BTreeMap<(String, String), Open>,
    runs: BTreeMap<String, RunSeen>,
    released_texts: BTreeSet<String>,
    decisions: decisions::Decisions,
    chains: chains::Chains,
    largest_population: Vec<(Time, usize)>,
    /// What was broken, in words.
    pub violations: Vec<String>,
    record: record::Record,
}

impl Observer {
    /// Begins to watch a world whose key was saved by somebody.
    pub fn new(world: &World, owner: &str, is_recorded: bool) -> Observer {
        let mut observer = Observer {
            owner: owner.to_owned(),
            people: people::People::default(),
            exemptions: BTreeMap::new(),
            removals: BTreeMap::new(),
            policies: BTreeMap::new(),
            stopped: None,
            exemptions_version: 0,
            percents: vec![(orders::FRESH_PERCENT, None)],
            seen_effects: 0,
            messages: messages::Messages::default(),
            acted: Vec::new(),
            credited: BTreeSet::new(),
            given: BTreeMap::new(),
            acts: 0,
            reads: BTreeMap::new(),
            callers: BTreeMap::new(),
            leases: BTreeMap::new(),
            log: log::Reader::default(),
            open: BTreeMap::new(),
            runs: BTreeMap::new(),
            released_texts: BTreeSet::new(),
            decisions: decisions::Decisions::default(),
            chains: chains::Chains::default(),
            largest_population: Vec::new(),
            violations: Vec::new(),
            record: record::Record::new(is_recorded),
        };
        observer.look(world);
        observer
    }

    /// After something happened in the organization.
    pub fn look(&mut self, world: &World) {
        self.see_people(world, false);
    }

    /// After a step of an invocation; `call` is who made it, if it was a consumer's.
    pub fn after_step(&mut self, world: &World, call: Option<&Call>) {
        if let Some(call) = call {
            self.see_lease(world, call);
        }
        self.hear_traffic(world, call);
        self.read_log(world);
        self.see_effects(world, call.and_then(|call| call.run.as_deref()));
    }

    /// Whether an intent is out, and if that matters, for less than so many minutes.
    pub fn is_somebody_acting(&self, now: Time, minutes: Option<i64>) -> bool {
        let is_young = |open: &Open| {
            minutes.is_none_or(|minutes| now - open.since < TimeDelta::minutes(minutes))
        };
        self.open.values().any(is_young)
    }

    fn broken(&mut self, at: Time, what: String) {
        self.violations
            .push(format!("{at}: {what}", at = at.format("%Y-%m-%d %H:%M:%S")));
    }

    fn text_of(&self, run: &Value) -> Option<&PolicyText> {
        let name = run["policy"]["name"].as_str()?;
        Some(&self.policies.get(name)?.text)
    }

    /// Writes what was recorded into a folder.
    pub fn write(&self, folder: &std::path::Path) -> std::io::Result<()> {
        self.record.write(folder)
    }
}

/// A run as it is stored.
fn stored_run(world: &World, run: &str) -> Option<Value> {
    let cloud = world.cloud.borrow();
    let entity = cloud.stored().entity_value("run", run, cloud.now())?;
    serde_json::from_str(entity["record"].as_str()?).ok()
}

fn time_of(value: &Value) -> Option<Time> {
    value.as_str()?.parse().ok()
}
