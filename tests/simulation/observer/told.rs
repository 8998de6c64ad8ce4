//! Which warning was sent to whom, by which stage of which chain: the same is not sent twice once Jira has accepted it, and what may
//! have been sent says so when it is sent again (docs/decisions/0013).

use std::collections::BTreeMap;

use chrono::TimeDelta;
use cloud::Time;
use cloud::inbox::Mail;

use super::{KNOWN_SECONDS, Observer, Open, stored_run};
use crate::deeds::BEGINNING;
use crate::in_process::World;

/// What is reported of a use this late may have happened before a warning and be seen after it, in hours.
const REPORTED_HOURS: i64 = 26;
/// For so many days a message whose answer was lost is remembered.
const UNCLEAR_DAYS: i64 = 30;

/// The warning of a stage to a person: the name of the text, the account, the stage.
type Key = (String, String, usize);

/// A warning that was delivered.
#[derive(Clone, Debug)]
struct Sent {
    at: Time,
    run: String,
    /// Whether the log says that Jira accepted it, once it says anything.
    is_accepted: Option<bool>,
}

/// The warnings that were delivered.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    sent: BTreeMap<Key, Sent>,
}

impl Observer {
    /// Judges a warning by the one before it of the same stage and chain.
    pub(super) fn judge_repetition(&mut self, world: &World, mail: &Mail, executed: Option<&str>) {
        let warns = |open: &&Open| open.action == "warn";
        let of_person = self.open.iter();
        let of_person = of_person.filter(|((account, _), _)| *account == mail.account_id);
        let mut intents = of_person.map(|(_, open)| open).filter(warns);
        let Some(open) = intents.find(|open| executed == Some(open.run.as_str())) else {
            return;
        };
        let (run, Some(stage)) = (open.run.clone(), open.stage) else {
            return;
        };
        let stored = stored_run(world, &run).unwrap_or_default();
        let Some(text) = self.text_of(&stored).map(|text| text.name.clone()) else {
            return;
        };
        let account = mail.account_id.clone();
        let key = (text, account, stage);
        let body = mail.text.as_deref().unwrap_or_default();
        if let Some(before) = self.told.sent.get(&key).cloned()
            && !self.may_have_left(&key, before.at)
        {
            let Sent { at, run: other, .. } = before;
            let is_marked = !body.starts_with(BEGINNING);
            let is_young = mail.at - at < TimeDelta::days(UNCLEAR_DAYS);
            let what = match before.is_accepted {
                Some(true) => Some("accepted, and is sent again"),
                Some(false) if !is_marked && is_young => {
                    Some("perhaps sent, and is sent again as if it were not")
                }
                _ => None,
            };
            if let Some(what) = what {
                let what = format!(
                    "the warning of stage {stage} to {} by {other} at {at} was {what} by {run}",
                    mail.account_id
                );
                self.broken(mail.at, what);
            }
        }
        let sent = Sent {
            at: mail.at,
            run,
            is_accepted: None,
        };
        self.told.sent.insert(key, sent);
    }

    /// The log says what became of a warning.
    pub(super) fn note_answer(&mut self, account: &str, run: &str, is_accepted: bool) {
        for ((_, of, _), sent) in &mut self.told.sent {
            if of == account && sent.run == run {
                sent.is_accepted = Some(is_accepted);
            }
        }
    }

    /// Whether a person may have left the chain since a time, and entered it again: anything about them changed.
    fn may_have_left(&self, (text, account, _): &Key, since: Time) -> bool {
        let seen_from = since - TimeDelta::hours(REPORTED_HOURS);
        let Some(known) = self.people.known.get(account) else {
            return true;
        };
        let was_replaced = self
            .policies
            .get(text)
            .is_none_or(|saved| saved.was_replaced);
        known.changed >= seen_from
            || was_replaced
            || self.touched.get(account).is_some_and(|at| *at >= seen_from)
            || self.was_ordered_about(account, known, seen_from)
            || self.used_a_link(account, since - TimeDelta::seconds(KNOWN_SECONDS))
    }
}
