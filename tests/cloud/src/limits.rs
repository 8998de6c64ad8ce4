//! Rate limits and latencies: the standard conditions of RULES R19.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DurationRound, SubsecRound, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::clock::Time;

/// Calls allowed per minute of the clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Limits {
    /// Requests of the organization API, all together.
    pub admin_per_minute: u32,
    /// Requests of `last-active-dates`.
    pub last_active_per_minute: u32,
    /// Requests of `events-stream`.
    pub events_stream_per_minute: u32,
    /// Requests of `event-actions`.
    pub event_actions_per_minute: u32,
    /// Events pushed to queues.
    pub events_per_minute: u32,
    /// Storage reads in units of 10 KB.
    pub storage_reads_per_minute: u32,
    /// Storage writes in units of 10 KB.
    pub storage_writes_per_minute: u32,
    /// Points of Jira's REST API per hour of the clock, over all tenants of the app.
    pub jira_points_per_hour: u32,
    /// Requests of one Jira operation per second.
    pub jira_burst_per_second: u32,
    /// How the minutes of the organization API are counted.
    pub admin_window: Window,
}

/// How a limit per minute is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Window {
    /// Anew at each full minute of the clock.
    FixedMinute,
    /// A bucket that holds a minute's requests and fills evenly.
    Bucket,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            admin_per_minute: 600,
            last_active_per_minute: 200,
            events_stream_per_minute: 50,
            event_actions_per_minute: 10,
            events_per_minute: 500,
            storage_reads_per_minute: 4000,
            storage_writes_per_minute: 4000,
            jira_points_per_hour: 65_000,
            jira_burst_per_second: 100,
            admin_window: Window::FixedMinute,
        }
    }
}

impl Limits {
    /// No rate limits at all.
    pub fn none() -> Self {
        Limits {
            admin_per_minute: u32::MAX,
            last_active_per_minute: u32::MAX,
            events_stream_per_minute: u32::MAX,
            event_actions_per_minute: u32::MAX,
            events_per_minute: u32::MAX,
            storage_reads_per_minute: u32::MAX,
            storage_writes_per_minute: u32::MAX,
            jira_points_per_hour: u32::MAX,
            jira_burst_per_second: u32::MAX,
            admin_window: Window::FixedMinute,
        }
    }
}

/// How long the services take to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Latency {
    /// No time at all.
    Off,
    /// 250 ms per API call, 30 ms per storage call.
    Standard,
    /// So many milliseconds per API call, and 30 ms per storage call.
    Api(u32),
}

impl Latency {
    /// The time that one call of an operation takes.
    pub fn of(self, operation: &str) -> Duration {
        let api = match self {
            Latency::Off => return Duration::ZERO,
            Latency::Standard => 250,
            Latency::Api(millis) => u64::from(millis),
        };
        let storage = operation.starts_with("storage.");
        Duration::from_millis(if storage { 30 } else { api })
    }
}

/// What is used up of each limit, by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Windows {
    counted: BTreeMap<&'static str, (Time, u32)>,
    buckets: BTreeMap<&'static str, (Time, f64)>,
}

/// A span of the clock within which requests are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Span {
    Second,
    Minute,
    Hour,
}

impl Span {
    fn length(self) -> TimeDelta {
        match self {
            Span::Second => TimeDelta::seconds(1),
            Span::Minute => TimeDelta::minutes(1),
            Span::Hour => TimeDelta::hours(1),
        }
    }

    fn start(self, now: Time) -> Time {
        now.duration_trunc(self.length())
            .unwrap_or_else(|_| now.trunc_subsecs(0))
    }

    /// When the current span ends, and with it what was counted in it.
    pub(crate) fn end(self, now: Time) -> Time {
        self.start(now) + self.length()
    }
}

impl Windows {
    /// Counts `more` in the minute; false, with nothing counted, when it would hold more than `limit`.
    pub(crate) fn admit(&mut self, name: &'static str, now: Time, more: u32, limit: u32) -> bool {
        self.admit_in(Span::Minute, name, now, more, limit)
    }

    /// Counts `more` in the span; false, with nothing counted, when it would hold more than `limit`.
    pub(crate) fn admit_in(
        &mut self,
        span: Span,
        name: &'static str,
        now: Time,
        more: u32,
        limit: u32,
    ) -> bool {
        let used = self.used(span, name, now);
        let count = used.checked_add(more).filter(|count| *count <= limit);
        if let Some(count) = count {
            self.counted.insert(name, (span.start(now), count));
        }
        count.is_some()
    }

    /// What was counted in the current span.
    pub(crate) fn used(&self, span: Span, name: &str, now: Time) -> u32 {
        match self.counted.get(name) {
            Some((start, count)) if *start == span.start(now) => *count,
            _ => 0,
        }
    }

    /// Counts, whatever the limit says: for costs that are known only afterwards.
    pub(crate) fn spend(&mut self, span: Span, name: &'static str, now: Time, more: u32) {
        let count = self.used(span, name, now).saturating_add(more);
        self.counted.insert(name, (span.start(now), count));
    }

    /// Takes one request out of a bucket of `limit` that fills within a minute; false when it holds less than one.
    pub(crate) fn take(&mut self, name: &'static str, now: Time, limit: u32) -> bool {
        let held = self.held(name, now, limit);
        let fits = held >= 1.0;
        self.buckets
            .insert(name, (now, if fits { held - 1.0 } else { held }));
        fits
    }

    /// How many requests a bucket holds.
    pub(crate) fn held(&self, name: &str, now: Time, limit: u32) -> f64 {
        let full = f64::from(limit);
        match self.buckets.get(name) {
            None => full,
            Some((at, held)) => {
                let passed = (now - *at).num_milliseconds().max(0) as f64 / 60_000.0;
                (held + passed * full).min(full)
            }
        }
    }
}
