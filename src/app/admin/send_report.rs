//! Sending a run's report to people of the caller's choice.

use serde::{Deserialize, Serialize};

use super::error::AdminError;
use super::exemptions::reason;
use super::settings_mistakes::mistake_in_recipients;
use super::{Answer, Caller};
use crate::app::approval::find;
use crate::app::documents::load;
use crate::app::news::{Press, send_report};
use crate::app::records::{NewsMessage, RoleGroup, Settings};
use crate::host::Host;
use crate::model::AccountId;

/// What came of sending a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ReportSent {
    /// Whether Jira took it.
    pub message: NewsMessage,
    /// Why not, if so.
    pub why: Option<String>,
}

/// To whom a report goes, and what it says besides.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReportWish {
    /// To whom; at most 50.
    pub people: Vec<AccountId>,
    /// To the members of which groups; at most 10.
    pub groups: Vec<RoleGroup>,
    /// What the sender says to it, in one line.
    pub note: Option<String>,
    /// The SHA-256 of the evidence bundle that the page made of the run, hexadecimal.
    pub bundle: Option<String>,
    /// Which press of the button this is, in 16 to 64 letters, digits and hyphens: of one press one report is sent.
    pub press: String,
}

/// Sends it.
pub(super) async fn send<H: Host>(
    host: &H,
    caller: &Caller,
    id: &str,
    wish: ReportWish,
) -> Result<Answer, AdminError> {
    if let Some(why) = mistake(&wish) {
        return Err(AdminError::Invalid(String::from(why)));
    }
    let note = wish.note.as_deref().map(reason).transpose()?;
    let run = find(host, id).await?;
    let settings: Settings = load(host).await?;
    let Some(notices) = settings.notices else {
        let why =
            "no issue is named that mail is sent from: name one under messages in the settings";
        return Err(AdminError::WrongState(String::from(why)));
    };
    let press = Press {
        id: wish.press,
        by: caller.account_id.clone(),
        issue: notices.issue,
        people: wish.people,
        groups: wish.groups,
        note,
        bundle: wish.bundle,
    };
    let sent = send_report(host, &run, &press).await?;
    let Some(ended) = sent else {
        let why = "the run is at work: send its report when it is over or waits for a decision";
        return Err(AdminError::WrongState(String::from(why)));
    };
    if ended.message == NewsMessage::Waiting {
        return Err(AdminError::WrongState(ended.why.unwrap_or_default()));
    }
    Ok(Answer::ReportSent(ReportSent {
        message: ended.message,
        why: ended.why,
    }))
}

fn mistake(wish: &ReportWish) -> Option<&'static str> {
    if wish.people.is_empty() && wish.groups.is_empty() {
        return Some("say to whom the report goes");
    }
    let is_sign = |sign: u8| sign.is_ascii_alphanumeric() || sign == b'-';
    if !(16..=64).contains(&wish.press.len()) || !wish.press.bytes().all(is_sign) {
        return Some("a press is named by 16 to 64 letters, digits and hyphens");
    }
    let is_hash =
        |hash: &String| hash.len() == 64 && hash.bytes().all(|sign| sign.is_ascii_hexdigit());
    if !wish.bundle.as_ref().is_none_or(is_hash) {
        return Some("an evidence bundle is named by its SHA-256, hexadecimal");
    }
    mistake_in_recipients(&wish.groups, &wish.people)
}
