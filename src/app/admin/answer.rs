//! What the page gets: answers, and why there is none.

use crate::app::records::{
    Acceptance, Connection, Coverage, Edit, ExemptionSubject, Health, ImportState, Move,
    ProductFigures, ReadingProgress, Run, Settings, Source, Suspicion, TrendMonth, Webhook,
};
use serde::{Serialize, Serializer, ser};
use serde_json::Value;

#[cfg(doc)]
use super::Command;
use super::{
    Anchors, ChainPage, Changes, MessagePreview, Names, News, NoticesIssue, OwnNames, People,
    PeopleFields, PeopleList, Policies, PolicyCheck, PolicySummary, PolicyText, PolicyVersions,
    Protected, ReportSent, SnapshotPart, SnapshotParts, Unexplained, WebhookAnswer,
};
use crate::audit::{LogHead, LogVerification, StoredEntry};
use crate::json;
use crate::model::{AccountId, Time};
use crate::policy::PolicyError;

/// What a caller may do (RULES R10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// Look: the caller administers Jira.
    Viewer,
    /// Also start, reject, abort and stop runs: the caller is in the operators' group.
    Operator,
    /// Also release and approve them: the caller is in the approvers' group.
    Approver,
    /// Everything: the organization's key shows the caller as an organization administrator.
    OrganizationAdministrator,
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
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS),
    ts(rename_all = "camelCase", tag = "answer")
)]
pub enum Answer {
    /// To [`Command::Overview`].
    Overview(Box<Overview>),
    /// To [`Command::Connect`].
    Connected(Connection),
    /// To [`Command::StartSync`] and [`Command::AcceptSnapshot`].
    Reading(Reading),
    /// To the commands about the import of an export.
    Import(ImportAnswer),
    /// To [`Command::Policies`].
    Policies(Policies),
    /// To [`Command::CheckPolicy`].
    PolicyCheck(PolicyCheck),
    /// To [`Command::PreviewMessage`].
    MessagePreview(MessagePreview),
    /// To [`Command::SavePolicy`].
    Saved(Box<PolicySummary>),
    /// To the commands about one run.
    Run(Box<Run>),
    /// To [`Command::Runs`].
    Runs(Runs),
    /// To [`Command::RunPeople`].
    People(People),
    /// To [`Command::RunChanges`].
    Changes(Changes),
    /// To [`Command::Chain`].
    Chain(ChainPage),
    /// To [`Command::PolicyVersions`].
    PolicyVersions(PolicyVersions),
    /// To [`Command::PolicyVersion`].
    PolicyText(PolicyText),
    /// To [`Command::Export`].
    Export(Export),
    /// To [`Command::ImportConfiguration`].
    ConfigurationImport(ConfigurationImport),
    /// To the commands about lists.
    Lists(Lists),
    /// To [`Command::OwnNames`].
    OwnNames(OwnNames),
    /// To the commands about own fields of people.
    PersonFields(PeopleFields),
    /// To [`Command::NamesOf`].
    Names(Names),
    /// To [`Command::Trend`].
    Trend(Trend),
    /// To [`Command::Protected`].
    Protected(Protected),
    /// To [`Command::ListPeople`].
    PeopleList(PeopleList),
    /// To [`Command::SnapshotParts`].
    SnapshotParts(Box<SnapshotParts>),
    /// To [`Command::SnapshotPart`].
    SnapshotPart(SnapshotPart),
    /// To [`Command::UnexplainedChanges`].
    Unexplained(Unexplained),
    /// To the commands about exemptions.
    Exemptions(ExemptionList),
    /// To [`Command::FindGroups`].
    Groups(Groups),
    /// To the commands that set something.
    Settings(Box<SavedSettings>),
    /// To the commands about moves between directories.
    Moves(Moves),
    /// To [`Command::Log`] and [`Command::LogSlice`].
    Log(LogPage),
    /// To [`Command::News`].
    News(News),
    /// To the commands about the webhook.
    Webhook(WebhookAnswer),
    /// To [`Command::SendReport`] and [`Command::TestNotices`].
    ReportSent(ReportSent),
    /// To [`Command::CreateNoticesIssue`].
    NoticesIssue(NoticesIssue),
    /// To [`Command::Anchors`].
    Anchors(Anchors),
    /// To [`Command::PlanPart`].
    PlanPart(PlanPart),
    /// To [`Command::VerifyEntries`].
    Verification(LogVerification),
}

/// As an object with the answer's name inside, by hand: what is derived for that form writes every type in it by a second
/// kind of writer.
impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (name, content) = match self {
            Answer::Overview(overview) => ("overview", json::value(overview)),
            Answer::Connected(connection) => ("connected", json::value(connection)),
            Answer::Reading(reading) => ("reading", json::value(reading)),
            Answer::Import(import) => ("import", json::value(import)),
            Answer::Policies(policies) => ("policies", json::value(policies)),
            Answer::PolicyCheck(check) => ("policyCheck", json::value(check)),
            Answer::MessagePreview(preview) => ("messagePreview", json::value(preview)),
            Answer::Saved(summary) => ("saved", json::value(summary)),
            Answer::Run(run) => ("run", json::value(run)),
            Answer::Runs(runs) => ("runs", json::value(runs)),
            Answer::People(people) => ("people", json::value(people)),
            Answer::Changes(changes) => ("changes", json::value(changes)),
            Answer::Chain(page) => ("chain", json::value(page)),
            Answer::PolicyVersions(versions) => ("policyVersions", json::value(versions)),
            Answer::PolicyText(text) => ("policyText", json::value(text)),
            Answer::Export(export) => ("export", json::value(export)),
            Answer::ConfigurationImport(import) => ("configurationImport", json::value(import)),
            Answer::Lists(lists) => ("lists", json::value(lists)),
            Answer::OwnNames(names) => ("ownNames", json::value(names)),
            Answer::PersonFields(people) => ("personFields", json::value(people)),
            Answer::Names(names) => ("names", json::value(names)),
            Answer::Trend(trend) => ("trend", json::value(trend)),
            Answer::Protected(people) => ("protected", json::value(people)),
            Answer::PeopleList(list) => ("peopleList", json::value(list)),
            Answer::SnapshotParts(parts) => ("snapshotParts", json::value(parts)),
            Answer::SnapshotPart(part) => ("snapshotPart", json::value(part)),
            Answer::Unexplained(changes) => ("unexplained", json::value(changes)),
            Answer::Exemptions(exemptions) => ("exemptions", json::value(exemptions)),
            Answer::Groups(groups) => ("groups", json::value(groups)),
            Answer::Settings(saved) => ("settings", json::value(&saved.settings)),
            Answer::Moves(moves) => ("moves", json::value(moves)),
            Answer::Log(page) => ("log", json::value(page)),
            Answer::News(news) => ("news", json::value(news)),
            Answer::Webhook(webhook) => ("webhook", json::value(webhook)),
            Answer::ReportSent(sent) => ("reportSent", json::value(sent)),
            Answer::NoticesIssue(issue) => ("noticesIssue", json::value(issue)),
            Answer::Anchors(anchors) => ("anchors", json::value(anchors)),
            Answer::PlanPart(part) => ("planPart", json::value(part)),
            Answer::Verification(verification) => ("verification", json::value(verification)),
        };
        let mut object = content.map_err(ser::Error::custom)?;
        if let Value::Object(fields) = &mut object {
            fields.insert(String::from("answer"), Value::from(name));
            if let Answer::Settings(saved) = self
                && let Some(why) = &saved.not_checked
            {
                fields.insert(String::from("notChecked"), Value::from(why.as_str()));
            }
        }
        object.serialize(serializer)
    }
}

/// The settings as they are from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename_all = "camelCase"))]
pub struct SavedSettings {
    /// The settings.
    #[cfg_attr(feature = "types", ts(flatten))]
    pub settings: Settings,
    /// What could not be checked of what they name in Jira, if so, and why.
    #[cfg_attr(feature = "types", ts(optional))]
    pub not_checked: Option<String>,
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
    /// The webhook to which the news goes, if there is one.
    pub webhook: Option<Webhook>,
    /// The reading of the organization.
    pub reading: Reading,
    /// Runs that wait for a person or are at work.
    pub active_runs: Vec<Run>,
    /// How many policies there are.
    pub policies: u32,
    /// How many exemptions there are.
    pub exemptions: u32,
    /// The newest entry's number.
    pub log_entries: u32,
    /// Whether the schedule and the reading of the organization work.
    pub health: Health,
}

/// The reading of the organization: the newest snapshot, and the reading under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    /// The newest snapshot, if there is one.
    pub snapshot: Option<SnapshotSummary>,
    /// The reading under way, if there is one.
    pub progress: Option<ReadingProgress>,
}

/// The export that was uploaded last, if there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ImportAnswer {
    /// It, or the upload under way.
    pub import: Option<ImportState>,
}

/// The newest snapshot in figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SnapshotSummary {
    /// Its id.
    pub id: String,
    /// Where it comes from.
    pub source: Source,
    /// How much of the organization it holds.
    pub coverage: Coverage,
    /// Why it may not be acted on, if so.
    pub suspicions: Vec<Suspicion>,
    /// Who said that it is right all the same.
    pub accepted: Option<Acceptance>,
    /// When its first page was read.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub taken: Time,
    /// How many people it holds.
    pub users: u32,
    /// By product and site.
    pub products: Vec<ProductFigures>,
}

/// A part of the configuration's text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Export {
    /// The part.
    pub text: String,
    /// How many parts there are.
    pub parts: u32,
    /// The SHA-256 of the whole text, hexadecimal. Parts of another one do not belong together.
    pub hash: String,
    /// When it was made.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub made: Time,
}

/// How far the taking in of a configuration has come.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ConfigurationImport {
    /// The part that comes next; `None` once all of it is taken over.
    pub next: Option<u32>,
    /// How many policies were new or other.
    pub policies: u32,
    /// How many exemptions were new.
    pub exemptions: u32,
    /// How many were left as they are here, where those that came say something else about the same people.
    pub other_exemptions: u32,
}

/// The imported lists of people.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Lists {
    /// In the order in which they came first.
    pub lists: Vec<List>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct List {
    /// Its name.
    pub name: String,
    /// When it was imported last. Seven days later it decides nothing any more (RULES R11).
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub imported: Time,
    /// Who imported it.
    pub by: AccountId,
    /// How many members it has.
    pub members: u32,
    /// How many it had before.
    pub had: Option<u32>,
    /// Whether it lost so many that runs which rest on it are held.
    pub has_shrunk: bool,
}

/// Seats over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Trend {
    /// The months, the newest first.
    pub months: Vec<TrendMonth>,
    /// Where to go on, if there is more.
    pub cursor: Option<String>,
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
    /// Who answers for it.
    pub owner: Option<AccountId>,
    /// The owner's name, where it is known.
    pub owner_name: Option<String>,
    /// The last second, in UTC, in which it shelters.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub expires: Option<Time>,
    /// Whether it is over: it shelters nobody.
    pub expired: bool,
    /// The policies from which it shelters, by id; all of them if none is named.
    pub policies: Vec<String>,
    /// How many people of the newest snapshot it shelters, each once for every directory; absent without a snapshot.
    pub shelters: Option<u32>,
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

/// The moves of people between directories.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Moves {
    /// The moves, newest first.
    pub moves: Vec<NamedMove>,
}

/// A move as shown: names are resolved here and stored nowhere (RULES R14).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct NamedMove {
    /// The move.
    #[serde(flatten)]
    pub moving: Move,
    /// The person's name, if it is known.
    pub name: Option<String>,
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

/// One part of a frozen plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PlanPart {
    /// The JSON text over which its share of the plan's hash is.
    pub text: String,
}
