//! Taking runs back: the whole of one, some of its people, or one of them.

use super::error::AdminError;
use super::exemptions::reason;
use super::{Answer, Caller};
use crate::app::approval::find;
use crate::app::commit::{Change, commit};
use crate::app::documents::{ActiveRuns, load, load_run, set, set_run};
use crate::app::records::{Cause, Run, RunState, Undoes};
use crate::app::run::{Progress, begin, new_run_of};
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
    refuse_what_cannot_be_undone(host, &undone).await?;
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
        let mut active: ActiveRuns = load(host).await?;
        let mut change = Change::default();
        if !run.dry {
            refuse_a_second_one(host, &active, &undone).await?;
            let mut undone = find(host, &undone.id).await?;
            undone.undone_by.push(run.id.clone());
            change.writes.push(set_run(&undone)?);
        }
        begin(&mut change, &mut active, &run)?;
        change.writes.push(set(&active)?);
        Ok((change, ()))
    })
    .await?;
    Ok(Answer::Run(Box::new(run)))
}

async fn refuse_what_cannot_be_undone<H: Host>(host: &H, run: &Run) -> Result<(), AdminError> {
    let refuse = |why: &str| Err(AdminError::WrongState(String::from(why)));
    if !run.state.is_over() {
        return refuse("the run is not over: abort it first");
    }
    if run.undoes.is_some() {
        return refuse("the run took another one back: start a run of the policy instead");
    }
    let Some(plan) = run
        .plan
        .as_ref()
        .filter(|_| run.state != RunState::Previewed)
    else {
        return refuse("the run did nothing that could be taken back");
    };
    let progress = Progress::load(host, &run.id).await?;
    if !(0..plan.steps).any(|step| progress.may_have_acted(step)) {
        return refuse("the run did nothing that could be taken back");
    }
    Ok(())
}

/// Two runs that take the same back at the same time would get into each other's way.
async fn refuse_a_second_one<H: Host>(
    host: &H,
    active: &ActiveRuns,
    undone: &Run,
) -> Result<(), AdminError> {
    for id in &active.runs {
        let other = load_run(host, id).await?;
        let undoes = other
            .filter(|other| !other.dry)
            .and_then(|other| other.undoes);
        if undoes.is_some_and(|undoes| undoes.run == undone.id) {
            let why = format!("the run {id} takes it back already");
            return Err(AdminError::WrongState(why));
        }
    }
    Ok(())
}
