//! Letting a plan go on: the release of what its guards hold, the approval that its policy wants, or both at once.

use super::error::DecisionError;
use super::fitness::{came_up, require_fit};
use super::four_eyes::{four_eyes, remember_approval};
use super::{Decider, entry, find};
use crate::app::commit::{Change, commit};
use crate::app::documents::{RecentRuns, load, set, set_run};
use crate::app::records::{ApprovalPlace, Approved, MAX_HELD_OUT, Release, Run, RunState};
use crate::app::run::{hold_again, reserve};
use crate::app::sheltered;
use crate::app::worker::Job;
use crate::audit::LogAction;
use crate::host::{Host, Queue};
use crate::model::Time;
use crate::planted::{Fault, planted};

/// What somebody lets a plan go on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) enum Consent {
    /// The guards that hold it are looked at. A plan that must be approved still waits for that.
    Release,
    /// The plan is approved, and what its guards hold is released with it: one decision of one second person.
    Approve {
        /// Numbers of the steps that are held out of it.
        held_out: Vec<u32>,
    },
}

/// Lets a run go on. The one who asked for it cannot (RULES R9).
pub(in crate::app) async fn decide<H: Host>(
    host: &H,
    decider: Decider<'_>,
    id: &str,
    why: &str,
    consent: Consent,
) -> Result<Run, DecisionError> {
    let decision = Decision {
        decider,
        why,
        approves: consent != Consent::Release,
        held_out: match consent {
            Consent::Release => Vec::new(),
            Consent::Approve { held_out } => ascending(held_out),
        },
    };
    let (run, new_guards) = commit::<_, DecisionError>(host, async || {
        let mut run = find(host, id).await?;
        decision.require_due(&run)?;
        require_fit(host, &run).await?;
        let single_handed = four_eyes(host, decider.account, &run).await?;
        let guards = came_up(host, &run).await?;
        if !guards.is_empty() {
            // Released are only the guards that were shown: these are new, and are shown now.
            let texts: Vec<&str> = guards.iter().map(|guard| guard.text.as_str()).collect();
            let figures = texts.join("; ");
            let entry = hold_again(&mut run, guards, host.now());
            let change = Change {
                entries: vec![entry],
                writes: vec![set_run(&run)?],
            };
            return Ok((change, (run, Some(figures))));
        }
        let mut change = Change {
            entries: decision.note(&mut run, single_handed, host.now()),
            ..Change::default()
        };
        change.writes.extend(sheltered::accepted(host, &run).await?);
        change.writes.extend(remember_approval(host, &run).await?);
        run.since = host.now();
        // Before the commit: a job that comes too early waits, a missing one would be missing for ever.
        let wants_approval = run.approval_wanted.is_some() && run.approval.is_none();
        if wants_approval && !planted(Fault::ApprovalIgnored) {
            run.state = RunState::AwaitingApproval;
            if run.approval_wanted == Some(ApprovalPlace::Issue) {
                let job = Job::approvals(host, Some(id.to_owned())).text()?;
                host.push(Queue::Answer, job, 0).await?;
            }
        } else {
            run.state = RunState::Ready;
            let mut recent: RecentRuns = load(host).await?;
            recent.prune(host.now());
            reserve(&mut recent, &run, host.now());
            change.writes.push(set(&recent)?);
            host.push(Queue::Work, Job::execute(host, id).text()?, 0)
                .await?;
        }
        change.writes.push(set_run(&run)?);
        Ok((change, (run, None)))
    })
    .await?;
    match new_guards {
        None => Ok(run),
        Some(figures) => Err(DecisionError::WrongState(format!(
            "this came up since the plan was shown, and holds it: {figures}; decide again if that is meant"
        ))),
    }
}

/// Each number once, in order.
fn ascending(mut steps: Vec<u32>) -> Vec<u32> {
    steps.sort_unstable();
    steps.dedup();
    steps
}

struct Decision<'a> {
    decider: Decider<'a>,
    why: &'a str,
    approves: bool,
    held_out: Vec<u32>,
}

impl Decision<'_> {
    /// Refuses where the run does not wait for this.
    fn require_due(&self, run: &Run) -> Result<(), DecisionError> {
        let state = run.state.name();
        if self.approves && run.approval_wanted.is_none() {
            return Err(DecisionError::wrong_state(
                "the policy of this run wants no approval: release it where it is held",
            ));
        }
        match run.state {
            RunState::Held => {}
            RunState::AwaitingApproval if self.approves => {}
            _ if self.approves => {
                let why = format!("the run does not wait for an approval, it is {state}");
                return Err(DecisionError::WrongState(why));
            }
            _ => {
                let why = format!("the run is not held, it is {state}");
                return Err(DecisionError::WrongState(why));
            }
        }
        let steps = run.plan.as_ref().map_or(0, |plan| plan.steps);
        if self.held_out.len() > MAX_HELD_OUT {
            let why = format!("at most {MAX_HELD_OUT} people can be held out: reject the plan");
            return Err(DecisionError::Invalid(why));
        }
        if self.held_out.last().is_some_and(|last| *last >= steps) {
            let why = format!("the plan has {steps} people to act on, counted from 0");
            return Err(DecisionError::Invalid(why));
        }
        if u32::try_from(self.held_out.len()).is_ok_and(|out| out > 0 && out == steps) {
            let why = "everybody would be held out: reject the plan";
            return Err(DecisionError::Invalid(why.to_owned()));
        }
        Ok(())
    }

    /// Notes the decision on the run, and says it in entries: one for a release, one for an approval.
    fn note(&self, run: &mut Run, single_handed: bool, now: Time) -> Vec<crate::audit::Entry> {
        let mut entries = Vec::new();
        let handed = if single_handed { "single-handed, " } else { "" };
        let by = self.decider.account.clone();
        if run.state == RunState::Held {
            run.release = Some(Release {
                by: by.clone(),
                at: now,
                reason: self.why.to_owned(),
                single_handed,
            });
            let held_by: Vec<&str> = run.guards.iter().map(|guard| guard.text.as_str()).collect();
            let text = format!(
                "{handed}{}; had been held: {}",
                self.why,
                held_by.join("; ")
            );
            entries.push(entry(run, self.decider, now, LogAction::ReleaseRun, text));
        }
        if self.approves {
            run.approval = Some(Approved {
                by,
                at: now,
                reason: self.why.to_owned(),
                single_handed,
                issue: self.decider.issue.map(str::to_owned),
            });
            // Whoever was held out before the run was held again stays so.
            run.held_out = ascending([run.held_out.as_slice(), &self.held_out].concat());
            let text = format!("{handed}{}", self.why);
            entries.push(entry(run, self.decider, now, LogAction::ApproveRun, text));
        }
        entries
    }
}
