//! The boundary, in WebAssembly: what crosses, and how failures of the host come back. Rules are tested natively.

#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use js_sys::{Function, JSON, Object, Reflect};
use seatkeeper::wasm::{HostPort, admin, check_policy, evaluate_users, tick, verify_entries, work};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

fn js(json: &str) -> JsValue {
    JSON::parse(json).expect("JSON")
}

fn text(value: &JsValue) -> String {
    String::from(JSON::stringify(value).expect("a plain value"))
}

fn at(value: &JsValue, path: &[&str]) -> JsValue {
    path.iter().fold(value.clone(), |value, name| {
        Reflect::get(&value, &JsValue::from_str(name)).expect("an object")
    })
}

/// A port whose methods are written in JavaScript; the ones not given say that nothing is stored.
fn port(methods: &[(&str, &str)]) -> HostPort {
    let usual = [
        (
            "send",
            "return Promise.resolve({status: 503, headers: [], body: new Uint8Array()})",
        ),
        (
            "get",
            "return Promise.resolve(arguments[0].map(() => undefined))",
        ),
        ("getEntity", "return Promise.resolve(undefined)"),
        ("query", "return Promise.resolve({values: []})"),
        ("transact", "return Promise.resolve(true)"),
        ("secret", "return Promise.resolve(undefined)"),
        ("setSecret", "return Promise.resolve()"),
        ("deleteSecret", "return Promise.resolve()"),
        ("push", "return Promise.resolve()"),
        ("now", "return 1795262400000"),
        ("timeLeft", "return 900000"),
        ("cloudId", "return undefined"),
        ("random", "return new Uint8Array(16)"),
    ];
    let port = Object::new();
    for (name, body) in usual.iter().chain(methods) {
        let method = Function::new_no_args(body);
        Reflect::set(&port, &JsValue::from_str(name), &method).expect("a fresh object");
    }
    port.unchecked_into()
}

#[wasm_bindgen_test]
fn a_policy_is_answered_as_a_plain_object() {
    let document = r#"{"version":1,"id":"p","name":"P","match":{"idle":{"longerThan":"90d"}},"stages":[{"after":"0d","do":"suspend"}]}"#;
    let valid = check_policy(document).expect("an answer");
    assert_eq!(
        at(&valid, &["valid", "policy", "limits", "users"]),
        JsValue::from(25)
    );
    assert!(at(&valid, &["valid", "policy", "match"]).is_object());
    let invalid = check_policy("{}").expect("an answer");
    // The order of an object's keys means nothing.
    assert!(text(&invalid).starts_with(r#"{"invalid":{"errors":[{"code":"missing-field","#));
    assert!(text(&invalid).contains(r#""path":"$.version""#));
}

#[wasm_bindgen_test]
fn entries_cross_both_ways_and_wrong_ones_are_an_error_with_a_code() {
    let verified = verify_entries(js("[]"), JsValue::UNDEFINED).expect("an answer");
    assert_eq!(at(&verified, &["valid"]), JsValue::TRUE);
    let broken = js(r#"[{"seq":1,"entry":"{}","hash":"00"}]"#);
    let verified = verify_entries(broken, JsValue::UNDEFINED).expect("an answer");
    assert_eq!(at(&verified, &["firstMisfit"]), JsValue::from(1));
    let cut = verify_entries(js("[]"), js(r#"[3,"abc"]"#)).expect("an answer");
    assert_eq!(at(&cut, &["valid"]), JsValue::FALSE);
    for wrong in [js("[{}]"), JsValue::UNDEFINED, js("\"x\"")] {
        let error = verify_entries(wrong, JsValue::UNDEFINED).expect_err("an error");
        assert_eq!(at(&error, &["code"]), JsValue::from("BAD_VALUE"));
    }
}

#[wasm_bindgen_test]
fn bytes_that_are_not_users_are_an_error_and_not_a_trap() {
    let policy = r#"{"version":1,"id":"p","name":"P","match":{"idle":{"longerThan":"90d"}},"stages":[{"after":"0d","do":"suspend"}]}"#;
    for bytes in [&b""[..], b"\xff\xfe", b"[]", b"{\"data\":[{}]}"] {
        let error = evaluate_users(policy, bytes, "2026-11-21T12:00:00Z").expect_err("an error");
        assert_eq!(at(&error, &["code"]), JsValue::from("NOT_EVALUATED"));
    }
}

#[wasm_bindgen_test]
async fn a_command_is_answered_over_the_port() {
    let caller = js(r#"{"accountId":"a"}"#);
    let permissions = r#"return Promise.resolve({status: 200, headers: [["Content-Type", "application/json"]],
        body: new TextEncoder().encode('{"permissions":{"ADMINISTER":{"havePermission":true}}}')})"#;
    let host = port(&[("send", permissions)]);
    let reply = admin(host, caller.clone(), js(r#"{"command":"overview"}"#))
        .await
        .expect("a reply");
    assert_eq!(at(&reply, &["answer", "answer"]), JsValue::from("overview"));
    assert_eq!(at(&reply, &["answer", "role"]), JsValue::from("viewer"));
    assert_eq!(at(&reply, &["answer", "connection"]), JsValue::NULL);
    let refused = admin(
        port(&[("send", permissions)]),
        caller.clone(),
        js(r#"{"command":"setStopped","stopped":true}"#),
    );
    assert_eq!(
        at(&refused.await.expect("a reply"), &["error", "code"]),
        JsValue::from("not-connected")
    );
    for wrong in [
        r#"{"command":"dropEverything"}"#,
        r#"{"command":"run"}"#,
        "7",
    ] {
        let error = admin(port(&[]), caller.clone(), js(wrong))
            .await
            .expect_err("an error");
        assert_eq!(at(&error, &["code"]), JsValue::from("BAD_VALUE"), "{wrong}");
    }
}

#[wasm_bindgen_test]
async fn whatever_the_host_does_wrong_comes_back_as_an_error() {
    let caller = js(r#"{"accountId":"a"}"#);
    for send in [
        "throw new Error('no network')",
        "return Promise.reject(new Error('cut'))",
        "return Promise.reject('a text')",
        "return undefined",
        "return {status: 200}",
        "return Promise.resolve({status: 200, headers: [], body: 'text'})",
    ] {
        let reply = admin(
            port(&[("send", send)]),
            caller.clone(),
            js(r#"{"command":"runs","cursor":null}"#),
        );
        let reply = reply.await.expect("a reply");
        let code = at(&reply, &["error", "code"]);
        assert_eq!(code, JsValue::from("no-answer"), "{send}: {}", text(&reply));
    }
    for (method, body) in [
        ("get", "return Promise.reject(new Error('storage is down'))"),
        ("get", "throw new Error('storage is down')"),
    ] {
        let error = tick(port(&[(method, body)])).await.expect_err("an error");
        assert_eq!(at(&error, &["code"]), JsValue::from("TICK_FAILED"));
        assert!(
            String::from(error.unchecked_into::<js_sys::Error>().message())
                .contains("storage is down")
        );
    }
}

#[wasm_bindgen_test]
async fn a_job_that_cannot_be_done_now_comes_again() {
    let job = String::from(r#"{"pushed":"2026-11-21T12:00:00Z","task":{"execute":{"run":"r"}}}"#);
    let done = work(port(&[]), "work".into(), job.clone())
        .await
        .expect("an outcome");
    assert_eq!(text(&done), r#"{"state":"done"}"#);
    let busy = port(&[("transact", "return Promise.resolve(false)")]);
    let again = work(busy, "work".into(), job.clone())
        .await
        .expect("an outcome");
    assert_eq!(text(&again), r#"{"afterSeconds":1,"state":"retry"}"#);
    let error = work(port(&[]), "other".into(), job)
        .await
        .expect_err("an error");
    assert_eq!(at(&error, &["code"]), JsValue::from("BAD_VALUE"));
}
