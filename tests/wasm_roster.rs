//! Everybody in the page, in WebAssembly: chunks in, JSON texts out, and what cannot be used is an error with a code.

#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use js_sys::Reflect;
use seatkeeper::model::{AccountId, Activity, DirectoryId, Resource, Status, Time};
use seatkeeper::snapshot::{Access, Chunk, Renewal, Snapshot, StoredSnapshot, Unseen, UserRecord};
use seatkeeper::wasm::{ArrivingRoster, Roster};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const NOW: &str = "2026-11-21T12:00:00Z";

/// More than one block of people.
const PEOPLE: usize = 5_000;

fn somebody(number: usize) -> UserRecord {
    UserRecord {
        name: Some(format!("Person {number:04} M\u{fc}ller")),
        email: Some(format!("person{number}@acme.example")),
        status: Some(Status::Active),
        access: Some(vec![Access {
            resource: Resource("ari:cloud:jira-software::site/1".into()),
            product: "jira-software".into(),
            seat: None,
            activity: match number % 3 {
                0 => Activity::Never,
                1 => Activity::Unknown,
                _ => Activity::Seen(Time(1_700_000_000)),
            },
        }]),
        ..UserRecord::unknown(
            AccountId(format!("712020:{number:08}")),
            DirectoryId("d".into()),
        )
    }
}

/// A stored snapshot, and the answer that names its chunks.
fn stored() -> (Vec<Chunk>, String) {
    let mut people = Snapshot::new();
    for number in 0..PEOPLE {
        people.push(&somebody(number));
    }
    let mut renewal = Renewal::of(StoredSnapshot::default(), Time(1_795_262_400));
    renewal.see(&people, &|_| false);
    let encoded = renewal.finish(Unseen::Gone).expect("chunks");
    let parts = json!({
        "answer": "snapshotParts", "snapshot": "s", "taken": NOW, "now": NOW, "source": "organization", "users": PEOPLE,
        "chunks": encoded.head.segments().concat(),
        "sites": [{"cloudId": "1", "host": "acme.atlassian.net"}],
        "grants": null,
    });
    (encoded.chunks, parts.to_string())
}

fn loaded() -> Roster {
    let (chunks, parts) = stored();
    let mut arriving = ArrivingRoster::new(&parts).expect("parts");
    let mut steps = 0;
    // The last ones first: what comes early waits.
    for chunk in chunks.into_iter().rev() {
        assert!(arriving.names().contains(&chunk.name));
        arriving.take(&chunk.name, chunk.bytes);
        while arriving.step().expect("a chunk") {
            steps += 1;
        }
    }
    assert!(steps > 3, "{steps}");
    arriving.finish().expect("everybody")
}

fn code(error: &JsValue) -> String {
    let code = Reflect::get(error, &JsValue::from_str("code")).expect("an error");
    code.as_string().expect("a code")
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[wasm_bindgen_test]
fn chunks_become_rows_of_a_table() {
    let mut roster = loaded();
    assert_eq!(roster.people(), 5_000);
    assert_eq!(
        roster.filter(r#"{"text":"MULLER 0042"}"#).expect("a count"),
        1
    );
    let rows = read(&roster.rows(0, 40).expect("rows"));
    assert_eq!(rows[0]["account"], "712020:00000042");
    assert_eq!(
        rows[0]["lastSeen"],
        json!({"state": "never", "at": null, "orLater": false})
    );
    assert_eq!(rows[0]["accesses"][0]["site"], "acme.atlassian.net");
    let idle = r#"{"sites":["acme.atlassian.net"],"activity":{"kind":"idle","days":90}}"#;
    assert_eq!(roster.filter(idle).expect("a count"), 1_666);
    roster.sort("name", true).expect("a column");
    let accounts = read(&roster.accounts(0, 2).expect("accounts"));
    assert_eq!(accounts, json!(["712020:00004997", "712020:00004994"]));
    let facets = read(&roster.facets(5).expect("counts"));
    assert_eq!(
        facets["domains"],
        json!([{"value": "acme.example", "name": null, "people": 1666}])
    );
    let marked = read(
        &roster
            .mark("pasted", "712020:00000042, nobody")
            .expect("a set"),
    );
    assert_eq!(marked["notFound"], json!(["nobody"]));
    assert_eq!(
        roster.filter(r#"{"within":["pasted"]}"#).expect("a count"),
        1
    );
    assert!(roster.csv(0, 9).contains("712020:00000042"));
    let panel = read(&roster.person("712020:00000042").expect("a panel"));
    assert_eq!(panel["source"], "users/search");
    assert_eq!(read(&roster.person("x").expect("nobody")), Value::Null);
}

#[wasm_bindgen_test]
fn a_policy_is_previewed_and_explained() {
    let roster = loaded();
    let document = r#"{"version":1,"id":"p","name":"P","match":{"idle":{"longerThan":"90d"}},"stages":[{"after":"0d","do":"suspend"}]}"#;
    let preview = read(&roster.preview(document, 3).expect("a preview"));
    assert_eq!(
        (&preview["matched"], &preview["unknown"]),
        (&json!(1666), &json!(1667))
    );
    assert_eq!(preview["sample"].as_array().map(Vec::len), Some(3));
    let explained = read(&roster.explain(document, "712020:00000001").expect("why"));
    assert_eq!(explained[0]["verdict"], "unknown");
}

#[wasm_bindgen_test]
fn lists_and_fields_decide_once_they_are_known() {
    let mut roster = loaded();
    let document = r#"{"version":1,"id":"p","name":"P","match":{"any":[{"listed":"leavers"},
        {"field":{"name":"team","is":["Sales"]}}]},"stages":[{"after":"0d","do":"suspend"}]}"#;
    let figures = |roster: &Roster| {
        let preview = read(&roster.preview(document, 1).expect("a preview"));
        (preview["matched"].clone(), preview["unknown"].clone())
    };
    assert_eq!(figures(&roster), (json!(0), json!(PEOPLE)));
    let members = "person7@acme.example\n712020:00000042";
    roster.know_list("leavers", "2026-11-20T12:00:00Z", members);
    assert_eq!(figures(&roster), (json!(2), json!(PEOPLE - 2)));
    let values = "712020:00000001 Sales\n712020:00000002 Support";
    roster.know_field("team", Some(String::from(values)));
    assert_eq!(figures(&roster), (json!(3), json!(0)));
    // There is no such field any more.
    roster.know_field("team", None);
    assert_eq!(figures(&roster), (json!(2), json!(PEOPLE - 2)));
}

#[wasm_bindgen_test]
fn what_cannot_be_used_is_an_error_with_a_code() {
    let mut roster = loaded();
    for (filter, expected) in [
        ("", "BAD_VALUE"),
        (r#"{"colour":"red"}"#, "BAD_VALUE"),
        (r#"{"within":["x"]}"#, "NO_SUCH_SET"),
        (
            r#"{"policy":{"document":"{}","is":"true"}}"#,
            "INVALID_POLICY",
        ),
    ] {
        let error = roster.filter(filter).expect_err("an error");
        assert_eq!(code(&error), expected, "{filter}");
    }
    assert_eq!(
        code(&roster.sort("colour", false).expect_err("an error")),
        "BAD_VALUE"
    );
    let (mut chunks, parts) = stored();
    let early = ArrivingRoster::new(&parts).expect("parts");
    assert_eq!(
        code(&early.finish().err().expect("an error")),
        "BAD_SNAPSHOT"
    );
    let mut arriving = ArrivingRoster::new(&parts).expect("parts");
    for chunk in &mut chunks {
        if let Some(byte) = chunk.bytes.last_mut() {
            *byte ^= 1;
        }
        arriving.take(&chunk.name, chunk.bytes.clone());
    }
    assert_eq!(
        code(&arriving.step().expect_err("an error")),
        "BAD_SNAPSHOT"
    );
}
