//! News for administrators, and who is told of it by mail.

use serde::{Deserialize, Serialize};

use super::roles::RoleGroup;
use crate::model::{AccountId, Time};
use crate::policy::ReportWhen;

/// Something that an administrator should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct NewsItem {
    /// What it is about, such as `run:20261121T100000Z-ab12:held`: of one key there is one piece of news at a time.
    pub key: String,
    /// When it was noted.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub at: Time,
    /// In one line.
    pub title: String,
    /// What else there is to say, and what to do.
    pub text: String,
    /// The run that it is about.
    #[serde(default)]
    pub run: Option<String>,
    /// The stored text of the policy that names who is told of it, where that is not for the settings to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub report: Option<String>,
    /// The person whom it is about. The name is looked up when shown (RULES R14).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub subject: Option<AccountId>,
    /// What became of the message about it.
    pub message: NewsMessage,
    /// Why it was not sent, if so.
    #[serde(default)]
    pub why: Option<String>,
    /// When it is tried again, where Jira refused it and may take it later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub again: Option<NewsAgain>,
    /// What became of the comment about it, where it is told by mail and in a comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub comment: Option<NewsTold>,
    /// What became of it at the webhook; absent where there was none when it was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub hook: Option<HookDelivery>,
}

/// What became of a message about a piece of news, by one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct NewsTold {
    /// How far it has come.
    pub message: NewsMessage,
    /// Why it was not sent, if so.
    pub why: Option<String>,
    /// When it is tried again, where Jira refused it and may take it later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub again: Option<NewsAgain>,
}

/// A message that was surely not sent, and is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct NewsAgain {
    /// How often Jira refused it.
    pub refused: u32,
    /// Until when it is not tried again.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub next: Time,
}

/// What became of a piece of news at the webhook. It may arrive twice, under one id (docs/decisions/0016).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct HookDelivery {
    /// How far it has come.
    pub state: HookState,
    /// The id of the message in which it is sent, the same at each attempt.
    pub id: String,
    /// How often it was tried.
    pub attempts: u32,
    /// Until when it is not tried again.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub next: Time,
    /// Why the last attempt failed, if it did.
    pub why: Option<String>,
}

/// How far a piece of news has come on its way to the webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum HookState {
    /// It is to be sent, for the first time or again.
    Waiting,
    /// The receiver took it.
    Delivered,
    /// It is not tried any more.
    GivenUp,
}

impl HookDelivery {
    /// Whether it is to be sent now.
    pub(in crate::app) fn is_due(&self, now: Time) -> bool {
        self.state == HookState::Waiting && self.next <= now
    }
}

/// What became of the message about a piece of news. It is sent at most once (docs/decisions/0013).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum NewsMessage {
    /// Nobody was to be told when it was noted.
    Nobody,
    /// It is to be sent.
    Waiting,
    /// It is being sent.
    Trying,
    /// Jira took it.
    Sent,
    /// Whether Jira took it is not known; it is not sent again.
    Unclear,
    /// Jira refused it.
    Refused,
}

/// Who among the administrators is told of what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reports {
    /// Jira groups whose members are written to.
    pub groups: Vec<RoleGroup>,
    /// People who are written to. Their names are looked up when shown (RULES R14).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<Vec<AccountId>>"))]
    pub people: Vec<AccountId>,
    /// Whether it is said in a comment on the issue, instead of by mail.
    pub as_comment: bool,
    /// Whether it is also said by mail where it is said in a comment.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<bool>"))]
    pub also_mail: bool,
    /// About which runs that ended; of those that wait for somebody it is always told.
    pub runs: ReportWhen,
    /// From how many percent of a product's seats on it is told that they run out; never without it.
    pub seats_percent: Option<u32>,
    /// From how many taken seats of a product on it is told, however many there are; never without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub seats_used: Option<u32>,
    /// From where on seats are told for single products on single sites, in place of the two above.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<Vec<SeatThreshold>>"))]
    pub seat_thresholds: Vec<SeatThreshold>,
    /// Whether it is told that by the last weeks a product's last seat is soon taken.
    #[serde(default = "yes", skip_serializing_if = "Clone::clone")]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<bool>"))]
    pub seats_forecast: bool,
    /// Whether the seats are told once a week, on Monday (UTC).
    pub digest: bool,
    /// Whether the log's head is told on each day on which it moved.
    pub anchor: bool,
}

/// From where on the seats of a product on a site are told; never by what is not said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SeatThreshold {
    /// The product's key.
    pub product: String,
    /// The site's host.
    pub site: String,
    /// From how many percent of the seats on.
    #[serde(default)]
    pub percent: Option<u32>,
    /// From how many taken seats on.
    #[serde(default)]
    pub used: Option<u32>,
}

fn yes() -> bool {
    true
}

/// From so many percent on, seats are news where nobody said otherwise.
const USUAL_SEATS_PERCENT: u32 = 90;

impl Default for Reports {
    fn default() -> Reports {
        Reports {
            groups: Vec::new(),
            people: Vec::new(),
            as_comment: false,
            also_mail: false,
            runs: ReportWhen::default(),
            seats_percent: Some(USUAL_SEATS_PERCENT),
            seats_used: None,
            seat_thresholds: Vec::new(),
            seats_forecast: true,
            digest: false,
            anchor: false,
        }
    }
}

impl Reports {
    /// Whether anybody is told anything besides what the page shows.
    pub(in crate::app) fn tells_somebody(&self) -> bool {
        self.as_comment || self.mails()
    }

    /// Whether anybody is told by mail.
    pub(in crate::app) fn mails(&self) -> bool {
        let is_mail = !self.as_comment || self.also_mail;
        is_mail && (!self.groups.is_empty() || !self.people.is_empty())
    }

    /// From how many percent, and from how many taken seats on, a product's seats on a site are told.
    pub(in crate::app) fn seats_of(&self, product: &str, site: &str) -> (Option<u32>, Option<u32>) {
        let mut own = self.seat_thresholds.iter();
        let own = own.find(|own| own.product == product && own.site == site);
        own.map_or((self.seats_percent, self.seats_used), |own| {
            (own.percent, own.used)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_stored_before_there_were_people_is_read_and_written_as_it_was() {
        let stored = r#"{"groups":[],"asComment":false,"runs":"always","seatsPercent":null,"digest":true,"anchor":false}"#;
        let mut reports: Reports = crate::json::read(stored).unwrap();
        assert_eq!(serde_json::to_string(&reports).unwrap(), stored);
        assert!(!reports.tells_somebody());
        assert!(reports.seats_forecast);
        reports.people.push(AccountId("712020:a".into()));
        assert!(reports.tells_somebody() && reports.mails());
        reports.as_comment = true;
        assert!(reports.tells_somebody() && !reports.mails());
        (reports.also_mail, reports.seats_forecast) = (true, false);
        assert!(reports.mails());
        let written = serde_json::to_string(&reports).unwrap();
        assert_eq!(crate::json::read::<Reports>(&written).unwrap(), reports);
        let item = r#"{"key":"k","at":"2026-11-21T12:00:00Z","title":"T","text":"t","run":null,"message":"sent","why":null}"#;
        let item: NewsItem = crate::json::read(item).unwrap();
        assert_eq!((item.report, item.again, item.comment), (None, None, None));
    }
}
