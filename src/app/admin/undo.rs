//! Taking runs back: the whole of one, some of its people, or one of them.

use super::error::AdminError;
use super::exemptions::reason;
use super::{Answer, Caller};
use crate::app::approval::find;
use crate::app::commit::{Change, commit};
use crate::app::records::{Cause, Run, Undoes};
use crate::app::run::{begin_undo, new_run_of, not_undoable};
use crate::app::worker::Job;
use crate::host::{Host, Queue};

/// The most people that one selection names; more than these are the whole run.
const MAX_STEPS: usize = 1_000;

/// Which run is to be taken back, and how.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) run: String,
    /// Numbers of its steps; none for all of them.
    pub(super) steps: Vec<u32>,
    /// Whether it ends before the first action.
    pub(super) dry: bool,
    pub(super) reason: String,
}

/// Starts a run that gives back what another one took.
pub(super) async fn undo<H: Host>(
    host: &H,
    caller: &Caller,
    wish: Wish,
) -> Result<Answer, AdminError> {
    let why = reason(&wish.reason)?;
    if wish.steps.len() > MAX_STEPS {
        let why = format!("choose at most {MAX_STEPS} people, or the whole run");
        return Err(AdminError::Invalid(why));
    }
    let undone = find(host, &wish.run).await?;
    if let Some(why) = not_undoable(host, &undone).await? {
        return Err(AdminError::WrongState(String::from(why)));
    }
    let cause = Cause::Person {
        account: caller.account_id.clone(),
    };
    let run = Run {
        undoes: Some(Undoes {
            run: undone.id.clone(),
            steps: wish.steps,
            reason: why,
        }),
        ..new_run_of(host, undone.policy.clone(), cause, wish.dry)
    };
    let queue = if wish.dry { Queue::Answer } else { Queue::Work };
    let job = Job::prepare(host, vec![run.id.clone()]).text()?;
    // Before the commit: a job that comes too early waits, a missing one would be missing for ever.
    host.push(queue, job, 0).await?;
    commit::<_, AdminError>(host, async || {
        let mut change = Change::default();
        let undone = find(host, &undone.id).await?;
        if let Some(id) = begin_undo(host, &mut change, &run, undone).await? {
            let why = format!("the run {id} takes it back already");
            return Err(AdminError::WrongState(why));
        }
        Ok((change, ()))
    })
    .await?;
    Ok(Answer::Run(Box::new(run)))
}
