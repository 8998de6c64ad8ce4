//! What people are called, for pages that show account ids (RULES R14).

use serde::Serialize;

use super::Answer;
use super::error::AdminError;
use crate::app::calls::Calls;
use crate::atlassian::{PersonOfSite, USERS_A_CALL, read_people_of_site, user_names};
use crate::host::Host;
use crate::model::AccountId;

/// What people are called: shown, and stored nowhere (RULES R14).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Names {
    /// Account id and name of those whom Jira names.
    pub names: Vec<(AccountId, String)>,
    /// Whom mail of this site does not reach: those whom its Jira does not show as active. Nobody where it did not answer.
    pub unreached: Vec<AccountId>,
}

/// The names that Jira shows the caller. Whoever Jira does not name has none, and where Jira does not answer nobody has:
/// a page without names is still right.
pub(super) async fn names<H: Host>(host: &H, accounts: &[AccountId]) -> Result<Answer, AdminError> {
    if accounts.len() > USERS_A_CALL {
        let why = "at most 50 people at once";
        return Err(AdminError::Invalid(String::from(why)));
    }
    let calls = Calls::of_person(host);
    let answer = calls.send("asking Jira for names", user_names(accounts));
    let people = match answer.await {
        Ok(response) => read_people_of_site(&response.body).ok(),
        Err(_) => None,
    };
    let mut answer = Names {
        names: Vec::new(),
        unreached: Vec::new(),
    };
    let Some(people) = people else {
        return Ok(Answer::Names(answer));
    };
    for account in accounts {
        let is_reached = |one: &PersonOfSite| one.active && one.account_id == *account;
        if !people.iter().any(is_reached) {
            answer.unreached.push(account.clone());
        }
    }
    for person in people {
        if let Some(name) = person.display_name {
            answer.names.push((person.account_id, name));
        }
    }
    Ok(Answer::Names(answer))
}
