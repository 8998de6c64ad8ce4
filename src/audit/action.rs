//! What an entry can be about.

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogAction {
    /// The organization's key was saved.
    Connect,
    /// A job began to use the organization's key: for a whole reading, or for a run that acts.
    UseKey,
    /// A policy was saved.
    SavePolicy,
    /// A policy came to another place in the administrator's order.
    MovePolicy,
    /// A policy was dropped.
    DropPolicy,
    /// What seats cost was changed.
    SetPrices,
    /// A configuration that was exported was taken over.
    ImportConfiguration,
    /// A list of people was imported.
    ImportList,
    /// A list of people was dropped.
    DropList,
    /// The own fields on people were defined anew.
    SetFields,
    /// Own fields or notes of people were set.
    SetPersonFields,
    /// A limit was changed.
    SetLimits,
    /// Who is protected besides those who always are was changed.
    SetProtections,
    /// When no policy starts a run by itself was changed.
    SetBlackOuts,
    /// Everything was stopped, or let go on.
    SetStopped,
    /// An exemption was added.
    AddExemption,
    /// An exemption was taken back.
    RemoveExemption,
    /// An exemption comes near its end, or has come to it.
    ExemptionExpires,
    /// A run was asked for.
    StartRun,
    /// A plan was frozen.
    FreezePlan,
    /// A run that had not begun was held by what came up after it was planned.
    HoldRun,
    /// A held run was released.
    ReleaseRun,
    /// An issue was made that asks for an approval.
    AskApproval,
    /// A run that waited for an approval got it.
    ApproveRun,
    /// Where issues ask for approvals was changed.
    SetApprovalIssues,
    /// Which issues ask for accesses back was changed.
    SetRequests,
    /// How people are written to was changed.
    SetNotices,
    /// An issue was made that messages can be sent from.
    CreateNoticesIssue,
    /// To which webhook the news goes was changed, or the key that signs it.
    SetWebhook,
    /// Groups of Jira were given roles, or lost them.
    SetRoles,
    /// A held run was rejected.
    RejectRun,
    /// A run was ended by a person before its last action.
    AbortRun,
    /// An approval or a release was not given, or not used, in time.
    ExpireRun,
    /// A run was asked for that gives back what another one took.
    UndoRun,
    /// A run ended.
    EndRun,
    /// Administrators are told what is new.
    Report,
    /// A person is told that the next stage of a policy is coming.
    Warn,
    /// A person is told that they have an access back.
    TellRestored,
    /// A person who was warned said by a link that the access is still needed.
    KeepAccess,
    /// A person whose access was taken asked to have it back: by a link, or by trying to log in.
    AskBack,
    /// A person's membership is suspended.
    Suspend,
    /// What a suspension took is given back.
    Restore,
    /// A managed account is deactivated.
    Deactivate,
    /// A managed account is reactivated.
    Reactivate,
    /// Products are taken from a person.
    RemoveAccess,
    /// Products are given to a person, or given back.
    GiveAccess,
    /// A person is made a member of groups.
    AddToGroup,
    /// A person's membership of groups ends.
    RemoveFromGroups,
    /// Something that is tried out was switched on or off.
    SetExperiments,
    /// A move of a person to another directory was asked for.
    BeginMove,
    /// A move got its approval.
    ApproveMove,
    /// A move was rejected.
    RejectMove,
    /// A move was called off before the person lost anything.
    CancelMove,
    /// The person of a move was not seen in the other directory in time, or nobody decided on the move.
    ExpireMove,
    /// A person is invited to a product of another directory.
    Invite,
    /// A managed account's display name is changed.
    Rename,
    /// A managed account's e-mail address is changed.
    SetEmail,
    /// A managed account's API tokens are revoked.
    RevokeTokens,
    /// A person is removed from the organization.
    RemoveFromOrganization,
    /// A managed account's deletion is begun.
    Delete,
    /// A managed account's deletion is called off.
    CancelDelete,
    /// The upload of an export was begun.
    BeginImport,
    /// An uploaded export was taken into use.
    FinishImport,
    /// The uploaded export was forgotten.
    DropImport,
    /// A jump of idle people was taken for true.
    AcceptSnapshot,
    /// The organization's key comes near its end.
    KeyExpires,
    /// What was stored of closed accounts was erased.
    EraseAccounts,
    /// Entries older than the retention are cut: up to which, and the hash of the last of them.
    Checkpoint,
    /// The head of the log was written down outside of it.
    Anchor,
    /// Something older than the retention was deleted.
    Retention,
    /// Somebody asked for what they may not do, or pressed a link of ours for nothing.
    Refused,
}

impl LogAction {
    /// The name in the log.
    pub fn name(self) -> &'static str {
        match self {
            LogAction::Connect => "connect",
            LogAction::UseKey => "use-key",
            LogAction::SavePolicy => "save-policy",
            LogAction::MovePolicy => "move-policy",
            LogAction::DropPolicy => "drop-policy",
            LogAction::SetPrices => "set-prices",
            LogAction::ImportConfiguration => "import-configuration",
            LogAction::ImportList => "import-list",
            LogAction::DropList => "drop-list",
            LogAction::SetFields => "set-fields",
            LogAction::SetPersonFields => "set-person-fields",
            LogAction::SetLimits => "set-limits",
            LogAction::SetProtections => "set-protections",
            LogAction::SetBlackOuts => "set-black-outs",
            LogAction::SetStopped => "set-stopped",
            LogAction::AddExemption => "add-exemption",
            LogAction::RemoveExemption => "remove-exemption",
            LogAction::ExemptionExpires => "exemption-expires",
            LogAction::StartRun => "start-run",
            LogAction::FreezePlan => "freeze-plan",
            LogAction::HoldRun => "hold-run",
            LogAction::ReleaseRun => "release-run",
            LogAction::AskApproval => "ask-approval",
            LogAction::ApproveRun => "approve-run",
            LogAction::SetApprovalIssues => "set-approval-issues",
            LogAction::SetRequests => "set-requests",
            LogAction::SetNotices => "set-notices",
            LogAction::CreateNoticesIssue => "create-notices-issue",
            LogAction::SetWebhook => "set-webhook",
            LogAction::SetRoles => "set-roles",
            LogAction::RejectRun => "reject-run",
            LogAction::AbortRun => "abort-run",
            LogAction::ExpireRun => "expire-run",
            LogAction::UndoRun => "undo-run",
            LogAction::EndRun => "end-run",
            LogAction::Report => "report",
            LogAction::Warn => "warn",
            LogAction::TellRestored => "tell-restored",
            LogAction::KeepAccess => "keep-access",
            LogAction::AskBack => "ask-back",
            LogAction::Suspend => "suspend",
            LogAction::Restore => "restore",
            LogAction::Deactivate => "deactivate",
            LogAction::Reactivate => "reactivate",
            LogAction::RemoveAccess => "remove-access",
            LogAction::GiveAccess => "give-access",
            LogAction::AddToGroup => "add-to-group",
            LogAction::RemoveFromGroups => "remove-from-groups",
            LogAction::SetExperiments => "set-experiments",
            LogAction::BeginMove => "begin-move",
            LogAction::ApproveMove => "approve-move",
            LogAction::RejectMove => "reject-move",
            LogAction::CancelMove => "cancel-move",
            LogAction::ExpireMove => "expire-move",
            LogAction::Invite => "invite",
            LogAction::Rename => "rename",
            LogAction::SetEmail => "set-email",
            LogAction::RevokeTokens => "revoke-tokens",
            LogAction::RemoveFromOrganization => "remove-from-organization",
            LogAction::Delete => "delete",
            LogAction::CancelDelete => "cancel-delete",
            LogAction::BeginImport => "begin-import",
            LogAction::FinishImport => "finish-import",
            LogAction::DropImport => "drop-import",
            LogAction::AcceptSnapshot => "accept-snapshot",
            LogAction::KeyExpires => "key-expires",
            LogAction::EraseAccounts => "erase-accounts",
            LogAction::Checkpoint => "checkpoint",
            LogAction::Anchor => "anchor",
            LogAction::Retention => "retention",
            LogAction::Refused => "refused",
        }
    }
}
