//! The events waiting in the queues and those being worked on.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde::Serialize;
use serde_json::{Value, json};

use super::invocation::{Invocation, Module};
use crate::clock::Time;
use crate::cloud::Cloud;

/// Longest wait before a redelivery, in seconds.
const LONGEST_BACK_OFF: i64 = 900;
/// How long an event is retried.
const RETENTION_HOURS: i64 = 24;

/// One event on its way to a consumer.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    /// The id that the consumer sees; the same for each delivery.
    pub event_id: String,
    pub job_id: String,
    pub queue: String,
    /// As pushed: `{body, delayInSeconds?, concurrency?}`.
    pub pushed: Value,
    pub pushed_at: Time,
    pub due: Time,
    /// The order of pushing.
    pub sequence: u64,
    /// The invocation at the root of the chain of pushes.
    pub origin: u64,
    pub retry: Option<RetryContext>,
}

/// Why and how often an event is being retried, as the consumer sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RetryContext {
    /// 1 for the first retry.
    pub retry_count: u32,
    /// Such as `FUNCTION_TIME_OUT`.
    pub retry_reason: String,
    /// What the consumer handed to itself.
    pub retry_data: Value,
}

/// One event handed to its consumer.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// To be given back to [`Cloud::finish`]; also the id of the invocation.
    pub id: u64,
    /// The queue's key.
    pub queue: String,
    /// The event's id, the same for each delivery.
    pub event_id: String,
    /// The call of the consumer's function.
    pub invocation: Invocation,
}

/// How a delivery ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The consumer returned.
    Done,
    /// The consumer returned an `InvocationError`.
    Retry {
        /// Seconds until the next delivery, at most 900.
        after_seconds: u32,
        /// Its reason.
        reason: String,
        /// What it handed to itself, at most 4 KB.
        data: Value,
    },
    /// The consumer threw.
    Failed,
    /// The platform ended the invocation: time or memory.
    Killed,
}

/// How the events of one push fared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JobStats {
    /// Done.
    pub success: u64,
    /// Waiting or being worked on.
    pub in_progress: u64,
    /// Given up.
    pub failed: u64,
}

/// How much is waiting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QueueState {
    /// Events not delivered yet, or to be delivered again.
    pub outstanding: usize,
    /// Deliveries not finished.
    pub running: usize,
}

/// The queues of one installation.
#[derive(Clone, Debug, Default)]
pub struct Queues {
    pub(crate) waiting: Vec<Event>,
    pub(crate) running: BTreeMap<u64, Event>,
    pub(crate) jobs: BTreeMap<String, JobStats>,
    pub(crate) given_up: Vec<Event>,
    pub(crate) sequence: u64,
    pub(crate) pushes_by_origin: BTreeMap<u64, u32>,
}

impl Cloud {
    /// The next event that is due and may run beside those running, if there is one.
    pub fn next_delivery(&mut self) -> Option<Delivery> {
        let now = self.clock.now();
        let ready: Vec<usize> = (0..self.forge.queues.waiting.len())
            .filter(|&at| self.forge.queues.is_ready(at, now))
            .collect();
        let chosen = if self.switches.queue_in_order {
            ready.into_iter().min_by_key(|&at| {
                let event = &self.forge.queues.waiting[at];
                (event.due, event.sequence)
            })?
        } else {
            let chance = self.faults.below(ready.len());
            *ready.get(chance)?
        };
        let event = self.forge.queues.waiting.remove(chosen);
        self.deliver(event)
    }

    /// Ends a delivery. Whatever was not done is delivered again later.
    pub fn finish(&mut self, delivery: u64, outcome: Outcome) {
        let now = self.clock.now();
        let Some(event) = self.forge.queues.running.remove(&delivery) else {
            return;
        };
        let retries = event.retry.as_ref().map_or(0, |retry| retry.retry_count);
        let (wait, reason, data) = match outcome {
            Outcome::Done => {
                self.forge.queues.settle(&event.job_id, true);
                return;
            }
            Outcome::Retry {
                after_seconds,
                reason,
                data,
            } => {
                let wait = i64::from(after_seconds).clamp(1, LONGEST_BACK_OFF);
                (wait, reason, data)
            }
            Outcome::Failed => (
                back_off(retries),
                "FUNCTION_PLATFORM_UNKNOWN_ERROR".to_owned(),
                Value::Null,
            ),
            Outcome::Killed => (
                back_off(retries),
                "FUNCTION_TIME_OUT".to_owned(),
                Value::Null,
            ),
        };
        let due = now + TimeDelta::seconds(wait);
        if due - event.pushed_at > TimeDelta::hours(RETENTION_HOURS) {
            self.forge.queues.settle(&event.job_id, false);
            self.forge.queues.given_up.push(event);
            return;
        }
        self.forge.queues.waiting.push(Event {
            due,
            retry: Some(RetryContext {
                retry_count: retries + 1,
                retry_reason: reason,
                retry_data: data,
            }),
            ..event
        });
    }

    /// How much is waiting and running.
    pub fn queue_state(&self) -> QueueState {
        QueueState {
            outstanding: self.forge.queues.waiting.len(),
            running: self.forge.queues.running.len(),
        }
    }

    /// The bodies of all events that wait or are being worked on.
    pub fn queued_bodies(&self) -> impl Iterator<Item = &Value> {
        let queues = &self.forge.queues;
        let events = queues.waiting.iter().chain(queues.running.values());
        events.map(|event| &event.pushed["body"])
    }

    /// The bodies of all events that were given up because they were not done within their day.
    pub fn bodies_given_up(&self) -> impl Iterator<Item = &Value> {
        let events = self.forge.queues.given_up.iter();
        events.map(|event| &event.pushed["body"])
    }

    /// When the next waiting event is due (it may be held back longer by its concurrency).
    pub fn next_event_at(&self) -> Option<Time> {
        let waiting = &self.forge.queues.waiting;
        waiting.iter().map(|event| event.due).min()
    }

    fn deliver(&mut self, event: Event) -> Option<Delivery> {
        let consumer = self.forge.manifest.consumer(&event.queue)?.clone();
        let module = Module {
            module_type: "consumer",
            key: &consumer.key,
            function: &consumer.function,
        };
        let invocation = self.invocation(&module, event.payload(), None).ok()?;
        let delivery = Delivery {
            id: invocation.id,
            queue: event.queue.clone(),
            event_id: event.event_id.clone(),
            invocation,
        };
        self.forge.queues.running.insert(delivery.id, event);
        Some(delivery)
    }
}

impl Queues {
    fn is_ready(&self, at: usize, now: Time) -> bool {
        let event = &self.waiting[at];
        if event.due > now {
            return false;
        }
        let Some((key, limit)) = event.concurrency() else {
            return true;
        };
        let running = self
            .running
            .values()
            .filter(|other| other.concurrency().is_some_and(|(other, _)| other == key))
            .count();
        (running as u64) < limit
    }

    fn settle(&mut self, job_id: &str, success: bool) {
        let stats = self.jobs.entry(job_id.to_owned()).or_default();
        stats.in_progress = stats.in_progress.saturating_sub(1);
        if success {
            stats.success += 1;
        } else {
            stats.failed += 1;
        }
    }
}

impl Event {
    fn concurrency(&self) -> Option<(&str, u64)> {
        let concurrency = self.pushed.get("concurrency")?;
        Some((
            concurrency.get("key")?.as_str()?,
            concurrency.get("limit")?.as_u64()?,
        ))
    }

    /// The `AsyncEvent` that the consumer gets.
    fn payload(&self) -> Value {
        let mut payload = self.pushed.clone();
        payload["queueName"] = json!(self.queue);
        payload["jobId"] = json!(self.job_id);
        payload["eventId"] = json!(self.event_id);
        if let Some(retry) = &self.retry {
            payload["retryContext"] = json!(retry);
        }
        payload
    }
}

/// From one second, doubling, up to fifteen minutes.
fn back_off(retries: u32) -> i64 {
    2_i64
        .checked_pow(retries)
        .unwrap_or(LONGEST_BACK_OFF)
        .min(LONGEST_BACK_OFF)
}
