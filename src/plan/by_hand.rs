//! What only a run over people chosen by hand may do, and no policy (RULES R10).

use super::act::Act;
use super::address::{address_mark, domain_of};
use super::aim::Hindrance;
use crate::model::AccountId;
use crate::snapshot::{Row, Snapshot};

/// What is wanted of each of the people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Another e-mail address.
    SetEmail {
        /// Whose, and which.
        addresses: Vec<(AccountId, String)>,
        /// The verified domains of the organization, in lower case.
        verified: Vec<String>,
    },
    /// No API token any more.
    RevokeTokens,
}

impl Deed {
    /// The act on a person.
    ///
    /// # Errors
    /// What stands in its way, besides what [`possible`](super::possible) knows.
    pub(super) fn act(&self, snapshot: &Snapshot, row: Row) -> Result<Act, Hindrance> {
        let (addresses, verified) = match self {
            Deed::RevokeTokens => return Ok(Act::RevokeTokens),
            Deed::SetEmail {
                addresses,
                verified,
            } => (addresses, verified),
        };
        let account = snapshot.account(row).unwrap_or_default();
        let mut wanted = addresses.iter().filter(|(whose, _)| whose.0 == account);
        let Some((_, wanted)) = wanted.next() else {
            return Err(impossible("no address was given for the person"));
        };
        let Some(present) = snapshot.email(row) else {
            let reason = "the present e-mail address is not known";
            return Err(Hindrance::Unknown(String::from(reason)));
        };
        if present.eq_ignore_ascii_case(wanted) {
            return Err(impossible("the person has this e-mail address already"));
        }
        require_verified(present, verified)?;
        require_verified(wanted, verified)?;
        Ok(Act::SetEmail {
            to: address_mark(account, wanted),
            from: address_mark(account, present),
        })
    }
}

/// Only within the verified domains: from one, and to one (RULES R10).
///
/// # Errors
/// Why not, in words.
pub fn require_verified(address: &str, verified: &[String]) -> Result<(), Hindrance> {
    let Some(domain) = domain_of(address) else {
        return Err(impossible("the e-mail address has no domain"));
    };
    if verified.contains(&domain) {
        return Ok(());
    }
    let reason = format!("{domain} is no verified domain of the organization: verify it first");
    Err(impossible(&reason))
}

fn impossible(reason: &str) -> Hindrance {
    Hindrance::Impossible {
        reason: reason.to_owned(),
        groups: Vec::new(),
    }
}
