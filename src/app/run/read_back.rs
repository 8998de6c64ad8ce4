//! Reading back whom calls were made for: what a batch did is settled by what is seen then.

use std::collections::BTreeMap;

use super::batch::{Batch, Told};
use super::calling::SEEN_SECONDS;
use super::judge::{is_gone, is_reached};
use super::own_status::tell_apart;
use super::returned_roles::{ReturnedRoles, given};
use super::steps::{Left, Settled, settle, state_of};
use super::tokens::without_tokens;
use crate::app::sync::people_now;
use crate::app::worker::WorkError;
use crate::audit::Outcome;
use crate::host::Host;
use crate::model::Truth;
use crate::plan::{Act, Fate, Person};
use crate::planted::{Fault, planted};
use crate::snapshot::Snapshot;

/// What was read back.
struct Seen<'a> {
    people: &'a Snapshot,
    /// Of the steps that revoke API tokens, those whose person has none any more.
    tokenless: Vec<u32>,
    roles: ReturnedRoles,
}

impl<H: Host> Batch<'_, '_, H> {
    /// Reads back whom calls were made for, and settles what can be. Answers whether that was everybody.
    pub(super) async fn read_back(
        &mut self,
        tried: &[u32],
        told: &BTreeMap<u32, Told>,
    ) -> Result<bool, WorkError> {
        let mut over = Vec::new();
        let (messages, acts): (Vec<u32>, Vec<u32>) =
            tried.iter().partition(|step| self.is_message(**step));
        for step in messages {
            over.extend(self.sent(step, told.get(&step)));
        }
        let people = match acts.iter().find_map(|step| self.directory(*step)) {
            Some(directory) => {
                let sought = self.sought(&acts);
                let (mut people, _) = people_now(self.api, directory, &sought, false).await?;
                tell_apart(self.api, &mut people, &self.in_several).await?;
                people
            }
            None => Snapshot::new(),
        };
        let seen = Seen {
            people: &people,
            tokenless: self.without_tokens(&acts).await?,
            roles: self.returned_roles(&acts).await?,
        };
        for step in &acts {
            if let Some(settled) = self.settled(*step, &seen, told.get(step)) {
                over.push(settled);
            }
        }
        settle(self.worker, self.steps, self.progress, &over).await?;
        Ok(over.len() == tried.len())
    }

    /// Of the open steps that revoke API tokens, those whose person has none any more.
    pub(super) async fn without_tokens(&self, steps: &[u32]) -> Result<Vec<u32>, WorkError> {
        let mut revoking = Vec::new();
        for step in steps {
            if self.progress.open(*step).is_some()
                && self.steps.act(*step, self.progress) == Some(&Act::RevokeTokens)
                && let Some(person) = self.steps.person(*step)
            {
                revoking.push((*step, &person.account));
            }
        }
        if revoking.is_empty() {
            return Ok(Vec::new());
        }
        Ok(without_tokens(self.api, &revoking).await?)
    }

    /// Which direct roles that the acts of some steps give back are not there.
    pub(super) async fn returned_roles(&self, steps: &[u32]) -> Result<ReturnedRoles, WorkError> {
        let mut questions = Vec::new();
        for step in steps {
            if let (Some(person), Some(act)) = (
                self.steps.person(*step),
                self.steps.act(*step, self.progress),
            ) && !given(act).is_empty()
            {
                questions.push((*step, person, given(act)));
            }
        }
        Ok(ReturnedRoles::ask(self.api, &questions).await?)
    }

    /// Whether a reading shows by now what calls of earlier invocations did.
    fn shows_earlier_calls(&self) -> bool {
        let opened = self.opened;
        opened.is_some_and(|at| self.worker.host.now().since(at) > SEEN_SECONDS)
    }

    /// How an act that was tried ended, if what was read back says so.
    fn settled(&self, step: u32, seen: &Seen<'_>, told: Option<&Told>) -> Option<Settled> {
        let person: &Person = self.steps.person(step)?;
        let act = self.steps.act(step, self.progress)?;
        let people = seen.people;
        let row = people.find(&person.account, &person.directory);
        let roles = seen.roles.are_there(step, act);
        let is_there =
            seen.tokenless.contains(&step) || is_reached(act, people, row, roles) == Truth::True;
        // Without an answer, or in an earlier invocation, a call of ours may have done it.
        let perhaps_ours = told.is_none_or(|told| told.changed) || self.resumed.contains(&step);
        let refused = told.and_then(|told| told.refused.as_ref());
        // What an earlier invocation called for would be seen by now.
        let is_clear = !self.resumed.contains(&step) || self.shows_earlier_calls();
        let is_gone = perhaps_ours
            && told.is_some_and(|told| !told.changed)
            && is_gone(act, people, row, roles)
            && is_clear;
        let (fate, outcome, reason) = match refused {
            _ if is_there && perhaps_ours => (Fate::Verified, Outcome::Done, person.reason.clone()),
            None if planted(Fault::UnclearTakenForDone) => {
                (Fate::Verified, Outcome::Done, person.reason.clone())
            }
            _ if is_there => (
                Fate::Skipped,
                Outcome::Already,
                String::from("somebody else had done it"),
            ),
            None => return None,
            Some(error) => (Fate::Failed, Outcome::Failed, error.to_string()),
        };
        Some(Settled {
            step,
            fate,
            outcome,
            reason,
            passes: self.steps.run.undoes.is_some() && fate == Fate::Skipped,
            left: match told.and_then(|told| told.untouched.clone()) {
                _ if is_gone => Left::Gone,
                Some(untouched) if is_clear => Left::AllBut(untouched),
                _ => Left::perhaps(perhaps_ours),
            },
            after: row.map(|row| state_of(act, (people, row), seen.roles.known(step))),
            answer: told.map(|told| told.answer.clone()).unwrap_or_default(),
        })
    }
}
