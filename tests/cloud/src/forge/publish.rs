//! Pushing events, as `@forge/events` does it.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::queue::Event;
use crate::cloud::Cloud;
use crate::faults::Refusals;
use crate::message::{Answer, Response};

/// Most events of a push.
const MOST_EVENTS: usize = 50;
/// Most bytes of a push.
const PUSH_BYTES: usize = 200 * 1024;
/// Most bytes of one event for a consumer that runs longer than [`SHORT_SECONDS`].
const LONG_EVENT_BYTES: usize = 100 * 1024;
/// The longest `timeoutSeconds` of a consumer that is not long-running.
const SHORT_SECONDS: u32 = 55;
/// Longest delay, in seconds.
const LONGEST_DELAY: u64 = 900;
/// Most pushes that may follow from one invocation, directly and through the events it pushed.
const MOST_CYCLIC_PUSHES: u32 = 1_000;

impl Cloud {
    /// `POST /webhook/queue/publish/…` from an invocation that does not say which it is.
    pub fn queue_publish(&mut self, body: &Value) -> Answer {
        self.publish(None, body)
    }

    /// The same from within an invocation: chains of pushes are limited.
    pub fn queue_publish_within(&mut self, invocation: u64, body: &Value) -> Answer {
        self.publish(Some(invocation), body)
    }

    /// `POST /webhook/queue/stats/…`.
    pub fn queue_stats(&mut self, body: &Value) -> Answer {
        let job = body["jobId"].as_str().unwrap_or_default().to_owned();
        self.queue_call("queue.stats", body, |cloud| {
            match cloud.forge.queues.jobs.get(&job) {
                Some(stats) => Response::json(200, &json!(stats)),
                None => error(404, "JOB_NOT_FOUND", "There is no such job"),
            }
        })
    }

    /// `POST /webhook/queue/cancel/…`: events not delivered yet are dropped.
    pub fn queue_cancel(&mut self, body: &Value) -> Answer {
        let job = body["jobId"].as_str().unwrap_or_default().to_owned();
        self.queue_call("queue.cancel", body, |cloud| {
            let queues = &mut cloud.forge.queues;
            let Some(stats) = queues.jobs.get_mut(&job) else {
                return error(404, "JOB_NOT_FOUND", "There is no such job");
            };
            let before = queues.waiting.len();
            queues.waiting.retain(|event| event.job_id != job);
            let dropped = (before - queues.waiting.len()) as u64;
            stats.in_progress = stats.in_progress.saturating_sub(dropped);
            stats.failed += dropped;
            Response::empty(204)
        })
    }

    fn publish(&mut self, invocation: Option<u64>, body: &Value) -> Answer {
        self.queue_call("queue.push", body, |cloud| {
            match cloud.published(invocation, body) {
                Ok(()) => Response::json(201, &json!({})),
                Err(refusal) => refusal,
            }
        })
    }

    fn queue_call(
        &mut self,
        operation: &str,
        body: &Value,
        act: impl FnOnce(&mut Cloud) -> Response,
    ) -> Answer {
        let text = body.to_string();
        let refusals = Refusals {
            too_many_requests: error(429, "RATE_LIMIT", "Too many requests"),
            forbidden: error(403, "FORBIDDEN", "Forbidden"),
            cursor_expired: error(400, "BAD_REQUEST", "There is no such page"),
            server_error: |status| error(status, "INTERNAL", "Something went wrong"),
        };
        self.call(operation, &text, text.len(), refusals, act)
    }

    fn published(&mut self, invocation: Option<u64>, body: &Value) -> Result<(), Response> {
        let queue = body["queueName"].as_str().unwrap_or_default();
        let job_id = body["jobId"].as_str().unwrap_or_default();
        if job_id.is_empty() {
            return Err(error(400, "INVALID_JOB", "jobId is missing"));
        }
        let events = self.checked_events(queue, body)?;
        let origin = self.origin_of(invocation);
        let pushes = self
            .forge
            .queues
            .pushes_by_origin
            .entry(origin)
            .or_default();
        if *pushes >= MOST_CYCLIC_PUSHES {
            return Err(error(
                405,
                "CYCLIC",
                "The limit on cyclic invocation has been reached",
            ));
        }
        let now = self.clock.now();
        let count = u32::try_from(events.len()).unwrap_or(u32::MAX);
        let limit = self.limits.events_per_minute;
        if !self.windows.admit("events", now, count, limit) {
            return Err(error(429, "RATE_LIMIT", "Too many requests"));
        }
        *pushes += 1;
        for event in events {
            self.enqueue(queue, job_id, origin, event);
        }
        Ok(())
    }

    fn checked_events(&self, queue: &str, body: &Value) -> Result<Vec<Value>, Response> {
        let manifest = &self.forge.manifest;
        let Some(consumer) = manifest.consumer(queue) else {
            return Err(error(
                400,
                "INVALID_QUEUE",
                &format!("No consumer of the manifest reads the queue {queue}"),
            ));
        };
        let events = body["payload"].as_array().cloned().unwrap_or_default();
        if events.is_empty() || events.len() > MOST_EVENTS {
            return Err(error(
                400,
                "INVALID_PAYLOAD",
                &format!("A push has 1 to {MOST_EVENTS} events"),
            ));
        }
        if let Some(reason) = events.iter().find_map(fault_of) {
            return Err(error(400, "INVALID_PAYLOAD", reason));
        }
        let long = manifest
            .function(&consumer.function)
            .and_then(|function| function.timeout_seconds)
            .is_some_and(|seconds| seconds > SHORT_SECONDS);
        let largest = events.iter().map(bytes_of).max().unwrap_or_default();
        if bytes_of(&body["payload"]) > PUSH_BYTES || (long && largest > LONG_EVENT_BYTES) {
            let body = json!({"errorMessage": "The payload is too large"});
            return Err(Response::json(413, &body));
        }
        Ok(events)
    }

    fn enqueue(&mut self, queue: &str, job_id: &str, origin: u64, pushed: Value) {
        let now = self.clock.now();
        let delay = pushed["delayInSeconds"].as_i64().unwrap_or_default();
        let copies = if self.faults.duplicates_delivery() {
            2
        } else {
            1
        };
        let queues = &mut self.forge.queues;
        queues.sequence += 1;
        let event = Event {
            event_id: format!("{job_id}-{}", queues.sequence),
            job_id: job_id.to_owned(),
            queue: queue.to_owned(),
            pushed,
            pushed_at: now,
            due: now + TimeDelta::seconds(delay),
            sequence: queues.sequence,
            origin,
            retry: None,
        };
        queues
            .jobs
            .entry(job_id.to_owned())
            .or_default()
            .in_progress += copies;
        self.meter.event(queue);
        if copies > 1 {
            // A second delivery comes a moment later, while the first may still be running.
            let later = TimeDelta::seconds(self.faults.below(30) as i64);
            self.forge.queues.waiting.push(Event {
                due: event.due + later,
                ..event.clone()
            });
        }
        self.forge.queues.waiting.push(event);
    }

    fn origin_of(&self, invocation: Option<u64>) -> u64 {
        let Some(invocation) = invocation else {
            // Pushes of unknown origin each start a chain of their own, outside the numbers of invocations.
            return u64::MAX - self.forge.queues.sequence;
        };
        self.forge
            .queues
            .running
            .get(&invocation)
            .map_or(invocation, |event| event.origin)
    }
}

fn fault_of(event: &Value) -> Option<&'static str> {
    if !event["body"].is_object() {
        return Some("Event body must be an object");
    }
    let delay = &event["delayInSeconds"];
    if !delay.is_null() && delay.as_u64().is_none_or(|delay| delay > LONGEST_DELAY) {
        return Some("The delayInSeconds setting must be between 0 and 900");
    }
    let concurrency = &event["concurrency"];
    let limit = concurrency["limit"].as_u64();
    if !concurrency.is_null() && (!concurrency["key"].is_string() || limit.is_none_or(|n| n == 0)) {
        return Some("concurrency needs a key and a limit of at least 1");
    }
    None
}

fn bytes_of(value: &Value) -> usize {
    value.to_string().len()
}

fn error(status: u16, code: &str, message: &str) -> Response {
    Response::json(status, &json!({"code": code, "message": message}))
}
