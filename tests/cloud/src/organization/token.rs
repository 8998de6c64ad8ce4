//! API tokens of managed accounts.

use chrono::TimeDelta;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::{User, uuid};
use crate::clock::Time;

/// One managed account in so many has tokens.
const ACCOUNTS_PER_OWNER: u32 = 6;

/// One API token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Its id.
    pub id: String,
    /// What its owner called it.
    pub label: &'static str,
    /// When it was made.
    pub created: Time,
    /// When it was last used; absent for one that never was.
    pub last_access: Option<Time>,
}

/// Gives some managed accounts tokens: used lately, long ago, or never.
pub(super) fn give_tokens(users: &mut [User], now: Time, draw: &mut ChaCha8Rng) {
    for user in users.iter_mut().filter(|user| user.managed) {
        if !draw.random_ratio(1, ACCOUNTS_PER_OWNER) {
            continue;
        }
        let tokens = (0..draw.random_range(1..=3)).map(|_| token(now, draw));
        user.tokens = Some(Box::new(tokens.collect()));
    }
}

fn token(now: Time, draw: &mut ChaCha8Rng) -> ApiToken {
    let labels = ["ci", "reporting", "backup", "laptop"];
    let ago = |hours: i64| now - TimeDelta::hours(hours);
    ApiToken {
        id: uuid(draw),
        label: labels[draw.random_range(0..labels.len())],
        created: ago(draw.random_range(9_000..20_000)),
        last_access: match draw.random_range(0..3) {
            0 => Some(ago(draw.random_range(1..600))),
            1 => Some(ago(draw.random_range(4_000..9_000))),
            _ => None,
        },
    }
}
