//! The organization's settings, and who changed what.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::links::{GiveBack, LinkRules, OnLogIn, PolicyLinks};
use super::news::Reports;
use super::own::FieldDefinition;
use super::roles::Roles;
use crate::model::{AccountId, Time};
use crate::policy::{OrganizationBlackOuts, Template};

/// The organization's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// At most this share of the population in 24 hours, over all policies (RULES R8).
    pub percent_per_day: u32,
    /// Whether everything is stopped.
    pub stopped: bool,
    /// Who changed a limit last, and when.
    pub limits_edited: Option<Edit>,
    /// Who changed the roles last, and when: whoever has none any more may have been the second person (RULES R9).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub roles_edited: Option<Edit>,
    /// Who changed own fields last, their definitions or what they say of people, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub fields_edited: Option<Edit>,
    /// What a snapshot must hold for actions to rest on it.
    #[serde(default)]
    pub coverage: CoverageLimits,
    /// Who may do what without administering the organization.
    #[serde(default)]
    pub roles: Roles,
    /// Where policies that want it have their plans approved by issues.
    #[serde(default)]
    pub approval_issues: Option<ApprovalIssues>,
    /// Which issues ask for accesses back; none do without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub requests: Option<Requests>,
    /// For how many days the log and the runs are kept; for ever without it.
    #[serde(default)]
    pub retention_days: Option<u32>,
    /// The key of the issue on which the log's head is written down each day.
    #[serde(default)]
    pub anchor_issue: Option<String>,
    /// How people are written to; without it no policy can warn anybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notices: Option<Notices>,
    /// What happens when somebody tries to log in whom a policy suspended of which nothing else is said; nothing without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub on_log_in: Option<GiveBack>,
    /// What is tried out, and was never tried on a real organization.
    #[serde(default)]
    pub experiments: Experiments,
    /// Who else is protected.
    #[serde(default)]
    pub protect: Protect,
    /// What seats cost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prices: Vec<Price>,
    /// The administrator's own fields on people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldDefinition>,
    /// When no policy starts a run by itself.
    #[serde(default)]
    pub black_outs: OrganizationBlackOuts,
}

impl Settings {
    /// What happens when somebody tries to log in whom a policy suspended; nothing without it.
    pub fn on_log_in_of(&self, policy: &str) -> Option<GiveBack> {
        let rules = self
            .notices
            .as_ref()
            .map(|notices| notices.links_of(policy));
        let own = rules.and_then(|rules| rules.on_log_in);
        own.map_or(self.on_log_in, OnLogIn::way)
    }

    /// Whether attempts to log in are answered for any policy.
    pub fn answers_log_ins(&self) -> bool {
        let mut own = self.notices.iter().flat_map(|notices| &notices.policies);
        self.on_log_in.is_some() || own.any(|own| own.links.answers_log_ins())
    }
}

/// What the seats of a product cost, as an administrator says: no API tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Price {
    /// The product's key.
    pub product: String,
    /// The host of the site for which it is; every site without a price of its own where it is absent.
    pub site: Option<String>,
    /// What one seat costs a month, in hundredths of the currency.
    pub per_seat: u32,
    /// The currency's code, such as `USD`.
    pub currency: String,
    /// The numbers of seats at which a tier ends, ascending.
    pub tier_edges: Vec<u32>,
}

/// How people are written to: Jira sends the mail, as notifications of an issue (RULES R3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Notices {
    /// The key of the issue. Whoever is written to should be able to browse it.
    pub issue: String,
    /// Whether an administrator confirmed that everybody who is written to may browse the issue's project: Jira does not
    /// say so. Without it nobody is warned. Settings that were stored before this was asked say nothing and count as
    /// confirmed; where nothing is said of another project, it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub everybody_browses: Option<bool>,
    /// Whom people can ask, as they read it: an address, a team, a channel.
    pub contact: Option<String>,
    /// At most so many people are warned in one run without a release: the cap that warnings have of their own (RULES R8).
    pub most_warned: u32,
    /// For how many days whoever uses the link of a warning keeps the access; without it warnings hold no link.
    #[serde(default)]
    pub keep_days: Option<u32>,
    /// For how many days such a link can be used: [`LINK_DAYS`](super::LINK_DAYS) without it, and always until something can
    /// be taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub link_days: Option<u32>,
    /// How often a person may do so for one policy; as often as they like without it.
    #[serde(default)]
    pub keep_times: Option<u32>,
    /// What the link of a last warning does once access was taken; without it warnings hold no such link (RULES R3).
    #[serde(default)]
    pub give_back: Option<GiveBack>,
    /// Who among the administrators is told of what; what the page shows is told to nobody without it.
    #[serde(default)]
    pub reports: Option<Reports>,
    /// What links do for single policies, instead of what is said above.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<PolicyLinks>,
    /// Whether people are told that they have an access back.
    #[serde(default)]
    pub tell_restored: bool,
    /// What they are told then, by language such as `de` or `pt-BR`, and `default` for all others; a text's first line is
    /// the subject. Without any, the app's own words.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(
        feature = "types",
        ts(as = "Option<BTreeMap<String, String>>", optional)
    )]
    pub restored_words: BTreeMap<String, String>,
}

impl Settings {
    /// What was confirmed here of the project of an issue.
    pub fn everybody_browses(&self, issue: &str) -> Option<bool> {
        let project = |key: &str| key.split_once('-').map(|(project, _)| project.to_owned());
        match &self.notices {
            Some(notices) if project(&notices.issue) == project(issue) => notices.everybody_browses,
            _ => Some(false),
        }
    }
}

impl Notices {
    /// What people are told when an access is back, unless it is said in the app's own words.
    pub fn restored_template(&self) -> Option<Template> {
        (!self.restored_words.is_empty()).then(|| Template::Each(self.restored_words.clone()))
    }

    /// What the links of a policy's warnings do.
    pub fn links_of(&self, policy: &str) -> LinkRules {
        let mut own = self.policies.iter();
        let own = own.find(|own| own.policy == policy);
        own.map_or_else(|| self.links(), |own| own.links)
    }

    /// What links do for every policy of which nothing else is said.
    pub fn links(&self) -> LinkRules {
        LinkRules {
            link_days: self.link_days,
            keep_days: self.keep_days,
            keep_times: self.keep_times,
            give_back: self.give_back,
            on_log_in: None,
        }
    }
}

/// What is tried out: all off at first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Experiments {
    /// Moving people between directories, by an invitation there and a suspension here.
    pub moving: bool,
}

/// Protections besides those that cannot be switched off. What cannot be told protects (RULES R4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Protect {
    /// From whatever takes access: managed accounts of which an API token was used within so many days. There is no such
    /// list of the tokens of external accounts, which this does not protect.
    pub tokens_used_within_days: Option<u32>,
    /// Whoever leads a project of this site's Jira, as far as the app may browse it.
    pub project_leads: bool,
    /// Whoever may get new issues of such a project by themselves: its lead, unless the project says that they stay
    /// unassigned, and the leads and assignees of its components.
    pub default_assignees: bool,
    /// Whoever owns a filter of this site's Jira that others are subscribed to, as far as it is shared with the app.
    pub filter_owners: bool,
}

/// Where issues ask for approvals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApprovalIssues {
    /// The key of the project.
    pub project: String,
    /// The id of the type of the issues.
    pub issue_type: String,
    /// The name of the status that means approval; every other one that counts as done means rejection.
    pub approved_status: String,
    /// Whether an administrator confirmed that everybody who can browse the project may read the names in a plan.
    pub confirmed_browsers: bool,
}

/// Which issues ask for accesses back that a policy took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Requests {
    /// The key of the project: issues of any other one ask for nothing.
    pub project: String,
    /// The name of the status that means approval.
    pub approved_status: String,
    /// The id of the field that names the person, such as `customfield_10050`; the reporter without it.
    pub field: Option<String>,
}

/// What a snapshot must hold for actions to rest on it: a fault of the feed must not suspend a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CoverageLimits {
    /// At least so many percent of the people whom Atlassian counts.
    pub users_percent: u32,
    /// At least so many percent of the activity that decides an enabled policy.
    pub activity_percent: u32,
    /// At most so many percentage points more idle people than in the reading before.
    pub jump_points: u32,
}

impl Default for CoverageLimits {
    fn default() -> CoverageLimits {
        CoverageLimits {
            users_percent: 99,
            activity_percent: 95,
            jump_points: 10,
        }
    }
}

/// Who changed something, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Edit {
    /// Who.
    pub by: AccountId,
    /// When.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub at: Time,
}
