//! The whole simulation behind one value. Faces lock it and call it; it never waits and never reads a clock of its own.

use std::time::Duration;

use serde_json::{Value, json};

use crate::admin_api::{ApiKey, EXPANSIONS, Effect, Event, Invitation, Row, View};
use crate::clock::{Clock, Time};
use crate::faults::{FaultKind, FaultSource, Faults, Refusals, struck};
use crate::forge::Forge;
use crate::inbox::Inbox;
use crate::jira_api::{Issues, LicenseCounts};
use crate::limits::{Latency, Limits, Windows};
use crate::message::{Answer, Response};
use crate::meter::Meter;
use crate::organization::{Organization, Population, Product, User, generate};
use crate::script::Script;
use crate::switches::Switches;

/// How a cloud is made.
#[derive(Clone, Debug)]
pub struct Options {
    /// Everything about the organization is drawn from it.
    pub seed: u64,
    /// Number of Atlassian accounts.
    pub users: usize,
    /// Number of sites.
    pub sites: usize,
    /// Number of user directories.
    pub directories: usize,
    /// The time; the population refers to what it shows now.
    pub clock: Clock,
    /// How long calls take.
    pub latency: Latency,
    /// How many calls a minute are allowed.
    pub limits: Limits,
    /// The answers to the open questions.
    pub switches: Switches,
    /// What goes wrong.
    pub faults: Faults,
}

impl Options {
    /// Two sites, one directory, the standard conditions, no faults.
    pub fn new(seed: u64, users: usize, clock: Clock) -> Self {
        Options {
            seed,
            users,
            sites: 2,
            directories: 1,
            clock,
            latency: Latency::Standard,
            limits: Limits::default(),
            switches: Switches::default(),
            faults: Faults::default(),
        }
    }
}

/// Atlassian Cloud with one organization, and Forge with one installation of one app.
#[derive(Clone)]
pub struct Cloud {
    pub(crate) clock: Clock,
    pub(crate) organization: Organization,
    pub(crate) switches: Switches,
    pub(crate) limits: Limits,
    pub(crate) latency: Latency,
    pub(crate) windows: Windows,
    pub(crate) keys: Vec<ApiKey>,
    pub(crate) effects: Vec<Effect>,
    /// The organization's log of events, in the order in which they are processed.
    pub(crate) events: Vec<Event>,
    /// Invitations that wait for somebody to accept them.
    pub(crate) invitations: Vec<Invitation>,
    /// Whether the organization has a paid subscription.
    pub(crate) paid: bool,
    pub(crate) faults: FaultSource,
    pub(crate) last_fault: Option<FaultKind>,
    /// How many requests of the organization API got an id.
    pub(crate) named_requests: u64,
    pub(crate) meter: Meter,
    pub(crate) script: Script,
    pub(crate) forge: Forge,
    pub(crate) license_counts: LicenseCounts,
    pub(crate) issues: Issues,
    pub(crate) inbox: Inbox,
    /// Days that passed by [`Cloud::pass_day`].
    pub(crate) days: u64,
}

impl Cloud {
    /// Makes a cloud with a population drawn from the seed, relative to the clock's time now.
    pub fn new(options: Options) -> Self {
        let organization = generate(&Population {
            seed: options.seed,
            users: options.users,
            sites: options.sites,
            directories: options.directories,
            now: options.clock.now(),
        });
        let forge = Forge::new(options.seed, &organization);
        Cloud {
            clock: options.clock,
            organization,
            switches: options.switches,
            limits: options.limits,
            latency: options.latency,
            windows: Windows::default(),
            keys: Vec::new(),
            effects: Vec::new(),
            events: Vec::new(),
            invitations: Vec::new(),
            paid: true,
            faults: FaultSource::new(options.faults),
            last_fault: None,
            named_requests: 0,
            meter: Meter::default(),
            script: Script::default(),
            forge,
            license_counts: LicenseCounts::default(),
            issues: Issues::default(),
            inbox: Inbox::default(),
            days: 0,
        }
    }

    /// A copy with a clock of its own: a real clock runs on, a virtual one stands at the time that it shows.
    pub fn copy(&self) -> Self {
        let mut copy = self.clone();
        if self.clock.is_virtual() {
            copy.clock = Clock::virtual_at(self.now());
        }
        copy
    }

    /// The cloud's clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The time now.
    pub fn now(&self) -> Time {
        self.clock.now()
    }

    /// The organization with everything in it.
    pub fn organization(&self) -> &Organization {
        &self.organization
    }

    /// The answers to the open questions.
    pub fn switches(&self) -> &Switches {
        &self.switches
    }

    /// Changes the answers to the open questions.
    pub fn set_switches(&mut self, switches: Switches) {
        self.switches = switches;
    }

    /// Changes how many seats of a product there are on a site; as many as anybody likes without a number.
    pub fn set_seats(&mut self, site: usize, product: Product, seats: Option<u32>) {
        self.organization.sites[site].capacity[product as usize] = seats;
    }

    /// How many calls a minute are allowed.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Changes how many calls a minute are allowed.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// Changes how long calls take.
    pub fn set_latency(&mut self, latency: Latency) {
        self.latency = latency;
    }

    /// Changes what goes wrong from now on.
    pub fn set_faults(&mut self, faults: Faults) {
        self.faults = FaultSource::new(faults);
    }

    /// How many calls were struck by these faults so far.
    pub fn faults_struck(&self) -> u64 {
        self.faults.struck()
    }

    /// The fault that struck the latest call, if any: its answer is not one to judge.
    pub fn last_fault(&self) -> Option<FaultKind> {
        self.last_fault
    }

    /// What was called so far.
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// Forgets what was called so far.
    pub fn reset_meter(&mut self) {
        self.meter.reset();
    }

    /// Every change that the organization API made, in order, seen by the client or not.
    pub fn effects(&self) -> &[Effect] {
        &self.effects
    }

    /// The time that one call of an operation takes, for a host that moves a virtual clock.
    pub fn latency_of(&self, operation: &str) -> Duration {
        self.latency.of(operation)
    }

    /// Every user as `users/search` shows it with all expansions, as it truly is: without any lag of reads. Besides, the roles
    /// that are the user's own, which no listing shows.
    pub fn dump_users(&self) -> Vec<Value> {
        let mut rows: Vec<Value> = self.with_true_rows(|rows| rows.map(|row| json!(row)).collect());
        for row in &mut rows {
            let account = row["accountId"].as_str().unwrap_or_default();
            let user = self.organization.user(account);
            row["ownRoles"] = user.map_or(Value::Null, |user| self.own_roles_of(user));
        }
        rows
    }

    fn own_roles_of(&self, user: &User) -> Value {
        let mut roles = Vec::new();
        for access in &user.accesses {
            let resource = self.organization.sites[access.site].ari(access.product);
            for role in self.organization.own_roles(user, access).iter() {
                roles.push(format!("{}@{resource}", role.name()));
            }
        }
        roles.sort();
        json!(roles)
    }

    /// The same as one JSON text, `{"data":[…]}`, made without a tree of values.
    pub fn write_users(&self) -> Vec<u8> {
        self.with_true_rows(|rows| {
            let mut text = b"{\"data\":[".to_vec();
            for row in rows {
                if !text.ends_with(b"[") {
                    text.push(b',');
                }
                text.extend(serde_json::to_vec(&row).unwrap_or_default());
            }
            text.extend(b"]}");
            text
        })
    }

    fn with_true_rows<T>(&self, read: impl FnOnce(&mut dyn Iterator<Item = Row<'_>>) -> T) -> T {
        let expand = EXPANSIONS.map(str::to_owned);
        let view = View {
            organization: &self.organization,
            switches: &self.switches,
            now: self.clock.now(),
            directory: None,
            expand: &expand,
            truth: true,
        };
        let there = |user: &&User| !user.is_truly_gone(view.now);
        let users = self.organization.users.iter().filter(there);
        read(&mut users.map(|user| view.row(user)))
    }

    /// One call of any service: counted, scripted, and struck by a fault if one is due.
    pub(crate) fn call(
        &mut self,
        operation: &str,
        text: &str,
        sent: usize,
        refusals: Refusals,
        act: impl FnOnce(&mut Cloud) -> Response,
    ) -> Answer {
        self.run_script(operation);
        self.meter.call(operation, sent);
        self.last_fault = self.faults.strike(operation, text);
        let answer = match self.last_fault {
            None => Ok(act(self)),
            Some(kind) => struck(kind, refusals, || act(self)),
        };
        match &answer {
            Ok(response) => {
                let status = response.status.to_string();
                self.meter.answer(operation, &status, response.body.len());
            }
            Err(_) => self.meter.answer(operation, "lost", 0),
        }
        answer
    }
}
