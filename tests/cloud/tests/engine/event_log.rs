//! The organization's log of events: its order, its delay, its cursors, its limits.

use cloud::Request;
use cloud::organization::Standing;
use cloud::switches::{LogInEvents, Switches};
use serde_json::{Value, json};

use crate::tenant::{Tenant, error_code};

fn tenant(delay: u32, log_in_events: LogInEvents) -> Tenant {
    Tenant::new(|options| {
        options.switches = Switches {
            event_delay_seconds: delay,
            log_in_events,
            ..Switches::default()
        };
    })
}

fn poll(tenant: &mut Tenant, query: &str) -> Value {
    let response = get(tenant, &format!("events-stream?{query}"));
    assert_eq!(response.status, 200, "{query}");
    response.value()
}

fn get(tenant: &mut Tenant, rest: &str) -> cloud::Response {
    let path = format!("/admin/v1/orgs/{}/{rest}", tenant.organization);
    tenant.admin(Request::get(&path))
}

/// Actions with the people they were about.
fn events(page: &Value) -> Vec<(String, String)> {
    let rows = page["data"].as_array().into_iter().flatten();
    rows.map(|row| {
        let attributes = &row["attributes"];
        let action = attributes["action"].as_str().expect("an action");
        let subject = attributes["context"][0]["id"].as_str().expect("somebody");
        (action.to_owned(), subject.to_owned())
    })
    .collect()
}

fn next(page: &Value) -> String {
    page["meta"]["next"].as_str().expect("a cursor").to_owned()
}

fn people(tenant: &Tenant) -> Vec<String> {
    tenant.cloud.organization().people.idle_contractors.clone()
}

#[test]
fn a_kept_cursor_gives_what_came_since() {
    let mut tenant = tenant(0, LogInEvents::NotListed);
    let people = people(&tenant);
    let suspended = |person: &String| ("user_suspended".to_owned(), person.clone());
    let empty = poll(&mut tenant, "");
    assert_eq!(events(&empty), []);
    for person in &people[..3] {
        tenant.change_standing(person, "suspend");
        tenant.pass(1);
    }
    let cursor = next(&empty);
    let page = poll(&mut tenant, &format!("limit=2&cursor={cursor}"));
    assert_eq!(
        events(&page),
        [suspended(&people[0]), suspended(&people[1])]
    );
    let rest = poll(&mut tenant, &format!("limit=2&cursor={}", next(&page)));
    assert_eq!(events(&rest), [suspended(&people[2])]);
    // The last page's cursor, again and again.
    let cursor = next(&rest);
    let nothing = poll(&mut tenant, &format!("cursor={cursor}"));
    assert_eq!((events(&nothing), next(&nothing)), (vec![], cursor.clone()));
    tenant.change_standing(&people[0], "restore");
    for _ in 0..2 {
        let page = poll(&mut tenant, &format!("cursor={cursor}"));
        assert_eq!(
            events(&page),
            [("user_restored".to_owned(), people[0].clone())]
        );
    }
    let backwards = poll(&mut tenant, "sortOrder=desc&limit=3");
    assert_eq!(events(&backwards)[2], suspended(&people[1]));
    let first = poll(&mut tenant, &format!("cursor={}", next(&backwards)));
    assert_eq!(events(&first), [suspended(&people[0])]);
    assert_eq!(
        first["meta"]["next"],
        Value::Null,
        "there is nothing before it"
    );
}

#[test]
fn an_event_is_shown_once_it_was_processed() {
    let mut tenant = tenant(60, LogInEvents::NotListed);
    let person = people(&tenant)[0].clone();
    let suspended_at = tenant.cloud.now();
    tenant.change_standing(&person, "suspend");
    tenant.pass(59_999);
    assert_eq!(events(&poll(&mut tenant, "")), []);
    tenant.pass(1);
    let page = poll(&mut tenant, "");
    let row = &page["data"][0]["attributes"];
    assert_eq!(row["time"], json!("2026-11-21T06:00:00.000Z"));
    assert_eq!(row["processedAt"], json!("2026-11-21T06:01:00.000Z"));
    let at = suspended_at.timestamp_millis();
    for (query, expected) in [
        (format!("from={at}&to={at}"), 1),
        (format!("from={}", at + 1), 0),
        (format!("to={}", at - 1), 0),
    ] {
        assert_eq!(
            events(&poll(&mut tenant, &query)).len(),
            expected,
            "{query}"
        );
    }
    let day = 86_400_000;
    tenant.pass(180 * day - 60_000);
    assert_eq!(events(&poll(&mut tenant, "")).len(), 1);
    tenant.pass(1);
    assert_eq!(events(&poll(&mut tenant, "")).len(), 0);
}

#[test]
fn logging_in_is_an_event_where_guard_is() {
    for (switch, listed, logged) in [
        (LogInEvents::NotListed, false, false),
        (LogInEvents::ListedOnly, true, false),
        (LogInEvents::Logged, true, true),
    ] {
        let mut tenant = tenant(0, switch);
        let actions = get(&mut tenant, "event-actions").value();
        let rows = actions["data"].as_array().expect("a list");
        let found = rows.iter().find(|row| row["id"] == "user_logged_in");
        assert_eq!(found.is_some(), listed, "{switch:?}");
        let people = people(&tenant);
        let [active, suspended, deactivated, ..] = &people[..] else {
            panic!("{people:?}")
        };
        let cloud = &mut tenant.cloud;
        cloud.set_standing(active, Standing::Active).expect("there");
        cloud
            .set_standing(suspended, Standing::Suspended)
            .expect("there");
        cloud.set_account_active(deactivated, false).expect("there");
        for (person, let_in) in [(active, true), (suspended, false), (deactivated, false)] {
            assert_eq!(cloud.try_to_log_in(person), Ok(let_in), "{person}");
        }
        let all = events(&poll(&mut tenant, ""));
        let of = all.iter().filter(|(action, _)| action == "user_logged_in");
        let of: Vec<&String> = of.map(|(_, subject)| subject).collect();
        let expected = if logged {
            vec![active, suspended]
        } else {
            vec![]
        };
        assert_eq!(of, expected, "{switch:?}");
    }
}

#[test]
fn what_is_asked_wrongly_is_refused() {
    let mut tenant = tenant(0, LogInEvents::NotListed);
    for (query, code) in [
        ("limit=0", "ADMIN-400-24"),
        ("limit=501", "ADMIN-400-24"),
        ("sortOrder=up", "ADMIN-400-24"),
        ("from=yesterday", "ADMIN-400-3"),
        ("cursor=x", "ADMIN-400-1"),
    ] {
        let response = get(&mut tenant, &format!("events-stream?{query}"));
        assert_eq!(
            (response.status, error_code(&response).as_str()),
            (400, code)
        );
    }
    assert_eq!(get(&mut tenant, "events-stream?limit=500").status, 200);
}

#[test]
fn each_path_has_a_limit_of_its_own() {
    let mut tenant = tenant(0, LogInEvents::NotListed);
    for (rest, limit) in [("events-stream", 50), ("event-actions", 10)] {
        for asked in 1..=limit {
            let response = get(&mut tenant, rest);
            assert_eq!(response.status, 200, "{rest} {asked}");
            let left = response.header("x-ratelimit-remaining").map(str::to_owned);
            assert_eq!(left, Some((limit - asked).to_string()));
        }
        assert_eq!(get(&mut tenant, rest).status, 429);
    }
    tenant.pass(60_000);
    assert_eq!(get(&mut tenant, "events-stream").status, 200);
}
