//! The document's types (RULES R12). They serialise to the same JSON that `read` takes.

use super::{Condition, Pattern, Schedule, Span, Template};
use crate::model::Action;

/// The version of the policy language.
pub const POLICY_VERSION: u32 = 1;

/// One policy.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    serde(rename_all = "camelCase")
)]
#[cfg_attr(feature = "types", schemars(deny_unknown_fields))]
pub struct Policy {
    /// The language's version: 1.
    #[cfg_attr(feature = "types", schemars(extend("const" = 1)))]
    pub version: u32,
    /// A short name for keys and logs: `a-z`, `0-9` and `-`.
    #[cfg_attr(feature = "types", schemars(with = "super::schema::PolicyId"))]
    pub id: String,
    /// The name that people read.
    pub name: String,
    /// What it is for.
    #[cfg_attr(
        feature = "types",
        serde(skip_serializing_if = "Option::is_none"),
        ts(optional)
    )]
    pub description: Option<String>,
    /// Whether its schedule runs it.
    #[cfg_attr(feature = "types", schemars(default = "super::schema::switched_on"))]
    pub enabled: bool,
    /// Whom it means.
    pub r#match: Condition,
    /// Only as many of them as a pool of seats asks for.
    #[cfg_attr(
        feature = "types",
        serde(skip_serializing_if = "Option::is_none"),
        ts(optional)
    )]
    pub keep: Option<Keep>,
    /// What happens to them, and when.
    pub stages: Vec<Stage>,
    /// How many at most.
    #[cfg_attr(feature = "types", schemars(default))]
    pub limits: Limits,
    /// Who must agree before anything happens.
    #[cfg_attr(feature = "types", schemars(default))]
    pub approval: Approval,
    /// When it runs by itself; without it, by hand only.
    #[cfg_attr(
        feature = "types",
        serde(skip_serializing_if = "Option::is_none"),
        ts(optional)
    )]
    pub schedule: Option<Schedule>,
    /// Who is told about its runs.
    #[cfg_attr(
        feature = "types",
        serde(skip_serializing_if = "Option::is_none"),
        ts(optional)
    )]
    pub report: Option<Report>,
    /// A margin added to every limit of idleness against late reporting (RULES R6).
    #[cfg_attr(
        feature = "types",
        schemars(default = "super::schema::default_tolerance")
    )]
    pub tolerance: Span,
    /// How often a person must be found to match before anything happens (RULES R6); once without it.
    #[cfg_attr(
        feature = "types",
        serde(skip_serializing_if = "Option::is_none"),
        ts(optional)
    )]
    pub confirm: Option<Confirm>,
    /// What becomes of people whom no warning can reach (RULES R3).
    #[cfg_attr(feature = "types", schemars(default))]
    pub unreachable: Unreachable,
    /// Acts on people of a named list who are in use too (RULES R1).
    #[cfg_attr(feature = "types", schemars(default))]
    pub even_if_active: bool,
}

/// A seat pool: of the people who match, the longest idle, until at most so many seats are in use (RULES R11).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    serde(rename_all = "camelCase")
)]
#[cfg_attr(feature = "types", schemars(deny_unknown_fields))]
pub struct Keep {
    /// The product, by its API key.
    pub product: String,
    /// The site, by host or cloud id.
    pub site: String,
    /// The seats.
    #[cfg_attr(feature = "types", schemars(range(max = 1_000_000)))]
    pub seats: u32,
}

/// What happens at one point of a person's way through a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    serde(rename_all = "camelCase")
)]
#[cfg_attr(feature = "types", schemars(deny_unknown_fields))]
pub struct Stage {
    /// How long after the person first matched.
    pub after: Span,
    /// The actions, from narrow to wide.
    #[cfg_attr(feature = "types", schemars(with = "super::schema::OneOrList<Action>"))]
    pub r#do: Vec<Action>,
    /// The words of the message, issue or name; of a message one for each language where wanted.
    #[cfg_attr(
        feature = "types",
        serde(skip_serializing_if = "Option::is_none"),
        ts(optional)
    )]
    pub template: Option<Template>,
    /// The products that `removeAccess` takes, by their API key.
    #[cfg_attr(
        feature = "types",
        serde(skip_serializing_if = "Option::is_none"),
        ts(optional)
    )]
    pub products: Option<Vec<String>>,
    /// The sites on which `removeAccess` takes them, by host or cloud id.
    #[cfg_attr(
        feature = "types",
        serde(skip_serializing_if = "Option::is_none"),
        ts(optional)
    )]
    pub sites: Option<Vec<String>>,
    /// The groups of `addToGroup` and `removeFromGroups`, by name (globs for `removeFromGroups`) or id.
    #[cfg_attr(
        feature = "types",
        serde(skip_serializing_if = "Option::is_none"),
        ts(optional),
        schemars(with = "Option<Vec<super::schema::GroupName>>")
    )]
    pub groups: Option<Vec<Pattern>>,
}

/// The policy's own caps (RULES R8); a run above one of them is held.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(serde::Serialize, ts_rs::TS, schemars::JsonSchema),
    serde(rename_all = "camelCase")
)]
#[cfg_attr(feature = "types", schemars(deny_unknown_fields, default))]
pub struct Limits {
    /// At most so many people in one run.
    #[cfg_attr(feature = "types", schemars(range(min = 1, max = 1_000_000)))]
    pub users: u32,
    /// At most this share of the population in one run, rounded down, at least one person.
    #[cfg_attr(feature = "types", schemars(range(min = 1, max = 100)))]
    pub percent: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            users: 25,
            percent: 5,
        }
    }
}

/// Who must agree before a run's first action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(serde::Serialize, ts_rs::TS, schemars::JsonSchema),
    serde(rename_all = "camelCase")
)]
pub enum Approval {
    /// Nobody, once the policy's first run was released.
    #[default]
    None,
    /// A second person, on the page.
    Page,
    /// A second person, by the workflow of a Jira issue.
    Issue,
}

impl Approval {
    /// All of them, with their names in the policy document.
    pub const ALL: [(Approval, &'static str); 3] = [
        (Approval::None, "none"),
        (Approval::Page, "page"),
        (Approval::Issue, "issue"),
    ];

    /// The name in the policy document.
    pub fn name(self) -> &'static str {
        match self {
            Approval::None => "none",
            Approval::Page => "page",
            Approval::Issue => "issue",
        }
    }
}

/// Who is told about a policy's runs, and about which.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    serde(rename_all = "camelCase")
)]
#[cfg_attr(feature = "types", schemars(deny_unknown_fields))]
pub struct Report {
    /// Groups by name, people by e-mail address.
    pub to: Vec<String>,
    /// About which runs.
    #[cfg_attr(feature = "types", schemars(default))]
    pub when: ReportWhen,
}

/// About which runs a report is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum ReportWhen {
    /// Runs in which something was done, held or failed.
    #[default]
    Changes,
    /// Every run.
    Always,
    /// Runs that were held or in which something failed.
    Problems,
}

impl ReportWhen {
    /// All of them, with their names in the policy document.
    pub const ALL: [(ReportWhen, &'static str); 3] = [
        (ReportWhen::Changes, "changes"),
        (ReportWhen::Always, "always"),
        (ReportWhen::Problems, "problems"),
    ];

    /// The name in the policy document.
    pub fn name(self) -> &'static str {
        match self {
            ReportWhen::Changes => "changes",
            ReportWhen::Always => "always",
            ReportWhen::Problems => "problems",
        }
    }
}

/// How often and how far apart a person must be found to match (RULES R6).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    serde(rename_all = "camelCase")
)]
#[cfg_attr(feature = "types", schemars(deny_unknown_fields))]
pub struct Confirm {
    /// How often.
    #[cfg_attr(feature = "types", schemars(range(min = 1, max = 10)))]
    pub readings: u32,
    /// How far apart at least.
    #[cfg_attr(feature = "types", schemars(with = "super::schema::SomeSpan"))]
    pub apart: Span,
}

/// What becomes of people whom no warning can reach (RULES R3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(serde::Serialize, ts_rs::TS, schemars::JsonSchema),
    serde(rename_all = "camelCase")
)]
pub enum Unreachable {
    /// They are listed and held at that stage.
    #[default]
    Hold,
    /// The next stages go on for them.
    Proceed,
}

impl Unreachable {
    /// All of them, with their names in the policy document.
    pub const ALL: [(Unreachable, &'static str); 2] = [
        (Unreachable::Hold, "hold"),
        (Unreachable::Proceed, "proceed"),
    ];

    /// The name in the policy document.
    pub fn name(self) -> &'static str {
        match self {
            Unreachable::Hold => "hold",
            Unreachable::Proceed => "proceed",
        }
    }
}
