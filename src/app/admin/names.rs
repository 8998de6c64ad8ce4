//! What people are called, for pages that show account ids (RULES R14).

use serde::Serialize;

use super::Answer;
use super::error::AdminError;
use crate::app::calls::Calls;
use crate::atlassian::{USERS_A_CALL, read_user_names, user_names};
use crate::host::Host;
use crate::model::AccountId;

/// What people are called: shown, and stored nowhere (RULES R14).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Names {
    /// Account id and name of those whom Jira names.
    pub names: Vec<(String, String)>,
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
    let names = match answer.await {
        Ok(response) => read_user_names(&response.body).unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    Ok(Answer::Names(Names { names }))
}
