//! When policies are due, in WebAssembly over `Intl`: the same table as natively over `chrono-tz`.

#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "schedule/cases.rs"]
mod cases;
#[path = "schedule/ticks.rs"]
mod ticks;

use js_sys::{JSON, Reflect};
use seatkeeper::model::Time;
use seatkeeper::schedule::Zones;
use seatkeeper::wasm::{IntlZones, check_policy, next_runs};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

fn text(value: &JsValue) -> String {
    String::from(JSON::stringify(value).expect("a plain value"))
}

#[wasm_bindgen_test]
fn timetables_start_what_the_table_says() {
    cases::check_previews(&IntlZones::default());
}

#[wasm_bindgen_test]
fn ticks_start_what_the_table_says() {
    ticks::check_ticks(&IntlZones::default());
}

#[wasm_bindgen_test]
fn a_zone_that_nobody_knows_is_refused() {
    cases::check_refusals(&IntlZones::default());
}

#[wasm_bindgen_test]
fn the_edges_of_time_are_survived() {
    cases::check_edges(&IntlZones::default());
}

#[wasm_bindgen_test]
fn an_offset_is_in_seconds_and_a_formatter_serves_many_zones() {
    let zones = IntlZones::default();
    for _ in 0..2 {
        for (zone, at, offset) in [
            ("Europe/Berlin", "2026-07-01T00:00:00Z", Some(7_200)),
            ("Europe/Berlin", "2026-12-31T23:30:00Z", Some(3_600)),
            ("europe/berlin", "2026-07-01T00:00:00Z", Some(7_200)),
            ("America/St_Johns", "2026-01-01T00:00:00Z", Some(-12_600)),
            ("Pacific/Kiritimati", "2026-01-01T12:00:00Z", Some(50_400)),
            ("Mars/Olympus_Mons", "2026-01-01T12:00:00Z", None),
            ("", "2026-01-01T12:00:00Z", None),
        ] {
            assert_eq!(zones.offset(zone, cases::time(at)), offset, "{zone} {at}");
        }
    }
    assert_eq!(zones.offset("Europe/Berlin", Time(i64::MAX)), None);
}

#[wasm_bindgen_test]
fn the_page_asks_for_the_next_runs() {
    let document = r#"{"version":1,"id":"p","name":"P","match":{"idle":{"longerThan":"90d"}},
        "stages":[{"after":"0d","do":"suspend"}],"schedule":{"once":"2026-11-21T12:00:00Z"}}"#;
    assert!(text(&check_policy(document).expect("an answer")).starts_with(r#"{"valid""#));
    let runs = |from| next_runs(document, from, 5, "{}").expect("runs");
    assert_eq!(
        text(&runs("2026-11-20T12:00:00Z")),
        r#"["2026-11-21T12:00:00Z"]"#
    );
    assert_eq!(text(&runs("2026-11-22T12:00:00Z")), "[]");
    let daily = |zone| {
        let daily = format!(r#"{{"every":{{"n":1,"unit":"day"}},"at":"02:30","zone":"{zone}"}}"#);
        document.replace(r#"{"once":"2026-11-21T12:00:00Z"}"#, &daily)
    };
    let runs = next_runs(&daily("Europe/Berlin"), "2026-10-24T12:00:00Z", 2, "{}").expect("runs");
    assert_eq!(
        text(&runs),
        r#"["2026-10-25T00:30:00Z","2026-10-26T01:30:00Z"]"#
    );
    // Sunday in Kolkata ends at 18:30 in UTC.
    let theirs = r#"{"zone":"Asia/Kolkata","except":["sun"]}"#;
    let runs = next_runs(&daily("Europe/Berlin"), "2026-10-24T12:00:00Z", 2, theirs);
    assert_eq!(
        text(&runs.expect("runs")),
        r#"["2026-10-25T18:30:00Z","2026-10-26T01:30:00Z"]"#
    );
    let nowhere = daily("Europe/Atlantis");
    let checked = text(&check_policy(&nowhere).expect("an answer"));
    assert!(checked.contains("unknown-zone"), "{checked}");
    for (document, from, black_outs) in [
        (nowhere.as_str(), "2026-10-24T12:00:00Z", "{}"),
        (document, "tomorrow", "{}"),
        ("{}", "2026-11-20T12:00:00Z", "{}"),
        (
            document,
            "2026-11-20T12:00:00Z",
            r#"{"zone":"Europe/Atlantis"}"#,
        ),
    ] {
        let error = next_runs(document, from, 5, black_outs).expect_err("an error");
        let code = Reflect::get(&error, &JsValue::from_str("code")).expect("an error");
        assert_eq!(code, JsValue::from("BAD_VALUE"));
    }
}
