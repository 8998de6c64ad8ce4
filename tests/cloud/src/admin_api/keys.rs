//! Organization API keys.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::clock::Time;
use crate::cloud::Cloud;
use crate::message::Request;

/// The kinds of keys that an administrator may enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyKind {
    /// Created without scopes: may do everything.
    WithoutScopes,
    /// Created with the read scopes.
    Scoped,
    /// Created without scopes, and past its expiry.
    Expired,
}

/// One key.
#[derive(Clone, Debug)]
pub struct ApiKey {
    /// The bearer token.
    pub secret: String,
    /// What it may do.
    pub kind: KeyKind,
    /// The account id of the administrator who created it. No call of the API tells it.
    pub owner: String,
    /// When it stops working.
    pub expires: Time,
}

impl Cloud {
    /// Creates a key as an organization administrator does on admin.atlassian.com, and gives the bearer token.
    pub fn create_key(&mut self, kind: KeyKind, owner: &str) -> String {
        let now = self.clock.now();
        let number = self.keys.len() + 1;
        let letters: String = self
            .organization
            .id
            .chars()
            .rev()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let secret = format!("ATCTT3xFfGN0{letters}{number:04}");
        self.keys.push(ApiKey {
            secret: secret.clone(),
            kind,
            owner: owner.to_owned(),
            expires: match kind {
                KeyKind::Expired => now - TimeDelta::days(1),
                _ => now + TimeDelta::days(365),
            },
        });
        secret
    }

    /// Revokes a key: calls with it are 401 from now on.
    pub fn revoke_key(&mut self, secret: &str) {
        self.keys.retain(|key| key.secret != secret);
    }

    /// The key that a request carries, if it is valid.
    pub(crate) fn key_of(&self, request: &Request) -> Option<&ApiKey> {
        let secret = request.header("authorization")?.strip_prefix("Bearer ")?;
        let now = self.clock.now();
        self.keys
            .iter()
            .find(|key| key.secret == secret && key.expires > now)
    }
}
