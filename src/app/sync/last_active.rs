//! Asking Atlassian when one person was last active, where the listing left it open (RULES R13).

use super::insistent::Insistent;
use crate::atlassian::{
    ApiError, ApiErrorKind, LastActive, READING_LAST_ACTIVE, last_active_dates, read_last_active,
};
use crate::host::Host;
use crate::model::{AccountId, Activity, Resource};
use crate::snapshot::{Access, Row, Snapshot, UserRecord};

/// Products whose last activity `last-active-dates` documents: for others, its silence says nothing.
const ASKABLE: [&str; 12] = [
    "jira-software",
    "jira-servicedesk",
    "jira-service-desk",
    "jira-core",
    "jira-ops",
    "stride",
    "hipchat",
    "confluence",
    "bitbucket",
    "trello",
    "opsgenie",
    "statuspage",
];

/// Asks for one person; `None` where Atlassian does not know them.
pub(super) async fn ask<H: Host>(
    calls: &Insistent<'_, '_, H>,
    account: &AccountId,
) -> Result<Option<LastActive>, ApiError> {
    let api = calls.api;
    let mut whole: Option<LastActive> = None;
    let mut cursor: Option<String> = None;
    loop {
        let request = last_active_dates(&api.organization, account, cursor.as_deref(), &api.key);
        let read = calls.read(READING_LAST_ACTIVE, request, read_last_active);
        let (page, next) = match read.await {
            Ok(read) => read,
            Err(error) if error.kind == ApiErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        match &mut whole {
            None => whole = Some(page),
            Some(whole) => whole.accesses.extend(page.accesses),
        }
        cursor = next;
        if cursor.is_none() {
            return Ok(whole);
        }
    }
}

/// Whether asking for one person's last activity can say something about a product.
fn is_askable(product: &str) -> bool {
    ASKABLE.contains(&product)
}

/// Whether an answer could say something about a person that is not known yet.
pub(super) fn has_askable(people: &Snapshot, row: Row) -> bool {
    let kinds = people.accesses();
    people.activities(row).is_some_and(|mut all| {
        all.any(|(kind, activity)| {
            let kind = usize::try_from(kind).ok().and_then(|kind| kinds.get(kind));
            activity == Activity::Unknown && kind.is_some_and(|kind| is_askable(&kind.product))
        })
    })
}

/// Fills in what is not known of a person's activity. A product that the whole answer does not name was never used, if it
/// is one that the answer names at all.
pub(super) fn fill(person: &mut UserRecord, answer: &LastActive) {
    for access in person.access.iter_mut().flatten() {
        if access.activity == Activity::Unknown {
            access.activity = said_of(access, answer);
        }
    }
}

fn said_of(access: &Access, answer: &LastActive) -> Activity {
    let exact = |resource: &Resource, _: &str| *resource == access.resource;
    // A resource may be spelt otherwise there; one without a site stands for itself alone.
    let alike = |resource: &Resource, product: &str| {
        resource.site().is_some()
            && resource.site() == access.resource.site()
            && plain(product) == plain(&access.product)
    };
    match latest(answer, &exact).or_else(|| latest(answer, &alike)) {
        Some(activity) => activity,
        None if is_askable(&access.product) => Activity::Never,
        None => Activity::Unknown,
    }
}

/// The latest activity that an answer says of some accesses.
fn latest(answer: &LastActive, is_meant: &dyn Fn(&Resource, &str) -> bool) -> Option<Activity> {
    let mut latest = None;
    for (resource, product, activity) in &answer.accesses {
        if !is_meant(resource, product) {
            continue;
        }
        latest = Some(match (latest, *activity) {
            (Some(Activity::Seen(one)), Activity::Seen(other)) => Activity::Seen(one.max(other)),
            (Some(Activity::Seen(one)), _) | (_, Activity::Seen(one)) => Activity::Seen(one),
            (Some(Activity::Unknown), _) | (_, Activity::Unknown) => Activity::Unknown,
            _ => Activity::Never,
        });
    }
    latest
}

/// Jira Service Management is spelt in two ways.
fn plain(product: &str) -> &str {
    match product {
        "jira-service-desk" => "jira-servicedesk",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DirectoryId, Resource, Time};

    #[test]
    fn an_answer_fills_what_is_open_and_nothing_else() {
        let resource =
            |product: &str, site: &str| Resource(format!("ari:cloud:{product}::site/{site}"));
        let access = |product: &str, site: &str, activity| Access {
            resource: resource(product, site),
            product: product.to_owned(),
            seat: None,
            activity,
        };
        let (unknown, never, seen) = (Activity::Unknown, Activity::Never, |seconds| {
            Activity::Seen(Time(seconds))
        });
        let mut person = UserRecord {
            access: Some(vec![
                access("jira-software", "1", unknown),
                access("jira-software", "2", unknown),
                access("jira-servicedesk", "1", unknown),
                access("confluence", "1", seen(3)),
                access("jira-product-discovery", "1", unknown),
            ]),
            ..UserRecord::unknown(AccountId("a".into()), DirectoryId("d".into()))
        };
        let answer = LastActive {
            added: None,
            accesses: vec![
                (
                    resource("jira-software", "1"),
                    "jira-software".into(),
                    seen(7),
                ),
                (
                    resource("jira-sd", "1"),
                    "jira-service-desk".into(),
                    seen(8),
                ),
                (resource("confluence", "1"), "confluence".into(), seen(9)),
            ],
        };
        fill(&mut person, &answer);
        let filled: Vec<Activity> = person.access.unwrap().iter().map(|a| a.activity).collect();
        // The second was never used; the last is a product of which the answer never speaks.
        assert_eq!(filled, [seen(7), never, seen(8), seen(3), unknown]);
    }
}
