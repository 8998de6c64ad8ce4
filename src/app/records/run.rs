//! A run as it is stored: small, and all of its progress.

use serde::{Deserialize, Serialize};

use super::coverage::Coverage;
use crate::model::{AccountId, Time};
use crate::plan::{Counts, Guard, Pool};
use crate::policy::Keep;

/// The states of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum RunState {
    /// The organization is being read and the plan made.
    Planning,
    /// A dry run, over: the plan is kept, nothing was done.
    Previewed,
    /// A guard stopped the plan before its first action; a release lets it go on.
    Held,
    /// No guard holds it, or not any more; its policy wants a second person to approve the plan.
    AwaitingApproval,
    /// Frozen, let go on by whoever had to, about to act.
    Ready,
    /// Acting and reading back, batch by batch.
    Executing,
    /// Everybody was acted on who is to be; the last are read back.
    Verifying,
    /// Over, every step done or let be.
    Done,
    /// Over, some steps failed.
    DoneWithFailures,
    /// Held or awaiting approval, and ended by a person without an action.
    Rejected,
    /// Ended before it was over; `message` says what was not done and what to do.
    Stopped,
    /// Ended by a person while it was at work.
    Aborted,
    /// Nobody decided, or nothing began, within its life; ended without an action.
    Expired,
}

impl RunState {
    /// The state's name in storage and log.
    pub fn name(self) -> &'static str {
        match self {
            RunState::Planning => "planning",
            RunState::Previewed => "previewed",
            RunState::Held => "held",
            RunState::AwaitingApproval => "awaiting-approval",
            RunState::Ready => "ready",
            RunState::Executing => "executing",
            RunState::Verifying => "verifying",
            RunState::Done => "done",
            RunState::DoneWithFailures => "done-with-failures",
            RunState::Rejected => "rejected",
            RunState::Stopped => "stopped",
            RunState::Aborted => "aborted",
            RunState::Expired => "expired",
        }
    }

    /// Whether a job must be out for the run to go on by itself.
    pub fn wants_a_job(self) -> bool {
        matches!(
            self,
            RunState::Planning | RunState::Ready | RunState::Executing | RunState::Verifying
        )
    }

    /// Whether a person must decide before it goes on.
    pub fn wants_a_decision(self) -> bool {
        matches!(self, RunState::Held | RunState::AwaitingApproval)
    }

    /// Whether nothing happens in it any more.
    pub fn is_over(self) -> bool {
        !self.wants_a_job() && !self.wants_a_decision()
    }
}

/// The most steps that an approver can hold out of one plan; whoever objects to more wants another plan.
pub const MAX_HELD_OUT: usize = 1_000;

/// The policy a run works for: which one, in which version, with which exact text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PolicyReference {
    /// The policy's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Counted up at each saving.
    pub revision: u32,
    /// SHA-256 of its canonical JSON, hexadecimal.
    pub hash: String,
    /// Who saved this revision.
    pub saved_by: AccountId,
}

/// Why a run exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", tag = "by", try_from = "CauseFields")]
pub enum Cause {
    /// The policy's schedule said so.
    Schedule {
        /// The instant that was due.
        #[cfg_attr(feature = "types", ts(type = "string"))]
        due: Time,
    },
    /// A person pressed the button.
    Person {
        /// Who.
        account: AccountId,
    },
    /// A link that was sent to a person was used.
    Link {
        /// To whom it was sent.
        account: AccountId,
    },
    /// A person from whom a policy took the access tried to log in.
    LogIn {
        /// Who.
        account: AccountId,
        /// The id of the event that says so in the organization's log.
        event: String,
    },
    /// An issue asked for the access that a policy took from a person.
    Request {
        /// From whom it was taken.
        account: AccountId,
        /// The issue's key.
        issue: String,
        /// Who made the transition of the issue by which it asked.
        mover: AccountId,
    },
}

impl Cause {
    /// The person who asked for it, if one did.
    pub fn asked_by(&self) -> Option<&AccountId> {
        match self {
            Cause::Schedule { .. } => None,
            Cause::Person { account } | Cause::Link { account } | Cause::LogIn { account, .. } => {
                Some(account)
            }
            Cause::Request { mover, .. } => Some(mover),
        }
    }

    /// The person whose wish it is to have back what was taken from them, where that is why it exists: nobody looked at how
    /// they stand now.
    pub fn wished_by(&self) -> Option<&AccountId> {
        match self {
            Cause::Schedule { .. } | Cause::Person { .. } => None,
            Cause::Link { account }
            | Cause::LogIn { account, .. }
            | Cause::Request { account, .. } => Some(account),
        }
    }
}

/// The fields of either cause, for reading.
#[derive(Deserialize)]
struct CauseFields {
    by: String,
    due: Option<Time>,
    account: Option<AccountId>,
    event: Option<String>,
    issue: Option<String>,
    mover: Option<AccountId>,
}

impl TryFrom<CauseFields> for Cause {
    type Error = &'static str;

    fn try_from(fields: CauseFields) -> Result<Cause, &'static str> {
        match (fields.by.as_str(), fields.due, fields.account) {
            ("schedule", Some(due), _) => Ok(Cause::Schedule { due }),
            ("person", _, Some(account)) => Ok(Cause::Person { account }),
            ("link", _, Some(account)) => Ok(Cause::Link { account }),
            ("logIn", _, Some(account)) => Ok(Cause::LogIn {
                account,
                event: fields.event.unwrap_or_default(),
            }),
            ("request", _, Some(account)) => Ok(Cause::Request {
                issue: fields.issue.unwrap_or_default(),
                mover: fields.mover.unwrap_or_else(|| account.clone()),
                account,
            }),
            _ => Err(
                "a run is caused by a schedule, a person, a link, an issue or an attempt to log in",
            ),
        }
    }
}

/// Who let a held run go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Release {
    /// Who.
    pub by: AccountId,
    /// When.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub at: Time,
    /// Why, in their words.
    pub reason: String,
    /// Whether the same person had asked for the run, there being no second one (RULES R9).
    pub single_handed: bool,
}

/// Where a plan is approved, if its policy wants that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ApprovalPlace {
    /// On the page.
    Page,
    /// By the workflow of a Jira issue, or on the page.
    Issue,
}

/// Who approved exactly this plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Approved {
    /// Who.
    pub by: AccountId,
    /// When.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub at: Time,
    /// Why, in their words.
    pub reason: String,
    /// Whether the same person had asked for the run, there being no second one (RULES R9).
    pub single_handed: bool,
    /// The key of the issue whose workflow said so; `None` for the page.
    pub issue: Option<String>,
}

/// A person's order to end a run at work. The worker sees it before its next batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AbortOrder {
    /// Who.
    pub by: AccountId,
    /// When.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub at: Time,
    /// Why, in their words.
    pub reason: String,
}

/// A run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// Its id: the time it was asked for and some random signs.
    pub id: String,
    /// For which policy.
    pub policy: PolicyReference,
    /// Whether it ends before the first action.
    pub dry: bool,
    /// Why it exists.
    pub cause: Cause,
    /// The reference time: every age in this run is counted from here.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub now: Time,
    /// Where it stands.
    pub state: RunState,
    /// When it came to this state.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub since: Time,
    /// What happened and what to do, where there is something to say.
    pub message: Option<String>,
    /// What holds it.
    pub guards: Vec<Guard>,
    /// Who let it go on.
    pub release: Option<Release>,
    /// Where its plan must be approved, if its policy wants that.
    #[serde(default)]
    pub approval_wanted: Option<ApprovalPlace>,
    /// Who approved its plan.
    #[serde(default)]
    pub approval: Option<Approved>,
    /// The key of the issue that asks for the approval, once there is one.
    #[serde(default)]
    pub approval_issue: Option<String>,
    /// Numbers of the steps that the approver held out, ascending; at most [`MAX_HELD_OUT`].
    #[serde(default)]
    pub held_out: Vec<u32>,
    /// Who ordered its end while it was at work.
    #[serde(default)]
    pub abort: Option<AbortOrder>,
    /// Why the people were chosen by hand, in the words of the person who did; `None` for the run of a policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub by_hand: Option<String>,
    /// What it takes back, if that is what it is for.
    #[serde(default)]
    pub undoes: Option<Undoes>,
    /// The runs that take it back, real ones.
    #[serde(default)]
    pub undone_by: Vec<String>,
    /// What changed since the policy's last dry run.
    #[serde(default)]
    pub since_preview: Option<SincePreview>,
    /// How many people are where.
    pub counts: Counts,
    /// The frozen plan, once there is one.
    pub plan: Option<PlanReference>,
}

impl Run {
    /// Whether it came to its end and gave somebody something back that it read there.
    pub(in crate::app) fn has_given_back(&self) -> bool {
        self.state == RunState::Done && self.counts.verified > 0
    }

    /// Before when it surely did nothing: what holds a run, or asks for its approval, holds it until that is given.
    pub(in crate::app) fn may_act_from(&self) -> Time {
        let released = self.release.as_ref().map(|release| release.at);
        let approved = self.approval.as_ref().map(|approval| approval.at);
        self.now
            .max(released.unwrap_or(self.now))
            .max(approved.unwrap_or(self.now))
    }

    /// Counts whoever was to be acted on as let be: for a run that ends before its first action.
    pub(in crate::app) fn let_everybody_be(&mut self) {
        self.counts.skipped = self.counts.skipped.saturating_add(self.counts.planned);
        self.counts.planned = 0;
    }
}

/// The frozen plan: immutable, in parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PlanReference {
    /// SHA-256 over the plan's parts in order, hexadecimal.
    pub hash: String,
    /// The snapshot it rests on.
    pub snapshot: String,
    /// When that snapshot's first page was read.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub snapshot_taken: Time,
    /// How many stored parts.
    pub parts: u32,
    /// How many people it lists.
    pub people: u32,
    /// How many of them are to be acted on.
    pub steps: u32,
    /// How many people hold something that the action can take: what caps are counted from.
    pub population: u32,
    /// What is done, and to how many of them.
    #[serde(default)]
    pub acts: Vec<ActCount>,
    /// From how many of them access is taken: these count against the organization's cap (RULES R8).
    #[serde(default)]
    pub takes: u32,
    /// How many of them are only told something: warnings have a cap of their own (RULES R8).
    #[serde(default, skip_serializing_if = "is_none")]
    pub told: u32,
    /// What was said of the snapshot's coverage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub coverage: Option<Coverage>,
    /// With `keep`, what was found of the seats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub seats: Option<SeatFigures>,
}

/// What a plan found of the seats of which its policy keeps some (RULES R11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SeatFigures {
    /// Of which product.
    pub product: String,
    /// On which site.
    pub site: String,
    /// How many are kept.
    pub kept: u32,
    /// How many are in use; a person of whom that is not known counts.
    pub in_use: u32,
    /// How many more would have to be freed, and nobody is left who may be chosen.
    pub missing: u32,
}

impl SeatFigures {
    /// What a choice found.
    pub(in crate::app) fn of((keep, pool): (&Keep, &Pool)) -> SeatFigures {
        SeatFigures {
            product: keep.product.clone(),
            site: keep.site.clone(),
            kept: keep.seats,
            in_use: pool.in_use,
            missing: pool.missing,
        }
    }
}

fn is_none(people: &u32) -> bool {
    *people == 0
}

impl PlanReference {
    /// How many people more is done to than to tell them something.
    pub fn acted_on(&self) -> u32 {
        self.steps.saturating_sub(self.told)
    }

    /// What is done, in short: such as `suspend`, or `removeFromGroups, suspend`.
    pub fn what_is_done(&self) -> String {
        let names: Vec<&str> = self.acts.iter().map(|count| count.act.as_str()).collect();
        names.join(", ")
    }
}

/// How many people of a plan something is done to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ActCount {
    /// The act's name.
    pub act: String,
    /// How many people.
    pub people: u32,
}

/// Which run is taken back, and how much of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Undoes {
    /// The run.
    pub run: String,
    /// Numbers of its steps; none for all of them.
    pub steps: Vec<u32>,
    /// Why, in the words of the person who asked for it.
    pub reason: String,
}

impl Undoes {
    /// Whether two of them are about the same steps of one run. None named are all of them.
    pub(in crate::app) fn meets(&self, other: &Undoes) -> bool {
        let is_all = self.steps.is_empty() || other.steps.is_empty();
        self.run == other.run
            && (is_all || self.steps.iter().any(|step| other.steps.contains(step)))
    }
}

/// What changed in a policy's plan since its last dry run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SincePreview {
    /// The dry run.
    pub preview: String,
    /// How many are planned now and were not then.
    pub came: u32,
    /// How many were planned then and are not now.
    pub left: u32,
}
