//! A run by hand: what was asked for, by whom, for whom.

use super::*;

const WISH: &str = "by hand: suspend";

fn chosen() -> Value {
    json!(["712020:1", "712020:2"])
}

/// A run by hand, whose first entry holds the hash of those who were chosen, or none, as before there was one.
fn by_hand(hash: Option<&str>) -> Bundle {
    let mut entries = entries();
    entries[1].reason = Some(format!("{WISH}, 2 people chosen by hand: they left"));
    entries[1].after = hash.map(|hash| json!({ "chosenSha256": hash }));
    let mut bundle = bundle(&sealed(entries));
    let run = bundle.facts.run.as_mut().unwrap();
    run["byHand"] = json!("they left");
    run["policy"]["name"] = json!(WISH);
    // The name is part of the policy's hash.
    bundle.facts.policy = None;
    bundle.facts.chosen = Some(chosen());
    bundle
}

fn packed(hash: Option<&str>) -> Vec<u8> {
    by_hand(hash).finish()
}

#[test]
fn what_was_asked_for_by_hand_is_told_and_proven() {
    let hash = sha256_hex(&canonical(&chosen()));
    let archive = packed(Some(&hash));
    let order: Value = serde_json::from_str(&text_of(&archive, name::ORDER)).unwrap();
    let expected = json!({
        "by": "712020:admin", "asked": NOW, "what": WISH, "why": "they left", "people": chosen(),
    });
    assert_eq!(order, expected);
    let found = verify_bundle(&archive, vec![]).unwrap();
    assert!(found.valid, "{found:?}");
    let of_order = |said: &String| said.contains(name::ORDER);
    assert!(!found.remarks.iter().any(of_order), "{found:?}");
    for (from, to) in [
        ("they left", "they stayed"),
        ("712020:2", "712020:3"),
        ("712020:admin", "712020:other"),
        ("suspend", "delete"),
        ("T12:00:00Z", "T11:00:00Z"),
    ] {
        let forged = forged(&archive, name::ORDER, &|text| {
            assert!(text.contains(from), "no {from}: {text}");
            text.replacen(from, to, 1)
        });
        let found = verify_bundle(&forged, vec![]).unwrap();
        assert!(found.faults.iter().any(of_order), "{from}: {found:?}");
    }
    // Without the file, what the entries tell of it is said not to be proven.
    let silent = with(&archive, name::ORDER, &|_| None);
    assert!(!verify_bundle(&silent, vec![]).unwrap().valid);
}

#[test]
fn people_who_are_not_those_that_were_chosen_are_not_told() {
    let order =
        |hash| -> Value { serde_json::from_str(&text_of(&packed(hash), name::ORDER)).unwrap() };
    // Somebody was erased since.
    let other = sha256_hex("other");
    assert_eq!(order(Some(&other))["people"], Value::Null);
    let found = verify_bundle(&packed(Some(&other)), vec![]).unwrap();
    assert!(found.valid, "{found:?}");
    // Before entries held the hash.
    assert_eq!(order(None)["people"], chosen());
    let found = verify_bundle(&packed(None), vec![]).unwrap();
    let said = found.remarks.join("\n");
    assert!(
        found.valid && said.contains("order.json: not proven, since no entry tells it: people"),
        "{found:?}"
    );
}
