//! What is remembered of the organization's log of events.

use serde::{Deserialize, Serialize};

use crate::app::documents::Document;
use crate::app::records::{Attempt, LogIns};
use crate::model::Time;

/// The delay is the median of so many.
const MEASURED: usize = 31;

/// How far the log was read, and what of it is left to answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(in crate::app) struct AttemptBook {
    /// Of which organization.
    organization: String,
    /// What the page shows.
    pub(in crate::app) log_ins: LogIns,
    /// When something was asked last, to an hour.
    pub(super) asked: Time,
    /// Behind which page the log goes on.
    pub(super) cursor: Option<String>,
    /// When the newest event that was read was taken in.
    pub(super) newest: Option<Time>,
    /// The last delays, in seconds.
    delays: Vec<u32>,
    /// Until when our own log was read for people who were suspended.
    pub(super) known_out: Option<Time>,
    /// Attempts of people who may be suspended by a policy.
    pub(super) waiting: Vec<Attempt>,
}

impl Document for AttemptBook {
    const KEY: &'static str = "attempts";
}

impl AttemptBook {
    /// What is known of an organization: nothing, where it was another one.
    pub(super) fn of(&self, organization: &str) -> AttemptBook {
        if self.organization == organization {
            return self.clone();
        }
        AttemptBook {
            organization: organization.to_owned(),
            ..AttemptBook::default()
        }
    }

    /// Whether it says the same as another one, but for when it was asked.
    pub(super) fn says_what(&self, other: &AttemptBook) -> bool {
        let other = AttemptBook {
            asked: self.asked,
            ..other.clone()
        };
        *self == other
    }

    /// Notes how long after an event it was seen.
    pub(super) fn measure(&mut self, seconds: i64) {
        let surplus = (self.delays.len() + 1).saturating_sub(MEASURED);
        self.delays.drain(..surplus.min(self.delays.len()));
        self.delays
            .push(u32::try_from(seconds.max(0)).unwrap_or(u32::MAX));
        let mut sorted = self.delays.clone();
        sorted.sort_unstable();
        self.log_ins.delay_seconds = sorted.get(sorted.len() / 2).copied();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_is_the_median_of_the_last_ones() {
        let mut book = AttemptBook::default();
        for (seconds, delay) in [(60, 60), (7_200, 7_200), (120, 120), (-5, 120)] {
            book.measure(seconds);
            assert_eq!(book.log_ins.delay_seconds, Some(delay), "{seconds}");
        }
        for _ in 0..MEASURED {
            book.measure(30);
        }
        assert_eq!(book.delays, [30; MEASURED]);
    }

    #[test]
    fn another_organization_is_found_out_about_anew() {
        let mut book = AttemptBook::default().of("one");
        book.measure(5);
        assert_eq!(book.of("one"), book);
        assert_eq!(book.of("two").log_ins, LogIns::default());
    }
}
