//! The policies that administrators write here, small enough that a naive reading of them fits on a page.

use chrono::TimeDelta;
use cloud::Time;
use cloud::organization::CONTRACTOR_DOMAINS;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use crate::shape::one_of;

/// Everybody's margin (RULES R6), in hours.
const TOLERANCE_HOURS: i64 = 24;

/// One text of one policy. Its name is its own, so that a run can be led back to it.
#[derive(Clone, Debug)]
pub struct PolicyText {
    /// The policy's id.
    pub id: String,
    /// The name of this text.
    pub name: String,
    /// Idle for longer than so many days.
    pub idle_days: i64,
    /// Whether it means contractors only.
    pub only_contractors: bool,
    /// The most people of a run.
    pub users: u32,
    /// The greatest share of the population of a run.
    pub percent: u32,
    /// The product and the site of which it takes the access; everything is suspended without them.
    pub takes: Option<(&'static str, String)>,
    schedule: Option<Value>,
}

impl PolicyText {
    /// Draws a text for the so-many-th policy.
    pub fn draw(draw: &mut ChaCha8Rng, policy: usize, text: u32, hosts: &[String]) -> PolicyText {
        let every = draw.random_range(1..=3);
        let hour = draw.random_range(0..24);
        let minute = draw.random_range(0..12) * 5;
        let is_scheduled = draw.random_ratio(5, 6);
        PolicyText {
            id: format!("policy-{policy}"),
            name: format!("Policy {policy}, text {text}"),
            idle_days: one_of(draw, &[20, 45, 90]),
            only_contractors: draw.random_ratio(1, 3),
            users: one_of(draw, &[1, 3, 8, 25]),
            percent: one_of(draw, &[5, 10, 30]),
            takes: draw.random_ratio(1, 3).then(|| {
                let products = ["jira-software", "confluence", "jira-servicedesk"];
                (one_of(draw, &products), one_of(draw, hosts))
            }),
            schedule: is_scheduled.then(|| {
                json!({"every": {"n": every, "unit": "day"}, "at": format!("{hour:02}:{minute:02}"), "zone": "UTC"})
            }),
        }
    }

    /// The document as an administrator writes it.
    pub fn document(&self) -> Value {
        let mut all = vec![
            json!({"status": ["active"]}),
            json!({"idle": {"longerThan": format!("{}d", self.idle_days)}}),
        ];
        if self.only_contractors {
            all.push(json!({ "emailDomain": CONTRACTOR_DOMAINS }));
        }
        let stage = match &self.takes {
            None => json!({"after": "0d", "do": "suspend"}),
            Some((product, host)) => {
                json!({"after": "0d", "do": "removeAccess", "products": [product], "sites": [host]})
            }
        };
        let mut document = json!({
            "version": 1, "id": self.id, "name": self.name, "match": {"all": all},
            "stages": [stage],
            "limits": {"users": self.users, "percent": self.percent},
        });
        if let Some(schedule) = &self.schedule {
            document["schedule"] = schedule.clone();
        }
        document
    }

    /// Whoever was seen at this time or later is not idle for a run with this reference time.
    pub fn idle_since(&self, reference: Time) -> Time {
        reference - TimeDelta::days(self.idle_days) - TimeDelta::hours(TOLERANCE_HOURS)
    }
}
