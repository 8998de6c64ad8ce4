//! One batch of a run: read again, judged, logged, acted on, read back. At most 100 people of one directory.

use std::collections::{BTreeMap, BTreeSet};

use super::asking::{Leave, Question, ask, must_ask};
use super::calling::{Called, call, is_late, is_unclear, operation, requests, untouched};
use super::facts::Facts;
use super::gate::Gate;
use super::judge::{Judge, Reading};
use super::keepers::Keepers;
use super::own_status::tell_apart;
use super::progress::{End, IN_A_ROW, Progress, Untouched, Went};
use super::returned_roles::{ReturnedRoles, given};
use super::steps::{Answered, Left, Settled, Steps, accounts, intend, settle};
use super::tokens::revoke_tokens;
use super::warnings::Warnings;
use crate::app::api::Api;
use crate::app::commit::{Change, MAX_ENTRIES};
use crate::app::left_alone;
use crate::app::protect::token_users;
use crate::app::sync::{Sought, people_elsewhere_now, people_now};
use crate::app::together::{Piece, together};
use crate::app::worker::{WorkError, Worker};
use crate::atlassian::{ApiError, ApiErrorKind};
use crate::audit::Outcome;
use crate::host::Host;
use crate::model::{AccountId, DirectoryId, Time};
use crate::notice::Mail;
use crate::plan::{Act, Fate, Link, Protections, needs_memory};
use crate::planted::{Fault, planted};
use crate::snapshot::Snapshot;

/// So many people are acted on at once: as many as the bad answers in a row that end a run.
const AT_ONCE: usize = IN_A_ROW;

/// How a batch ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BatchEnd {
    /// Everything in it is over.
    Over,
    /// Something is to be looked at again.
    Pending,
    /// The calls are limited for so many seconds.
    Limited(u32),
}

/// How far a group's calls came.
enum Acted {
    /// To the end.
    All,
    /// Until Atlassian limited the calls.
    Limited(u32),
    /// Until too many in a row were refused or without an answer, the reading was too old, or time ran out.
    Ended,
}

/// What the calls of an act were answered.
pub(super) struct Told {
    /// Why it was not accepted, if it was not.
    pub(super) refused: Option<ApiError>,
    pub(super) answer: Answered,
    /// Whether one of the calls may have changed something.
    pub(super) changed: bool,
    /// If a later one of several was refused: what was not changed.
    pub(super) untouched: Option<Untouched>,
}

/// What came of a batch's calls until now: for whom they were made, what they were answered, and how many of the last ones
/// in a row were answered badly.
type SoFar<'s> = (&'s mut Vec<u32>, &'s mut BTreeMap<u32, Told>, &'s mut usize);

pub(super) struct Batch<'a, 'h, H> {
    pub(super) worker: &'a Worker<'h, H>,
    pub(super) api: &'a Api<'h, H>,
    pub(super) steps: &'a Steps<'a>,
    pub(super) gate: &'a Gate,
    pub(super) facts: &'a Facts,
    pub(super) taken: &'a BTreeMap<AccountId, String>,
    /// Where each step's person was in the policy's chain, if it keeps one.
    pub(super) links: &'a [Option<Link>],
    /// The address of each step's person, where it is known.
    pub(super) addresses: &'a [String],
    pub(super) progress: &'a mut Progress,
    /// Steps whose intent was out when the batch began: a call may have been made for them.
    pub(super) resumed: Vec<u32>,
    /// When calls for them were last about to be made.
    pub(super) opened: Option<Time>,
    /// Which direct roles that acts give back were not there right before.
    pub(super) roles: ReturnedRoles,
    /// Whom other directories list besides, as the reading before the action found.
    pub(super) in_several: Vec<AccountId>,
    /// Who was seen to stay in groups of administrators.
    pub(super) keepers: &'a mut Keepers,
    /// Whom warnings reach, and who was told something already.
    pub(super) warnings: &'a Warnings,
    /// What the calls were answered, as far as it is not noted yet.
    pub(super) answers: BTreeMap<u32, Answered>,
    /// The messages that are about to be sent.
    pub(super) mails: BTreeMap<u32, Mail>,
}

impl<H: Host> Batch<'_, '_, H> {
    /// Reads, decides, acts and reads back.
    pub(super) async fn run(&mut self, batch: &[u32]) -> Result<BatchEnd, WorkError> {
        let read_at = self.worker.host.now();
        let (people, asked) = self.read(batch).await?;
        // Whoever was not asked for is in the next batch.
        let is_asked = |step: &&u32| {
            let person = self.steps.person(**step);
            person.is_some_and(|person| asked.contains(&person.account))
        };
        let batch: Vec<u32> = batch.iter().filter(is_asked).copied().collect();
        let (act, mut end) = self.judge(&batch, &people, read_at).await?;
        let act = self.keep_administrators(&act, &people).await?;
        let act = self.ask_tokens(&act, &people).await?;
        let act = self.ask(&act).await?;
        let act = self.word(&act, &people).await?;
        let mut told = BTreeMap::new();
        let mut tried = Vec::new();
        // Rows of bad answers do not end with a group or a batch.
        let mut in_a_row = self.progress.bad_at_the_end();
        // What an invocation read that slept since is too old to act on, whichever of the two it is.
        let read_at = self.gate.read_at;
        for group in act.chunks(MAX_ENTRIES) {
            if self.is_late(read_at) {
                break;
            }
            if !planted(Fault::IntentAfterwards) {
                intend(self.worker, self.steps, self.progress, group).await?;
            }
            self.reopen(group).await?;
            let so_far = (&mut tried, &mut told, &mut in_a_row);
            let acted = self.act(group, &people, read_at, so_far).await?;
            self.hold_back(group, &tried);
            match acted {
                Acted::All => {}
                Acted::Limited(seconds) => {
                    end = BatchEnd::Limited(seconds);
                    break;
                }
                Acted::Ended => break,
            }
        }
        if planted(Fault::IntentAfterwards) {
            intend(self.worker, self.steps, self.progress, &tried).await?;
        }
        if !tried.is_empty() || self.progress.holds_back() {
            // What the answers said must not be lost if the reading back fails.
            self.remember_open().await?;
            let all_seen = self.read_back(&tried, &told).await?;
            if !all_seen && end == BatchEnd::Over {
                end = BatchEnd::Pending;
            }
        }
        Ok(end)
    }

    /// Reads the people of some steps, all of one directory, before they are acted on, and whom it asked for. Whoever came
    /// into another directory since the plan may be exempt by what they are there.
    async fn read(&mut self, batch: &[u32]) -> Result<(Snapshot, Vec<AccountId>), WorkError> {
        let Some(directory) = batch.iter().find_map(|step| self.directory(*step)) else {
            return Ok((Snapshot::new(), Vec::new()));
        };
        let sought = self.sought(batch);
        let (mut people, mut asked) = people_now(self.api, directory, &sought, true).await?;
        let mut others = self.gate.directories.clone();
        others.retain(|other| other != directory);
        if others.is_empty() {
            return Ok((people, asked));
        }
        let (there, asked_there) = people_elsewhere_now(self.api, &others, &sought).await?;
        asked.retain(|account| asked_there.contains(account));
        for record in there.rows().filter_map(|row| there.record(row)) {
            people.push(&record);
            if !self.in_several.contains(&record.account) {
                self.in_several.push(record.account);
            }
        }
        tell_apart(self.api, &mut people, &self.in_several).await?;
        Ok((people, asked))
    }

    /// Who is to be read of some steps.
    pub(super) fn sought(&self, batch: &[u32]) -> Vec<Sought> {
        let mut sought = Vec::with_capacity(batch.len());
        for (step, account) in batch.iter().zip(accounts(self.steps, batch)) {
            let address = usize::try_from(*step)
                .ok()
                .and_then(|step| self.addresses.get(step));
            sought.push(Sought {
                account,
                email: address.filter(|address| !address.is_empty()).cloned(),
            });
        }
        sought
    }

    pub(super) fn directory(&self, step: u32) -> Option<&DirectoryId> {
        self.steps.person(step).map(|person| &person.directory)
    }

    /// Settles whatever the reading ends; answers whom to act on.
    async fn judge(
        &mut self,
        batch: &[u32],
        people: &Snapshot,
        read_at: Time,
    ) -> Result<(Vec<u32>, BatchEnd), WorkError> {
        let protections = Protections {
            told_apart: if needs_memory(&self.gate.policy) {
                BTreeSet::new()
            } else {
                self.in_several.iter().cloned().collect()
            },
            governing: self.facts.seats().governing().to_vec(),
            ..self.gate.protections.clone()
        };
        self.roles = self.returned_roles(batch).await?;
        let judge = Judge {
            steps: self.steps,
            progress: self.progress,
            gate: self.gate,
            protections: &protections,
            facts: self.facts,
            taken: self.taken,
            links: self.links,
            tokenless: &self.without_tokens(batch).await?,
            roles: &self.roles,
            warnings: self.warnings,
            read_at,
        };
        let (mut act, mut over, mut end) = (Vec::new(), Vec::new(), BatchEnd::Over);
        for (step, reading) in judge.all(batch, people) {
            if planted(Fault::SomePassedOver) && step % 3 == 2 {
                self.progress.settle(step, End::Skipped, None);
                continue;
            }
            match reading {
                _ if planted(Fault::NotReadAgain) => act.push(step),
                Reading::Act => act.push(step),
                Reading::Settle(settled) => over.push(settled),
                Reading::Wait => end = BatchEnd::Pending,
            }
        }
        self.shelter_the_restored(&over).await?;
        settle(self.worker, self.steps, self.progress, &over).await?;
        Ok((act, end))
    }

    /// What Atlassian accepted and no reading shows was taken back by somebody who wants it so (RULES R18).
    async fn shelter_the_restored(&self, over: &[Settled]) -> Result<(), WorkError> {
        let is_restored = |one: &&Settled| {
            let open = self.progress.open(one.step);
            let act = self.steps.act(one.step, self.progress);
            one.outcome == Outcome::Failed
                && open.is_some_and(|open| open.accepted.is_some())
                && act.is_some_and(Act::takes_access)
        };
        let restored: Vec<u32> = over
            .iter()
            .filter(is_restored)
            .map(|one| one.step)
            .collect();
        if restored.is_empty() {
            return Ok(());
        }
        let people = accounts(self.steps, &restored);
        let under = (self.worker.host, &self.worker.lease);
        Ok(left_alone::add(under, &people, self.worker.host.now()).await?)
    }

    /// Asks what must be asked about the acts; settles those that cannot be done, and answers the others.
    async fn ask(&mut self, act: &[u32]) -> Result<Vec<u32>, WorkError> {
        let mut asked = Vec::new();
        let mut acts = Vec::new();
        for step in act {
            if let (Some(person), Some(act)) = (
                self.steps.person(*step),
                self.steps.act(*step, self.progress),
            ) && must_ask(act)
                // What a resumed act takes was asked before its intent.
                && !(self.resumed.contains(step)
                    && matches!(act, Act::RemoveAccess { .. } | Act::RevokeTokens))
            {
                asked.push(*step);
                acts.push(Question {
                    person,
                    act,
                    address: self.gate.address(person, act),
                });
            }
        }
        if asked.is_empty() {
            return Ok(act.to_vec());
        }
        let leaves = ask(self.api, &acts).await?;
        let mut denied = Vec::new();
        for (step, leave) in asked.into_iter().zip(leaves) {
            match leave {
                // A later act of the same step must not forget what an earlier one took.
                Leave::Granted(roles) if self.takes_roles(step) => {
                    self.progress.takes_roles(step, roles);
                }
                Leave::Granted(_) => {}
                Leave::Denied(reason) => denied.push((step, reason)),
            }
        }
        self.let_be(act, denied).await
    }

    fn takes_roles(&self, step: u32) -> bool {
        let act = self.steps.act(step, self.progress);
        matches!(act, Some(Act::RemoveAccess { .. }))
    }

    /// Asks for the API tokens of those who are to lose access, where these protect; settles those whom they do, and answers
    /// the others. Of a resumed act it was asked before its intent, and part of it may be done.
    async fn ask_tokens(&mut self, act: &[u32], people: &Snapshot) -> Result<Vec<u32>, WorkError> {
        let Some(days) = self.gate.protect.tokens_used_within_days else {
            return Ok(act.to_vec());
        };
        let (mut asked, mut persons) = (Vec::new(), Vec::new());
        for step in act {
            let takes = self.steps.act(*step, self.progress);
            if let Some(person) = self.steps.person(*step)
                && takes.is_some_and(Act::takes_access)
                && !self.resumed.contains(step)
            {
                asked.push(*step);
                persons.push(person);
            }
        }
        let used = token_users(self.api, days, &persons, people).await?;
        let used = asked.into_iter().zip(used);
        let protected = used.filter_map(|(step, why)| Some((step, format!("protected: {}", why?))));
        self.let_be(act, protected.collect()).await
    }

    /// Settles steps of which an answer says that nothing is to be done, and answers the others.
    pub(super) async fn let_be(
        &mut self,
        act: &[u32],
        denied: Vec<(u32, String)>,
    ) -> Result<Vec<u32>, WorkError> {
        let mut allowed = act.to_vec();
        let mut over = Vec::new();
        for (step, reason) in denied {
            allowed.retain(|other| *other != step);
            let is_open = self.progress.open(step).is_some();
            over.push(Settled {
                step,
                fate: Fate::Skipped,
                outcome: if is_open {
                    Outcome::NotDone
                } else {
                    Outcome::Skipped
                },
                reason,
                passes: self.steps.run.undoes.is_some(),
                left: Left::Nothing,
                after: None,
                answer: Answered::default(),
            });
        }
        settle(self.worker, self.steps, self.progress, &over).await?;
        Ok(allowed)
    }

    /// Whether the reading is too old to act on, or too little time is left.
    fn is_late(&self, read_at: Time) -> bool {
        is_late(self.worker.host, read_at)
    }

    /// Makes the calls of a group whose intents are logged, some at once, until something speaks against it: too many bad
    /// answers in a row, in the order of the calls, end a batch, and what is settled then decides whether the run goes on.
    async fn act(
        &mut self,
        group: &[u32],
        people: &Snapshot,
        read_at: Time,
        (tried, told, in_a_row): SoFar<'_>,
    ) -> Result<Acted, WorkError> {
        for some in group.chunks(AT_ONCE) {
            if self.is_late(read_at) {
                return Ok(Acted::Ended);
            }
            let mut limited = None;
            let mut unauthorized = None;
            let mut too_many = false;
            for (step, called) in self.call(some, people, read_at).await {
                let (answer, changed) = (called.answer, called.changed);
                self.answers.insert(step, answer.clone());
                let refused = called.result.as_ref().err();
                let is_clear = refused.is_some_and(|error| !is_unclear(error));
                let untouched = is_clear
                    .then(|| self.untouched(step, people, called.accepted))
                    .flatten();
                let tell = |refused| {
                    let what = Told {
                        refused,
                        answer: answer.clone(),
                        changed,
                        untouched,
                    };
                    told.insert(step, what);
                };
                let error = match called.result {
                    Ok(()) => {
                        *in_a_row = 0;
                        tried.push(step);
                        tell(None);
                        self.accepted(step);
                        self.progress.called(step, Went::Well);
                        continue;
                    }
                    Err(error) => error,
                };
                let mut went = Went::NotKnown;
                match error.kind {
                    ApiErrorKind::RateLimited { wait_seconds } => {
                        limited = Some(limited.unwrap_or(0).max(wait_seconds));
                        continue;
                    }
                    ApiErrorKind::Unauthorized => {
                        unauthorized = Some(error);
                        continue;
                    }
                    ApiErrorKind::Server | ApiErrorKind::NoAnswer
                        if planted(Fault::UnclearTakenForDone) =>
                    {
                        self.accepted(step);
                    }
                    ApiErrorKind::Server | ApiErrorKind::NoAnswer | ApiErrorKind::NotUnderstood => {
                        self.unclear(step);
                    }
                    // An earlier call of ours, whose answer was lost, may be what it conflicts with.
                    ApiErrorKind::Conflict if self.resumed.contains(&step) => self.accepted(step),
                    _ => {
                        tell(Some(error));
                        went = Went::Wrong;
                    }
                }
                tried.push(step);
                self.progress.called(step, went);
                *in_a_row += 1;
                too_many = too_many || *in_a_row >= IN_A_ROW;
            }
            if let Some(error) = unauthorized {
                self.remember_open().await?;
                return Err(error.into());
            }
            if let Some(seconds) = limited {
                return Ok(Acted::Limited(seconds));
            }
            if too_many || self.progress.is_failing() {
                return Ok(Acted::Ended);
            }
        }
        Ok(Acted::All)
    }

    fn untouched(&self, step: u32, people: &Snapshot, accepted: usize) -> Option<Untouched> {
        let person = self.steps.person(step)?;
        let act = self.steps.act(step, self.progress)?;
        let row = people.find(&person.account, &person.directory)?;
        (accepted > 0).then(|| untouched(accepted, act, (people, row)))
    }

    fn accepted(&mut self, step: u32) {
        let now = self.worker.host.now();
        self.progress
            .open_with(step, |open| open.accepted = Some(now));
    }

    fn unclear(&mut self, step: u32) {
        let now = self.worker.host.now();
        self.progress.open_with(step, |open| {
            open.attempts += 1;
            open.called = Some(now);
        });
    }

    /// Makes the calls of some steps at once.
    async fn call(&self, some: &[u32], people: &Snapshot, read_at: Time) -> Vec<(u32, Called)> {
        let (mut called, mut pieces) = (Vec::new(), Vec::<Piece<'_, Called>>::new());
        for step in some {
            let (Some(person), Some(act)) = (
                self.steps.person(*step),
                self.steps.act(*step, self.progress),
            ) else {
                continue;
            };
            let Some(row) = people.find(&person.account, &person.directory) else {
                continue;
            };
            let run = self.steps.run;
            let roles = if given(act).is_empty() {
                self.progress.roles(*step)
            } else {
                self.roles.missing(*step)
            };
            if *act == Act::Warn {
                if let Some(request) = self.warning(*step, person) {
                    called.push(*step);
                    let request = vec![request];
                    pieces.push(Box::pin(call(self.api, operation(act), request, read_at)));
                }
                continue;
            }
            called.push(*step);
            if *act == Act::RevokeTokens {
                pieces.push(Box::pin(revoke_tokens(self.api, &person.account, read_at)));
                continue;
            }
            let address = self.gate.address(person, act);
            let requests = requests(self.api, run, person, act, (people, row), roles, address);
            pieces.push(Box::pin(call(self.api, operation(act), requests, read_at)));
        }
        called.into_iter().zip(together(pieces).await).collect()
    }

    /// Keeps what is known of open steps for the next invocation.
    pub(super) async fn remember_open(&mut self) -> Result<(), WorkError> {
        for (step, answer) in std::mem::take(&mut self.answers) {
            self.progress.answered(step, answer.http, answer.request);
        }
        let writes = self.progress.writes(&self.steps.run.id)?;
        self.worker
            .commit(async || {
                let change = Change {
                    writes: writes.clone(),
                    ..Change::default()
                };
                Ok((change, ()))
            })
            .await?;
        self.progress.stored();
        Ok(())
    }
}
