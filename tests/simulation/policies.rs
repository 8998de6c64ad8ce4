//! The policies that administrators write here, small enough that a naive reading of them fits on a page.

use chrono::TimeDelta;
use cloud::Time;
use cloud::organization::CONTRACTOR_DOMAINS;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use crate::deeds::{Deed, StageText, draw_stages, warn_before};
use crate::shape::{Repertoire, one_of};

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
    /// What it does, and when. No action but a warning stands in two stages.
    pub stages: Vec<StageText>,
    /// Whether somebody must approve each plan on the page.
    pub wants_approval: bool,
    /// Two readings, so many hours apart.
    pub confirm_hours: Option<i64>,
    schedule: Option<Value>,
    is_first_generation: bool,
}

/// What policies can name: the hosts of the sites, and the ids of the groups.
#[derive(Clone, Debug)]
pub struct Names {
    /// The hosts.
    pub hosts: Vec<String>,
    /// The groups.
    pub groups: Vec<String>,
}

impl PolicyText {
    /// Draws a text for the so-many-th policy.
    pub fn draw(
        draw: &mut ChaCha8Rng,
        repertoire: Repertoire,
        policy: usize,
        text: u32,
        names: &Names,
    ) -> PolicyText {
        let every = draw.random_range(1..=3);
        let hour = draw.random_range(0..24);
        let minute = draw.random_range(0..12) * 5;
        let is_scheduled = draw.random_ratio(5, 6);
        let mut text = PolicyText {
            id: format!("policy-{policy}"),
            name: format!("Policy {policy}, text {text}"),
            idle_days: one_of(draw, &[20, 45, 90]),
            only_contractors: draw.random_ratio(1, 3),
            users: one_of(draw, &[1, 3, 8, 25]),
            percent: one_of(draw, &[5, 10, 30]),
            stages: vec![draw_one_deed(draw, names)],
            wants_approval: false,
            confirm_hours: None,
            is_first_generation: true,
            schedule: is_scheduled.then(|| {
                json!({"every": {"n": every, "unit": "day"}, "at": format!("{hour:02}:{minute:02}"), "zone": "UTC"})
            }),
        };
        if repertoire != Repertoire::Plain {
            text.stages = draw_stages(draw, names);
            text.idle_days = one_of(draw, &[20, 20, 45]);
            let is_irreversible = text.stages.iter().any(StageText::is_irreversible);
            text.wants_approval = draw.random() || is_irreversible;
            text.confirm_hours = draw.random_ratio(1, 4).then(|| one_of(draw, &[6, 24]));
        }
        if repertoire == Repertoire::Warnings {
            warn_before(&mut text.stages, &[one_of(draw, &[6, 24, 48])]);
        }
        text
    }

    /// The same text as later generations of lives have it: with a way back, and some with reminders before the last warning.
    pub fn of_later_generations(mut self, besides: &mut ChaCha8Rng) -> PolicyText {
        self.is_first_generation = false;
        if self.stages.first().is_some_and(StageText::warns) {
            let reminders = besides.random_range(0..=2);
            let gaps: Vec<i64> = (0..reminders)
                .map(|_| one_of(besides, &[12, 24, 36]))
                .collect();
            warn_before(&mut self.stages, &gaps);
        }
        self
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
        let stages: Vec<Value> = {
            let stages = self.stages.iter();
            stages
                .map(|stage| stage.document(self.is_first_generation))
                .collect()
        };
        let mut document = json!({
            "version": 1, "id": self.id, "name": self.name, "match": {"all": all},
            "stages": stages,
            "limits": {"users": self.users, "percent": self.percent},
        });
        if self.wants_approval {
            document["approval"] = json!("page");
        }
        if let Some(hours) = self.confirm_hours {
            document["confirm"] = json!({"readings": 2, "apart": format!("{hours}h")});
        }
        if let Some(schedule) = &self.schedule {
            document["schedule"] = schedule.clone();
        }
        document
    }

    /// Whoever was seen at this time or later is not idle for a run with this reference time.
    pub fn idle_since(&self, reference: Time) -> Time {
        reference - TimeDelta::days(self.idle_days) - TimeDelta::hours(TOLERANCE_HOURS)
    }

    /// The stage that does something, by the name that the log has for it; of several warnings the first.
    pub fn stage_of(&self, action: &str) -> Option<usize> {
        let does = |stage: &StageText| stage.deeds.iter().any(|deed| deed.name() == action);
        self.stages.iter().position(does)
    }

    /// Whether a stage warns.
    pub fn warns_at(&self, stage: usize) -> bool {
        self.stages.get(stage).is_some_and(StageText::warns)
    }

    /// The only thing that its first stage does, if that is one.
    pub fn first_deed(&self) -> Option<&Deed> {
        match self.stages.first()?.deeds.as_slice() {
            [deed] => Some(deed),
            _ => None,
        }
    }
}

/// Somebody is suspended, or loses one product on one site.
fn draw_one_deed(draw: &mut ChaCha8Rng, names: &Names) -> StageText {
    let deed = if draw.random_ratio(1, 3) {
        Deed::draw_removal(draw, names)
    } else {
        Deed::Suspend
    };
    StageText {
        after_hours: 0,
        deeds: vec![deed],
    }
}
