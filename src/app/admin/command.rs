//! What the page may ask: the commands of the resolver.

use crate::app::records::{
    ApprovalIssues, CoverageLimits, ExemptionSubject, Experiments, FieldDefinition, GiveBack,
    ImportReport, Notices, PersonFields, Price, Protect, Requests, Roles,
};
use serde::{Deserialize, Serialize};

use super::{LogFilter, MessageWish, ReportWish};

use crate::audit::{LogHead, StoredEntry};
use crate::json::Tree;
use crate::model::{AccountId, DirectoryId, GroupId, Resource, Time};

/// Who asks: from the platform's principal, never from the payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Caller {
    /// The account.
    pub account_id: AccountId,
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
        /// The day on which the key expires, such as `2027-03-01`, if the caller says so.
        expires: Option<String>,
    },
    /// Reads the organization now.
    StartSync {},
    /// Says that a suspect snapshot is right all the same. Only a jump of idle people can be accepted.
    AcceptSnapshot {
        /// Its id.
        snapshot: String,
        /// Why.
        reason: String,
    },
    /// The export that was uploaded last, or is being uploaded.
    Import {},
    /// Begins the upload of an export, or finds the one that stopped.
    BeginImport {
        /// The file's name.
        name: String,
        /// Follows from the parts, as the core says when it has read the file: the same people go on where they stopped.
        hash: String,
        /// When the file was made: a day such as `2026-11-20`, or an instant.
        made: String,
        /// How many parts follow.
        parts: u32,
        /// What was found in it.
        report: ImportReport,
    },
    /// Sends one part, in order.
    ImportPart {
        /// The upload.
        import: String,
        /// Which part, from 0.
        number: u32,
        /// People as the core encodes them, in base64.
        part: String,
    },
    /// Takes the export into use.
    FinishImport {
        /// The upload.
        import: String,
    },
    /// Forgets the export.
    DropImport {},
    /// What is new for administrators, the newest first.
    News {},
    /// All policies in the administrator's order.
    Policies {},
    /// Checks a policy document without storing it.
    CheckPolicy {
        /// The JSON text.
        document: String,
    },
    /// Words the message of a stage that warns as a person would get it now. Nothing is sent.
    PreviewMessage {
        /// Whose message of which policy.
        message: MessageWish,
    },
    /// Stores a policy document, new or under an id that exists.
    SavePolicy {
        /// The JSON text.
        document: String,
        /// The revision that this text was made from and is to follow; 0 where no policy may have the id yet. The page always
        /// says it, so that nobody replaces what they did not see. Without it whatever is there is replaced: for policies that
        /// are kept as files elsewhere, which are in force whatever was stored meanwhile.
        #[cfg_attr(feature = "types", ts(optional, type = "number"))]
        revision: Option<u32>,
    },
    /// Puts a policy before another one in the administrator's order, which decides between policies (RULES R7).
    MovePolicy {
        /// The policy's id.
        policy: String,
        /// The id of the policy before which it comes; the end without it.
        before: Option<String>,
    },
    /// Drops a policy none of whose runs is under way. Its runs, its texts and its entries in the log stay.
    DropPolicy {
        /// The policy's id.
        policy: String,
        /// Why.
        reason: String,
    },
    /// Who saved which revision of a policy.
    PolicyVersions {
        /// The policy's id.
        policy: String,
    },
    /// What a revision of a policy says.
    PolicyVersion {
        /// The policy's id.
        policy: String,
        /// Which.
        revision: u32,
    },
    /// Seats over time, a point for each day of the last 400 on which the organization was read.
    Trend {
        /// Where the answer before ended.
        cursor: Option<String>,
    },
    /// One part of the configuration: everything but secrets and what is read anew (RULES R18).
    Export {
        /// Which, from 0.
        part: u32,
        /// When the first part was made, as its answer said: only parts of one time belong together. Now without it.
        #[cfg_attr(feature = "types", ts(type = "string | null"))]
        made: Option<Time>,
    },
    /// Takes a configuration in, part by part. With the last one all of it is checked, and then taken over.
    ImportConfiguration {
        /// The SHA-256 of the whole text, hexadecimal.
        hash: String,
        /// Which part, from 0.
        part: u32,
        /// How many parts there are.
        of: u32,
        /// The part.
        text: String,
    },
    /// The imported lists of people.
    Lists {},
    /// Who is on some lists and what some fields say of people, slice by slice: a page that has both decides policies on them
    /// as a run does. Whoever may look may ask for those on which policies rest.
    OwnNames {
        /// The lists' names.
        lists: Vec<String>,
        /// The fields' names.
        fields: Vec<String>,
        /// Where the slice before ended.
        cursor: Option<String>,
    },
    /// Takes a list of people in, part by part. With the last one it takes the place of the list of the same name.
    ImportList {
        /// Its name, which policies use.
        name: String,
        /// E-mail addresses and account ids; at most 176 KiB in one part.
        members: Vec<String>,
        /// Which part, from 0.
        part: u32,
        /// How many parts there are; at most 100.
        of: u32,
    },
    /// Forgets a list.
    DropList {
        /// Its name.
        name: String,
    },
    /// The administrator's own fields on people.
    SetFields {
        /// Their definitions.
        fields: Vec<FieldDefinition>,
    },
    /// Own fields and notes of some people.
    PersonFields {
        /// Whom; at most 1,000.
        accounts: Vec<AccountId>,
    },
    /// What people are called, as Jira shows them to the caller.
    NamesOf {
        /// Whose names; at most 50.
        accounts: Vec<AccountId>,
    },
    /// Sets own fields and the note of one person.
    SetPersonFields {
        /// Whose, and what.
        person: PersonFields,
    },
    /// Sets own fields and notes of many people.
    ImportFields {
        /// Whose, and what; at most 1,000.
        rows: Vec<PersonFields>,
    },
    /// What seats cost.
    SetPrices {
        /// For each product, and where it differs for a site.
        prices: Vec<Price>,
    },
    /// Starts a run of a policy now.
    StartRun {
        /// The policy's id.
        policy: String,
        /// Whether it ends before the first action.
        dry: bool,
    },
    /// Starts a run over people chosen by hand. Somebody else must always approve its plan.
    ActOn {
        /// Whom, each once; at most 5,000.
        people: Vec<AccountId>,
        /// What is done to them.
        errand: Errand,
        /// Only those of them who were idle for longer than this, such as `90d`.
        idle: Option<String>,
        /// Whether people in use are meant as well. What takes access needs this or `idle`.
        even_if_active: bool,
        /// Whether it ends before the first action.
        dry: bool,
        /// Why.
        reason: String,
    },
    /// Sends the report of a run that is over, or waits for a decision, by mail and at once.
    SendReport {
        /// The run's id.
        run: String,
        /// To whom, and what it says besides.
        report: ReportWish,
    },
    /// Runs, newest first.
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
    /// What changed in a run's plan since the policy's last dry run.
    RunChanges {
        /// The run's id.
        run: String,
    },
    /// People in the chain of a policy's stages, one stored part at a time.
    Chain {
        /// The policy's id.
        policy: String,
        /// Which part, from 0.
        part: u32,
    },
    /// Lets a held run go on, as far as its guards are concerned.
    ReleaseRun {
        /// The run's id.
        run: String,
        /// Why.
        reason: String,
    },
    /// Approves the plan of a run whose policy wants that. Where guards hold it, it is released with the same decision.
    ApproveRun {
        /// The run's id.
        run: String,
        /// Why.
        reason: String,
        /// The steps that are not to be done, by their numbers; at most 1,000.
        hold_out: Vec<u32>,
    },
    /// Ends a run that waits for a decision, without an action.
    RejectRun {
        /// The run's id.
        run: String,
        /// Why.
        reason: String,
    },
    /// Starts a run that gives back what another one took.
    UndoRun {
        /// The run that is taken back.
        run: String,
        /// Numbers of its steps; none for all of them.
        steps: Vec<u32>,
        /// Whether it ends before the first action.
        dry: bool,
        /// Why.
        reason: String,
    },
    /// Ends a run at work before its next batch.
    AbortRun {
        /// The run's id.
        run: String,
        /// Why.
        reason: String,
    },
    /// Who of everybody in the newest snapshot is protected, and why.
    Protected {},
    /// Which chunks the newest snapshot is made of: what a page needs to read everybody by itself.
    SnapshotParts {},
    /// Some chunks of a snapshot as they are stored: the first of them that fit into one answer.
    SnapshotPart {
        /// The snapshot, as [`Command::SnapshotParts`] named it.
        snapshot: String,
        /// The chunks' names; at most 40.
        names: Vec<String>,
    },
    /// People of the newest snapshot page by page, for pages that cannot read it by themselves.
    ListPeople {
        /// What must stand in the name, the e-mail address or the account id, in any case.
        text: String,
        /// Where the page before ended; 0 for the first.
        from: u32,
    },
    /// Suspensions and restorations that are not in the log, newest first.
    UnexplainedChanges {},
    /// The exemptions.
    Exemptions {},
    /// Exempts a person, a group, a domain or a pattern.
    AddExemption {
        /// Which.
        subject: ExemptionSubject,
        /// Why.
        reason: String,
        /// The account that answers for it.
        owner: Option<AccountId>,
        /// The last day on which it shelters, such as `2027-03-01`, until its end in UTC.
        expires: Option<String>,
        /// The ids of the policies from which it shelters; without any, from all.
        policies: Option<Vec<String>>,
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
    /// Who is protected besides those who always are.
    SetProtections {
        /// Which protections are on.
        protect: Protect,
    },
    /// When no policy starts a run by itself.
    SetBlackOuts {
        /// The JSON text: `{"zone": "Europe/Berlin", "except": ["sun", {"from": "2026-12-20", "to": "2027-01-03"}]}`, with
        /// the words of a schedule. At most 50 windows; none without `except`.
        document: String,
    },
    /// Which Jira groups carry which role.
    SetRoles {
        /// The groups.
        roles: Roles,
    },
    /// Where issues ask for approvals; nowhere without it.
    SetApprovalIssues {
        /// The project and what its statuses mean.
        issues: Option<ApprovalIssues>,
    },
    /// Which issues ask for accesses back; none do without it.
    SetRequests {
        /// The project, what its statuses mean, and the field that names the person.
        requests: Option<Requests>,
    },
    /// What a snapshot must hold for actions to rest on it.
    SetCoverageLimits {
        /// The limits.
        limits: CoverageLimits,
    },
    /// On which Jira issue the log's head is written down each day; on none without it.
    SetAnchorIssue {
        /// Its key, such as `AUDIT-7`.
        issue: Option<String>,
    },
    /// How people are written to.
    SetNotices {
        /// The issue that Jira sends mail about, and what goes with it; without it no policy can warn anybody.
        notices: Option<Notices>,
    },
    /// Creates an issue that messages can be sent from. It is in use once [`Command::SetNotices`] names it.
    CreateNoticesIssue {
        /// The key of the project in which it is made.
        project: String,
    },
    /// Sends the caller a message over an issue, as a warning would be sent, to see whether it arrives.
    TestNotices {
        /// The issue's key, whether it is in use or not.
        issue: String,
    },
    /// To which address the news goes besides mail, with a new key that signs it.
    SetWebhook {
        /// The address, with HTTPS; without it nothing goes anywhere.
        url: Option<String>,
    },
    /// Makes the key anew that signs messages to the webhook.
    RenewWebhookKey {},
    /// Sends a message to the webhook that says nothing but that it is a test.
    TestWebhook {},
    /// What happens when somebody tries to log in whom a policy suspended.
    SetOnLogIn {
        /// How the access is given back; nothing happens without it.
        give_back: Option<GiveBack>,
    },
    /// For how long the log and the runs are kept.
    SetRetention {
        /// So many days, at least 180; for ever without it.
        days: Option<u32>,
    },
    /// Stops everything before its next batch, or lets it go on.
    SetStopped {
        /// Whether everything is stopped.
        stopped: bool,
    },
    /// Switches what is tried out on or off.
    SetExperiments {
        /// Which is on.
        experiments: Experiments,
    },
    /// The moves of people between directories, newest first.
    Moves {},
    /// Asks for a person to be moved to another directory: invited to a product there, and suspended here once they are seen
    /// there.
    BeginMove {
        /// The person.
        account: AccountId,
        /// The directory in which the person is.
        from: DirectoryId,
        /// The product on a site of the other directory.
        resource: Resource,
        /// The role there; `atlassian/user` without it.
        role: Option<String>,
        /// Groups of the other directory in which the person is to be besides.
        groups: Option<Vec<GroupId>>,
        /// Why.
        reason: String,
    },
    /// Approves a move.
    ApproveMove {
        /// The move's id.
        id: String,
        /// Why.
        reason: String,
    },
    /// Rejects a move that awaits an approval.
    RejectMove {
        /// The move's id.
        id: String,
        /// Why.
        reason: String,
    },
    /// Calls off a move before the person loses anything.
    CancelMove {
        /// The move's id.
        id: String,
        /// Why.
        reason: String,
    },
    /// Entries of the log, newest first.
    Log {
        /// Which; all of them without it.
        filter: Option<LogFilter>,
        /// Where the page before ended.
        cursor: Option<String>,
    },
    /// Entries of the log in order from the first, for a verification of the chain.
    LogSlice {
        /// From this time on; from the first entry without it.
        #[serde(default)]
        #[cfg_attr(feature = "types", ts(optional, type = "string"))]
        from: Option<Time>,
        /// Where the page before ended.
        cursor: Option<String>,
    },
    /// The heads of the log on each of the last days, newest last, to be compared with what was written down elsewhere.
    Anchors {},
    /// A part of a run's plan as it was frozen, for an evidence bundle: its text is what the plan's hash is over.
    PlanPart {
        /// The run's id.
        run: String,
        /// Which part, from 0.
        part: u32,
    },
    /// Verifies entries, for pages that cannot.
    VerifyEntries {
        /// The verified place that they follow; nothing where they begin the log.
        #[serde(default)]
        #[cfg_attr(feature = "types", ts(optional))]
        after: Option<LogHead>,
        /// In order.
        entries: Vec<StoredEntry>,
    },
}

/// What is done to people chosen by hand.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Errand {
    /// What a policy's stage does.
    Stage {
        /// The stage's JSON text: `{"after": "0d", "do": "suspend"}`.
        stage: String,
    },
    /// Sets the e-mail addresses of managed accounts, which no policy may do (RULES R10).
    SetEmail {
        /// The new addresses, one for each of the people in the same order; at most 200.
        emails: Vec<String>,
    },
    /// Revokes every API token of managed accounts, which no policy may do (RULES R10).
    RevokeTokens {},
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
        let tree = Tree::read(text).map_err(|error| error.to_string())?;
        Command::of(tree).ok_or_else(|| String::from("a command must say its name in `command`"))?
    }

    /// `None` where no name is said.
    fn of(tree: Tree<'_>) -> Option<Result<Command, String>> {
        let Tree::Object(mut fields) = tree else {
            return None;
        };
        let place = fields.iter().position(|(key, _)| key == "command")?;
        let (_, Tree::Text(name)) = fields.remove(place) else {
            return None;
        };
        let outside = Tree::Object(vec![(name, Tree::Object(fields))]);
        Some(Command::deserialize(&outside).map_err(|error| error.to_string()))
    }
}
