//! What a link in a message does when somebody opens it or presses its button.
//!
//! Whoever holds a link is known by nothing else, so it is worth exactly what it was signed for: one use, for one person, of one
//! policy, until its end. Opening it changes nothing, since whatever looks into mail opens links too (RULES R17).

mod attempt;
mod back;
mod go_on;
mod keep;
mod request;
mod taken;

pub(super) use attempt::{Attempted, attempted};
pub(super) use back::{Asked, Wish, ask_back};
pub(super) use go_on::go_on;
pub use request::{LinkAnswer, LinkMethod, LinkOutput, LinkRequest};
pub(super) use taken::{BACK_SECONDS, last_taken};

use super::links::{Purpose, Token, signing_key};
use crate::host::{Host, StorageError};
use crate::planted::{Fault, planted};

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
    let is_young =
        |(token, _): &(Token, String)| host.now() < token.expires || planted(Fault::LinkEndIgnored);
    let Some((token, id)) = Token::verified(&request.token, &key).filter(is_young) else {
        return Ok(LinkOutput::NotUsable);
    };
    match token.purpose {
        Purpose::Back => back::back(host, &token, &id).await,
        Purpose::Keep => {
            let is_kept = keep::keep(host, &token, &id, request.reason.as_deref()).await?;
            Ok(if is_kept {
                LinkOutput::Kept
            } else {
                LinkOutput::NotUsable
            })
        }
    }
}
