//! A warning as a person would get it now, for whoever writes its policy.

use serde::{Deserialize, Serialize};

use super::Answer;
use super::error::AdminError;
use crate::app::calls::{Asker, Calls};
use crate::app::documents::load;
use crate::app::newest_snapshot;
use crate::app::notify::{has_jira, reach};
use crate::app::records::Settings;
use crate::host::Host;
use crate::model::{AccountId, Action, Time};
use crate::notice::{Telling, last_warning, warning};
use crate::policy::read;

/// What stands where a message has the links of its person: nobody else may have those.
const KEEP_LINK: &str = "https://link.example/keep-access";
const BACK_LINK: &str = "https://link.example/get-access-back";

/// A message that is not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct MessagePreview {
    /// One line.
    pub subject: String,
    /// The text, for mail programs that show no HTML.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// Whether the person is an active user of this site's Jira and holds one of its products there: nobody else gets it.
    pub reached: bool,
}

/// Whose message of which policy.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MessageWish {
    /// The policy's JSON text.
    pub document: String,
    /// The stage, from 0.
    pub stage: u32,
    /// Who would get it.
    pub account: AccountId,
    /// When they were seen last, if ever, as the page knows it.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub seen: Option<Time>,
    /// Why the policy means them, in the words of the page's core.
    pub reason: String,
    /// The language, such as `de`; that of their profile without it.
    pub language: Option<String>,
}

/// Words it as a run would, with the person's name and language as Jira knows them.
pub(super) async fn preview<H: Host>(host: &H, wish: MessageWish) -> Result<Answer, AdminError> {
    let policy = read(&wish.document).map_err(AdminError::Policy)?;
    let stage = usize::try_from(wish.stage).ok();
    let stage = stage.and_then(|stage| policy.stages.get(stage));
    if !stage.is_some_and(|stage| stage.r#do.contains(&Action::Warn))
        || !wish.account.is_plausible()
    {
        let why = "a message is shown of a stage that warns, as somebody would get it";
        return Err(AdminError::Invalid(String::from(why)));
    }
    let settings: Settings = load(host).await?;
    let calls = Calls::load(host, Asker::Person).await?;
    let reach = reach(&calls, std::slice::from_ref(&wish.account)).await?;
    let person = reach.of(&wish.account);
    let own = person.and_then(|person| person.locale.as_deref());
    let now = host.now();
    let notices = settings.notices.as_ref();
    let rules = notices.map(|notices| notices.links_of(&policy.id));
    let rules = rules.unwrap_or_default();
    let is_last = last_warning(&policy, wish.stage, now).is_some();
    let mail = warning(&Telling {
        policy: &policy,
        stage: wish.stage,
        now,
        locale: wish.language.as_deref().or(own),
        name: person.and_then(|person| person.display_name.as_deref()),
        seen: wish.seen,
        reason: &wish.reason,
        contact: notices.and_then(|notices| notices.contact.as_deref()),
        keep_link: rules.keep_days.map(|_| KEEP_LINK),
        back_link: rules.give_back.filter(|_| is_last).map(|_| BACK_LINK),
        is_again: false,
    });
    Ok(Answer::MessagePreview(MessagePreview {
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        reached: person.is_some() && is_in_jira(host, &wish.account).await?,
    }))
}

/// Whether the newest reading shows that somebody has one of Jira's products on this site.
async fn is_in_jira<H: Host>(host: &H, account: &AccountId) -> Result<bool, AdminError> {
    let Some((_, people)) = newest_snapshot(host).await? else {
        return Ok(false);
    };
    let site = host.cloud_id();
    let mut rows = people.find_all(account.as_str());
    Ok(rows.any(|row| has_jira(&people, row, site.as_deref())))
}
