//! Whom an exemption shelters.

use serde::{Deserialize, Serialize};

use crate::model::AccountId;

/// Whom an exemption shelters: `{"kind": "user", "account": "…"}` or `{"kind": "group", "group": "…"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", tag = "kind", try_from = "SubjectFields")]
pub enum ExemptionSubject {
    /// One account.
    User {
        /// Which.
        account: AccountId,
    },
    /// Every member of a group.
    Group {
        /// The group's UUID.
        group: String,
    },
}

/// The fields of either kind, for reading.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SubjectFields {
    kind: String,
    account: Option<AccountId>,
    group: Option<String>,
}

impl TryFrom<SubjectFields> for ExemptionSubject {
    type Error = &'static str;

    fn try_from(fields: SubjectFields) -> Result<ExemptionSubject, &'static str> {
        match (fields.kind.as_str(), fields.account, fields.group) {
            ("user", Some(account), None) => Ok(ExemptionSubject::User { account }),
            ("group", None, Some(group)) => Ok(ExemptionSubject::Group { group }),
            _ => Err("an exemption is for a user with an account or for a group with its id"),
        }
    }
}
