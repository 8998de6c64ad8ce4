//! The report of a run in words: its figures, why people were let be, and what proves it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::runs::{ended, waiting};
use crate::app::records::Run;
use crate::app::run::{Progress, load_part};
use crate::host::{Host, StorageError};
use crate::notice::{Mail, report};
use crate::plan::Fate;
use crate::policy::ReportWhen;

/// So many reasons are told, the most frequent ones.
const MOST_REASONS: usize = 8;

/// The report of a run that is over or waits for a decision; nothing of one at work.
pub(super) async fn mail<H: Host>(
    host: &H,
    run: &Run,
    (note, bundle): (Option<&str>, Option<&str>),
    head: (u32, &str),
) -> Result<Option<Mail>, StorageError> {
    let Some(piece) = waiting(run).or_else(|| ended(run, None, ReportWhen::Always)) else {
        return Ok(None);
    };
    let counts = &run.counts;
    let mut lines = Vec::new();
    if let Some(note) = note {
        lines.extend([note.to_owned(), String::new()]);
    }
    lines.extend([piece.title.clone(), piece.text]);
    lines.push(format!(
        "Matched: {}; still planned: {}; done: {}; failed: {}; let be: {}; exempt: {}; protected: {}. Not decided: {}.",
        counts.matched,
        counts.planned,
        counts.acted,
        counts.failed,
        counts.skipped,
        counts.exempt,
        counts.protected,
        counts.unknown
    ));
    if run.state.is_over() {
        for guard in &run.guards {
            lines.push(format!("Guard: {}.", guard.text));
        }
    }
    for (people, why) in reasons(host, run).await? {
        lines.push(format!("{people} {why}"));
    }
    lines.push(String::new());
    lines.push(format!(
        "In Jira, the app's page shows everything of it under Runs, asked for at {} ({}).",
        run.now, run.id
    ));
    if let Some(plan) = &run.plan {
        lines.push(format!("The plan's hash: {}", plan.hash));
    }
    lines.push(match bundle {
        Some(hash) => format!("The evidence bundle that the sender made of it has the SHA-256 {hash}"),
        None => String::from(
            "No evidence bundle came with it: whoever makes one on the run's page finds the plan's hash and the entry below in it.",
        ),
    });
    Ok(Some(report(&piece.title, &lines, head)))
}

/// Where everybody of a run's plan ended, and what there is to say about it.
pub(super) async fn ends<H: Host>(
    host: &H,
    run: &Run,
) -> Result<Vec<(Fate, String)>, StorageError> {
    let progress = Progress::load(host, &run.id).await?;
    let mut ends = Vec::new();
    let mut step: u32 = 0;
    for part in 0..run.plan.as_ref().map_or(0, |plan| plan.parts) {
        for person in load_part(host, &run.id, part).await? {
            ends.push(match person.fate {
                Fate::Planned => {
                    let note = progress.note(step).unwrap_or_default().to_owned();
                    let end = (progress.fate(step), note);
                    step = step.saturating_add(1);
                    end
                }
                fate => (fate, person.reason),
            });
        }
    }
    Ok(ends)
}

/// Why people were not acted on, by kind, the most frequent first. Of an exemption's reason, which is in the words of
/// somebody, nothing is told.
async fn reasons<H: Host>(host: &H, run: &Run) -> Result<Vec<(u32, String)>, StorageError> {
    let mut kinds: BTreeMap<String, u32> = BTreeMap::new();
    for (fate, reason) in ends(host, run).await? {
        let kind = match fate {
            Fate::Skipped => "let be",
            Fate::Failed => "failed",
            Fate::Protected => "protected",
            Fate::Unknown => "not decided",
            _ => continue,
        };
        let why = reason.split(':').next().unwrap_or_default();
        *kinds.entry(format!("{kind}: {why}")).or_default() += 1;
    }
    let mut kinds: Vec<(u32, String)> = kinds
        .into_iter()
        .map(|(why, people)| (people, why))
        .collect();
    kinds.sort_by_key(|(people, _)| Reverse(*people));
    kinds.truncate(MOST_REASONS);
    Ok(kinds)
}
