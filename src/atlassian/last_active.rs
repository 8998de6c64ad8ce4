//! When one person was last active, product by product: what `users/search` left open (RULES R13).

use serde::Deserialize;

use super::error::ApiError;
use super::escape::segment;
use super::pace::READING_LAST_ACTIVE;
use super::page::{Links, cursor_after};
use super::request::get;
use super::workspaces::product_of;
use crate::host::{Request, Secret};
use crate::model::{AccountId, Activity, Resource, Time};

/// `GET /admin/v1/orgs/{organization}/directory/users/{account}/last-active-dates`.
pub fn last_active_dates(
    organization: &str,
    account: &AccountId,
    cursor: Option<&str>,
    key: &Secret,
) -> Request {
    let path = format!(
        "/admin/v1/orgs/{}/directory/users/{}/last-active-dates{}",
        segment(organization),
        segment(account.as_str()),
        cursor_after('?', cursor)
    );
    get(path, key)
}

/// What is known of a person's last activity. A list without an access means that no product was ever used; only the
/// pages together are the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastActive {
    /// When the account was added to the organization, if that is said. A mere date is the end of that day.
    pub added: Option<Time>,
    /// Each access with its product's key. A mere date is the end of that day.
    pub accesses: Vec<(Resource, String, Activity)>,
}

/// A page of the answer, and the next page's cursor.
///
/// # Errors
/// An answer that is not what the API documents: nothing is known then, and nobody is "never active" for it.
pub fn read_last_active(body: &[u8]) -> Result<(LastActive, Option<String>), ApiError> {
    #[derive(Deserialize)]
    struct Answer {
        data: Data,
        links: Option<Links>,
    }
    #[derive(Deserialize)]
    struct Data {
        added_to_org: Option<String>,
        added_to_org_timestamp: Option<String>,
        product_access: Vec<Entry>,
    }
    #[derive(Deserialize)]
    struct Entry {
        id: String,
        key: Option<String>,
        last_active: Option<String>,
        last_active_timestamp: Option<String>,
    }
    let answer: Answer = ApiError::read(READING_LAST_ACTIVE, body)?;
    let data = answer.data;
    let accesses = data.product_access.into_iter().map(|entry| {
        let activity = activity(
            entry.last_active_timestamp.as_deref(),
            entry.last_active.as_deref(),
        );
        let resource = Resource(entry.id);
        let product = entry.key;
        let product = product.unwrap_or_else(|| product_of(&resource).to_owned());
        (resource, product, activity)
    });
    let last_active = LastActive {
        added: moment(
            data.added_to_org_timestamp.as_deref(),
            data.added_to_org.as_deref(),
        ),
        accesses: accesses.collect(),
    };
    Ok((last_active, answer.links.and_then(Links::cursor)))
}

/// Never only where neither is said; what is said and cannot be read is not known.
fn activity(timestamp: Option<&str>, date: Option<&str>) -> Activity {
    match (timestamp, date) {
        (None, None) => Activity::Never,
        said => moment(said.0, said.1).map_or(Activity::Unknown, Activity::Seen),
    }
}

/// A timestamp, or else the last second of a date: the time of day is not known, so the latest that it can be.
fn moment(timestamp: Option<&str>, date: Option<&str>) -> Option<Time> {
    let end_of_day = |date| Time::parse(&format!("{date}T23:59:59Z"));
    timestamp
        .and_then(Time::parse)
        .or_else(|| end_of_day(date?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Activity {
        Activity::Seen(Time::parse(text).unwrap())
    }

    #[test]
    fn only_an_entry_without_any_date_is_never() {
        for (dates, activity) in [
            (
                r#","last_active":"2026-11-01","last_active_timestamp":"2026-11-01T08:12:00Z""#,
                seen("2026-11-01T08:12:00Z"),
            ),
            (
                r#","last_active":"2026-11-01""#,
                seen("2026-11-01T23:59:59Z"),
            ),
            (
                r#","last_active":"2026-11-01","last_active_timestamp":"soon""#,
                seen("2026-11-01T23:59:59Z"),
            ),
            (r#","last_active_timestamp":"soon""#, Activity::Unknown),
            (r#","last_active":"2026-13-01""#, Activity::Unknown),
            (r#","last_active":null"#, Activity::Never),
            ("", Activity::Never),
        ] {
            let body = format!(
                r#"{{"data":{{"product_access":[{{"id":"ari:cloud:jira-software::site/1"{dates}}}]}}}}"#
            );
            let (read, next) = read_last_active(body.as_bytes()).unwrap();
            assert_eq!(
                read.accesses,
                [(
                    Resource("ari:cloud:jira-software::site/1".into()),
                    String::from("jira-software"),
                    activity
                )],
                "{dates}"
            );
            assert_eq!((read.added, next), (None, None));
        }
    }

    #[test]
    fn an_empty_list_is_said_and_a_missing_one_is_an_error() {
        let body = br#"{"data":{"added_to_org":"2023-01-15","added_to_org_timestamp":null,"product_access":[]},"links":{"next":"c"}}"#;
        let (read, next) = read_last_active(body).unwrap();
        assert_eq!(read.accesses, []);
        assert_eq!(read.added, Time::parse("2023-01-15T23:59:59Z"));
        assert_eq!(next.as_deref(), Some("c"));
        for body in ["", "<html>", r#"{"data":{}}"#, r#"{"data":[]}"#] {
            assert!(read_last_active(body.as_bytes()).is_err(), "{body}");
        }
    }

    #[test]
    fn the_request_is_for_one_person() {
        let account = AccountId("557058:a/b".into());
        let request = last_active_dates("o", &account, Some("c"), &Secret("k".into()));
        assert_eq!(
            request.path,
            "/admin/v1/orgs/o/directory/users/557058%3Aa%2Fb/last-active-dates?cursor=c"
        );
    }
}
