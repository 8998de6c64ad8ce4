//! Whom an exemption shelters.

use serde::{Deserialize, Serialize};

use crate::model::AccountId;
use crate::policy::Pattern;

/// Whom an exemption shelters, such as `{"kind": "user", "account": "…"}` or `{"kind": "domain", "domain": "…"}`.
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
    /// Every member of the groups whose name fits, capitals told apart.
    GroupName {
        /// The name, with `*` for any text.
        glob: String,
    },
    /// Everybody whose e-mail address ends in a domain.
    Domain {
        /// The domain, with `*` for any text: `*.example.com` means its subdomains only.
        domain: String,
    },
    /// Everybody whose e-mail address fits, capitals not told apart.
    Email {
        /// The address, with `*` for any text.
        glob: String,
    },
}

/// The fields of every kind, for reading.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SubjectFields {
    kind: String,
    account: Option<AccountId>,
    group: Option<String>,
    glob: Option<String>,
    domain: Option<String>,
}

impl TryFrom<SubjectFields> for ExemptionSubject {
    type Error = &'static str;

    fn try_from(fields: SubjectFields) -> Result<ExemptionSubject, &'static str> {
        let SubjectFields {
            kind,
            account,
            group,
            glob,
            domain,
        } = fields;
        match (kind.as_str(), account, group, glob, domain) {
            ("user", Some(account), None, None, None) => Ok(ExemptionSubject::User { account }),
            ("group", None, Some(group), None, None) => Ok(ExemptionSubject::Group { group }),
            ("groupName", None, None, Some(glob), None) => Ok(ExemptionSubject::GroupName { glob }),
            ("domain", None, None, None, Some(domain)) => Ok(ExemptionSubject::Domain { domain }),
            ("email", None, None, Some(glob), None) => Ok(ExemptionSubject::Email { glob }),
            _ => Err(
                "an exemption is for a user with an account, a group with its id, a groupName or email with a glob, or a domain",
            ),
        }
    }
}

impl ExemptionSubject {
    /// How the log and a run's guards name it: an account id, or the kind and what it says.
    pub fn label(&self) -> String {
        match self {
            ExemptionSubject::User { account } => account.0.clone(),
            ExemptionSubject::Group { group } => format!("group:{group}"),
            ExemptionSubject::GroupName { glob } => format!("group-name:{glob}"),
            ExemptionSubject::Domain { domain } => format!("domain:{domain}"),
            ExemptionSubject::Email { glob } => format!("email:{glob}"),
        }
    }

    /// The pattern of a kind that has one: it may shelter nobody at all without anything being wrong with it.
    pub fn pattern(&self) -> Option<Pattern> {
        match self {
            ExemptionSubject::User { .. } | ExemptionSubject::Group { .. } => None,
            ExemptionSubject::GroupName { glob } | ExemptionSubject::Email { glob } => {
                Some(Pattern(glob.clone()))
            }
            ExemptionSubject::Domain { domain } => Some(Pattern(domain.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_comes_back_and_a_mixture_is_refused() {
        for text in [
            r#"{"kind":"user","account":"a"}"#,
            r#"{"kind":"group","group":"g"}"#,
            r#"{"kind":"groupName","glob":"vip-*"}"#,
            r#"{"kind":"domain","domain":"partner.example"}"#,
            r#"{"kind":"email","glob":"svc-*@acme.example"}"#,
        ] {
            let subject: ExemptionSubject = crate::json::read(text).unwrap();
            assert_eq!(serde_json::to_string(&subject).unwrap(), text);
        }
        for text in [
            r#"{"kind":"user","account":"a","glob":"*"}"#,
            r#"{"kind":"domain","glob":"*"}"#,
            r#"{"kind":"email","domain":"a.example"}"#,
            r#"{"kind":"directory","group":"g"}"#,
            r#"{"kind":"user","account":"a","more":1}"#,
        ] {
            let read = crate::json::read::<ExemptionSubject>(text);
            assert!(read.is_err(), "{text}: {read:?}");
        }
    }
}
