//! The evidence of a run by hand tells what was asked for, by whom and for whom.

use seatkeeper::audit::bundle::verify_bundle;
use serde_json::{Value, json};

use super::{act_on, approve, begun, even_if_active, scene, set_email, suspend, undo};
use crate::evidence::{collected, text};

#[test]
fn what_was_asked_for_is_in_the_bundle_and_proven_by_the_log() {
    let scene = scene(11);
    let people = scene.world.cloud.borrow().organization().people.clone();
    // The last of them is an administrator, whom the plan leaves alone.
    let chosen = [
        people.ordinary[2].clone(),
        people.ordinary[1].clone(),
        people.org_admins[0].clone(),
    ];
    let held = begun(&scene, even_if_active(act_on(&chosen, suspend())));
    let run = approve(&scene, &held);
    let archive = collected(&scene, &run.id);
    let found = verify_bundle(&archive, vec![]).expect("an archive");
    assert!(found.valid, "{found:?}");
    let of_order = |said: &String| said.contains("order.json");
    assert!(!found.remarks.iter().any(of_order), "{found:?}");
    let order: Value = serde_json::from_str(&text(&archive, "order.json")).expect("JSON");
    let expected = json!({
        "by": scene.first, "asked": run.now, "what": "By hand: suspend",
        "why": "they left the company", "people": chosen,
    });
    assert_eq!(order, expected);
    assert!(text(&archive, "policy.json").contains("suspend"));
    // What takes it back was not asked for by hand.
    let undone = undo(&scene, &run);
    let archive = collected(&scene, &undone.id);
    let found = verify_bundle(&archive, vec![]).expect("an archive");
    assert!(found.valid, "{found:?}");
    assert!(!text(&archive, "manifest.json").contains("order.json"));
}

#[test]
fn an_order_holds_no_address() {
    let scene = scene(12);
    let person = scene.world.cloud.borrow().organization().people.ordinary[2].clone();
    let order = act_on(
        std::slice::from_ref(&person),
        set_email(&["new@acme.example"]),
    );
    let held = begun(&scene, order);
    let archive = collected(&scene, &held.id);
    let order = text(&archive, "order.json");
    assert!(order.contains(&person) && !order.contains('@'), "{order}");
}
