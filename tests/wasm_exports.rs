//! Exports of admin.atlassian.com, in WebAssembly as the page reads them: the same parts however the file is cut.

#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use js_sys::{JSON, Reflect};
use seatkeeper::app::import;
use seatkeeper::snapshot::{Snapshot, decode_part};
use seatkeeper::wasm::ExportFile;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const EXPORT: &str = "\u{feff}Group id,Group name,User id,User name,User status,Added to org,Jira - acme,Last seen in Jira - acme,Cost centre\r\n\
    g1,jira-users,712020:a,\"\u{c4}nne,\r\n\"\"the\"\" first\",Active,03 Jan 2024,User,03 May 2026,7\r\n\
    g2,keep-them,712020:a,\"\u{c4}nne,\r\n\"\"the\"\" first\",Active,03 Jan 2024,User,03 May 2026,7\r\n\
    ,,../x,X,Active,03 Jan 2024,User,03 May 2026,\r\n\
    ,,712020:b,B,Active,01/02/2024,User,Never accessed,";

fn at(value: &JsValue, path: &[&str]) -> JsValue {
    path.iter().fold(value.clone(), |value, name| {
        Reflect::get(&value, &JsValue::from_str(name)).expect("an object")
    })
}

/// What the page gets of a file that comes in slices of so many bytes.
fn read(bytes: &[u8], slice: usize) -> (String, Vec<Vec<u8>>) {
    let mut file = ExportFile::new();
    for slice in bytes.chunks(slice) {
        file.feed(slice).expect("an export");
    }
    let finished = file.finish().expect("an export");
    let count = at(&finished, &["parts"]).as_f64().expect("a number");
    let parts = (0_u8..)
        .take_while(|number| f64::from(*number) < count)
        .map(|number| file.part(number.into()).expect("a part"));
    let parts = parts.collect();
    (
        String::from(JSON::stringify(&finished).expect("plain")),
        parts,
    )
}

#[wasm_bindgen_test]
fn the_parts_are_the_same_however_the_file_is_cut() {
    let whole = read(EXPORT.as_bytes(), EXPORT.len());
    for slice in 1..EXPORT.len() {
        assert_eq!(read(EXPORT.as_bytes(), slice), whole, "slices of {slice}");
    }
    let mut native = import::ExportFile::default();
    native.feed(EXPORT.as_bytes()).expect("an export");
    let native = native.finish().expect("an export");
    assert_eq!(whole.1, native.parts);
    assert!(whole.0.contains(&native.hash), "{}", whole.0);
}

#[wasm_bindgen_test]
fn the_report_crosses_as_a_plain_object_and_the_parts_as_people() {
    let (finished, parts) = read(EXPORT.as_bytes(), 7);
    let finished = JSON::parse(&finished).expect("JSON");
    for (name, expected) in [
        ("rows", 4),
        ("taken", 3),
        ("merged", 1),
        ("people", 2),
        ("refused", 1),
    ] {
        assert_eq!(
            at(&finished, &["report", name]),
            JsValue::from(expected),
            "{name}"
        );
    }
    let why = at(&finished, &["report", "refusals", "0", "why"]);
    assert_eq!(why, JsValue::from("the row has an account id that is none"));
    let mut people = Snapshot::new();
    for part in &parts {
        decode_part(part, &mut people).expect("a part");
    }
    assert_eq!(people.len(), 2);
    let first = people.rows().next().expect("a person");
    assert_eq!(people.name(first), Some("\u{c4}nne,\r\n\"the\" first"));
    assert_eq!(people.groups(first).expect("groups").count(), 2);
}

#[wasm_bindgen_test]
fn what_cannot_be_read_is_an_error_with_a_code() {
    for (text, code) in [
        ("", "EXPORT_EMPTY"),
        ("email\nx\n", "EXPORT_NO_ACCOUNT_COLUMN"),
        ("User id\n../x\n", "EXPORT_NOBODY"),
    ] {
        let mut file = ExportFile::new();
        let fed = file.feed(text.as_bytes());
        let error = fed
            .and_then(|()| file.finish().map(|_| ()))
            .expect_err("an error");
        assert_eq!(at(&error, &["code"]), JsValue::from(code), "{text}");
    }
    let mut file = ExportFile::new();
    assert_eq!(
        at(&file.part(0).expect_err("an error"), &["code"]),
        JsValue::from("NO_SUCH_PART")
    );
    file.feed(b"User id\na\n").expect("an export");
    file.finish().expect("an export");
    assert!(file.part(0).is_ok());
    assert_eq!(
        at(&file.part(1).expect_err("an error"), &["code"]),
        JsValue::from("NO_SUCH_PART")
    );
    assert_eq!(
        at(&file.feed(b"x").expect_err("an error"), &["code"]),
        JsValue::from("EXPORT_OVER")
    );
    assert_eq!(
        at(&file.finish().expect_err("an error"), &["code"]),
        JsValue::from("EXPORT_OVER")
    );
}
