//! Scheduled triggers: at their intervals, not at chosen times; now and then twice, or not at all.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::invocation::{Invocation, InvocationError, Module};
use super::manifest::ScheduledTrigger;
use crate::clock::Time;
use crate::cloud::Cloud;

/// The first run comes about five minutes after the installation.
const FIRST_RUN_SECONDS: i64 = 300;

/// When each trigger fires next.
#[derive(Clone, Debug, Default)]
pub struct Schedule {
    next: BTreeMap<String, Time>,
    off: bool,
}

impl Schedule {
    /// Starts all triggers anew, as every change of them does.
    pub(crate) fn restart(&mut self, triggers: &[ScheduledTrigger], now: Time) {
        let first = now + TimeDelta::seconds(FIRST_RUN_SECONDS);
        self.next = triggers
            .iter()
            .map(|trigger| (trigger.key.clone(), first))
            .collect();
    }
}

impl Cloud {
    /// Switches the firing by interval on or off; it is on after an installation.
    pub fn set_schedule(&mut self, on: bool) {
        self.forge.schedule.off = !on;
    }

    /// The triggers whose time has come. Each is handed out once; what the app does with it is its own affair.
    pub fn due_triggers(&mut self) -> Vec<Invocation> {
        if self.forge.schedule.off {
            return Vec::new();
        }
        let now = self.clock.now();
        let mut due = Vec::new();
        for trigger in self.forge.manifest.scheduled.clone() {
            if !self.forge.schedule.advance(&trigger, now) || self.faults.loses_trigger() {
                continue;
            }
            let times = if self.faults.duplicates_trigger() {
                2
            } else {
                1
            };
            for _ in 0..times {
                // The manifest was checked, so its function exists.
                due.extend(self.trigger_invocation(&trigger));
            }
        }
        due
    }

    /// Fires a trigger now, out of turn.
    pub fn fire_trigger(&mut self, module_key: &str) -> Result<Invocation, InvocationError> {
        let trigger = self
            .forge
            .manifest
            .scheduled
            .iter()
            .find(|trigger| trigger.key == module_key)
            .cloned()
            .ok_or_else(|| {
                InvocationError::Undeclared(format!("scheduled trigger {module_key}"))
            })?;
        self.trigger_invocation(&trigger)
    }

    /// When the next trigger fires by itself.
    pub fn next_trigger_at(&self) -> Option<Time> {
        let schedule = &self.forge.schedule;
        schedule
            .next
            .values()
            .min()
            .copied()
            .filter(|_| !schedule.off)
    }

    fn trigger_invocation(
        &mut self,
        trigger: &ScheduledTrigger,
    ) -> Result<Invocation, InvocationError> {
        let payload: Value = json!({
            "context": {
                "cloudId": self.organization.sites[0].cloud_id,
                "moduleKey": trigger.key,
            },
            "contextToken": "simulated",
        });
        let module = Module {
            module_type: "scheduledTrigger",
            key: &trigger.key,
            function: &trigger.function,
        };
        self.invocation(&module, payload, None)
    }
}

impl Schedule {
    /// Whether the trigger is due; missed firings are not made up.
    fn advance(&mut self, trigger: &ScheduledTrigger, now: Time) -> bool {
        let Some(next) = self.next.get_mut(&trigger.key) else {
            return false;
        };
        let due = *next <= now;
        while *next <= now {
            *next += TimeDelta::seconds(trigger.every_seconds);
        }
        due
    }
}
