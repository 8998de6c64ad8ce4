//! The observer: knows the cloud as it truly is and what the administrators ordered, reads the stored log and runs as text,
//! and says after every step which of the promises was broken. It asks nothing of the app's code.

mod caps;
mod chains;
mod decisions;
mod effects;
mod giving;
mod jobs;
mod lease;
mod log;
mod messages;
mod orders;
mod people;
mod readings;
mod record;
mod rest;
mod told;
mod undo;

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use cloud::Time;
use serde_json::Value;

pub use effects::Call;
pub use messages::{LinkPurpose, LinkUse};
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
    /// Which stage of the policy it is, if it is one.
    stage: Option<usize>,
    /// Effects since.
    effects: u32,
}

/// How often the promises were asked for that hold under many conditions only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Ends of runs at which everybody had to be acted on whom the run meant.
    pub perfect_ends: u64,
    /// Runs that took all of another one back, and had to give it back exactly.
    pub undos_judged: u64,
    /// Links whose button was pressed.
    pub links_pressed: u64,
    /// Links that began to give an access back.
    pub links_given_back: u64,
    /// Warnings that were delivered.
    pub warnings: u64,
}

impl Tally {
    /// Adds that of another life.
    pub fn add(&mut self, other: Tally) {
        self.perfect_ends += other.perfect_ends;
        self.undos_judged += other.undos_judged;
        self.links_pressed += other.links_pressed;
        self.links_given_back += other.links_given_back;
        self.warnings += other.warnings;
    }
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
    policy: String,
    /// The action, by the name that the log has for it.
    action: String,
    /// The change itself, by the cloud's name for it.
    what: &'static str,
    /// In which directory, and the group or the role.
    place: (Option<String>, Option<String>),
    /// The name that the person had before.
    name: String,
    /// Who took it back since, if somebody did.
    back: Option<giving::Back>,
}

/// The observer of one life.
pub struct Observer {
    /// Who saved the key, and owns it.
    owner: String,
    people: people::People,
    exemptions: BTreeMap<Held, orders::Certainty>,
    /// Orders to remove one that were not answered yet, and when each was given.
    removals: BTreeMap<Held, Time>,
    /// When an order about an exemption was given last.
    ordered: BTreeMap<Held, Time>,
    /// The newest version of the exemptions that an answer told.
    exemptions_version: u64,
    /// By run: how often somebody ordered to take it back.
    undo_orders: BTreeMap<String, u32>,
    /// By policy: the highest revision that an answer told.
    revisions: BTreeMap<String, u32>,
    policies: BTreeMap<String, orders::Saved>,
    stopped: Option<Time>,
    /// The organization's caps in percent, each with the time at which another one took its place.
    percents: Vec<(u64, Option<Time>)>,
    seen_effects: usize,
    messages: messages::Messages,
    told: told::Told,
    /// What policies of ours did.
    acted: Vec<Acted>,
    /// Runs and people of whom the log rightly believes that we did what somebody else did while our intent was out.
    credited: BTreeSet<(String, String)>,
    /// Runs and people of whom it could not be asked what may be done with them.
    unasked: BTreeSet<(String, String)>,
    /// When somebody else last changed anything about a person.
    touched: BTreeMap<String, Time>,
    /// Whom we gave something back, and when.
    given: BTreeMap<String, Time>,
    /// Effects of ours so far.
    acts: usize,
    reads: BTreeMap<String, LastRead>,
    readings: readings::Readings,
    callers: BTreeMap<String, effects::Callers>,
    leases: BTreeMap<&'static str, lease::Grant>,
    log: log::Reader,
    open: BTreeMap<(String, String), Open>,
    runs: BTreeMap<String, RunSeen>,
    released_texts: BTreeSet<String>,
    decisions: decisions::Decisions,
    chains: chains::Chains,
    largest_population: Vec<(Time, usize)>,
    pub tally: Tally,
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
            ordered: BTreeMap::new(),
            policies: BTreeMap::new(),
            stopped: None,
            exemptions_version: 0,
            undo_orders: BTreeMap::new(),
            revisions: BTreeMap::new(),
            percents: vec![(orders::FRESH_PERCENT, None)],
            seen_effects: 0,
            messages: messages::Messages::default(),
            told: told::Told::default(),
            acted: Vec::new(),
            credited: BTreeSet::new(),
            unasked: BTreeSet::new(),
            touched: BTreeMap::new(),
            given: BTreeMap::new(),
            acts: 0,
            reads: BTreeMap::new(),
            readings: readings::Readings::default(),
            callers: BTreeMap::new(),
            leases: BTreeMap::new(),
            log: log::Reader::default(),
            open: BTreeMap::new(),
            runs: BTreeMap::new(),
            released_texts: BTreeSet::new(),
            decisions: decisions::Decisions::default(),
            chains: chains::Chains::default(),
            largest_population: Vec::new(),
            tally: Tally::default(),
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
        self.see_publication(world);
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

    /// Whether it could not be asked for a run what may be done with somebody.
    fn is_unasked(&self, run: &str, account: &str) -> bool {
        self.unasked.contains(&(run.to_owned(), account.to_owned()))
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
