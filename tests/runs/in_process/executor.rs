//! A small deterministic executor: polls one future, and drops it where it is told to.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// How an invocation ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Ending<T> {
    /// It came to its end.
    Value(T),
    /// It was killed at one of its awaits.
    Killed,
}

/// Polls a future to its end, or drops it after so many polls that did not end it: that is how the platform kills.
/// Answers the number of those polls too.
pub fn run_until<T>(future: impl Future<Output = T>, kill_after: Option<u32>) -> (Ending<T>, u32) {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    let mut polls = 0;
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return (Ending::Value(value), polls);
        }
        polls += 1;
        if kill_after == Some(polls) {
            return (Ending::Killed, polls);
        }
    }
}

/// Polls a future so many times, does something else in between, then polls it to its end: an invocation that the platform
/// has given up, and that goes on all the same. Answers whether it was still under way at that point.
pub fn run_around<T>(future: impl Future<Output = T>, polls: u32, between: impl FnOnce()) -> bool {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..polls {
        if future.as_mut().poll(&mut context).is_ready() {
            between();
            return false;
        }
    }
    between();
    while future.as_mut().poll(&mut context).is_pending() {}
    true
}

/// An await that is over at the second poll.
pub async fn pause() {
    let mut waited = false;
    std::future::poll_fn(move |_| {
        if std::mem::replace(&mut waited, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}
