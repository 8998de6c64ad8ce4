//! The whole plan as a file on the issue that asks for its approval. A plan that cannot be attached is decided all the same.

use serde_json::json;

use super::book::{AskedIssue, IssueBook};
use crate::app::calls::Calls;
use crate::app::commit::{Change, commit};
use crate::app::documents::{load, load_run, set};
use crate::app::newest_snapshot;
use crate::app::records::{Run, Settings};
use crate::app::run::load_part;
use crate::app::worker::WorkError;
use crate::atlassian::{IssueName, attach, comment};
use crate::audit::{Actor, Entry, LogAction, Outcome, sha256_hex};
use crate::csv::write_row;
use crate::host::Host;
use crate::plan::{Fate, Person};

/// The largest file, in bytes: everything in it is in memory at once, several times over.
const LARGEST: usize = 2_000_000;
/// How long an upload may be under way before another is tried: the call of an invocation that was killed may still arrive.
const UNDER_WAY_SECONDS: i64 = 300;

/// The name of the file.
pub(super) fn file_name(run: &str) -> String {
    format!("seatkeeper-plan-{run}.csv")
}

/// Attaches the plan of a run to its issue, once. `files` are the files that the issue has.
pub(super) async fn attach_plan<H: Host>(
    host: &H,
    calls: &Calls<'_, H>,
    asked: &AskedIssue,
    issue: &IssueName,
    files: &[String],
) -> Result<(), WorkError> {
    let Some(run) = load_run(host, &asked.run).await? else {
        return Ok(());
    };
    let name = file_name(&run.id);
    if files.contains(&name) {
        // The call of an invocation that was killed attached it: of what, only the issue knows.
        return settle(host, &run, issue, Ok(None)).await;
    }
    if !begin(host, &run.id).await? {
        return Ok(());
    }
    let Some(table) = table(host, &run).await? else {
        let why = format!("it is larger than {} MB", LARGEST / 1_000_000);
        return give_up(host, calls, &run, issue, &why).await;
    };
    let hash = sha256_hex(&table);
    // The hash of the plan cannot stand in the plan.
    let boundary = format!("seatkeeper-{}", asked.plan);
    let boundary: String = boundary.chars().take(70).collect();
    let request = attach(&issue.id, &name, &table, boundary);
    match calls.send("attaching the plan to its issue", request).await {
        Ok(_) => settle(host, &run, issue, Ok(Some(hash))).await,
        Err(error) if error.is_refused_for_good() => {
            give_up(host, calls, &run, issue, &error.to_string()).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Notes that an upload is under way; false if another one is, or none is needed any more.
async fn begin<H: Host>(host: &H, id: &str) -> Result<bool, WorkError> {
    commit(host, async || {
        let mut change = Change::default();
        let mut book: IssueBook = load(host).await?;
        let now = host.now();
        let Some(asked) = book.of_run(id).filter(|asked| {
            let is_under_way = |since| now.since(since) < UNDER_WAY_SECONDS;
            !asked.file_settled && !asked.file_begun.is_some_and(is_under_way)
        }) else {
            return Ok((change, false));
        };
        asked.file_begun = Some(now);
        change.writes.push(set(&book)?);
        Ok((change, true))
    })
    .await
}

/// Says on the issue that the plan is on the page alone.
async fn give_up<H: Host>(
    host: &H,
    calls: &Calls<'_, H>,
    run: &Run,
    issue: &IssueName,
    why: &str,
) -> Result<(), WorkError> {
    let text = format!(
        "Seatkeeper: the plan could not be attached ({why}). The whole plan is on Seatkeeper's page; this issue decides on it all the same."
    );
    // A comment more or less decides nothing.
    let operation = "commenting on the approval issue";
    let _ = calls.send(operation, comment(&issue.id, &text)).await;
    settle(host, run, issue, Err(why)).await
}

/// Notes what became of the file: attached with its hash, if this call attached it, or not attached and why.
async fn settle<H: Host>(
    host: &H,
    run: &Run,
    issue: &IssueName,
    end: Result<Option<String>, &str>,
) -> Result<(), WorkError> {
    commit(host, async || {
        let mut change = Change::default();
        let mut book: IssueBook = load(host).await?;
        let open = book.of_run(&run.id).filter(|asked| !asked.file_settled);
        let Some(asked) = open else {
            return Ok((change, ()));
        };
        asked.file_settled = true;
        change.writes.push(set(&book)?);
        let outcome = match end {
            Ok(_) => Outcome::Done,
            Err(_) => Outcome::Failed,
        };
        change.entries.push(Entry {
            run: Some(run.id.clone()),
            policy: Some(run.policy.id.clone()),
            policy_hash: Some(run.policy.hash.clone()),
            reason: end
                .as_ref()
                .err()
                .map(|why| format!("the plan was not attached: {why}")),
            after: Some(json!({
                "issue": issue.key,
                "file": file_name(&run.id),
                "sha256": end.as_ref().ok(),
            })),
            ..Entry::new(
                host.now(),
                &Actor::Schedule,
                LogAction::AskApproval,
                outcome,
            )
        });
        Ok((change, ()))
    })
    .await
}

/// The plan as a table, everybody in it; `None` where it is too large. Names only where the administrator confirmed who
/// reads them.
async fn table<H: Host>(host: &H, run: &Run) -> Result<Option<String>, WorkError> {
    let settings: Settings = load(host).await?;
    let may_name = settings
        .approval_issues
        .is_some_and(|place| place.confirmed_browsers);
    let names = match may_name {
        true => newest_snapshot(host).await?,
        false => None,
    };
    let mut table = String::new();
    let columns = [
        "account",
        "name",
        "directory",
        "verdict",
        "stage",
        "actions",
        "reason",
    ];
    write_row(&mut table, &columns);
    for part in 0..run.plan.as_ref().map_or(0, |plan| plan.parts) {
        for person in load_part(host, &run.id, part).await? {
            let name = names.as_ref().and_then(|(_, snapshot)| {
                let row = snapshot.find(&person.account, &person.directory)?;
                snapshot.name(row)
            });
            write_person(&mut table, &person, name.unwrap_or_default());
            if table.len() > LARGEST {
                return Ok(None);
            }
        }
    }
    Ok(Some(table))
}

fn write_person(table: &mut String, person: &Person, name: &str) {
    let acts: Vec<&str> = person.acts.iter().map(|act| act.name()).collect();
    let cells = [
        person.account.as_str(),
        name,
        person.directory.as_str(),
        verdict(person.fate),
        &person.stage.to_string(),
        &acts.join(" "),
        &person.reason,
    ];
    write_row(table, &cells);
}

/// What was decided for a person when the plan was frozen.
fn verdict(fate: Fate) -> &'static str {
    match fate {
        Fate::Unknown => "unknown",
        Fate::Exempt => "exempt",
        Fate::Protected => "protected",
        Fate::Skipped => "skipped",
        Fate::Planned | Fate::Acted | Fate::Verified | Fate::Failed => "planned",
    }
}
