//! Whom mail of this site reaches: active users of its Jira. Whether Jira writes to people who may not browse the issue is not
//! documented, and nobody without one of its products may.

use std::collections::BTreeMap;

use crate::app::calls::Calls;
use crate::atlassian::{ApiError, PersonOfSite, USERS_A_CALL, people_of_site, read_people_of_site};
use crate::host::Host;
use crate::model::AccountId;
use crate::planted::{Fault, planted};
use crate::snapshot::{AccessKind, Row, Snapshot};

/// Those of some people who are active users of this site.
#[derive(Debug, Default)]
pub(in crate::app) struct Reach {
    people: BTreeMap<AccountId, PersonOfSite>,
}

impl Reach {
    /// Somebody whom mail reaches.
    pub(in crate::app) fn of(&self, account: &AccountId) -> Option<&PersonOfSite> {
        self.people.get(account)
    }
}

/// Whether a reading shows that somebody has one of Jira's products on this site.
pub(in crate::app) fn has_jira(people: &Snapshot, row: Row, site: Option<&str>) -> bool {
    let is_jira = |access: &AccessKind| {
        access.product.starts_with("jira") && site.is_some() && access.resource.site() == site
    };
    if planted(Fault::UnreachableWarned) {
        return true;
    }
    let activities = people.activities(row).into_iter().flatten();
    let mut held = activities.filter_map(|(access, _)| {
        let access = usize::try_from(access).ok()?;
        people.accesses().get(access)
    });
    held.any(is_jira)
}

/// Asks Jira. Whoever the answer leaves out, or does not call active, gets no mail of the site.
pub(in crate::app) async fn reach<H: Host>(
    calls: &Calls<'_, H>,
    accounts: &[AccountId],
) -> Result<Reach, ApiError> {
    let mut reach = Reach::default();
    for some in accounts.chunks(USERS_A_CALL) {
        let operation = "asking Jira who can get mail";
        let answer = calls.send(operation, people_of_site(some)).await?;
        for person in read_people_of_site(&answer.body)? {
            if person.active {
                reach.people.insert(person.account_id.clone(), person);
            }
        }
    }
    Ok(reach)
}
