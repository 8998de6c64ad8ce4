//! The weekly report of the accounts whose personal data is stored, and what the platform answers to it (RULES R18): whoever
//! closed their account is erased, whoever changed something is read again.
//!
//! The report is a chain of short jobs on the queue of short jobs, so that nobody's run waits for it and it waits for
//! nobody's. An account's id alone decides in which job it is reported, so a new reading in the middle disturbs nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::by_hand;
use super::chains;
use super::documents::{Document, ExemptionBook, load, set};
use super::erasure;
use super::hints::{self, share_of};
use super::imports::{self, ImportBook};
use super::moves;
use super::news;
use super::protect;
use super::records::ExemptionSubject;
use super::sync::{newest_head, stored_accounts};
use super::worker::{Flow, Job, WorkError, Worker};
use super::{lists, own_fields};
use crate::host::{AccountVerdict, Host, Queue, StorageError};
use crate::model::{AccountId, DAY, HOUR, Time};

/// How often the platform wants a report.
const CYCLE_SECONDS: i64 = 7 * DAY;
/// A report under way that nobody has worked on for so long gets a new job.
const WATCH_SECONDS: i64 = HOUR;
/// Accounts in one job, about: 20 batches of 90, which end within 55 seconds even where a call takes a second.
const ACCOUNTS_A_JOB: u32 = 1_800;
/// A job that is redelivered so late begins nothing.
const LEAST_MILLISECONDS: u32 = 30_000;

/// The newest report.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct ReportBook {
    /// When it was begun.
    started: Option<Time>,
    /// When it was through, if it is.
    finished: Option<Time>,
    /// When somebody last worked on it.
    touched: Time,
    /// In how many jobs it is made, and how many are through.
    jobs: u32,
    through: u32,
    /// What the platform said when it last refused.
    pub(super) failure: Option<String>,
}

impl Document for ReportBook {
    const KEY: &'static str = "privacy-report";
}

impl ReportBook {
    /// Since when a report is under way that is not through, if so.
    pub(super) fn unfinished_since(&self) -> Option<Time> {
        self.started.filter(|_| self.finished.is_none())
    }

    fn is_under_way(&self) -> bool {
        self.unfinished_since().is_some()
    }

    fn is_due(&self, now: Time) -> bool {
        if self.is_under_way() {
            return now.since(self.touched) >= WATCH_SECONDS;
        }
        self.started
            .is_none_or(|started| now.since(started) >= CYCLE_SECONDS)
    }
}

/// Begins a report where one is due, or gives a lost one a new job. Without a reading there is nothing to report.
pub(super) async fn begin_if_due<H: Host>(host: &H) -> Result<(), WorkError> {
    let now = host.now();
    let mut book: ReportBook = load(host).await?;
    if !book.is_due(now) {
        return Ok(());
    }
    let Some(head) = newest_head(host).await? else {
        return Ok(());
    };
    // Pushed first: a job that finds nothing under way goes away by itself, a report without a job would wait an hour.
    host.push(Queue::Answer, Job::report(host).text()?, 0)
        .await?;
    if !book.is_under_way() {
        let exports: ImportBook = load(host).await?;
        let exported = exports.kept.map_or(0, |kept| kept.report.people);
        book = ReportBook {
            started: Some(now),
            jobs: head
                .users
                .saturating_add(exported)
                .div_ceil(ACCOUNTS_A_JOB)
                .max(1),
            ..ReportBook::default()
        };
    }
    book.touched = now;
    Ok(host.transact(vec![set(&book)?]).await?)
}

/// Makes the next part of the report.
pub(super) async fn report<H: Host>(worker: &Worker<'_, H>) -> Result<Flow, WorkError> {
    let host = worker.host;
    let mut book: ReportBook = load(host).await?;
    if !book.is_under_way() {
        return Ok(Flow::Over);
    }
    if host.time_left() < LEAST_MILLISECONDS {
        return Ok(Flow::Next);
    }
    let accounts = accounts(host, &book).await?;
    let verdicts = if accounts.is_empty() {
        Ok(Vec::new())
    } else {
        host.report_accounts(&accounts).await
    };
    let verdicts = match verdicts {
        Ok(verdicts) => verdicts,
        Err(error) => {
            // The schedule begins again here after an hour.
            book.failure = Some(error.0);
            keep(worker, &mut book).await?;
            return Ok(Flow::Over);
        }
    };
    let of = |wanted: AccountVerdict| -> Vec<AccountId> {
        let named = verdicts.iter().filter(|(_, verdict)| *verdict == wanted);
        named.map(|(account, _)| account.clone()).collect()
    };
    let (closed, updated) = (of(AccountVerdict::Closed), of(AccountVerdict::Updated));
    if !closed.is_empty() {
        erasure::ask_for(worker, &closed).await?;
    }
    hints::mark(host, &updated).await?;
    book.through += 1;
    book.failure = None;
    if book.through >= book.jobs {
        book.finished = Some(host.now());
    }
    keep(worker, &mut book).await?;
    Ok(if book.is_under_way() {
        Flow::Next
    } else {
        Flow::Over
    })
}

/// The accounts of the next job, each with the time at which its data was read: everybody in the newest snapshot, also who
/// is not listed any more and still in its chunks, and in the export in use, whoever is exempt by name, whoever is in a policy's chain, whoever has a duty that protects, whose
/// address a run by hand keeps, whoever is or was to be moved, and whoever is told what is new.
async fn accounts(
    host: &impl Host,
    book: &ReportBook,
) -> Result<Vec<(AccountId, Time)>, StorageError> {
    let is_next = |account: &AccountId| {
        account.is_plausible() && share_of(account, book.jobs) == book.through
    };
    let mut accounts = BTreeMap::new();
    if let Some((head, stored)) = stored_accounts(host).await? {
        for account in stored.into_iter().filter(is_next) {
            accounts.insert(account, head.taken);
        }
    }
    if let Some((import, people)) = imports::load(host).await? {
        for row in people.rows() {
            let account = AccountId(people.account(row).unwrap_or_default().to_owned());
            if is_next(&account) {
                // The older of what is stored of a person is what must be renewed.
                let read = accounts.entry(account).or_insert(import.made);
                *read = import.made.min(*read);
            }
        }
    }
    let exemptions: ExemptionBook = load(host).await?;
    for exemption in exemptions.exemptions {
        let subject = match exemption.subject {
            ExemptionSubject::User { account } => Some(account),
            _ => None,
        };
        for account in subject.into_iter().chain(exemption.owner) {
            if is_next(&account) {
                accounts.entry(account).or_insert(exemption.added.at);
            }
        }
    }
    let mut others = chains::accounts(host).await?;
    others.append(&mut protect::accounts(host).await?);
    others.append(&mut lists::accounts(host).await?);
    others.append(&mut own_fields::accounts(host).await?);
    others.append(&mut by_hand::accounts(host).await?);
    others.append(&mut moves::accounts(host).await?);
    others.append(&mut news::accounts(host).await?);
    for (account, read) in others {
        if is_next(&account) {
            accounts.entry(account).or_insert(read);
        }
    }
    Ok(accounts.into_iter().collect())
}

/// Stores how far the report has come, if nobody else has taken it over.
async fn keep<H: Host>(worker: &Worker<'_, H>, book: &mut ReportBook) -> Result<(), WorkError> {
    book.touched = worker.host.now();
    worker.transact(vec![set(book)?]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_due_every_seven_days_and_again_when_its_job_is_lost() {
        let at = |hours: i64| Time(hours * HOUR);
        let book = |started: Option<i64>, finished: Option<i64>, touched: i64| ReportBook {
            started: started.map(at),
            finished: finished.map(at),
            touched: at(touched),
            ..ReportBook::default()
        };
        for (book, now, expected) in [
            (book(None, None, 0), 1, true),
            (book(Some(0), None, 5), 5, false),
            (book(Some(0), None, 5), 6, true),
            (book(Some(0), Some(2), 2), 167, false),
            (book(Some(0), Some(2), 2), 168, true),
        ] {
            assert_eq!(book.is_due(at(now)), expected, "{book:?} at {now}");
        }
    }
}
