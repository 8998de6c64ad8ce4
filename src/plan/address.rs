//! E-mail addresses as a plan holds them: by a mark that tells whether an address is meant, and not which one it is. A plan
//! is kept for long and leaves in evidence bundles, and what it says of a person must stay erasable (RULES R14, R18).

use sha2::{Digest, Sha256};

use super::hindrance::Hindrance;
use crate::model::Truth;
use crate::snapshot::{Row, Snapshot};

/// The mark of an account's address: SHA-256 over both, hexadecimal. Addresses are compared without regard to case.
pub fn address_mark(account: &str, address: &str) -> String {
    let text = format!("{account}\n{}", address.to_ascii_lowercase());
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The domain of an address, in lower case.
pub fn domain_of(address: &str) -> Option<String> {
    let (_, domain) = address.rsplit_once('@')?;
    Some(domain.to_ascii_lowercase())
}

/// Whether a person's address is the one of a mark.
pub(super) fn has_address(snapshot: &Snapshot, row: Row, mark: &str) -> Truth {
    match (snapshot.account(row), snapshot.email(row)) {
        (Some(account), Some(address)) => Truth::from(address_mark(account, address) == mark),
        _ => Truth::Unknown,
    }
}

/// The address that an act begins with.
pub(super) fn still_has_address(
    snapshot: &Snapshot,
    row: Row,
    mark: &str,
) -> Result<(), Hindrance> {
    match has_address(snapshot, row, mark) {
        Truth::True => Ok(()),
        Truth::False => Err(Hindrance::impossible(
            "the e-mail address is another one by now",
        )),
        Truth::Unknown => Err(Hindrance::Unknown(String::from(
            "the e-mail address is not known",
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_of_one_account_and_one_address_in_any_case() {
        let mark = address_mark("a", "mia@acme.example");
        assert_eq!(mark, address_mark("a", "Mia@Acme.Example"));
        assert_ne!(mark, address_mark("b", "mia@acme.example"));
        assert_ne!(mark, address_mark("a", "mia@globex.example"));
        assert!(!mark.contains("mia"));
    }
}
