//! Where somebody stands in a chain, in words: the same in plan, log and page.

use super::place::{Departure, Pause, Place, Standing, Waiting};

impl Place {
    /// One sentence, or nothing for somebody who is not in the chain and did not leave it.
    pub fn sentence(&self) -> Option<String> {
        let left = self.left.map(Departure::sentence);
        match (left, self.standing.sentence()) {
            (Some(left), Some(standing)) => {
                let is_back = self
                    .link
                    .as_ref()
                    .is_some_and(|link| link.postponed.is_none());
                let anew = if is_back { "entered it anew: " } else { "" };
                Some(format!("{left}; {anew}{standing}"))
            }
            (left, standing) => left.or(standing),
        }
    }
}

impl Standing {
    /// One clause, or nothing for somebody who is not in the chain.
    pub fn sentence(self) -> Option<String> {
        Some(match self {
            Standing::Out => return None,
            Standing::Due { stage } => format!("stage {} is due", shown(stage)),
            Standing::Waits {
                stage,
                until,
                reason: Waiting::Stage,
            } => format!("waits: stage {} on {}", shown(stage), until.date()),
            Standing::Waits {
                stage,
                until,
                reason: Waiting::Reading,
            } => format!(
                "waits: stage {} after another reading, on {} at the earliest",
                shown(stage),
                until.date()
            ),
            Standing::Paused(Pause::Unknown) => {
                String::from("paused: something that decides is not known")
            }
            Standing::Paused(Pause::Protected) => String::from("paused: protected"),
            Standing::Paused(Pause::NotListed) => {
                String::from("paused: the directory does not list the person")
            }
            Standing::Unreachable { stage } => {
                format!(
                    "held at stage {}: no warning can reach the person",
                    shown(stage)
                )
            }
            Standing::Postponed { until } => {
                format!("asked to keep the access: let be until {}", until.date())
            }
            Standing::Finished => String::from("every stage was done"),
        })
    }
}

impl Departure {
    /// One clause.
    pub fn sentence(self) -> String {
        String::from(match self {
            Departure::PolicyChanged => "left the chain: the policy was changed",
            Departure::Exempt => "left the chain: exempt",
            Departure::LinkUsed(_) => "left the chain: used a link",
            Departure::Restored => "left the chain: what was taken was given back",
            Departure::NoMatch => "left the chain: the policy does not match any more",
            Departure::Seen(at) => {
                return format!("left the chain: seen on {} after entering it", at.date());
            }
        })
    }
}

/// Stages are counted from 1 where people read.
fn shown(stage: u32) -> u32 {
    stage.saturating_add(1)
}
