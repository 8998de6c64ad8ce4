//! Whom the lately used API token of their account protects. Only managed accounts have such a list, one call each
//! (atlassian-apis §3); tokens say what page views do not: that scripts work with the account.

use crate::app::api::Api;
use crate::app::together::{Piece, together};
use crate::app::worker::WorkError;
use crate::atlassian::{ApiError, ApiErrorKind, ApiToken, api_tokens, read_api_tokens};
use crate::host::Host;
use crate::model::{AccountId, Claim, DAY, Time};
use crate::plan::{Act, Counts, Fate, Person};
use crate::snapshot::Snapshot;

/// So many people are asked about at once.
const AT_ONCE: usize = 5;
/// So many people of a plan are asked about when it is made; the others before their acts alone.
const MAX_PLANNED: usize = 500;
/// A plan must be stored yet: with less time left nobody else is asked about.
const STOP_AT_MILLISECONDS: u32 = 25_000;

/// Protects everybody of a plan who is to lose access and of whom an API token was used within so many days. Whoever cannot
/// be asked about now, because Atlassian limits the calls or there are too many, is asked about before their act.
pub(in crate::app) async fn spare_token_users<H: Host>(
    api: &Api<'_, H>,
    days: Option<u32>,
    snapshot: &Snapshot,
    people: &mut [Person],
    counts: &mut Counts,
) -> Result<(), WorkError> {
    let Some(days) = days else { return Ok(()) };
    let loses = |person: &&mut Person| {
        person.fate == Fate::Planned && person.acts.iter().any(Act::takes_access)
    };
    let mut planned: Vec<&mut Person> = people.iter_mut().filter(loses).collect();
    for some in planned.chunks_mut(AT_ONCE).take(MAX_PLANNED / AT_ONCE) {
        if api.host.time_left() < STOP_AT_MILLISECONDS {
            return Ok(());
        }
        let asked: Vec<&Person> = some.iter().map(|person| &**person).collect();
        let protected = match token_users(api, days, &asked, snapshot).await {
            Err(WorkError::Api(error)) if is_limit(&error) => return Ok(()),
            other => other?,
        };
        for (person, why) in some.iter_mut().zip(protected) {
            let Some(why) = why else { continue };
            person.fate = Fate::Protected;
            person.reason = why;
            person.acts.clear();
            counts.planned = counts.planned.saturating_sub(1);
            counts.protected = counts.protected.saturating_add(1);
        }
    }
    Ok(())
}

/// Why each of some people is protected by the use of an API token, if they are; in the same order.
///
/// # Errors
/// The calls are limited, or the key is not accepted. Every other failure is about one person, whom it protects.
pub(in crate::app) async fn token_users<H: Host>(
    api: &Api<'_, H>,
    days: u32,
    people: &[&Person],
    snapshot: &Snapshot,
) -> Result<Vec<Option<String>>, WorkError> {
    let mut all = Vec::with_capacity(people.len());
    for some in people.chunks(AT_ONCE) {
        let pieces = some.iter().map(|person| {
            let row = snapshot.find(&person.account, &person.directory);
            let claim = row.and_then(|row| snapshot.class(row)?.claim);
            Box::pin(used(api, days, &person.account, claim)) as Piece<'_, _>
        });
        for used in together(pieces.collect()).await {
            all.push(used?);
        }
    }
    Ok(all)
}

fn is_limit(error: &ApiError) -> bool {
    matches!(error.kind, ApiErrorKind::RateLimited { .. })
}

/// Why an account is protected by the use of an API token, if it is, which is managed or not by this claim.
///
/// # Errors
/// As [`token_users`] has them.
pub(in crate::app) async fn used<H: Host>(
    api: &Api<'_, H>,
    days: u32,
    account: &AccountId,
    claim: Option<Claim>,
) -> Result<Option<String>, ApiError> {
    match claim {
        Some(Claim::Managed) => {}
        Some(Claim::External) => return Ok(None),
        None => {
            let why = "undecided: it is not known whether the account is managed, whose API tokens protect it";
            return Ok(Some(String::from(why)));
        }
    }
    let request = api_tokens(account, &api.key);
    let answer = api.call("reading a person's API tokens", request).await;
    let read = answer.and_then(|response| read_api_tokens(&response.body));
    match read {
        Ok(tokens) => Ok(lately(&tokens, days, api.host.now())
            .map(|last| format!("an API token was used on {}", last.date()))),
        Err(error) if is_limit(&error) || error.kind == ApiErrorKind::Unauthorized => Err(error),
        Err(error) => Ok(Some(format!("undecided: {error}"))),
    }
}

/// The last use of any of the tokens, if it was within so many days. The last of these days counts to its end.
fn lately(tokens: &[ApiToken], days: u32, now: Time) -> Option<Time> {
    let mut last = None;
    for token in tokens {
        last = last.max(token.last_access);
    }
    last.filter(|last| now.since(*last) <= i64::from(days) * DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_use_of_any_token_protects_for_so_many_days() {
        let now = Time::parse("2026-11-21T12:00:00Z").unwrap();
        let token = |ago: Option<i64>| ApiToken {
            id: String::from("t"),
            last_access: ago.map(|ago| now.plus(-ago)),
        };
        for (ago, days, expected) in [
            (vec![], 30, None),
            (vec![None, None], 366, None),
            (vec![Some(30 * DAY)], 30, Some(30 * DAY)),
            (vec![Some(30 * DAY + 1)], 30, None),
            (vec![Some(30 * DAY - 1)], 30, Some(30 * DAY - 1)),
            (vec![Some(40 * DAY), None, Some(DAY)], 1, Some(DAY)),
            (vec![Some(DAY), Some(40 * DAY)], 1, Some(DAY)),
            // A clock ahead of ours.
            (vec![Some(-60)], 1, Some(-60)),
        ] {
            let tokens: Vec<ApiToken> = ago.iter().map(|ago| token(*ago)).collect();
            let found = lately(&tokens, days, now).map(|last| now.since(last));
            assert_eq!(found, expected, "{ago:?} {days}");
        }
    }
}
