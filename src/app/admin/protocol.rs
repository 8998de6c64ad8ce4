//! What the page may ask, and what it gets: the commands of the resolver and their answers.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::app::run::{PolicyReference, Run};
use crate::audit::{LogVerification, StoredEntry};
use crate::model::{AccountId, Time};
use crate::plan::{Counts, Person};
use crate::policy::{Policy, PolicyError};

/// Who asks: from the platform's principal, never from the payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Caller {
    /// The account.
    pub account_id: AccountId,
}

/// What a caller may do (RULES R10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// Look: the caller administers Jira.
    Viewer,
    /// Everything: the organization's key shows the caller as an organization administrator.
    OrganizationAdministrator,
}

/// A question or an order from the page: `{"command": "startRun", "policy": "…", "dry": true}`.
///
/// [`Command::read`] takes that form. The derived form is the one with the name outside, because an enum with its tag
/// inside costs the core some 100 KB.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(tag = "command"))]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Command {
    /// Where everything stands.
    Overview {},
    /// Stores an organization API key, after it was tried.
    Connect {
        /// The organization's id.
        organization_id: String,
        /// The key, without scopes.
        api_key: String,
        /// The account that made the key, if it is not the caller.
        owner: Option<AccountId>,
    },
    /// All policies in the administrator's order.
    Policies {},
    /// Checks a policy document without storing it.
    CheckPolicy {
        /// The JSON text.
        document: String,
    },
    /// Stores a policy document, new or under an id that exists.
    SavePolicy {
        /// The JSON text.
        document: String,
    },
    /// Starts a run of a policy now.
    StartRun {
        /// The policy's id.
        policy: String,
        /// Whether it ends before the first action.
        dry: bool,
    },
    /// The newest runs.
    Runs {
        /// Where the page before ended.
        cursor: Option<String>,
    },
    /// One run.
    Run {
        /// Its id.
        run: String,
    },
    /// People of a run's plan, one stored part at a time.
    RunPeople {
        /// The run's id.
        run: String,
        /// Which part, from 0.
        part: u32,
    },
    /// Lets a held run go on.
    ReleaseRun {
        /// The run's id.
        run: String,
        /// Why.
        reason: String,
    },
    /// Ends a held run without an action.
    RejectRun {
        /// The run's id.
        run: String,
        /// Why.
        reason: String,
    },
    /// Who of everybody in the newest snapshot is protected, and why.
    Protected {},
    /// The exemptions.
    Exemptions {},
    /// Exempts a person or a group.
    AddExemption {
        /// Which.
        subject: ExemptionSubject,
        /// Why.
        reason: String,
    },
    /// Takes an exemption back.
    RemoveExemption {
        /// Which.
        subject: ExemptionSubject,
    },
    /// Groups of the organization by name, to choose from.
    FindGroups {
        /// Part of the name.
        term: String,
    },
    /// The organization's limits.
    SetLimits {
        /// At most this share of the population in 24 hours, over all policies.
        percent_per_day: u32,
    },
    /// Stops everything before its next batch, or lets it go on.
    SetStopped {
        /// Whether everything is stopped.
        stopped: bool,
    },
    /// Entries of the log, newest first.
    Log {
        /// Which index, and which value of it; without it, this month's.
        filter: Option<LogFilter>,
        /// Where the page before ended.
        cursor: Option<String>,
    },
    /// Entries of the log in order from the first, for a verification of the chain.
    LogSlice {
        /// Where the page before ended.
        cursor: Option<String>,
    },
    /// Verifies entries, for pages that cannot.
    VerifyEntries {
        /// In order.
        entries: Vec<StoredEntry>,
    },
}

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

/// One of the log's indexes and a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LogFilter {
    /// Which.
    pub by: LogIndex,
    /// The value.
    pub value: String,
}

/// The log's indexes (RULES R16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum LogIndex {
    /// The account that was acted on.
    Subject,
    /// The run.
    Run,
    /// Who did it.
    Actor,
    /// What was done.
    Action,
    /// How it ended.
    Outcome,
    /// Under which policy.
    Policy,
    /// In which month, such as `2026-11`.
    Month,
}

/// The answer to a [`Command`], or why there is none. A user's mistake is an answer, not an exception.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Reply {
    /// It was done.
    Answer(Box<Answer>),
    /// It was not done.
    Error(Refusal),
}

/// Why a command was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Refusal {
    /// A stable code, such as `not-allowed`.
    pub code: String,
    /// What happened, one sentence.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// Every mistake in a policy document.
    pub errors: Vec<PolicyError>,
}

/// What a command answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", tag = "answer")]
pub enum Answer {
    /// To [`Command::Overview`].
    Overview(Box<Overview>),
    /// To [`Command::Connect`].
    Connected(Connection),
    /// To [`Command::Policies`].
    Policies(Policies),
    /// To [`Command::CheckPolicy`].
    PolicyCheck(PolicyCheck),
    /// To [`Command::SavePolicy`].
    Saved(Box<PolicySummary>),
    /// To the commands about one run.
    Run(Box<Run>),
    /// To [`Command::Runs`].
    Runs(Runs),
    /// To [`Command::RunPeople`].
    People(People),
    /// To [`Command::Protected`].
    Protected(Protected),
    /// To the commands about exemptions.
    Exemptions(ExemptionList),
    /// To [`Command::FindGroups`].
    Groups(Groups),
    /// To [`Command::SetLimits`] and [`Command::SetStopped`].
    Settings(Settings),
    /// To [`Command::Log`] and [`Command::LogSlice`].
    Log(LogPage),
    /// To [`Command::VerifyEntries`].
    Verification(LogVerification),
}

/// Where everything stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    /// What the caller may do.
    pub role: Role,
    /// The connection, if there is one.
    pub connection: Option<Connection>,
    /// The settings.
    pub settings: Settings,
    /// The newest snapshot, if there is one.
    pub snapshot: Option<SnapshotSummary>,
    /// Runs that wait for a person or are at work.
    pub active_runs: Vec<Run>,
    /// How many policies there are.
    pub policies: u32,
    /// How many exemptions there are.
    pub exemptions: u32,
    /// The newest entry's number.
    pub log_entries: u32,
}

/// The organization's connection, without its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// The organization's id.
    pub organization_id: String,
    /// Its name.
    pub organization_name: String,
    /// Its directories.
    pub directories: Vec<Directory>,
    /// Who saved the key.
    pub saved_by: AccountId,
    /// Who made it.
    pub owner: AccountId,
    /// When it was saved.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub saved_at: Time,
}

/// A directory of the organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Directory {
    /// Its id.
    pub id: crate::model::DirectoryId,
    /// Its name.
    pub name: String,
}

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

/// The newest snapshot in figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SnapshotSummary {
    /// When its first page was read.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub taken: Time,
    /// How many people it holds.
    pub users: u32,
    /// By product and site.
    pub products: Vec<ProductFigures>,
}

/// One product on one site in figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ProductFigures {
    /// The product's key.
    pub product: String,
    /// The site's host, or its cloud id where the host is not known.
    pub site: String,
    /// Active people who hold an access.
    pub people: u32,
    /// Of them, seen within 30 days.
    pub active: u32,
    /// Of them, seen longer ago.
    pub idle: u32,
    /// Of them, never seen.
    pub never: u32,
    /// Of them, not known.
    pub unknown: u32,
}

/// The policies.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Policies {
    /// In the administrator's order.
    pub policies: Vec<PolicySummary>,
}

/// One policy in the list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PolicySummary {
    /// Which, in which revision.
    pub reference: PolicyReference,
    /// The document.
    pub policy: Policy,
    /// In plain words.
    pub description: String,
    /// When it is due next.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub next_due: Option<Time>,
    /// The last editor.
    pub edited: Edit,
    /// Names in it that match nothing in the newest snapshot.
    pub warnings: Vec<String>,
}

/// What a check of a policy document says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum PolicyCheck {
    /// It can be stored.
    Valid {
        /// As it is understood.
        policy: Box<Policy>,
        /// In plain words.
        description: String,
    },
    /// It cannot: every mistake.
    Invalid {
        /// With their paths.
        errors: Vec<PolicyError>,
    },
}

/// Runs, newest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Runs {
    /// The runs.
    pub runs: Vec<Run>,
    /// Where to go on, if there is more.
    pub cursor: Option<String>,
}

/// One part of a run's plan, with what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct People {
    /// The people, with their names where the newest snapshot knows them.
    pub people: Vec<NamedPerson>,
    /// How many parts there are.
    pub parts: u32,
    /// The run's figures as they are now.
    pub counts: Counts,
}

/// A person of a plan as shown: names are resolved here and stored nowhere (RULES R14).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct NamedPerson {
    /// The plan's line.
    #[serde(flatten)]
    pub person: Person,
    /// The name, if it is known.
    pub name: Option<String>,
    /// The e-mail address, if it is known.
    pub email: Option<String>,
}

/// Who is protected.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Protected {
    /// Account and reason.
    pub people: Vec<(AccountId, String)>,
}

/// The exemptions.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ExemptionList {
    /// Counted up at each change.
    pub version: u32,
    /// The exemptions, in the order they were added.
    pub exemptions: Vec<Exemption>,
}

/// One exemption as shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Exemption {
    /// Whom it shelters.
    pub subject: ExemptionSubject,
    /// The person's or group's name, where it is known.
    pub name: Option<String>,
    /// Why.
    pub reason: String,
    /// Who added it, and when.
    pub added: Edit,
}

/// Groups to choose from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Groups {
    /// Id and name.
    pub groups: Vec<Group>,
}

/// A group of the organization.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// Its UUID.
    pub id: crate::model::GroupId,
    /// Its name.
    pub name: String,
}

/// Entries of the log.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LogPage {
    /// The entries.
    pub entries: Vec<StoredEntry>,
    /// Where to go on, if there is more.
    pub cursor: Option<String>,
    /// The head of the chain: number and hash of the newest entry.
    pub head: LogHead,
}

/// The head of the log's chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LogHead {
    /// The newest entry's number; 0 when there is none.
    pub seq: u32,
    /// Its hash.
    pub hash: String,
}

impl Command {
    /// Reads a command from JSON text.
    ///
    /// # Errors
    /// In words, where the text is no command.
    ///
    /// ```
    /// use seatkeeper::app::admin::Command;
    /// let command = Command::read(r#"{"command":"run","run":"r1"}"#).unwrap();
    /// assert_eq!(command, Command::Run { run: "r1".into() });
    /// assert!(Command::read(r#"{"command":"run","run":"r1","as":"admin"}"#).is_err());
    /// ```
    pub fn read(text: &str) -> Result<Command, String> {
        let mut fields: serde_json::Map<String, Value> =
            serde_json::from_str(text).map_err(|error| error.to_string())?;
        let Some(Value::String(name)) = fields.remove("command") else {
            return Err(String::from("a command must say its name in `command`"));
        };
        let outside = serde_json::json!({ name: fields }).to_string();
        serde_json::from_str(&outside).map_err(|error| error.to_string())
    }

    /// The command's name, for the log.
    pub fn name(&self) -> &'static str {
        match self {
            Command::Overview {} => "overview",
            Command::Connect { .. } => "connect",
            Command::Policies {} => "policies",
            Command::CheckPolicy { .. } => "checkPolicy",
            Command::SavePolicy { .. } => "savePolicy",
            Command::StartRun { .. } => "startRun",
            Command::Runs { .. } => "runs",
            Command::Run { .. } => "run",
            Command::RunPeople { .. } => "runPeople",
            Command::ReleaseRun { .. } => "releaseRun",
            Command::RejectRun { .. } => "rejectRun",
            Command::Protected {} => "protected",
            Command::Exemptions {} => "exemptions",
            Command::AddExemption { .. } => "addExemption",
            Command::RemoveExemption { .. } => "removeExemption",
            Command::FindGroups { .. } => "findGroups",
            Command::SetLimits { .. } => "setLimits",
            Command::SetStopped { .. } => "setStopped",
            Command::Log { .. } => "log",
            Command::LogSlice { .. } => "logSlice",
            Command::VerifyEntries { .. } => "verifyEntries",
        }
    }
}
