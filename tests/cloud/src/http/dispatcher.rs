//! Hands due events and due triggers to the runtime, each in a task of its own.

use std::sync::Arc;
use std::time::Duration;

use super::{Shared, virtual_time};
use crate::forge::{Delivery, Invocation};

/// How often to look when nobody rings: events become due by the clock.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Runs for ever.
pub(super) async fn run(shared: Arc<Shared>) {
    loop {
        if shared.runtime.is_known() {
            hand_out(&shared);
            virtual_time::skip_to_next_event(&shared);
        }
        // Whether rung or timed out, the next look is the same.
        let rung = tokio::time::timeout(LOOK_EVERY, shared.work.notified()).await;
        drop(rung);
    }
}

fn hand_out(shared: &Arc<Shared>) {
    let mut cloud = shared.cloud();
    for trigger in cloud.due_triggers() {
        tokio::spawn(run_trigger(Arc::clone(shared), trigger));
    }
    while let Some(delivery) = cloud.next_delivery() {
        tokio::spawn(run_delivery(Arc::clone(shared), delivery));
    }
}

/// Errors of scheduled triggers are not retried.
async fn run_trigger(shared: Arc<Shared>, trigger: Invocation) {
    let now = shared.cloud().now();
    let ended = shared.runtime.invoke(&trigger, now).await;
    if let super::runtime::Ended::Threw(message) = ended {
        eprintln!("{}: {message}", trigger.function_key);
    }
}

async fn run_delivery(shared: Arc<Shared>, delivery: Delivery) {
    let now = shared.cloud().now();
    let ended = shared.runtime.invoke(&delivery.invocation, now).await;
    if let super::runtime::Ended::Threw(message) = &ended {
        eprintln!("{}: {message}", delivery.invocation.function_key);
    }
    shared.cloud().finish(delivery.id, ended.outcome());
    shared.work.notify_one();
}
