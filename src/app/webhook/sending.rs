//! Sending a message to the webhook, signed with HMAC-SHA-256, and what its answer means.

use hmac::Mac;
use serde_json::json;

use super::book::{WebhookBook, parted};
use crate::app::boxed::Boxed;
use crate::app::commit::Head;
use crate::app::links::mac;
use crate::app::records::NewsItem;
use crate::atlassian::told_wait;
use crate::audit::{Actor, Entry, LogAction, Outcome, sha256_hex};
use crate::host::{HookMessage, Host, Response, Secret, SendError};
use crate::model::Time;

/// The platform's word for an address that nobody allowed.
const NOT_ALLOWED: &str = "EGRESS_ALLOWLIST";

/// What is told.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct Telling<'a> {
    /// The same at each attempt.
    pub(in crate::app) id: &'a str,
    /// All of it as people read it.
    pub(in crate::app) text: &'a str,
    /// Piece by piece.
    pub(in crate::app) items: &'a [NewsItem],
    /// The log's head.
    pub(in crate::app) head: &'a Head,
}

/// Why a message was not taken. The platform's own words are not in it: they may hold the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) struct Failure {
    /// One sentence.
    pub(in crate::app) why: String,
    /// What to do.
    pub(in crate::app) hint: &'static str,
    /// Whether trying again is of no use.
    pub(in crate::app) is_final: bool,
    /// So many seconds are to pass at least before it is tried again.
    pub(in crate::app) wait: i64,
}

/// Sends a message; answers why it was not taken, if so.
pub(in crate::app) fn send<'h, H: Host>(
    host: &'h H,
    book: &'h WebhookBook,
    telling: Telling<'h>,
) -> Boxed<'h, Option<Failure>> {
    Box::pin(async move {
        let secret = host.secret(&book.secret).await?;
        let Some((key, url)) = secret.as_ref().and_then(parted) else {
            // Somebody has just replaced it.
            return Ok(Some(Failure::passing("the webhook was changed meanwhile")));
        };
        let body = body(telling, host.now());
        let message = HookMessage {
            url,
            id: telling.id.to_owned(),
            signature: signature(&key, host.now(), &body),
            body,
        };
        let answer = host.deliver(message).await;
        Ok(failure(answer, host.now()))
    })
}

/// The body: `text` is what chats show. There an angle bracket could begin a command, such as one that calls everybody, so
/// none stands in it; the pieces are as they are.
fn body(telling: Telling<'_>, now: Time) -> String {
    let Telling {
        id,
        text,
        items,
        head,
    } = telling;
    let mut pieces = Vec::new();
    for item in items {
        pieces.push(json!({
            "key": item.key, "at": item.at, "title": item.title, "text": item.text, "run": item.run,
        }));
    }
    json!({
        "text": text.replace('<', "‹").replace('>', "›"),
        "id": id,
        "sentAt": now,
        "head": {"seq": head.seq, "hash": head.hash},
        "items": pieces,
    })
    .to_string()
}

/// `t=<seconds since 1970>,v1=<HMAC-SHA-256 over "t.body", hexadecimal>`.
fn signature(key: &Secret, now: Time, body: &str) -> String {
    let mut signature = format!("t={},v1=", now.0);
    if let Some(mac) = mac(key, &format!("{}.{body}", now.0)) {
        for byte in mac.finalize().into_bytes() {
            signature.push_str(&format!("{byte:02x}"));
        }
    }
    signature
}

fn failure(answer: Result<Response, SendError>, now: Time) -> Option<Failure> {
    let response = match answer {
        Ok(response) => response,
        Err(SendError(why)) if why.contains(NOT_ALLOWED) => {
            return Some(Failure {
                hint: "enter the address once more in the settings, and confirm what atlassian asks",
                ..Failure::passing("atlassian does not let the app send to this address")
            });
        }
        Err(_) => return Some(Failure::passing("no answer came in time")),
    };
    let status = response.status;
    let hint = match status {
        200..=299 => return None,
        300..=399 => "enter the address to which it leads: redirects are not followed",
        404 | 410 => "there is nobody any more: enter an address that there is",
        _ => "look at what the receiver says of it",
    };
    Some(Failure {
        hint,
        is_final: matches!(status, 404 | 410),
        wait: match status {
            429 | 503 => told_wait(&response, now).unwrap_or_default(),
            _ => 0,
        },
        ..Failure::passing(&format!("the receiver answered with status {status}"))
    })
}

impl Failure {
    fn passing(why: &str) -> Failure {
        Failure {
            why: why.to_owned(),
            hint: "see whether the address is right and the receiver runs",
            is_final: false,
            wait: 0,
        }
    }

    /// All of it in words.
    pub(in crate::app) fn text(&self) -> String {
        format!("{}: {}", self.why, self.hint)
    }
}

impl Telling<'_> {
    /// The log's entry about the end of it. It names the receiver's host and nothing more of the address.
    pub(in crate::app) fn entry(
        &self,
        now: Time,
        actor: &Actor,
        receiver: &str,
        failure: Option<&Failure>,
    ) -> Entry {
        let title = self.text.lines().next().unwrap_or_default();
        let (outcome, reason) = match failure {
            None => (Outcome::Done, title.to_owned()),
            Some(failure) => (Outcome::Failed, format!("{title} ({})", failure.text())),
        };
        Entry {
            subject: Some(receiver.to_owned()),
            reason: Some(reason),
            after: Some(json!({"delivery": self.id, "textSha256": sha256_hex(self.text)})),
            ..Entry::new(now, actor, LogAction::Report, outcome)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_over_the_time_and_the_body_and_known_elsewhere() {
        // `printf '1795262400.{"a":1}' | openssl dgst -sha256 -hmac secret`
        let expected = "fb0c249f3cb698b71b78fc02a33be75071124f64c8f8cb1544735b519c649c17";
        let secret = Secret("secret".into());
        assert_eq!(
            signature(&secret, Time(1_795_262_400), r#"{"a":1}"#),
            format!("t=1795262400,v1={expected}")
        );
    }

    #[test]
    fn nothing_in_the_text_is_a_command_of_a_chat() {
        let head = Head {
            seq: 7,
            hash: "ab".into(),
            time: Time(0),
            commits: 0,
        };
        let telling = Telling {
            id: "one",
            text: "Policy <!channel>: held",
            items: &[],
            head: &head,
        };
        let body = body(telling, Time(0));
        assert_eq!(
            body,
            r#"{"head":{"hash":"ab","seq":7},"id":"one","items":[],"sentAt":"1970-01-01T00:00:00Z","text":"Policy ‹!channel›: held"}"#
        );
    }

    #[test]
    fn answers_say_whether_it_arrived_and_when_to_try_again() {
        let answer = |status: u16, wait: Option<&str>| {
            let header = wait.map(|wait| (String::from("retry-after"), wait.to_owned()));
            Ok(Response {
                status,
                headers: header.into_iter().collect(),
                body: Vec::new(),
            })
        };
        let thrown = |text: &str| Err(SendError(text.into()));
        for (answer, expected) in [
            (answer(200, None), None),
            (answer(204, None), None),
            (answer(302, None), Some((false, 0))),
            (answer(400, None), Some((false, 0))),
            (answer(404, None), Some((true, 0))),
            (answer(410, None), Some((true, 0))),
            (answer(429, Some("900")), Some((false, 900))),
            (answer(429, None), Some((false, 0))),
            (answer(500, Some("900")), Some((false, 0))),
            (answer(503, Some("900")), Some((false, 900))),
            (
                thrown("REQUEST_EGRESS_ALLOWLIST_ERR: https://a.example"),
                Some((false, 0)),
            ),
            (
                thrown("fetch failed for https://a.example/secret"),
                Some((false, 0)),
            ),
        ] {
            let failure = failure(answer.clone(), Time(0));
            let words = failure.as_ref().map(Failure::text).unwrap_or_default();
            assert!(!words.contains("a.example"), "{words}");
            let found = failure.map(|failure| (failure.is_final, failure.wait));
            assert_eq!(found, expected, "{answer:?}");
        }
    }
}
