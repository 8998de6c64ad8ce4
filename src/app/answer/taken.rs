//! What a policy took from one person, and whether it may be given back by a link.

use crate::app::commit::AuditEntity;
use crate::app::documents::{decode, load_run};
use crate::app::foreign::restored_since;
use crate::app::links::Token;
use crate::app::records::{Attempt, Run, RunState};
use crate::app::run::{Progress, load_steps, runs_since, taken_back};
use crate::audit::Outcome;
use crate::host::{EntityName, Host, Query, StorageError};
use crate::model::{AccountId, DAY};
use crate::plan::{Act, Person};

/// For so long after an action its link gives back what it took (RULES R3).
pub(in crate::app) const BACK_SECONDS: i64 = 90 * DAY;
/// Runs that ended within so long are looked at without the index.
const RECENT_SECONDS: i64 = DAY;
/// Entries about one person that are looked at: of 90 days there are far fewer.
const ENTRIES: u32 = 100;

/// What one run took from a person.
#[derive(Debug)]
pub(in crate::app) struct TakenBy {
    /// The run.
    pub(in crate::app) run: Run,
    /// The steps of its plan that are about the person, each with its number.
    pub(in crate::app) steps: Vec<(u32, Person)>,
}

/// The last of a policy's runs, or of all where none is named, that took something from a person within 90 days, of which something is left to give back;
/// of those that they did not wish back yet, where a wish goes on.
///
/// The log's index by person, which may lag behind, only names older runs. What any did is read from itself (RULES R5).
pub(in crate::app) async fn last_taken<H: Host>(
    host: &H,
    (account, policy): (&AccountId, Option<&str>),
    goes_on: bool,
) -> Result<Option<TakenBy>, StorageError> {
    for id in runs_about(host, (account, policy)).await? {
        let Some(run) = load_run(host, &id)
            .await?
            .filter(|run| run.undoes.is_none())
        else {
            continue;
        };
        if goes_on && was_asked_for(host, &run, account).await? {
            continue;
        }
        let steps = steps_that_took(host, &run, account).await?;
        if !steps.is_empty() {
            return Ok(Some(TakenBy { run, steps }));
        }
    }
    Ok(None)
}

/// What the policy of a link took from its person after the link was made, if nobody gave it back.
pub(super) async fn taken_since_made<H: Host>(
    host: &H,
    token: &Token,
) -> Result<Option<TakenBy>, StorageError> {
    let whose = (&token.account, Some(token.policy.as_str()));
    let taken = last_taken(host, whose, false).await?;
    let Some(taken) = taken.filter(|taken| taken.run.since >= token.made) else {
        return Ok(None);
    };
    let mut acts = taken.steps.iter().flat_map(|(_, person)| &person.acts);
    let is_status = |act: &Act| !act.takes_access() || act.takes_status();
    // Whom somebody else restored has it back; products that were taken are no part of that.
    let is_back =
        acts.all(is_status) && restored_since(host, &token.account, taken.run.since).await?;
    Ok((!is_back).then_some(taken))
}

/// The runs of a policy, or all of them, that did something about a person, or may have, the newest first.
async fn runs_about<H: Host>(
    host: &H,
    (account, policy): (&AccountId, Option<&str>),
) -> Result<Vec<String>, StorageError> {
    let now = host.now();
    let mut runs = Vec::new();
    for (run, _) in runs_since(host, now.plus(-RECENT_SECONDS))
        .await?
        .into_iter()
        .rev()
    {
        if policy.is_none_or(|policy| run.policy.id == policy) {
            runs.push(run.id);
        }
    }
    for entity in entries_about(host, account).await? {
        let AuditEntity {
            outcome,
            policy: of,
            run,
            ..
        } = entity;
        let may_be_done = [Outcome::Done, Outcome::Failed].map(Outcome::name);
        let is_meant = policy.is_none_or(|policy| of.as_deref() == Some(policy))
            && may_be_done.contains(&outcome.as_str());
        if let Some(run) = run.filter(|run| is_meant && !runs.contains(run)) {
            runs.push(run);
        }
    }
    Ok(runs)
}

/// What the log's index says about a person within 90 days, the newest first. It may lag behind.
pub(super) async fn entries_about<H: Host>(
    host: &H,
    account: &AccountId,
) -> Result<Vec<AuditEntity>, StorageError> {
    let now = host.now();
    let since = now.plus(-BACK_SECONDS);
    let page = host
        .query(Query {
            entity: EntityName::Audit,
            index: "by-subject",
            partition: vec![account.0.clone()],
            between: Some((since.to_string(), format!("{now} ~"))),
            descending: true,
            limit: ENTRIES,
            cursor: None,
        })
        .await?;
    let texts = page.values.iter();
    texts.map(|text| decode("audit", text)).collect()
}

/// Whether the person wished before that a run is taken back.
async fn was_asked_for<H: Host>(
    host: &H,
    run: &Run,
    account: &AccountId,
) -> Result<bool, StorageError> {
    for id in &run.undone_by {
        let cause = load_run(host, id).await?.map(|undo| undo.cause);
        if cause.is_some_and(|cause| cause.wished_by() == Some(account)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether an attempt to log in may ask for a run to be taken back: it came after the run, and at least a day after the
/// last wish of the person that was about it, unless an administrator said no to that one. So an event that is read twice asks once.
pub(super) async fn may_ask_again<H: Host>(
    host: &H,
    run: &Run,
    attempt: &Attempt,
) -> Result<bool, StorageError> {
    for id in &run.undone_by {
        let Some(undo) = load_run(host, id).await? else {
            continue;
        };
        let is_own = undo.cause.wished_by() == Some(&attempt.account);
        if is_own && (was_refused(undo.state) || attempt.at.since(undo.now) < DAY) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether an administrator said no to a run.
fn was_refused(state: RunState) -> bool {
    matches!(state, RunState::Rejected | RunState::Aborted)
}

/// The steps by which a run took something from a person that nothing gave back.
async fn steps_that_took<H: Host>(
    host: &H,
    run: &Run,
    account: &AccountId,
) -> Result<Vec<(u32, Person)>, StorageError> {
    let Some(plan) = &run.plan else {
        return Ok(Vec::new());
    };
    let progress = Progress::load(host, &run.id).await?;
    let back = taken_back(host, run, None).await?;
    let mut steps = Vec::new();
    for (step, person) in (0u32..).zip(load_steps(host, &run.id, plan.parts).await?) {
        let done = progress.acts_perhaps_done(step, person.acts.len());
        let mut acts = person.acts.iter().take(done);
        let whose = (person.account.clone(), person.directory.clone());
        if person.account == *account && acts.any(Act::takes_access) && !back.is_over(&whose) {
            steps.push((step, person));
        }
    }
    Ok(steps)
}
