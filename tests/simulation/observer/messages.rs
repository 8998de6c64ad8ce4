//! Messages: each is an effect like any other, and nobody gets a second one too soon (RULES R3).

use std::collections::BTreeMap;

use chrono::TimeDelta;
use cloud::Time;
use cloud::admin_api::Effect;
use cloud::inbox::Mail;

use seatkeeper::app::{LinkMethod, LinkOutput};
use serde_json::Value;

use super::{KNOWN_SECONDS, Observer, time_of};
use crate::in_process::World;

/// A link that keeps an access can be used for two weeks.
const KEEP_DAYS: i64 = 14;
/// One that gives an access back is worth something for so long after the access was taken.
const BACK_DAYS: i64 = 90;

/// Somebody who keeps the access by a link.
#[derive(Clone, Debug)]
struct Kept {
    policy: String,
    account: String,
    at: Time,
    until: Time,
    /// Whether a plan was frozen since, at which they left the policy's chain.
    has_left: bool,
}

/// What is known of messages and of the links in them.
#[derive(Clone, Debug, Default)]
pub(super) struct Messages {
    /// How much mail was seen.
    seen: usize,
    /// Of each mail the links in it.
    links: Vec<Links>,
    /// When each person got the last message of ours.
    told: BTreeMap<String, Time>,
    kept: Vec<Kept>,
    /// How many entries of the log say that a link was used, by account.
    entries: BTreeMap<String, u32>,
    /// The same of those who asked to have an access back.
    wishes: BTreeMap<String, u32>,
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    Keep,
    GiveBack,
}

/// One use of a link.
#[derive(Clone, Copy, Debug)]
pub struct LinkUse {
    /// The number of the mail that holds it.
    pub mail: usize,
    /// What it is for.
    pub purpose: LinkPurpose,
    /// Whether it was changed on the way.
    pub is_forged: bool,
    /// When.
    pub at: Time,
}

/// To whom a mail was sent by which text, and what became of each of its links.
#[derive(Clone, Debug)]
struct Links {
    account: String,
    text: String,
    at: Time,
    keep: Uses,
    back: Uses,
}

/// How often a link was used.
#[derive(Clone, Copy, Debug, Default)]
struct Uses {
    /// Its button was pressed while it was worth something.
    pressed: u32,
    /// It did something.
    worked: u32,
}

impl Links {
    fn uses(&mut self, purpose: LinkPurpose) -> &mut Uses {
        match purpose {
            LinkPurpose::Keep => &mut self.keep,
            LinkPurpose::GiveBack => &mut self.back,
        }
    }

    /// Whether a link is surely worth nothing any more.
    fn is_over(&self, purpose: LinkPurpose, now: Time) -> bool {
        // What gives back counts from the action, of which there is none by the mail.
        purpose == LinkPurpose::Keep && now - self.at >= TimeDelta::days(KEEP_DAYS)
    }
}

/// The change that a message is.
pub(super) const TOLD: &str = "told";

impl Observer {
    /// Judges the mail of the last step.
    pub(super) fn see_mail(&mut self, world: &World, executed: Option<&str>) {
        let new: Vec<Mail> = {
            let cloud = world.cloud.borrow();
            cloud.inbox()[self.messages.seen..].to_vec()
        };
        self.messages.seen += new.len();
        for mail in new {
            self.messages.links.push(Links {
                account: mail.account_id.clone(),
                text: mail.subject.clone(),
                at: mail.at,
                keep: Uses::default(),
                back: Uses::default(),
            });
            self.tally.warnings += 1;
            let effect = Effect {
                at: mail.at,
                what: TOLD,
                account_id: mail.account_id.clone(),
                directory_id: None,
                object: Some(mail.subject.clone()),
                key_owner: Some(self.owner.clone()),
            };
            self.record.effect(|| serde_json::json!(effect));
            self.judge(world, &effect, executed);
            self.judge_repetition(world, &mail, executed);
            self.acts += 1;
            self.judge_message(&mail, mail.at);
        }
    }

    /// One message a day.
    fn judge_message(&mut self, mail: &Mail, now: Time) {
        let last = self.messages.told.insert(mail.account_id.clone(), now);
        if let Some(last) = last.filter(|last| now - *last < TimeDelta::hours(24)) {
            let what = format!(
                "{} got the message {:?} at {last} and another one",
                mail.account_id, mail.subject
            );
            self.broken(now, what);
        }
    }

    /// A link is about to be used.
    pub fn link_used(&mut self, used: LinkUse, method: LinkMethod) {
        let is_pressed = method == LinkMethod::Post && !used.is_forged;
        let Some(links) = self
            .messages
            .links
            .get_mut(used.mail)
            .filter(|_| is_pressed)
        else {
            return;
        };
        self.tally.links_pressed += 1;
        if !links.is_over(used.purpose, used.at) {
            links.uses(used.purpose).pressed += 1;
        }
    }

    /// A link was answered: what was only opened, is forged, was used before or is over changes nothing.
    pub fn link_answered(&mut self, used: LinkUse, output: LinkOutput, now: Time) {
        let did_something = matches!(
            output,
            LinkOutput::Kept
                | LinkOutput::KeptDe
                | LinkOutput::Restoring
                | LinkOutput::RestoringDe
                | LinkOutput::Asked
                | LinkOutput::AskedDe
        );
        let Some(links) = self
            .messages
            .links
            .get_mut(used.mail)
            .filter(|_| did_something)
        else {
            return;
        };
        let is_over = links.is_over(used.purpose, used.at);
        let uses = links.uses(used.purpose);
        uses.worked += 1;
        let uses = *uses;
        let mut why = Vec::new();
        if used.is_forged {
            why.push("is forged");
        }
        if uses.pressed == 0 {
            why.push("was not pressed");
        }
        // Whoever presses twice is told twice that they keep the access; the log says it once.
        let is_kept = matches!(output, LinkOutput::Kept | LinkOutput::KeptDe);
        if uses.worked > 1 && !is_kept {
            why.push("was used before");
        }
        if is_over {
            why.push("is over");
        }
        if used.purpose == LinkPurpose::GiveBack && !self.was_anything_taken(used) {
            why.push("has nothing to give back");
        }
        for why in why {
            let mail = used.mail;
            self.broken(
                now,
                format!("the link in mail {mail} did something and {why}"),
            );
        }
    }

    /// Whether the policy of a link that gives back took something from the person within 90 days, or the log may believe so.
    fn was_anything_taken(&self, used: LinkUse) -> bool {
        let Some(links) = self.messages.links.get(used.mail) else {
            return false;
        };
        let Some(policy) = self.policies.get(&links.text).map(|saved| &saved.text.id) else {
            return false;
        };
        let oldest = used.at - TimeDelta::days(BACK_DAYS);
        let mut acted = self.acted.iter();
        let mut credited = self.credited.iter();
        acted.any(|acted| {
            acted.account == links.account && acted.policy == *policy && acted.at >= oldest
        }) || credited.any(|(_, account)| *account == links.account)
    }

    /// Whether a person used a link to keep the access since a time.
    pub(super) fn used_a_link(&self, account: &str, since: Time) -> bool {
        let mut kept = self.messages.kept.iter();
        kept.any(|kept| kept.account == account && kept.at >= since)
    }

    /// The mails to people from whom something was taken.
    pub fn mails_of_those_out(&self) -> Vec<usize> {
        let links = self.messages.links.iter().enumerate();
        let out = links.filter(|(_, links)| self.is_out(&links.account));
        out.map(|(mail, _)| mail).collect()
    }

    /// The last mail to a person.
    pub fn last_mail_of(&self, account: &str) -> Option<usize> {
        let mut links = self.messages.links.iter();
        links.rposition(|links| links.account == account)
    }

    /// The log says that somebody asked by a link to have an access back: by one that was pressed, and once by each.
    pub(super) fn hear_of_wish(&mut self, entry: &Value, now: Time) {
        let account = entry["subject"].as_str().unwrap_or_default().to_owned();
        let theirs = self.messages.links.iter();
        let theirs = theirs.filter(|links| links.account == account);
        // One that keeps an access gives it back where it comes too late.
        let pressed = theirs
            .map(|links| u32::from(links.back.pressed > 0) + u32::from(links.keep.pressed > 0))
            .sum::<u32>();
        let wishes = self.messages.wishes.entry(account.clone()).or_default();
        *wishes += 1;
        let wishes = *wishes;
        self.tally.links_given_back += 1;
        if wishes > pressed {
            let what = format!("{account} asked by {wishes} links of {pressed} that were pressed");
            self.broken(now, what);
        }
    }

    /// The log says that somebody used a link.
    pub(super) fn hear_of_link(&mut self, entry: &Value, now: Time) {
        let account = entry["subject"].as_str().unwrap_or_default().to_owned();
        let policy = entry["policy"].as_str().unwrap_or_default().to_owned();
        let pressed = self.messages.links.iter();
        let pressed = pressed.filter(|links| links.account == account && links.keep.pressed > 0);
        let pressed = u32::try_from(pressed.count()).unwrap_or(u32::MAX);
        let entries = self.messages.entries.entry(account.clone()).or_default();
        *entries += 1;
        let entries = *entries;
        if entries > pressed {
            let what = format!("{account} used {entries} links of {pressed} that were pressed");
            self.broken(now, what);
        }
        let Some(until) = time_of(&entry["after"]["keptUntil"]) else {
            self.broken(
                now,
                format!("until when {account} keeps the access is not said"),
            );
            return;
        };
        self.messages.kept.push(Kept {
            policy,
            account,
            at: now,
            until,
            has_left: false,
        });
    }

    /// Whoever keeps the access loses nothing by that policy.
    pub(super) fn judge_kept(&mut self, account: &str, run: &str, policy: &str, now: Time) {
        let known = TimeDelta::seconds(KNOWN_SECONDS);
        let mut kept = self.messages.kept.iter();
        let kept = kept.find(|kept| {
            kept.account == account
                && kept.policy == policy
                && kept.at + known < now
                && now < kept.until
        });
        if let Some(Kept { at, until, .. }) = kept.cloned() {
            let what = format!(
                "{run} acted on {account}, who used a link at {at} and is let be until {until}"
            );
            self.broken(now, what);
        }
    }

    /// Who left a policy's chain with a plan of this reference time, because of a link; and whether they may be in it again by
    /// the same plan.
    pub(super) fn leaving_by_link(&mut self, policy: &str, reference: Time) -> Vec<(String, bool)> {
        let mut leaving = Vec::new();
        for kept in &mut self.messages.kept {
            if kept.policy == policy && kept.at < reference && !kept.has_left {
                kept.has_left = true;
                leaving.push((kept.account.clone(), kept.until <= reference));
            }
        }
        leaving
    }
}
