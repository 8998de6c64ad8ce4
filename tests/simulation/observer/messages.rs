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

/// To whom a mail was sent, and how often the button of each of its links was pressed.
#[derive(Clone, Debug)]
struct Links {
    account: String,
    keep: u32,
    back: u32,
}

impl Links {
    fn pressed(&mut self, purpose: LinkPurpose) -> &mut u32 {
        match purpose {
            LinkPurpose::Keep => &mut self.keep,
            LinkPurpose::GiveBack => &mut self.back,
        }
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
                keep: 0,
                back: 0,
            });
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
    pub fn link_used(&mut self, (mail, purpose): (usize, LinkPurpose), method: LinkMethod) {
        if let Some(links) = self.messages.links.get_mut(mail) {
            *links.pressed(purpose) += u32::from(method == LinkMethod::Post);
        }
    }

    /// A link was answered: what was only opened changes nothing.
    pub fn link_answered(
        &mut self,
        (mail, purpose): (usize, LinkPurpose),
        output: LinkOutput,
        now: Time,
    ) {
        let links = self.messages.links.get_mut(mail);
        let pressed = links.map_or(0, |links| *links.pressed(purpose));
        let did_something = matches!(
            output,
            LinkOutput::Kept | LinkOutput::Restoring | LinkOutput::Asked
        );
        if did_something && pressed == 0 {
            self.broken(
                now,
                format!("the link in mail {mail} was used and not pressed"),
            );
        }
    }

    /// The log says that somebody asked by a link to have an access back: by one that was pressed, and once by each.
    pub(super) fn hear_of_wish(&mut self, entry: &Value, now: Time) {
        let account = entry["subject"].as_str().unwrap_or_default().to_owned();
        let theirs = self.messages.links.iter();
        let theirs = theirs.filter(|links| links.account == account);
        // One that keeps an access gives it back where it comes too late.
        let pressed = theirs
            .map(|links| u32::from(links.back > 0) + u32::from(links.keep > 0))
            .sum::<u32>();
        let wishes = self.messages.wishes.entry(account.clone()).or_default();
        *wishes += 1;
        let wishes = *wishes;
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
        let pressed = pressed.filter(|links| links.account == account && links.keep > 0);
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
