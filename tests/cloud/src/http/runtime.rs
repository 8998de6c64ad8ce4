//! The client of the Node process that runs the app's functions.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};

use crate::clock::Time;
use crate::forge::{Invocation, Outcome};

/// Largest answer of a function taken.
const MOST_RESULT_BYTES: usize = 16 * 1024 * 1024;

/// Calls `POST {runtimeUrl}/invoke`.
pub(crate) struct RuntimeClient {
    http: Client<HttpConnector, Body>,
    url: Mutex<Option<String>>,
    /// Invocations begun and not ended.
    under_way: AtomicUsize,
}

/// How an invocation ended.
#[derive(Debug)]
pub(crate) enum Ended {
    /// The function returned this.
    Returned(Value),
    /// The function threw, or the runtime did not answer.
    Threw(String),
    /// The time limit passed.
    TimedOut,
}

impl RuntimeClient {
    pub(crate) fn new() -> Self {
        RuntimeClient {
            http: Client::builder(TokioExecutor::new()).build_http(),
            url: Mutex::new(None),
            under_way: AtomicUsize::new(0),
        }
    }

    /// Where the runtime listens; nothing is invoked before this is known.
    pub(crate) fn set_url(&self, url: Option<String>) {
        *self.url.lock().unwrap_or_else(PoisonError::into_inner) = url;
    }

    /// Whether there is a runtime.
    pub(crate) fn is_known(&self) -> bool {
        self.url().is_some()
    }

    /// Whether no function is running.
    pub(crate) fn is_idle(&self) -> bool {
        self.under_way.load(Ordering::SeqCst) == 0
    }

    /// Calls a function and waits for it, at most for its time limit.
    pub(crate) async fn invoke(&self, invocation: &Invocation, now: Time) -> Ended {
        let limit = Duration::from_secs(u64::from(invocation.timeout_seconds));
        self.under_way.fetch_add(1, Ordering::SeqCst);
        let ended = match tokio::time::timeout(limit, self.call(invocation, now)).await {
            Ok(Ok(ended)) => ended,
            Ok(Err(message)) => Ended::Threw(message),
            Err(_) => Ended::TimedOut,
        };
        self.under_way.fetch_sub(1, Ordering::SeqCst);
        ended
    }

    async fn call(&self, invocation: &Invocation, now: Time) -> Result<Ended, String> {
        let url = self
            .url()
            .ok_or("no runtime is known, install the app with a runtimeUrl")?;
        let mut body = json!(invocation);
        body["now"] = json!(now);
        let request = Request::post(format!("{url}/invoke"))
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .map_err(|error| format!("the runtimeUrl is not valid: {error}"))?;
        let response = self
            .http
            .request(request)
            .await
            .map_err(|error| format!("the runtime does not answer: {error}"))?;
        let returned = response.status().is_success();
        let bytes = to_bytes(Body::new(response.into_body()), MOST_RESULT_BYTES)
            .await
            .map_err(|error| format!("the runtime's answer broke off: {error}"))?;
        let answer: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        Ok(if returned {
            Ended::Returned(answer["result"].clone())
        } else {
            let message = answer["error"]["message"].as_str();
            Ended::Threw(message.unwrap_or("the function failed").to_owned())
        })
    }

    fn url(&self) -> Option<String> {
        self.url
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Ended {
    /// What this means for the queue: an `InvocationError` asks for a retry.
    pub(crate) fn outcome(&self) -> Outcome {
        let result = match self {
            Ended::Returned(result) => result,
            Ended::Threw(_) => return Outcome::Failed,
            Ended::TimedOut => return Outcome::Killed,
        };
        if result["_retry"] != json!(true) {
            return Outcome::Done;
        }
        let options = &result["retryOptions"];
        let after = options["retryAfter"].as_u64().unwrap_or(1);
        Outcome::Retry {
            after_seconds: u32::try_from(after).unwrap_or(u32::MAX),
            reason: options["retryReason"]
                .as_str()
                .unwrap_or("FUNCTION_RETRY_REQUEST")
                .to_owned(),
            data: options["retryData"].clone(),
        }
    }

    /// What this is for the driver.
    pub(crate) fn report(self) -> (u16, Value) {
        let failed = |message: String| (500, json!({"error": {"message": message}}));
        match self {
            Ended::Returned(result) => (200, json!({"result": result})),
            Ended::Threw(message) => failed(message),
            Ended::TimedOut => failed("the function ran into its time limit".to_owned()),
        }
    }
}
