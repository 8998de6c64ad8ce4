//! What the organization's key is known not to allow: nobody need be asked for an approval of it.

use super::act::Act;
use super::hindrance::Hindrance;
use crate::model::Action;
use crate::policy::Policy;

/// What the key is known not to allow, each with the reason. What is not known is tried.
#[derive(Clone, Copy, Debug, Default)]
pub struct Denied<'a> {
    /// Suspending, restoring and removing people, and changing groups and roles.
    pub access: Option<&'a str>,
    /// Changing managed accounts.
    pub accounts: Option<&'a str>,
}

impl<'a> Denied<'a> {
    /// Why nothing of a policy can be done by the key, if so.
    pub fn all_of(&self, policy: &Policy) -> Option<&'a str> {
        let stages = policy.stages.iter();
        let mut actions = stages
            .flat_map(|stage| &stage.r#do)
            .filter(|action| !matches!(action, Action::Review | Action::CreateIssue))
            .peekable();
        if actions.peek().is_none() {
            // What only people chosen by hand meet, and stands beside the policy.
            return self.accounts;
        }
        let mut found = None;
        for action in actions {
            found = Some(match action {
                Action::Warn => return None,
                Action::Deactivate | Action::Delete | Action::Rename => self.accounts?,
                _ => self.access?,
            });
        }
        found
    }

    /// Lets through what the key may allow.
    ///
    /// # Errors
    /// That it does not allow an act, and why.
    pub fn require(&self, act: &Act) -> Result<(), Hindrance> {
        let why = match act {
            // Jira sends it, as the app.
            Act::Warn => None,
            act if act.needs_management() => self.accounts,
            _ => self.access,
        };
        match why {
            None => Ok(()),
            Some(why) => Err(Hindrance::impossible(format!(
                "the organization API key does not allow it: {why}"
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::read;

    const ACCESS: Denied<'_> = Denied {
        access: Some("access"),
        accounts: None,
    };
    const ACCOUNTS: Denied<'_> = Denied {
        access: None,
        accounts: Some("accounts"),
    };

    #[test]
    fn each_right_covers_its_own_acts() {
        for (act, needs_access, needs_accounts) in [
            (Act::Suspend, true, false),
            (Act::RemoveFromOrganization, true, false),
            (Act::AddToGroup { groups: vec![] }, true, false),
            (Act::Deactivate, false, true),
            (Act::RevokeTokens, false, true),
            (Act::Warn, false, false),
        ] {
            assert_eq!(ACCESS.require(&act).is_err(), needs_access, "{act:?}");
            assert_eq!(ACCOUNTS.require(&act).is_err(), needs_accounts, "{act:?}");
            assert_eq!(Denied::default().require(&act), Ok(()));
        }
    }

    #[test]
    fn a_policy_is_denied_where_all_of_it_is() {
        let stages = |stages: &str| {
            let text = format!(
                r#"{{"version":1,"id":"p","name":"P","match":{{"all":[{{"status":["active"]}}]}},"stages":[{stages}]}}"#
            );
            read(&text).unwrap()
        };
        let (suspend, warn) = (
            r#"{"after":"0d","do":"suspend"}"#,
            r#"{"after":"0d","do":"warn"}"#,
        );
        let later = r#"{"after":"30d","do":"deactivate"}"#;
        let both = Denied {
            accounts: ACCOUNTS.accounts,
            ..ACCESS
        };
        for (text, denied, expected) in [
            (suspend.to_owned(), ACCESS, Some("access")),
            (suspend.to_owned(), ACCOUNTS, None),
            (format!("{suspend},{later}"), ACCESS, None),
            (format!("{suspend},{later}"), both, Some("accounts")),
            (
                format!(r#"{warn},{{"after":"9d","do":"suspend"}}"#),
                ACCESS,
                None,
            ),
            (
                r#"{"after":"0d","do":"review"}"#.to_owned(),
                ACCOUNTS,
                Some("accounts"),
            ),
        ] {
            assert_eq!(denied.all_of(&stages(&text)), expected, "{text}");
        }
    }
}
