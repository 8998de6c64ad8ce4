//! Web triggers: what the manifest may declare, which URL leads where, and what is answered.

use cloud::Request;
use serde_json::{Value, json};

use crate::tenant::{Tenant, manifest};

/// As `@forge/api` sends it.
const ASKS: &str = "mutation forge_app_createWebTriggerUrl($input: WebTriggerUrlInput!) { createWebTriggerUrl(input: $input, forceCreate: $forceCreate) { url } }";

fn outputs(count: usize, body: &str) -> Value {
    let output = |number| json!({"key": format!("o{number}"), "statusCode": 200, "contentType": "text/html", "body": body});
    (0..count).map(output).collect()
}

fn with(outputs: &Value) -> Value {
    let mut manifest = manifest();
    let trigger = json!({"key": "link", "function": "answer", "response": {"type": "static", "outputs": outputs}});
    manifest["modules"]["webtrigger"] = json!([trigger]);
    manifest
}

fn url(tenant: &mut Tenant, key: &str, anew: bool) -> Value {
    let input = json!({"triggerKey": key});
    let body = json!({"query": ASKS, "variables": {"input": input, "forceCreate": anew}});
    let answer = tenant.cloud.graphql(&body).expect("no fault is set");
    assert_eq!(answer.status, 200);
    answer.value()["data"]["createWebTriggerUrl"]["url"].clone()
}

#[test]
fn a_manifest_declares_a_few_small_answers() {
    let mut twice = outputs(2, "");
    twice[1]["key"] = json!("o0");
    let mut odd = outputs(1, "");
    odd[0]["statusCode"] = json!(99);
    let mut tenant = Tenant::new(|_| {});
    for (declared, taken) in [
        (outputs(20, "a"), true),
        (outputs(21, "a"), false),
        (outputs(1, &"ü".repeat(1_024)), true),
        (outputs(1, &"a".repeat(1_025)), false),
        (outputs(0, "a"), false),
        (twice, false),
        (odd, false),
    ] {
        let installed = tenant.cloud.install(&with(&declared));
        assert_eq!(installed.is_ok(), taken, "{installed:?}");
    }
    let mut nobody = with(&outputs(1, ""));
    nobody["modules"]["webtrigger"][0]["function"] = json!("nobody");
    assert!(tenant.cloud.install(&nobody).is_err());
    let mut dynamic = with(&outputs(1, ""));
    dynamic["modules"]["webtrigger"][0]["response"] = json!({"type": "dynamic"});
    assert!(tenant.cloud.install(&dynamic).is_err());
}

#[test]
fn a_web_trigger_keeps_its_url_until_another_is_wanted() {
    let mut tenant = Tenant::new(|_| {});
    let declared = with(&outputs(1, "a"));
    tenant.cloud.install(&declared).expect("valid");
    let first = url(&mut tenant, "link", false);
    assert!(
        first
            .as_str()
            .is_some_and(|url| url.starts_with("https://"))
    );
    assert_eq!(url(&mut tenant, "link", false), first);
    assert_ne!(url(&mut tenant, "link", true), first);
    assert_eq!(url(&mut tenant, "other", false), Value::Null);
    let other = json!({"query": "query { me { user { name } } }"});
    let answer = tenant.cloud.graphql(&other).expect("no fault is set");
    assert_eq!(answer.status, 400);
}

#[test]
fn a_request_reaches_the_function_and_gets_the_answer_that_it_chose() {
    let mut tenant = Tenant::new(|_| {});
    let declared = with(&outputs(2, "<p>a</p>"));
    tenant.cloud.install(&declared).expect("valid");
    tenant.cloud.set_web_trigger_origin("http://here");
    let link = url(&mut tenant, "link", false);
    let path = link
        .as_str()
        .and_then(|url| url.strip_prefix("http://here"));
    let path = path.expect("it begins there").to_owned();
    for (method, handed) in [("GET", "GET"), ("HEAD", "GET"), ("POST", "POST")] {
        let mut request = Request::new(method, &format!("{path}?t=a%20b&t=c"));
        request = request.with_header("Accept", "text/html");
        request.body = b"reason=r".to_vec();
        let found = tenant.cloud.web_trigger_invocation(&request);
        let invocation = found.expect("the URL is known");
        let expected = json!({
            "method": handed,
            "path": path,
            "userPath": "",
            "headers": {"accept": ["text/html"]},
            "queryParameters": {"t": ["a b", "c"]},
            "body": "reason=r",
        });
        assert_eq!(invocation.payload, expected);
        assert_eq!(invocation.handler, "index.answer");
        assert_eq!(invocation.timeout_seconds, 55);
        assert_eq!(invocation.context["principal"], Value::Null);
        for (result, status) in [
            (json!({"outputKey": "o1"}), 200),
            (json!({"outputKey": "o2"}), 500),
            (json!({}), 500),
            (Value::Null, 500),
        ] {
            let answer = tenant.cloud.web_trigger_answer(&invocation, &result);
            assert_eq!(answer.status, status, "{result}");
        }
    }
    for target in ["/x1/unknown", "/x1/", "/"] {
        let found = tenant.cloud.web_trigger_invocation(&Request::get(target));
        assert!(found.is_none(), "{target}");
    }
}
