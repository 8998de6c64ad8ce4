//! Leases (RULES R15): what was not given back is taken by nobody before the function's time limit and a grace are over.

use chrono::TimeDelta;
use cloud::Time;

use super::Observer;
use super::effects::Call;
use crate::in_process::World;

/// How much longer than the function's time limit a lease lives, less the second to which its end is rounded.
const GRACE_SECONDS: i64 = 180 - 1;

/// The last grant of a queue's lease.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grant {
    fence: i64,
    /// When the platform ends whoever holds it.
    ends: Time,
    is_given_back: bool,
}

impl Observer {
    /// Looks at the lease of a queue after a step of one of its workers.
    pub(super) fn see_lease(&mut self, world: &World, call: &Call) {
        let (now, stored) = {
            let cloud = world.cloud.borrow();
            let stored = cloud
                .stored()
                .entity_value("lease", call.queue, cloud.now());
            (cloud.now(), stored.cloned())
        };
        let Some(stored) = stored else { return };
        let fence = stored["fence"].as_i64().unwrap_or_default();
        let is_given_back = stored["holder"] == "free";
        let before = self.leases.get(call.queue).copied();
        if let Some(before) = before.filter(|before| before.fence == fence) {
            let grant = Grant {
                is_given_back,
                ..before
            };
            self.leases.insert(call.queue, grant);
            return;
        }
        let free_from = |grant: &Grant| grant.ends + TimeDelta::seconds(GRACE_SECONDS);
        if before.is_some_and(|before| !before.is_given_back && now < free_from(&before)) {
            let queue = call.queue;
            let what =
                format!("the lease of the queue {queue} was taken before its holder must be over");
            self.broken(now, what);
        }
        let grant = Grant {
            fence,
            ends: call.ends,
            is_given_back,
        };
        self.leases.insert(call.queue, grant);
    }
}
