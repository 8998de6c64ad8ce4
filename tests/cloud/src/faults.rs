//! What goes wrong on purpose: drawn from a seed, or planned call by call. Off by default.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::message::{Answer, Lost, LostKind, Response};

/// What changes something at Atlassian: the operations that [`Faults::forbidden`] strikes.
const WRITES: [&str; 12] = [
    "users.suspend",
    "users.restore",
    "users.remove",
    "users.assignRole",
    "users.revokeRole",
    "groups.addMember",
    "groups.removeMember",
    "accounts.rename",
    "accounts.disable",
    "accounts.enable",
    "accounts.delete",
    "jira.issue.notify",
];

/// One way for a call to go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FaultKind {
    /// 429, without any effect.
    TooManyRequests,
    /// 403, without any effect.
    Forbidden,
    /// 503, without any effect.
    ServerErrorBefore,
    /// 502, although the effect took place.
    ServerErrorAfter,
    /// The connection is cut, without any effect.
    CutBefore,
    /// The connection is cut after the effect.
    CutAfter,
    /// No answer in time, without any effect.
    TimeoutBefore,
    /// No answer in time, although the effect took place.
    TimeoutAfter,
    /// The effect takes place; half of the body arrives.
    Truncated,
    /// The cursor of the request has expired, without any effect.
    CursorExpired,
}

/// Chances from 0 to 1 of each fault, and faults planned for particular calls.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Faults {
    /// What the chances are drawn from.
    pub seed: u64,
    /// Operations struck by chance, by the beginning of their names (`users.`, `storage.`). Empty means the organization
    /// API and Jira: every operation but `storage.` and `queue.`.
    pub operations: Vec<String>,
    /// Chance of [`FaultKind::TooManyRequests`].
    pub too_many_requests: f64,
    /// Chance of [`FaultKind::ServerErrorBefore`].
    pub server_error_before: f64,
    /// Chance of [`FaultKind::ServerErrorAfter`].
    pub server_error_after: f64,
    /// Chance of [`FaultKind::CutBefore`].
    pub cut_before: f64,
    /// Chance of [`FaultKind::CutAfter`].
    pub cut_after: f64,
    /// Chance of [`FaultKind::TimeoutBefore`].
    pub timeout_before: f64,
    /// Chance of [`FaultKind::TimeoutAfter`].
    pub timeout_after: f64,
    /// Chance of [`FaultKind::Truncated`].
    pub truncated: f64,
    /// Chance of [`FaultKind::Forbidden`], of calls that change something: to be refused a reading is another matter.
    #[serde(skip_serializing_if = "is_never")]
    pub forbidden: f64,
    /// Chance that a queued event is delivered twice.
    pub duplicate_delivery: f64,
    /// Chance that a scheduled trigger fires twice.
    pub duplicate_trigger: f64,
    /// Chance that a scheduled trigger does not fire.
    pub lost_trigger: f64,
    /// Faults for particular calls; these come first.
    pub planned: Vec<PlannedFault>,
}

/// A fault for particular calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlannedFault {
    /// The operation, exactly, such as `users.suspend`.
    pub operation: String,
    /// A text that the path (or, for storage and queue, the body) must contain; empty means any.
    #[serde(default)]
    pub containing: String,
    /// How many such calls pass first.
    #[serde(default)]
    pub after: u32,
    /// How many are struck then.
    #[serde(default = "once")]
    pub times: u32,
    /// What happens.
    pub kind: FaultKind,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_never(chance: &f64) -> bool {
    *chance == 0.0
}

fn once() -> u32 {
    1
}

impl Faults {
    /// A bit of everything, for simulations.
    pub fn some(seed: u64) -> Self {
        Faults {
            seed,
            too_many_requests: 0.02,
            server_error_before: 0.01,
            server_error_after: 0.01,
            cut_before: 0.01,
            cut_after: 0.01,
            timeout_before: 0.005,
            timeout_after: 0.005,
            truncated: 0.005,
            duplicate_delivery: 0.1,
            duplicate_trigger: 0.1,
            lost_trigger: 0.05,
            ..Faults::default()
        }
    }

    /// One planned fault and nothing else.
    pub fn planned(operation: &str, kind: FaultKind) -> Self {
        Faults {
            planned: vec![PlannedFault {
                operation: operation.to_owned(),
                containing: String::new(),
                after: 0,
                times: 1,
                kind,
            }],
            ..Faults::default()
        }
    }

    fn chances(&self, operation: &str) -> [(FaultKind, f64); 9] {
        let forbidden = if WRITES.contains(&operation) {
            self.forbidden
        } else {
            0.0
        };
        [
            (FaultKind::TooManyRequests, self.too_many_requests),
            (FaultKind::ServerErrorBefore, self.server_error_before),
            (FaultKind::ServerErrorAfter, self.server_error_after),
            (FaultKind::CutBefore, self.cut_before),
            (FaultKind::CutAfter, self.cut_after),
            (FaultKind::TimeoutBefore, self.timeout_before),
            (FaultKind::TimeoutAfter, self.timeout_after),
            (FaultKind::Truncated, self.truncated),
            (FaultKind::Forbidden, forbidden),
        ]
    }

    fn strikes_by_chance(&self, operation: &str) -> bool {
        if self.operations.is_empty() {
            return !operation.starts_with("storage.") && !operation.starts_with("queue.");
        }
        self.operations
            .iter()
            .any(|beginning| operation.starts_with(beginning))
    }
}

/// Draws the faults.
#[derive(Clone, Debug)]
pub struct FaultSource {
    faults: Faults,
    draw: ChaCha8Rng,
    struck: u64,
}

impl FaultSource {
    /// Starts at the seed of the faults.
    pub fn new(faults: Faults) -> Self {
        let draw = ChaCha8Rng::seed_from_u64(faults.seed ^ 0xFA17);
        FaultSource {
            faults,
            draw,
            struck: 0,
        }
    }

    /// What happens to this call, if anything.
    pub fn strike(&mut self, operation: &str, text: &str) -> Option<FaultKind> {
        let kind = self.strike_uncounted(operation, text);
        self.struck += u64::from(kind.is_some());
        kind
    }

    /// How many calls were struck so far.
    pub fn struck(&self) -> u64 {
        self.struck
    }

    fn strike_uncounted(&mut self, operation: &str, text: &str) -> Option<FaultKind> {
        if let Some(kind) = self.planned(operation, text) {
            return Some(kind);
        }
        if !self.faults.strikes_by_chance(operation) {
            return None;
        }
        let mut drawn: f64 = self.draw.random();
        for (kind, chance) in self.faults.chances(operation) {
            if drawn < chance {
                return Some(kind);
            }
            drawn -= chance;
        }
        None
    }

    /// Whether an event is delivered twice.
    pub fn duplicates_delivery(&mut self) -> bool {
        let chance = self.faults.duplicate_delivery;
        self.happens(chance)
    }

    /// Whether a trigger fires twice.
    pub fn duplicates_trigger(&mut self) -> bool {
        let chance = self.faults.duplicate_trigger;
        self.happens(chance)
    }

    /// Whether a trigger does not fire.
    pub fn loses_trigger(&mut self) -> bool {
        let chance = self.faults.lost_trigger;
        self.happens(chance)
    }

    /// A number below `bound`, for jitter and shuffling.
    pub fn below(&mut self, bound: usize) -> usize {
        self.draw.random_range(0..bound.max(1))
    }

    fn happens(&mut self, chance: f64) -> bool {
        chance > 0.0 && self.draw.random::<f64>() < chance
    }

    fn planned(&mut self, operation: &str, text: &str) -> Option<FaultKind> {
        let fault = self.faults.planned.iter_mut().find(|fault| {
            fault.operation == operation && fault.times > 0 && text.contains(&fault.containing)
        })?;
        if fault.after > 0 {
            fault.after -= 1;
            return None;
        }
        fault.times -= 1;
        Some(fault.kind)
    }
}

/// The answers of one API to a fault that is an answer.
pub struct Refusals {
    /// The API's 429.
    pub too_many_requests: Response,
    /// The API's 403.
    pub forbidden: Response,
    /// The API's answer to a cursor that it does not know any more.
    pub cursor_expired: Response,
    /// The API's 5xx, given its status.
    pub server_error: fn(u16) -> Response,
}

/// Lets a fault strike around the call.
pub fn struck(kind: FaultKind, refusals: Refusals, act: impl FnOnce() -> Response) -> Answer {
    let lost = |kind, effect_done| Err(Lost { kind, effect_done });
    match kind {
        FaultKind::TooManyRequests => Ok(refusals.too_many_requests),
        FaultKind::Forbidden => Ok(refusals.forbidden),
        FaultKind::CursorExpired => Ok(refusals.cursor_expired),
        FaultKind::ServerErrorBefore => Ok((refusals.server_error)(503)),
        FaultKind::ServerErrorAfter => {
            act();
            Ok((refusals.server_error)(502))
        }
        FaultKind::CutBefore => lost(LostKind::Cut, false),
        FaultKind::TimeoutBefore => lost(LostKind::Timeout, false),
        FaultKind::CutAfter => {
            act();
            lost(LostKind::Cut, true)
        }
        FaultKind::TimeoutAfter => {
            act();
            lost(LostKind::Timeout, true)
        }
        FaultKind::Truncated => {
            let mut response = act();
            let half = response.body.len() / 2;
            response.body.truncate(half);
            Ok(response)
        }
    }
}
