//! What Forge's functions may call: the use cases over a host.

use wasm_bindgen::prelude::*;

use super::js_host::{HostPort, JsHost};
use super::value::{failure, from_js, text_of, to_js};
use crate::app;
use crate::app::admin::{Caller, Command};
use crate::host::Queue;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { Caller, Command, LinkAnswer, LinkRequest, Reply, WorkOutcome } from './types';
/** One tick of the schedule. */
export function tick(host: HostPort): Promise<void>;
/** One delivered job of a queue. */
export function work(host: HostPort, queue: 'work' | 'answer', job: string): Promise<WorkOutcome>;
/** One event about a user of Jira, as it came: a hint to read that account again. */
export function hint(host: HostPort, event: unknown): Promise<void>;
/** A transition of an issue by a person: `approves` or not exactly the plan that the issue stands for, or what it asks for, if they may. */
export function approval(host: HostPort, issue: string, account: string, approves: boolean): Promise<void>;
/** One use of a link in a message, by whoever has it. */
export function link(host: HostPort, request: LinkRequest): Promise<LinkAnswer>;
/** One command of the page; a user's mistake is a reply, not an exception. */
export function admin(host: HostPort, caller: Caller, command: Command): Promise<Reply>;
"#;

/// One tick of the schedule.
#[wasm_bindgen(skip_typescript)]
pub async fn tick(host: HostPort) -> Result<(), JsValue> {
    app::tick(&JsHost::new(host))
        .await
        .map_err(|error| failure("TICK_FAILED", &error))
}

/// One delivered job of a queue.
#[wasm_bindgen(skip_typescript)]
pub async fn work(host: HostPort, queue: String, job: String) -> Result<JsValue, JsValue> {
    let queue = match queue.as_str() {
        "work" => Queue::Work,
        "answer" => Queue::Answer,
        _ => return Err(failure("BAD_VALUE", "there is no such queue")),
    };
    to_js(&app::work(&JsHost::new(host), queue, &job).await)
}

/// One event about a user of Jira.
#[wasm_bindgen(skip_typescript)]
pub async fn hint(host: HostPort, event: JsValue) -> Result<(), JsValue> {
    app::hint(&JsHost::new(host), &text_of(&event)?)
        .await
        .map_err(|error| failure("HINT_FAILED", &error))
}

/// A transition of an issue by a person.
#[wasm_bindgen(skip_typescript)]
pub async fn approval(
    host: HostPort,
    issue: String,
    account: String,
    approves: bool,
) -> Result<(), JsValue> {
    let meaning = match approves {
        true => app::Transition::Approve,
        false => app::Transition::Reject,
    };
    app::transition(&JsHost::new(host), &issue, &account, meaning)
        .await
        .map_err(|error| failure("APPROVAL_FAILED", &error))
}

/// One use of a link in a message.
#[wasm_bindgen(skip_typescript)]
pub async fn link(host: HostPort, request: JsValue) -> Result<JsValue, JsValue> {
    let request: app::LinkRequest = from_js(&request)?;
    let output_key = app::link(&JsHost::new(host), &request).await;
    to_js(&app::LinkAnswer { output_key })
}

/// One command of the page.
#[wasm_bindgen(skip_typescript)]
pub async fn admin(host: HostPort, caller: JsValue, command: JsValue) -> Result<JsValue, JsValue> {
    let caller: Caller = from_js(&caller)?;
    let command =
        Command::read(&text_of(&command)?).map_err(|error| failure("BAD_VALUE", &error))?;
    to_js(&app::admin::admin(&JsHost::new(host), &caller, command).await)
}

/// Panics, to prove that a panic ends the invocation and nothing else.
#[cfg(feature = "planted-panic")]
#[wasm_bindgen(js_name = plantedPanic)]
pub async fn planted_panic(host: HostPort) -> Result<(), JsValue> {
    use crate::host::Host;
    let host = JsHost::new(host);
    let _ = host.get(&[String::from("settings")]).await;
    #[expect(clippy::panic, reason = "this is what it is for")]
    {
        panic!("planted")
    }
}
