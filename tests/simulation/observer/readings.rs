//! What whole readings of the organization showed that became the newest snapshot: nobody can say that the app did not know it.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use cloud::Time;

use super::{Observer, time_of};
use crate::in_process::World;

/// A snapshot's time is in whole seconds.
const SECOND: TimeDelta = TimeDelta::seconds(1);

/// What readings showed.
#[derive(Clone, Debug, Default)]
pub(super) struct Readings {
    /// When a listing showed somebody last, and whether as active.
    listed: BTreeMap<String, (Time, bool)>,
    /// When the newest snapshot was begun.
    taken: Option<Time>,
    /// Of whom a snapshot says that they were active.
    active: BTreeMap<String, Shown>,
}

/// A reading that showed somebody as active.
#[derive(Clone, Copy, Debug)]
struct Shown {
    /// When it was begun.
    begun: Time,
    /// When its page was read.
    at: Time,
    /// When it became the newest.
    published: Time,
}

impl Observer {
    /// A page of a listing shows somebody.
    pub(super) fn note_listed(&mut self, account: &str, is_active: bool, now: Time) {
        let shown = (now, is_active);
        self.readings.listed.insert(account.to_owned(), shown);
    }

    /// Looks whether another snapshot is the newest.
    pub(super) fn see_publication(&mut self, world: &World) {
        let (now, taken) = {
            let cloud = world.cloud.borrow();
            let now = cloud.now();
            let book = cloud.stored().plain_value("snapshot", now);
            let taken = book.and_then(|book| time_of(&book["snapshot"]["taken"]));
            (now, taken)
        };
        if taken == self.readings.taken {
            return;
        }
        self.readings.taken = taken;
        let Some(taken) = taken else { return };
        for (account, (at, is_active)) in &self.readings.listed {
            if *is_active && *at + SECOND >= taken {
                let shown = Shown {
                    begun: taken,
                    at: *at,
                    published: now,
                };
                self.readings.active.insert(account.clone(), shown);
            }
        }
    }

    /// Whether a snapshot that was the newest by a time showed a person as active at another time or later. A reading is
    /// compared with what runs did that were over when it began: of its pages nobody knows when each was read.
    pub(super) fn was_shown_active(
        &self,
        account: &str,
        (ended, since): (Time, Time),
        by: Time,
    ) -> bool {
        let shown = self.readings.active.get(account);
        shown.is_some_and(|shown| shown.begun > ended && shown.at >= since && shown.published < by)
    }
}
