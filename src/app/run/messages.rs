//! The messages of a batch: worded, sent at most once, and settled by Jira's answer, which is all that is ever known of them.

use std::collections::BTreeMap;

use serde_json::json;

use super::batch::{Batch, Told};
use super::steps::{Left, Settled};
use super::warnings::{UNCLEAR_MESSAGE, UNREACHABLE};
use crate::app::notify::has_jira;
use crate::app::worker::WorkError;
use crate::atlassian::notify;
use crate::audit::{Outcome, sha256_hex};
use crate::host::{Host, Request};
use crate::notice::Mail;
use crate::plan::{Act, Fate, Person};
use crate::snapshot::Snapshot;

impl<H: Host> Batch<'_, '_, H> {
    /// Whether what is next for a step is a message.
    pub(super) fn is_message(&self, step: u32) -> bool {
        let act = self.steps.act(step, self.progress);
        act.is_some_and(Act::is_message)
    }

    /// Words the messages of some steps; settles those whose person none reaches, and answers the others.
    pub(super) async fn word(
        &mut self,
        act: &[u32],
        read: &Snapshot,
    ) -> Result<Vec<u32>, WorkError> {
        let site = self.worker.host.cloud_id();
        let (mut people, mut without_jira) = (Vec::new(), Vec::new());
        for step in act {
            let Some(person) = self.steps.person(*step).filter(|_| self.is_message(*step)) else {
                continue;
            };
            let row = read.find(&person.account, &person.directory);
            if row.is_some_and(|row| has_jira(read, row, site.as_deref())) {
                people.push((*step, person));
            } else {
                without_jira.push((*step, UNREACHABLE.to_owned()));
            }
        }
        if people.is_empty() && without_jira.is_empty() {
            return Ok(act.to_vec());
        }
        let now = self.worker.host.now();
        let calls = &self.api.calls;
        let worded = self.warnings.word(calls, (&self.gate.policy, now), &people);
        let (mut mails, mut denied) = (BTreeMap::<u32, Mail>::new(), without_jira);
        for (step, mail) in worded.await? {
            match mail {
                Ok(mail) => {
                    mails.insert(step, mail);
                }
                Err(why) => denied.push((step, why)),
            }
        }
        self.mails.append(&mut mails);
        self.let_be(act, denied).await
    }

    /// The call that sends a step's message.
    pub(super) fn warning(&self, step: u32, person: &Person) -> Option<Request> {
        let notices = self.warnings.notices()?;
        let mail = self.mails.get(&step)?;
        Some(notify(&notices.issue, &person.account, mail))
    }

    /// Notes that calls are about to be made for messages that were held back.
    // INVARIANT: no call is made for a message while what is stored says that none was.
    pub(super) async fn reopen(&mut self, group: &[u32]) -> Result<(), WorkError> {
        let mut is_any = false;
        for step in group {
            if self.progress.was_held_back(*step) {
                self.progress
                    .open_with(*step, |open| open.held_back = false);
                is_any = true;
            }
        }
        if is_any {
            self.remember_open().await?;
        }
        Ok(())
    }

    /// Notes for which messages of a group no call was made.
    pub(super) fn hold_back(&mut self, group: &[u32], tried: &[u32]) {
        for step in group {
            if self.is_message(*step) && !tried.contains(step) {
                self.progress.open_with(*step, |open| open.held_back = true);
            }
        }
    }

    /// How a message ended for which a call was made.
    pub(super) fn sent(&self, step: u32, told: Option<&Told>) -> Option<Settled> {
        let person = self.steps.person(step)?;
        let text = self.mails.get(&step).map(|mail| sha256_hex(&mail.text));
        let refused = told.map(|told| told.refused.as_ref());
        let (fate, outcome, reason) = match refused {
            Some(None) => (Fate::Verified, Outcome::Done, person.reason.clone()),
            Some(Some(error)) => (Fate::Failed, Outcome::Failed, error.to_string()),
            None => (Fate::Failed, Outcome::Failed, UNCLEAR_MESSAGE.to_owned()),
        };
        Some(Settled {
            step,
            fate,
            outcome,
            reason,
            passes: false,
            left: Left::perhaps(refused.is_none()),
            after: text.map(|hash| json!({"textSha256": hash})),
            answer: told.map(|told| told.answer.clone()).unwrap_or_default(),
        })
    }
}
