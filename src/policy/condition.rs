//! The conditions of a policy (RULES R11). They serialise to the same JSON that `read` takes.

use super::{Pattern, Span};
use crate::model::{AccountType, Claim, ManagedBy, ProfileField, Status};

/// A condition on a person. Its value is true, false or unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    serde(rename_all = "camelCase")
)]
pub enum Condition {
    /// Every one of them.
    All(Vec<Condition>),
    /// At least one of them.
    Any(Vec<Condition>),
    /// The opposite.
    Not(Box<Condition>),
    /// Seen, but longer ago than a limit.
    Idle(Idle),
    /// Holds accesses, was never seen in any of them, and was added longer ago than a limit.
    NeverActive(NeverActive),
    /// Seen only around the day of joining, which was longer ago than a limit.
    OnlyOnce(OnlyOnce),
    /// Added to the organization longer or less long ago than a limit.
    Added(Added),
    /// Has one of these statuses.
    Status(Vec<Status>),
    /// A managed account (of a claimed domain) or an external one.
    Account(Claim),
    /// One of these kinds of account.
    AccountType(Vec<AccountType>),
    /// Provisioned from an identity provider, or invited by administrators.
    ManagedBy(ManagedBy),
    /// Whether two-step verification is on.
    Mfa(bool),
    /// Member of one of these groups, by name (globs, case-sensitive) or id.
    Group(
        #[cfg_attr(feature = "types", schemars(with = "Vec<super::schema::GroupName>"))]
        Vec<Pattern>,
    ),
    /// Holds one of these platform roles, such as `atlassian/org-admin`, also without `atlassian/` (globs,
    /// case-sensitive).
    Role(Vec<Pattern>),
    /// Listed in one of these directories, by name (globs, case-sensitive) or id.
    Directory(Vec<Pattern>),
    /// The e-mail address is one of these (globs, case-insensitive).
    Email(
        #[cfg_attr(feature = "types", schemars(with = "Vec<super::schema::EmailPattern>"))]
        Vec<Pattern>,
    ),
    /// The e-mail address ends in one of these domains (globs, case-insensitive).
    EmailDomain(
        #[cfg_attr(
            feature = "types",
            schemars(with = "Vec<super::schema::DomainPattern>")
        )]
        Vec<Pattern>,
    ),
    /// Holds an access.
    Access(AccessHeld),
    /// A field of the profile is one of these.
    Profile(Profile),
    /// Stands on the named list.
    Listed(String),
    /// An administrator's own field on the person is one of these.
    Field(OwnField),
}

/// Which product accesses a condition looks at: those of one of the products on one of the sites.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    serde(rename_all = "camelCase")
)]
pub struct Selection {
    /// Only these products, by their API key; all without it.
    #[cfg_attr(
        feature = "types",
        serde(skip_serializing_if = "Option::is_none"),
        ts(optional)
    )]
    pub products: Option<Vec<String>>,
    /// Only these sites, by host or cloud id; all without it, also accesses that have no site.
    #[cfg_attr(
        feature = "types",
        serde(skip_serializing_if = "Option::is_none"),
        ts(optional)
    )]
    pub sites: Option<Vec<String>>,
}

/// The latest activity over the selected accesses is older than a limit. One access seen recently makes it false,
/// whatever the others are; otherwise an unknown one makes it unknown; never seen in any of them is false.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    serde(rename_all = "camelCase")
)]
#[cfg_attr(feature = "types", schemars(deny_unknown_fields))]
pub struct Idle {
    /// The limit; the policy's tolerance is added to it.
    #[cfg_attr(feature = "types", schemars(with = "super::schema::SomeSpan"))]
    pub longer_than: Span,
    /// Where.
    #[cfg_attr(feature = "types", serde(flatten))]
    pub selection: Selection,
}

/// At least one selected access, all of them never used, and added to the organization longer ago than a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    serde(rename_all = "camelCase")
)]
#[cfg_attr(feature = "types", schemars(deny_unknown_fields))]
pub struct NeverActive {
    /// The limit.
    #[cfg_attr(feature = "types", schemars(with = "super::schema::SomeSpan"))]
    pub added_more_than: Span,
    /// Where.
    #[cfg_attr(feature = "types", serde(flatten))]
    pub selection: Selection,
}

/// The latest activity over the selected accesses is no later than a while after joining, and joining was longer ago
/// than a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    serde(rename_all = "camelCase")
)]
#[cfg_attr(feature = "types", schemars(deny_unknown_fields))]
pub struct OnlyOnce {
    /// The while after joining.
    #[cfg_attr(feature = "types", schemars(with = "super::schema::SomeSpan"))]
    pub within: Span,
    /// The limit.
    #[cfg_attr(feature = "types", schemars(with = "super::schema::SomeSpan"))]
    pub added_more_than: Span,
    /// Where.
    #[cfg_attr(feature = "types", serde(flatten))]
    pub selection: Selection,
}

/// Added to the organization longer ago than one limit, less long ago than another, or between the two.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    serde(rename_all = "camelCase")
)]
#[cfg_attr(feature = "types", schemars(deny_unknown_fields, extend("minProperties" = 1)))]
pub struct Added {
    /// Longer ago than this.
    #[cfg_attr(
        feature = "types",
        serde(skip_serializing_if = "Option::is_none"),
        ts(optional),
        schemars(with = "Option<super::schema::SomeSpan>")
    )]
    pub more_than: Option<Span>,
    /// Less long ago than this.
    #[cfg_attr(
        feature = "types",
        serde(skip_serializing_if = "Option::is_none"),
        ts(optional),
        schemars(with = "Option<super::schema::SomeSpan>")
    )]
    pub less_than: Option<Span>,
}

/// Holds an access to one of the products on one of the sites.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    serde(rename_all = "camelCase")
)]
#[cfg_attr(feature = "types", schemars(deny_unknown_fields))]
pub struct AccessHeld {
    /// Where.
    #[cfg_attr(feature = "types", serde(flatten))]
    pub selection: Selection,
    /// Only accesses that take a paid seat, or only those that do not.
    #[cfg_attr(
        feature = "types",
        serde(skip_serializing_if = "Option::is_none"),
        ts(optional)
    )]
    pub billable: Option<bool>,
}

/// A field of the profile is one of some values (globs, case-insensitive).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    serde(rename_all = "camelCase")
)]
#[cfg_attr(feature = "types", schemars(deny_unknown_fields))]
pub struct Profile {
    /// Which field.
    pub field: ProfileField,
    /// The values.
    #[cfg_attr(
        feature = "types",
        schemars(with = "super::schema::OneOrList<Pattern>")
    )]
    pub is: Vec<Pattern>,
}

/// An administrator's own field is one of some values (globs, case-insensitive). Unset is false.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    serde(rename_all = "camelCase")
)]
#[cfg_attr(feature = "types", schemars(deny_unknown_fields))]
pub struct OwnField {
    /// Which field.
    pub name: String,
    /// The values.
    #[cfg_attr(
        feature = "types",
        schemars(with = "super::schema::OneOrList<Pattern>")
    )]
    pub is: Vec<Pattern>,
}

impl Condition {
    /// The name in the policy document.
    pub fn name(&self) -> &'static str {
        match self {
            Condition::All(_) => "all",
            Condition::Any(_) => "any",
            Condition::Not(_) => "not",
            Condition::Idle(_) => "idle",
            Condition::NeverActive(_) => "neverActive",
            Condition::OnlyOnce(_) => "onlyOnce",
            Condition::Added(_) => "added",
            Condition::Status(_) => "status",
            Condition::Account(_) => "account",
            Condition::AccountType(_) => "accountType",
            Condition::ManagedBy(_) => "managedBy",
            Condition::Mfa(_) => "mfa",
            Condition::Group(_) => "group",
            Condition::Role(_) => "role",
            Condition::Directory(_) => "directory",
            Condition::Email(_) => "email",
            Condition::EmailDomain(_) => "emailDomain",
            Condition::Access(_) => "access",
            Condition::Profile(_) => "profile",
            Condition::Listed(_) => "listed",
            Condition::Field(_) => "field",
        }
    }

    /// The conditions that this one is made of; none for a condition on the person itself.
    pub fn inner(&self) -> &[Condition] {
        match self {
            Condition::All(inner) | Condition::Any(inner) => inner,
            Condition::Not(inner) => std::slice::from_ref(inner),
            _ => &[],
        }
    }

    /// From how long ago on an access counts as unused, for every `idle` outside of `not`: RULES R1 takes the shortest.
    /// A condition without any `idle` has those of its `onlyOnce`, by `addedMoreThan`: who that means was last seen
    /// before it, or so shortly after it that a person is left alone.
    pub fn limits_of_idleness(&self) -> Vec<Span> {
        let limits = self.limits_of(|condition| match condition {
            Condition::Idle(idle) => Some(idle.longer_than),
            _ => None,
        });
        if !limits.is_empty() {
            return limits;
        }
        self.limits_of(|condition| match condition {
            Condition::OnlyOnce(once) => Some(once.added_more_than),
            _ => None,
        })
    }

    fn limits_of(&self, limit: fn(&Condition) -> Option<Span>) -> Vec<Span> {
        match self {
            Condition::All(inner) | Condition::Any(inner) => inner
                .iter()
                .flat_map(|condition| condition.limits_of(limit))
                .collect(),
            Condition::Not(_) => Vec::new(),
            leaf => limit(leaf).into_iter().collect(),
        }
    }

    /// What a person must use to match no longer, by product: nothing where no use of anything helps (RULES R2), and no
    /// product where that of any one does.
    pub fn left_by_using(&self) -> Option<Vec<&str>> {
        let mut products = None::<Vec<&str>>;
        for selection in self.disused() {
            let Some(selected) = &selection.products else {
                return Some(Vec::new());
            };
            let products = products.get_or_insert_default();
            for product in selected {
                if !products.contains(&product.as_str()) {
                    products.push(product);
                }
            }
        }
        products
    }

    fn disused(&self) -> Vec<&Selection> {
        match self {
            Condition::All(inner) | Condition::Any(inner) => {
                inner.iter().flat_map(Condition::disused).collect()
            }
            Condition::Idle(Idle { selection, .. })
            | Condition::NeverActive(NeverActive { selection, .. })
            | Condition::OnlyOnce(OnlyOnce { selection, .. }) => vec![selection],
            _ => Vec::new(),
        }
    }

    /// Whether groups decide anything.
    pub fn asks_about_groups(&self) -> bool {
        match self {
            Condition::Group(_) => true,
            other => other.inner().iter().any(Condition::asks_about_groups),
        }
    }

    /// Whether nobody can match who is not on a named list (RULES R1): the condition itself, one of `all`, every one
    /// of `any`.
    pub fn rests_on_a_list(&self) -> bool {
        match self {
            Condition::Listed(_) => true,
            Condition::All(inner) => inner.iter().any(Condition::rests_on_a_list),
            Condition::Any(inner) => inner.iter().all(Condition::rests_on_a_list),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_must_be_used_to_match_no_longer() {
        let jira = r#"{"idle":{"longerThan":"90d","products":["jira-software"]}}"#;
        let twice =
            r#"{"neverActive":{"addedMoreThan":"9d","products":["confluence","jira-software"]}}"#;
        let any = r#"{"idle":{"longerThan":"90d"}}"#;
        let mfa = r#"{"mfa":false}"#;
        for (condition, expected) in [
            (mfa.to_owned(), None),
            (format!(r#"{{"all":[{mfa},{{"not":{any}}}]}}"#), None),
            (format!(r#"{{"all":[{mfa},{any}]}}"#), Some(vec![])),
            (format!(r#"{{"any":[{jira},{any}]}}"#), Some(vec![])),
            (jira.to_owned(), Some(vec!["jira-software"])),
            (
                format!(r#"{{"any":[{jira},{twice}]}}"#),
                Some(vec!["jira-software", "confluence"]),
            ),
        ] {
            let text = format!(
                r#"{{"version":1,"id":"a","name":"A","match":{condition},"stages":[{{"after":"0d","do":"suspend"}}]}}"#
            );
            let policy = crate::policy::read(&text).unwrap();
            assert_eq!(policy.r#match.left_by_using(), expected, "{condition}");
        }
    }

    #[test]
    fn a_limit_of_idleness_comes_from_idle_wherever_there_is_one() {
        let once = r#"{"onlyOnce":{"within":"1d","addedMoreThan":"7d"}}"#;
        let idle = r#"{"idle":{"longerThan":"90d"}}"#;
        for (condition, limits) in [
            (format!(r#"{{"any":[{idle},{once}]}}"#), "90d"),
            (format!(r#"{{"all":[{once},{{"not":{idle}}}]}}"#), "7d"),
            (
                format!(r#"{{"any":[{idle},{{"idle":{{"longerThan":"30d"}}}}]}}"#),
                "90d 30d",
            ),
            (r#"{"status":["active"]}"#.to_owned(), ""),
        ] {
            let document = format!(
                r#"{{"version":1,"id":"p","name":"P","match":{condition},"stages":[{{"after":"0d","do":"suspend"}}]}}"#
            );
            let policy = crate::policy::read(&document).unwrap();
            let found: Vec<String> = policy
                .r#match
                .limits_of_idleness()
                .iter()
                .map(ToString::to_string)
                .collect();
            assert_eq!(found.join(" "), limits, "{condition}");
        }
    }
}
