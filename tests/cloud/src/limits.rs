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
    /// Events pushed to queues.
    pub events_per_minute: u32,
    /// Storage reads in units of 10 KB.
    pub storage_reads_per_minute: u32,
    /// Storage writes in units of 10 KB.
    pub storage_writes_per_minute: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            admin_per_minute: 600,
            last_active_per_minute: 200,
            events_per_minute: 500,
            storage_reads_per_minute: 4000,
            storage_writes_per_minute: 4000,
        }
    }
}

impl Limits {
    /// No rate limits at all.
    pub fn none() -> Self {
        Limits {
            admin_per_minute: u32::MAX,
            last_active_per_minute: u32::MAX,
            events_per_minute: u32::MAX,
            storage_reads_per_minute: u32::MAX,
            storage_writes_per_minute: u32::MAX,
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

/// Counts per name within the current minute of the clock.
#[derive(Clone, Debug, Default)]
pub(crate) struct Windows(BTreeMap<&'static str, (Time, u32)>);

impl Windows {
    /// Counts `more`; false, with nothing counted, when the minute would hold more than `limit`.
    pub(crate) fn admit(&mut self, name: &'static str, now: Time, more: u32, limit: u32) -> bool {
        let minute = start_of_minute(now);
        let window = self.0.entry(name).or_insert((minute, 0));
        if window.0 != minute {
            *window = (minute, 0);
        }
        let fits = window
            .1
            .checked_add(more)
            .is_some_and(|count| count <= limit);
        if fits {
            window.1 += more;
        }
        fits
    }
}

/// When the current minute ends, and with it every limit.
pub(crate) fn next_minute(now: Time) -> Time {
    start_of_minute(now) + TimeDelta::minutes(1)
}

fn start_of_minute(now: Time) -> Time {
    now.duration_trunc(TimeDelta::minutes(1))
        .unwrap_or_else(|_| now.trunc_subsecs(0))
}
