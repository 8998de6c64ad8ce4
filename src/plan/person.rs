//! One line of a plan: what is decided for one person in one directory, and why.

use serde::{Deserialize, Serialize};

use super::act::Act;
use crate::model::{AccountId, DirectoryId, GroupId, Resource, Status, Time};

/// Where a matched person ends. Each is counted once, in this order (RULES, the demonstration's summary).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Fate {
    /// Not decided, because something that decides it is not known. Not among the matched.
    Unknown,
    /// An exemption shelters them.
    Exempt,
    /// A protection shelters them.
    Protected,
    /// In the plan, and not acted on yet.
    Planned,
    /// Not acted on: the reading before the action, or another run, changed the verdict.
    Skipped,
    /// Acted on, not read back yet.
    Acted,
    /// Acted on and read back.
    Verified,
    /// The action was tried and is not done.
    Failed,
}

/// One person of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Who.
    pub account: AccountId,
    /// In which directory.
    pub directory: DirectoryId,
    /// Where they stand.
    pub fate: Fate,
    /// One sentence, the same in plan, log and page.
    pub reason: String,
    /// What is done to them, in this order; nothing unless they are planned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acts: Vec<Act>,
    /// Which stage of the policy this is, from 0.
    #[serde(default, skip_serializing_if = "is_first")]
    pub stage: u32,
    /// Groups that stand in the way, for those who keep them elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hindered_by: Vec<GroupId>,
    /// Whether an identity provider keeps the account as a whole, so that nothing can be done here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub provided: bool,
    /// What they were before.
    pub before: Before,
}

impl Person {
    /// A line that says where somebody stands and why, of whom nothing else is known or asked.
    #[must_use]
    pub fn new(account: AccountId, directory: DirectoryId, fate: Fate, reason: String) -> Person {
        Person {
            account,
            directory,
            fate,
            reason,
            acts: Vec::new(),
            stage: 0,
            hindered_by: Vec::new(),
            provided: false,
            before: Before::default(),
        }
    }
}

fn is_first(stage: &u32) -> bool {
    *stage == 0
}

/// The state before the first action, as far as an undo and an auditor need it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Before {
    /// The status, if it was known.
    pub status: Option<Status>,
    /// The latest activity in any product, if any was seen.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub last_seen: Option<Time>,
    /// The groups, of a planned person, if they were known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<GroupId>>,
    /// The platform roles, of a planned person, if they were known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    /// The accesses, of a planned person, if they were known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Vec<Held>>,
}

/// An access as a plan keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Held {
    /// The product on the site.
    pub resource: Resource,
    /// When it was last used; absent where it never was.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub seen: Option<Time>,
    /// Whether that is not known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unknown: bool,
}

/// How many people ended where. `matched = exempt + protected + skipped + acted + failed` once a run is over; until then
/// the planned ones make up the difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Rows of the snapshot.
    pub users: u32,
    /// People for whom the policy is true.
    pub matched: u32,
    /// People for whom it is not decided.
    pub unknown: u32,
    /// Matched and sheltered by an exemption.
    pub exempt: u32,
    /// Matched and sheltered by a protection.
    pub protected: u32,
    /// Matched and still to be acted on.
    pub planned: u32,
    /// Matched and let be.
    pub skipped: u32,
    /// Matched and acted on, verified ones included.
    pub acted: u32,
    /// Acted on and read back.
    pub verified: u32,
    /// Matched, tried and not done.
    pub failed: u32,
}

impl Counts {
    /// Counts one person. Everybody but the unknown is among the matched.
    pub fn add(&mut self, fate: Fate) {
        let counter = match fate {
            Fate::Unknown => {
                self.unknown += 1;
                return;
            }
            Fate::Exempt => &mut self.exempt,
            Fate::Protected => &mut self.protected,
            Fate::Planned => &mut self.planned,
            Fate::Skipped => &mut self.skipped,
            Fate::Failed => &mut self.failed,
            Fate::Acted => &mut self.acted,
            Fate::Verified => {
                self.verified += 1;
                &mut self.acted
            }
        };
        *counter += 1;
        self.matched += 1;
    }
}
