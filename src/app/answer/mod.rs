//! What a link in a message does when somebody opens it or presses its button.
//!
//! Whoever holds a link is known by nothing else, so it is worth exactly what it was signed for: one use, for one person, of one
//! policy, until its end. Opening it changes nothing, since whatever looks into mail opens links too (RULES R17).

mod attempt;
mod back;
mod go_on;
mod keep;
mod request;
mod seats;
mod taken;

pub(super) use attempt::{Attempted, attempted};
pub(super) use back::{Asked, Wish, ask_back};
pub(super) use go_on::go_on;
pub use request::{LinkAnswer, LinkMethod, LinkOutput, LinkRequest};
pub(super) use taken::{BACK_SECONDS, last_taken};

use super::links::{Purpose, Token, signing_key};
use super::refusals::note_refused;
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::{Host, StorageError};
use crate::planted::{Fault, planted};

/// The page that answers a press, or why the press is refused: nothing where the log says by another entry that the link was
/// used.
type Pressed = Result<LinkOutput, Option<&'static str>>;

/// One use of a link by somebody of whom nothing is known but the link.
pub async fn link<H: Host>(host: &H, request: &LinkRequest) -> LinkOutput {
    let claimed = Token::claimed(&request.token);
    let output = match request.method {
        LinkMethod::Get => match claimed.as_ref().map(|token| token.purpose) {
            Some(Purpose::Back) => LinkOutput::AskBack,
            Some(Purpose::Keep) | None => LinkOutput::AskKeep,
        },
        LinkMethod::Post => pressed(host, request).await.unwrap_or(LinkOutput::TryLater),
    };
    output.in_language(claimed.is_some_and(|token| token.german))
}

async fn pressed<H: Host>(host: &H, request: &LinkRequest) -> Result<LinkOutput, StorageError> {
    let Some(key) = signing_key(host).await? else {
        return Ok(LinkOutput::NotUsable);
    };
    let Some((token, id)) = Token::verified(&request.token, &key) else {
        return Ok(LinkOutput::NotUsable);
    };
    let pressed = match token.purpose {
        _ if host.now() >= token.expires && !planted(Fault::LinkEndIgnored) => {
            Err(Some("it has expired"))
        }
        Purpose::Back => back::back(host, &token, &id).await?,
        Purpose::Keep => keep::keep(host, &token, &id, request.reason.as_deref()).await?,
    };
    if let Err(Some(why)) = pressed {
        refuse(host, &token, &id, why).await?;
    }
    Ok(pressed.unwrap_or(LinkOutput::NotUsable))
}

/// Somebody has a link of ours and gets nothing by it: one entry for each link, however often it is pressed (RULES R14).
async fn refuse<H: Host>(host: &H, token: &Token, id: &str, why: &str) -> Result<(), StorageError> {
    let what = match token.purpose {
        Purpose::Keep => "keep the access",
        Purpose::Back => "get the access back",
    };
    let actor = Actor::Link(token.account.clone());
    let entry = Entry {
        subject: Some(token.account.0.clone()),
        policy: Some(token.policy.clone()),
        reason: Some(format!("pressed the link to {what} for nothing: {why}")),
        ..Entry::new(host.now(), &actor, LogAction::Refused, Outcome::NotDone)
    };
    note_refused(host, &format!("refused:link:{id}"), &entry).await
}
