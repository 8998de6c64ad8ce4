//! API tokens: listed and revoked one by one. No listing of people shows them, so that their end is read from the list of
//! each account.

use super::calling::{Called, answered, answered_by, is_late, is_unclear};
use super::steps::Answered;
use crate::app::api::Api;
use crate::app::together::{Piece, together};
use crate::atlassian::{ApiError, ApiErrorKind, api_tokens, delete_api_token, read_api_tokens};
use crate::host::Host;
use crate::model::{AccountId, Time};

/// What a call is named that revokes one.
const REVOKING: &str = "revoking an API token";

/// So many people's tokens are read at once.
const AT_ONCE: usize = 5;

/// The ids of an account's tokens.
pub(super) async fn tokens_of<H: Host>(
    api: &Api<'_, H>,
    account: &AccountId,
) -> Result<Vec<String>, ApiError> {
    let request = api_tokens(account, &api.key);
    let response = api.call("reading a person's API tokens", request).await?;
    let tokens = read_api_tokens(&response.body)?;
    Ok(tokens.into_iter().map(|token| token.id).collect())
}

/// Revokes every token of an account, until one is refused. What is revoked already is as wanted.
pub(super) async fn revoke_tokens<H: Host>(
    api: &Api<'_, H>,
    account: &AccountId,
    read_at: Time,
) -> Called {
    let mut called = Called {
        accepted: 0,
        result: Ok(()),
        answer: Answered::default(),
        changed: false,
    };
    let tokens = match tokens_of(api, account).await {
        Ok(tokens) => tokens,
        Err(error) => {
            called.answer = answered_by(&error);
            called.result = Err(error);
            return called;
        }
    };
    for token in tokens {
        if is_late(api.host, read_at) {
            called.result = Err(ApiError::too_late(REVOKING));
            return called;
        }
        let request = delete_api_token(account, &token, &api.key);
        match api.call(REVOKING, request).await {
            Ok(response) => {
                called.changed = true;
                called.answer = answered(&response);
            }
            Err(error) if error.kind == ApiErrorKind::NotFound => {}
            Err(error) => {
                called.answer = answered_by(&error);
                called.changed = called.changed || is_unclear(&error);
                called.result = Err(error);
                return called;
            }
        }
    }
    called
}

/// Of some accounts, by their numbers, those that have no token any more. Whoever cannot be asked about is not among them.
pub(super) async fn without_tokens<H: Host>(
    api: &Api<'_, H>,
    accounts: &[(u32, &AccountId)],
) -> Result<Vec<u32>, ApiError> {
    let mut without = Vec::new();
    for some in accounts.chunks(AT_ONCE) {
        let pieces = some.iter().map(|(_, account)| {
            Box::pin(tokens_of(api, account)) as Piece<'_, Result<Vec<String>, ApiError>>
        });
        for ((number, _), tokens) in some.iter().zip(together(pieces.collect()).await) {
            match tokens {
                Ok(tokens) if tokens.is_empty() => without.push(*number),
                Ok(_) => {}
                Err(error) if error.leaves_one_unknown() => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(without)
}
