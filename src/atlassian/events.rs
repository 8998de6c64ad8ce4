//! The organization's log of events: which of its actions mean that somebody logs in, and who did so.
//!
//! Which actions there are no document says, and people who log in are in the log only with Atlassian Guard. So an action
//! counts by its words (docs/decisions/0017).

use serde_json::Value;

use super::error::ApiError;
use super::escape::segment;
use super::page::{cursor_after, cursor_in};
use super::request::get;
use crate::host::{Request, Secret};
use crate::model::{AccountId, Time};

/// The most events of one page.
pub const EVENTS_A_PAGE: usize = 500;

/// Somebody logged in, or tried to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogIn {
    /// Who.
    pub account: AccountId,
    /// The event's id.
    pub event: String,
    /// When it happened.
    pub at: Time,
    /// When the log took it in, where that is said.
    pub processed: Option<Time>,
}

/// A page of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Events {
    /// How many events it holds, of whatever kind.
    pub count: usize,
    /// Those of people who logged in.
    pub log_ins: Vec<LogIn>,
    /// When the newest of all of them was taken in, or happened.
    pub newest: Option<Time>,
    /// Where to go on.
    pub cursor: Option<String>,
}

/// `GET /admin/v1/orgs/{organization}/event-actions`: every kind of event.
pub fn event_actions(organization: &str, key: &Secret) -> Request {
    let path = format!("/admin/v1/orgs/{}/event-actions", segment(organization));
    get(path, key)
}

/// The ids of the actions that mean that somebody logs in.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_log_in_actions(body: &[u8]) -> Result<Vec<String>, ApiError> {
    let mut actions = Vec::new();
    for row in rows(&ApiError::read("reading the kinds of events", body)?)? {
        let Some(id) = text(row, &["id"]) else {
            continue;
        };
        let name = text(row, &["attributes", "displayName"]).unwrap_or_default();
        if means_log_in(id) || means_log_in(name) {
            actions.push(id.to_owned());
        }
    }
    Ok(actions)
}

/// Whether a name says that somebody logs in, and not how that is set up.
fn means_log_in(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let mut before = "";
    let mut is_meant = false;
    for word in name.split(|sign: char| !sign.is_ascii_alphanumeric()) {
        if ["polic", "setting", "config"]
            .iter()
            .any(|start| word.starts_with(start))
        {
            return false;
        }
        is_meant |= matches!(word, "login" | "signin" | "logon")
            || word == "in" && matches!(before, "log" | "logged" | "sign" | "signed");
        before = word;
    }
    is_meant
}

/// `GET /admin/v1/orgs/{organization}/events-stream`: what was taken in after a page, or happened from a time on.
pub fn events_stream(
    organization: &str,
    (cursor, from): (Option<&str>, Time),
    key: &Secret,
) -> Request {
    let begin = match cursor {
        Some(_) => cursor_after('&', cursor),
        None => format!("&from={}&sortOrder=asc", from.0.saturating_mul(1_000)),
    };
    let organization = segment(organization);
    let path = format!("/admin/v1/orgs/{organization}/events-stream?limit={EVENTS_A_PAGE}{begin}");
    get(path, key)
}

/// What a page of the log tells of people who log in, by the ids of the actions that mean it.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_events(body: &[u8], actions: &[String]) -> Result<Events, ApiError> {
    let answer: Value = ApiError::read("reading events", body)?;
    let mut events = Events::default();
    for row in rows(&answer)? {
        events.count += 1;
        let time = |name| Time::parse(text(row, &["attributes", name])?);
        let (at, processed) = (time("time"), time("processedAt"));
        events.newest = events.newest.max(processed.or(at));
        let action = text(row, &["attributes", "action"]);
        if !actions.iter().any(|known| Some(known.as_str()) == action) {
            continue;
        }
        let account = text(row, &["attributes", "actor", "id"]);
        let account = account.map(|id| AccountId(id.to_owned()));
        if let (Some(at), Some(event), Some(account)) = (at, text(row, &["id"]), account)
            && account.is_plausible()
        {
            events.log_ins.push(LogIn {
                account,
                event: event.to_owned(),
                at,
                processed,
            });
        }
    }
    // Either place may have it, as a cursor or as a URL.
    let next = text(&answer, &["meta", "next"]).or(text(&answer, &["links", "next"]));
    events.cursor = next.and_then(cursor_in);
    Ok(events)
}

fn rows(answer: &Value) -> Result<&Vec<Value>, ApiError> {
    let rows = answer.get("data").and_then(Value::as_array);
    rows.ok_or_else(|| ApiError::not_understood("reading events"))
}

fn text<'v>(value: &'v Value, path: &[&str]) -> Option<&'v str> {
    let mut value = value;
    for name in path {
        value = value.get(name)?;
    }
    value.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_counts_by_the_words_of_its_id_or_name() {
        for (name, counts) in [
            ("user_logged_in", true),
            ("Logged in", true),
            ("user_login", true),
            ("Failed login", true),
            ("User signed in to account", true),
            ("saml-sign-in", true),
            ("user_logged_out", false),
            ("Assigned role in group", false),
            ("user_assigned_in_unit", false),
            ("Changed login policy", false),
            ("login_settings_updated", false),
            ("Configured single sign on", false),
            ("", false),
        ] {
            assert_eq!(means_log_in(name), counts, "{name}");
        }
        let body = br#"{"data":[{"id":"a1","attributes":{"displayName":"Logged in","groupDisplayName":"x"}},
            {"id":"user_login"},{"id":"user_suspended","attributes":{"displayName":"Suspended user"}},{"type":"y"}]}"#;
        assert_eq!(read_log_in_actions(body).unwrap(), ["a1", "user_login"]);
        assert!(read_log_in_actions(b"{}").is_err());
    }

    #[test]
    fn a_page_tells_who_logged_in_and_where_to_go_on() {
        let body = br#"{"data":[
            {"id":"e1","type":"events","attributes":{"time":"2026-01-01T00:00:00.5Z","processedAt":"2026-01-01T00:02:00Z",
              "action":"user_logged_in","actor":{"id":"5:a","name":"A","new":[1]},"context":[]}},
            {"id":"e2","attributes":{"time":"2026-01-01T00:03:00Z","action":"user_logged_in","actor":{"id":"../x"}}},
            {"id":"e3","attributes":{"time":"2026-01-01T00:01:00Z","action":"other","actor":{"id":"5:b"}}}],
            "links":{"next":"https://x?limit=1&cursor=a%2Bb"},"meta":{"page_size":3}}"#;
        let events = read_events(body, &["user_logged_in".into()]).unwrap();
        assert_eq!((events.count, events.log_ins.len()), (3, 1));
        let one = &events.log_ins[0];
        assert_eq!((one.account.as_str(), one.event.as_str()), ("5:a", "e1"));
        assert_eq!(one.processed.unwrap().since(one.at), 120);
        assert_eq!(events.newest, Time::parse("2026-01-01T00:03:00Z"));
        assert_eq!(events.cursor.as_deref(), Some("a+b"));
        let last = read_events(br#"{"data":[],"meta":{"next":"c"}}"#, &[]).unwrap();
        assert_eq!(last.cursor.as_deref(), Some("c"));
        assert_eq!(
            read_events(br#"{"data":[]}"#, &[]).unwrap(),
            Events::default()
        );
        assert!(read_events(b"[]", &[]).is_err());
    }

    #[test]
    fn the_stream_is_asked_from_a_time_or_behind_a_page() {
        let path = |cursor| events_stream("o", (cursor, Time(5)), &Secret("k".into())).path;
        let begin = "/admin/v1/orgs/o/events-stream?limit=500";
        assert_eq!(path(None), format!("{begin}&from=5000&sortOrder=asc"));
        assert_eq!(path(Some("a b")), format!("{begin}&cursor=a%20b"));
    }
}
