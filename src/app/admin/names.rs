//! What people are called, for pages that show account ids (RULES R14).

use serde::Serialize;

use super::Answer;
use super::error::AdminError;
use crate::app::calls::Calls;
use crate::atlassian::{NAMES_A_CALL, read_user_names, user_names};
use crate::host::Host;
use crate::model::AccountId;

/// The most accounts in one question.
const MOST: usize = 100;

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
pub(super) async fn names<H: Host>(
    host: &H,
    mut accounts: Vec<AccountId>,
) -> Result<Answer, AdminError> {
    if accounts.len() > MOST {
        return Err(AdminError::Invalid(format!(
            "at most {MOST} people at once"
        )));
    }
    accounts.retain(AccountId::is_plausible);
    let calls = Calls::of_person(host);
    let mut names = Vec::new();
    for some in accounts.chunks(NAMES_A_CALL) {
        let answer = calls.send("asking Jira for names", user_names(some)).await;
        let read = answer.and_then(|response| read_user_names(&response.body));
        names.extend(read.unwrap_or_default());
    }
    Ok(Answer::Names(Names { names }))
}
