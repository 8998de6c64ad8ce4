//! Asking for an approval in a Jira issue. It shows the figures, the plan's hash and the first of its people; the whole
//! plan is on the page, and attached.

use serde_json::json;

use super::attach::file_name;
use super::book::{AskedIssue, IssueBook};
use crate::app::calls::{Asker, Calls};
use crate::app::commit::{Change, commit};
use crate::app::documents::{load, load_run, set, set_run};
use crate::app::newest_snapshot;
use crate::app::records::{ApprovalIssues, ApprovalPlace, Run, RunState, Settings};
use crate::app::run::load_part;
use crate::app::worker::WorkError;
use crate::atlassian::{
    IssueName, NewIssue, create_issue, issues_labelled, read_created_issue, read_found_issues,
};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::Host;
use crate::model::Time;
use crate::plan::{Fate, Person};

/// The most people that an issue shows.
const ROWS: usize = 50;
/// How long a new issue may be missing from Jira's search: until then nobody knows whether a lost call made one.
const SEARCHABLE_SECONDS: i64 = 120;

/// Whether a run waits for an issue that asks for its approval.
pub(super) fn wants_issue(run: &Run) -> bool {
    run.state == RunState::AwaitingApproval
        && run.approval_wanted == Some(ApprovalPlace::Issue)
        && run.approval_issue.is_none()
}

/// Creates the issue of a run, or finds the one that a killed invocation created.
pub(super) async fn ask<H: Host>(host: &H, id: &str) -> Result<(), WorkError> {
    let settings: Settings = load(host).await?;
    let Some(place) = settings.approval_issues else {
        let why = "no project is chosen for approval issues: choose one, or decide on the page";
        return note(host, id, why).await;
    };
    let Some((run, asked, was_asked)) = begin(host, id, &place).await? else {
        return Ok(());
    };
    let calls = Calls::load(host, Asker::Job).await?;
    // A run that is held again and awaits approval anew has another issue, not the one that decided before.
    let label = format!("seatkeeper-{}-{}", run.id, asked.0);
    let mut issue = None;
    if was_asked {
        let seconds = host.now().since(asked);
        let operation = "searching the approval issue";
        let found = calls.send(operation, issues_labelled(&label)).await?;
        issue = read_found_issues(&found.body)?.into_iter().next();
        if issue.is_none() && seconds < SEARCHABLE_SECONDS {
            // Looked for again by the next look at the approvals.
            return Ok(());
        }
    }
    let issue = match issue {
        Some(issue) => issue,
        None => {
            let text = text_of(host, &run, &place).await?;
            let summary = summary(&run);
            let request = create_issue(&NewIssue {
                project: &place.project,
                issue_type: &place.issue_type,
                summary: &summary,
                paragraphs: &text,
                label: &label,
                property: json!({
                    "run": run.id,
                    "plan": run.plan.as_ref().map(|plan| &plan.hash),
                }),
            });
            let answer = calls.send("creating the approval issue", request).await;
            match answer {
                Ok(answer) => read_created_issue(&answer.body)?,
                Err(error) if error.is_refused_for_good() => {
                    let why = format!(
                        "the approval issue was not created ({error}): correct the project in the settings, or decide on the page"
                    );
                    return note(host, id, &why).await;
                }
                Err(error) => return Err(error.into()),
            }
        }
    };
    remember(host, id, issue).await
}

/// Notes that an issue is about to be created. Answers the run, when that was noted, and whether it was noted before: then a
/// call of an invocation that was killed may have created it. While the issue of an earlier wait is not closed, nothing is
/// created.
async fn begin<H: Host>(
    host: &H,
    id: &str,
    place: &ApprovalIssues,
) -> Result<Option<(Run, Time, bool)>, WorkError> {
    commit(host, async || {
        let mut change = Change::default();
        let Some(run) = load_run(host, id).await?.filter(wants_issue) else {
            return Ok((change, None));
        };
        let mut book: IssueBook = load(host).await?;
        let now = host.now();
        if let Some(asked) = book.of_run(id) {
            let asked = asked.is_of(&run).then_some(asked.asked);
            return Ok((change, asked.map(|asked| (run, asked, true))));
        }
        let plan = run.plan.as_ref().map(|plan| plan.hash.clone());
        book.asked.push(AskedIssue {
            run: id.to_owned(),
            plan: plan.unwrap_or_default(),
            asked: now,
            approved_status: Some(place.approved_status.clone()),
            issue: None,
            refused: None,
            file_begun: None,
            file_settled: false,
        });
        change.writes.push(set(&book)?);
        Ok((change, Some((run, now, false))))
    })
    .await
}

/// Keeps which issue stands for the run's plan.
async fn remember<H: Host>(host: &H, id: &str, issue: IssueName) -> Result<(), WorkError> {
    commit(host, async || {
        let mut change = Change::default();
        let mut book: IssueBook = load(host).await?;
        if let Some(asked) = book.of_run(id) {
            asked.issue = Some(issue.clone());
            change.writes.push(set(&book)?);
        }
        if let Some(mut run) = load_run(host, id).await? {
            run.approval_issue = Some(issue.key.clone());
            run.message = None;
            let plan = run.plan.as_ref().map(|plan| &plan.hash);
            change.entries.push(Entry {
                run: Some(run.id.clone()),
                policy: Some(run.policy.id.clone()),
                policy_hash: Some(run.policy.hash.clone()),
                after: Some(json!({"issue": issue.key, "plan": plan})),
                ..Entry::new(
                    host.now(),
                    &Actor::Schedule,
                    LogAction::AskApproval,
                    Outcome::Done,
                )
            });
            change.writes.push(set_run(&run)?);
        }
        Ok((change, ()))
    })
    .await
}

/// Says on the run why no issue asks for its approval.
async fn note<H: Host>(host: &H, id: &str, why: &str) -> Result<(), WorkError> {
    commit(host, async || {
        let mut change = Change::default();
        let stored = load_run(host, id).await?.filter(wants_issue);
        if let Some(mut run) = stored
            && run.message.as_deref() != Some(why)
        {
            run.message = Some(why.to_owned());
            change.writes.push(set_run(&run)?);
        }
        Ok((change, ()))
    })
    .await
}

/// One line of at most 255 characters.
fn summary(run: &Run) -> String {
    let name: String = run.policy.name.chars().take(150).collect();
    let steps = run.plan.as_ref().map_or(0, |plan| plan.steps);
    format!("Seatkeeper: approve the plan of {name} ({steps} people)")
}

/// What the issue says: figures, hash and the first people. Names only where the administrator confirmed who reads them.
async fn text_of<H: Host>(
    host: &H,
    run: &Run,
    place: &ApprovalIssues,
) -> Result<Vec<String>, WorkError> {
    let Some(plan) = &run.plan else {
        return Ok(Vec::new());
    };
    let counts = run.counts;
    let mut text = vec![
        format!(
            "The policy {} (revision {}) would {} {} of {} people. Matched: {}; exempt: {}; protected: {}; not known: {}.",
            run.policy.id,
            run.policy.revision,
            plan.what_is_done(),
            plan.steps,
            counts.users,
            counts.matched,
            counts.exempt,
            counts.protected,
            counts.unknown,
        ),
        format!(
            "Plan {} of the run {}, on the reading of {}. This issue decides on exactly this plan; single people can be held out on the page.",
            plan.hash, run.id, plan.snapshot_taken,
        ),
        format!(
            "The status \"{}\" approves it; every other status that ends this issue rejects it.",
            place.approved_status,
        ),
    ];
    let names = match place.confirmed_browsers {
        true => newest_snapshot(host).await?,
        false => None,
    };
    let mut shown = 0;
    for part in 0..plan.parts {
        for person in load_part(host, &run.id, part).await? {
            if person.fate != Fate::Planned || shown == ROWS {
                continue;
            }
            shown += 1;
            let name = names.as_ref().and_then(|(_, snapshot)| {
                let row = snapshot.find(&person.account, &person.directory)?;
                snapshot.name(row)
            });
            text.push(line(&person, name));
        }
        if shown == ROWS {
            break;
        }
    }
    text.push(format!(
        "The whole plan is on Seatkeeper's page and, unless a comment says otherwise, in the attached file {}.",
        file_name(&run.id)
    ));
    Ok(text)
}

fn line(person: &Person, name: Option<&str>) -> String {
    match name {
        Some(name) => format!("{name} ({}): {}", person.account, person.reason),
        None => format!("{}: {}", person.account, person.reason),
    }
}
