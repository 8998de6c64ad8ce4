//! Telling people that they have an access back: each of them once, after the run that gave it (docs/decisions/0013).

use std::collections::BTreeSet;

use serde_json::json;

use super::calls::{Asker, Calls};
use super::commit::{Change, MAX_ENTRIES};
use super::documents::{ActiveRuns, load, load_run, set};
use super::notify::{Restored, RestoredBook, reach};
use super::records::{Notices, Run, Settings};
use super::run::{Progress, load_steps};
use super::worker::{Flow, WorkError, Worker};
use crate::atlassian::{ApiError, ApiErrorKind, notify};
use crate::audit::{Actor, Entry, LogAction, Outcome, sha256_hex};
use crate::host::{Host, StorageError};
use crate::model::{AccountId, DAY};
use crate::notice::{Mail, Returning, restored};
use crate::plan::{Act, Fate, Person};

/// How long to wait after a run that somebody wished for: what an earlier stage took comes back by another one right after it,
/// and one message is enough.
const FURTHER_SECONDS: i64 = 120;
/// What could not be told for so long is not told any more.
const LATE_SECONDS: i64 = DAY;

/// Whether somebody is to be told.
pub(super) async fn is_due<H: Host>(host: &H) -> Result<bool, StorageError> {
    let book: RestoredBook = load(host).await?;
    Ok(!book.runs.is_empty())
}

/// Tells the next people of the first run that is ready.
pub(super) async fn tell<H: Host>(worker: &Worker<'_, H>) -> Result<Flow, WorkError> {
    let host = worker.host;
    let settings: Settings = load(host).await?;
    let notices = settings.notices.filter(|notices| notices.tell_restored);
    let Some((one, run)) = first_ready(host).await? else {
        return Ok(Flow::Over);
    };
    let people = match &run {
        Some(run) => restored_by(host, run).await?,
        None => Vec::new(),
    };
    let teller = Teller {
        worker,
        run: one.run.as_str(),
        of: run.as_ref(),
    };
    let one = teller.give_up(&one, &people).await?;
    let left = people.get(one.told..).unwrap_or_default();
    let is_late = host.now().since(one.at) > LATE_SECONDS;
    let Some(notices) = notices.filter(|_| !is_late && !left.is_empty()) else {
        teller.forget().await?;
        return Ok(Flow::Next);
    };
    let some = left.get(..MAX_ENTRIES).unwrap_or(left);
    teller.tell(&notices, &one, some).await
}

/// The first run whose people can be told now, and what is stored of it.
async fn first_ready<H: Host>(host: &H) -> Result<Option<(Restored, Option<Run>)>, WorkError> {
    let book: RestoredBook = load(host).await?;
    let active: ActiveRuns = load(host).await?;
    let mut under_way = BTreeSet::new();
    for id in &active.runs {
        if let Some(run) = load_run(host, id).await? {
            under_way.extend(run.cause.wished_by().cloned());
        }
    }
    // The last of several that one person wished for tells them.
    let mut later = BTreeSet::new();
    let mut ready = None;
    for one in book.runs.iter().rev() {
        let run = load_run(host, &one.run).await?;
        let wisher = run.as_ref().and_then(|run| run.cause.wished_by());
        let must_wait = wisher.is_some_and(|wisher| {
            under_way.contains(wisher) || host.now().since(one.at) < FURTHER_SECONDS
        });
        let is_told_later = wisher.is_some_and(|wisher| later.contains(wisher));
        if let (Some(run), Some(wisher)) = (&run, wisher)
            && !restored_by(host, run).await?.is_empty()
        {
            later.insert(wisher.clone());
        }
        // Of what was begun somebody says first what became of it.
        if is_told_later && one.trying == 0 {
            // Without a run there is nobody to tell: it is forgotten.
            ready = Some((one.clone(), None));
        } else if !must_wait {
            ready = Some((one.clone(), run));
        }
    }
    Ok(ready)
}

/// Everybody to whom a run gave something back, once each, in the order of its plan.
async fn restored_by<H: Host>(host: &H, run: &Run) -> Result<Vec<AccountId>, WorkError> {
    let Some(plan) = &run.plan else {
        return Ok(Vec::new());
    };
    let progress = Progress::load(host, &run.id).await?;
    let gives = |person: &Person| {
        let mut acts = person.acts.iter();
        acts.any(|act| act.restores() || matches!(act, Act::GiveAccess { .. }))
    };
    let (mut people, mut known) = (Vec::new(), BTreeSet::new());
    for (step, person) in (0u32..).zip(load_steps(host, &run.id, plan.parts).await?) {
        let is_back = progress.fate(step) == Fate::Verified && gives(&person);
        if is_back && known.insert(person.account.clone()) {
            people.push(person.account);
        }
    }
    Ok(people)
}

struct Teller<'a, 'h, H> {
    worker: &'a Worker<'h, H>,
    run: &'a str,
    of: Option<&'a Run>,
}

/// What came of telling one person.
struct Told {
    outcome: Outcome,
    reason: String,
    text: Option<String>,
}

impl<H: Host> Teller<'_, '_, H> {
    /// Tells some people, who are the next ones of the run.
    async fn tell(
        &self,
        notices: &Notices,
        one: &Restored,
        some: &[AccountId],
    ) -> Result<Flow, WorkError> {
        let calls = Calls::load(self.worker.host, Asker::Job).await?;
        let reach = reach(&calls, some).await?;
        self.begin(some).await?;
        let own = notices.restored_template();
        let mut told = Vec::new();
        let mut pause = None;
        for account in some {
            let Some(person) = reach.of(account) else {
                told.push(Told {
                    outcome: Outcome::NotDone,
                    reason: String::from("not an active user of this site's Jira"),
                    text: None,
                });
                continue;
            };
            let returning = Returning {
                locale: person.locale.as_deref(),
                name: person.display_name.as_deref(),
                contact: notices.contact.as_deref(),
                policy: self.of.map(|run| run.policy.name.as_str()),
            };
            let mail = restored(&returning, own.as_ref());
            let request = notify(&notices.issue, account, &mail);
            let operation = "telling a person that they have their access back";
            match calls.send(operation, request).await {
                Err(error) if matches!(error.kind, ApiErrorKind::RateLimited { .. }) => {
                    pause = Some(error);
                    break;
                }
                answer => told.push(told_of(answer.err(), &mail)),
            }
        }
        self.settle(one, some, &told).await?;
        match pause {
            Some(error) => Err(error.into()),
            None => Ok(Flow::Next),
        }
    }

    /// Notes that some people are about to be told.
    async fn begin(&self, some: &[AccountId]) -> Result<(), WorkError> {
        let host = self.worker.host;
        self.worker
            .commit(async || {
                let mut book: RestoredBook = load(host).await?;
                book.change(self.run, |one| one.trying = some.len());
                let entry = Entry {
                    subjects: some.iter().map(|account| account.0.clone()).collect(),
                    ..self.entry(Outcome::Intent)
                };
                let change = Change {
                    entries: vec![entry],
                    writes: vec![set(&book)?],
                };
                Ok((change, ()))
            })
            .await
    }

    /// Notes what came of it. Whoever comes after those of whom something is said was surely not told, and comes again.
    async fn settle(
        &self,
        one: &Restored,
        some: &[AccountId],
        told: &[Told],
    ) -> Result<(), WorkError> {
        let host = self.worker.host;
        let mut entries = Vec::new();
        for (number, account) in some.iter().enumerate() {
            let told = told.get(number);
            let outcome = told.map_or(Outcome::NotDone, |told| told.outcome);
            let text = told.and_then(|told| told.text.as_ref());
            entries.push(Entry {
                subject: Some(account.0.clone()),
                reason: Some(told.map_or_else(
                    || String::from("the calls are limited now: it is sent later"),
                    |told| told.reason.clone(),
                )),
                after: text.map(|hash| json!({"textSha256": hash})),
                ..self.entry(outcome)
            });
        }
        let now_told = one.told.saturating_add(told.len());
        self.worker
            .commit(async || {
                let mut book: RestoredBook = load(host).await?;
                book.change(self.run, |one| (one.told, one.trying) = (now_told, 0));
                let change = Change {
                    entries: entries.clone(),
                    writes: vec![set(&book)?],
                };
                Ok((change, ()))
            })
            .await
    }

    /// Says of those who were being told when an invocation ended that nobody knows; they are not told again.
    async fn give_up(&self, one: &Restored, people: &[AccountId]) -> Result<Restored, WorkError> {
        let end = one.told.saturating_add(one.trying);
        let some = people.get(one.told..end).unwrap_or_default();
        if one.trying == 0 {
            return Ok(one.clone());
        }
        let reason =
            "no clear answer: whether the message was sent is not known; it is not sent again";
        let told: Vec<Told> = some
            .iter()
            .map(|_| Told {
                outcome: Outcome::Failed,
                reason: String::from(reason),
                text: None,
            })
            .collect();
        self.settle(one, some, &told).await?;
        Ok(Restored {
            told: end,
            trying: 0,
            ..one.clone()
        })
    }

    /// Forgets the run: everybody was told, or nobody is any more.
    async fn forget(&self) -> Result<(), WorkError> {
        let host = self.worker.host;
        self.worker
            .commit(async || {
                let mut book: RestoredBook = load(host).await?;
                book.forget(self.run);
                let change = Change {
                    writes: vec![set(&book)?],
                    ..Change::default()
                };
                Ok((change, ()))
            })
            .await
    }

    fn entry(&self, outcome: Outcome) -> Entry {
        Entry {
            run: Some(self.run.to_owned()),
            policy: self.of.map(|run| run.policy.id.clone()),
            policy_hash: self.of.map(|run| run.policy.hash.clone()),
            ..Entry::new(
                self.worker.host.now(),
                &Actor::Schedule,
                LogAction::TellRestored,
                outcome,
            )
        }
    }
}

fn told_of(error: Option<ApiError>, mail: &Mail) -> Told {
    let (outcome, reason) = match error {
        None => (Outcome::Done, mail.subject.clone()),
        Some(error) => (Outcome::Failed, format!("{error}: {}", error.hint())),
    };
    Told {
        outcome,
        reason,
        text: Some(sha256_hex(&mail.text)),
    }
}
