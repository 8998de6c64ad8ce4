use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{parse, read, value};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Everything<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
    small: u8,
    negative: i64,
    share: f64,
    flag: bool,
    absent: Option<String>,
    pair: (String, u32),
    by_number: BTreeMap<u32, Kind>,
    kinds: Vec<Kind>,
    rest: Value,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Kind {
    Plain,
    Named(String),
    Both(u32, u32),
    Held {
        #[serde(default)]
        by: Option<u32>,
    },
}

fn everything() -> Value {
    json!({
        "text": "a \"quoted\" \u{1f600}",
        "small": 255,
        "negative": -9_007_199_254_740_993_i64,
        "share": 0.25,
        "flag": true,
        "pair": ["a", 1],
        "byNumber": { "7": "plain", "10": { "named": "x" } },
        "kinds": ["plain", { "plain": null }, { "named": "n" }, { "both": [1, 2] }, { "held": { "by": 3 } }, { "held": {} }],
        "rest": [null, 1, -1, 1.5e300, "text", { "a": [] }],
        "unknown": { "deep": [[{}]] },
    })
}

#[test]
fn every_shape_is_read_as_serde_json_reads_it() {
    let text = everything().to_string();
    let read: Everything<'_> = read(&text).unwrap();
    assert_eq!(read, serde_json::from_str(&text).unwrap());
    assert_eq!(read.by_number.get(&10), Some(&Kind::Named("x".into())));
}

#[test]
fn what_is_written_is_read_back() {
    let text = everything().to_string();
    let everything: Everything<'_> = read(&text).unwrap();
    let written = value(&everything).unwrap();
    assert_eq!(written, serde_json::to_value(&everything).unwrap());
    let text = written.to_string();
    assert_eq!(read::<Everything<'_>>(&text).unwrap(), everything);
}

#[test]
fn a_text_without_a_type_is_read_as_serde_json_reads_it() {
    let text = everything().to_string();
    assert_eq!(parse(&text).unwrap(), everything());
    assert_eq!(read::<Value>(&text).unwrap(), everything());
}

#[test]
fn a_text_is_borrowed_where_nothing_in_it_is_escaped() {
    let borrowed: Vec<&str> = read(r#"["plain"]"#).unwrap();
    assert_eq!(borrowed, ["plain"]);
    assert!(read::<Vec<&str>>(r#"["\n"]"#).is_err());
}

#[test]
fn what_does_not_fit_is_refused() {
    let refused = |field: &str, wrong: Value| {
        let mut whole = everything();
        whole[field] = wrong;
        let text = whole.to_string();
        assert!(read::<Everything<'_>>(&text).is_err(), "{text}");
        assert!(
            serde_json::from_str::<Everything<'_>>(&text).is_err(),
            "{text}"
        );
    };
    refused("text", json!(1));
    refused("small", json!(256));
    refused("small", json!(-1));
    refused("small", json!(1.0));
    refused("negative", json!(u64::MAX));
    refused("share", json!("0.25"));
    refused("flag", json!(null));
    refused("absent", json!([]));
    refused("pair", json!(["a"]));
    refused("pair", json!(["a", 1, 2]));
    refused("byNumber", json!({ "x": "plain" }));
    refused("kinds", json!({}));
    for kind in [
        json!("unknown"),
        json!("named"),
        json!({}),
        json!({ "plain": 1 }),
        json!({ "named": 1 }),
        json!({ "named": "n", "plain": null }),
        json!({ "both": [1] }),
        json!({ "held": 1 }),
    ] {
        refused("kinds", json!([kind]));
    }
}

#[test]
fn a_key_that_is_written_twice_is_refused() {
    let twice = r#"{ "held": { "by": 1, "by": 2 } }"#;
    assert!(read::<Kind>(twice).is_err());
}

#[test]
fn a_struct_is_read_from_an_object_only() {
    assert!(read::<Kind>(r#"{ "held": [3] }"#).is_err());
}

#[test]
fn a_text_that_is_not_json_is_refused_with_its_place() {
    let error = read::<Value>("[1,\n x]").unwrap_err();
    assert_eq!((error.line(), error.column()), (2, 2));
    for text in ["", "[1] 2", "{\"a\":}", "\"\u{1}\"", &"[".repeat(200)] {
        assert!(read::<Value>(text).is_err(), "{text}");
    }
}
