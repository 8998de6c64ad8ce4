//! The mail that Jira delivered, as if one looked into everybody's inbox.

mod eml;

use serde::Serialize;

use crate::clock::Time;
use crate::cloud::Cloud;

/// One mail in the inbox of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Mail {
    /// Its place among all mail, from 1.
    pub number: usize,
    /// When.
    pub at: Time,
    /// Whose inbox, by account id.
    pub account_id: String,
    /// The person's name.
    pub name: String,
    /// The address as it is in truth, also where the person hides it.
    pub address: String,
    /// Which site's Jira sent it, by host.
    pub site: String,
    /// The subject.
    pub subject: String,
    /// The body as plain text, if the sender gave one.
    pub text: Option<String>,
    /// The body as HTML, if the sender gave one.
    pub html: Option<String>,
    /// The key of the issue that it was sent for.
    pub issue: String,
    /// Whether the sender was not told that the mail was taken: no answer came, or an error instead of it.
    pub answer_lost: bool,
}

/// All inboxes, and whether anything goes out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inbox {
    mail: Vec<Mail>,
    off: bool,
}

impl Inbox {
    /// Whether the administrators of Jira switched outgoing mail off.
    pub(crate) fn is_off(&self) -> bool {
        self.off
    }

    /// How much was delivered so far.
    pub(crate) fn len(&self) -> usize {
        self.mail.len()
    }

    /// Delivers one mail; its number is given here.
    pub(crate) fn deliver(&mut self, mail: Mail) {
        let number = self.mail.len() + 1;
        self.mail.push(Mail { number, ..mail });
    }

    /// The sender was not told of what was delivered since then.
    pub(crate) fn lose_answer(&mut self, since: usize) {
        for mail in self.mail.iter_mut().skip(since) {
            mail.answer_lost = true;
        }
    }
}

impl Cloud {
    /// Everything that was delivered, in order.
    pub fn inbox(&self) -> &[Mail] {
        &self.inbox.mail
    }

    /// Somebody switches Jira's outgoing mail on or off.
    pub fn set_outgoing_mail(&mut self, on: bool) {
        self.inbox.off = !on;
    }
}
