//! What the page can ask for: every command is authorised here, from the platform's principal, before anything else
//! (DESIGN §6).

mod answer;
mod authorise;
mod by_hand;
mod chain;
mod command;
mod command_name;
mod configuration;
mod connect;
mod error;
mod exemptions;
mod import;
mod intents;
mod joined;
mod lists;
mod log;
mod message_preview;
mod months;
mod moves;
mod names;
mod news;
mod notices_issue;
mod overview;
mod own_names;
mod people_answers;
mod people_list;
mod person_fields;
mod policies;
mod policy_answers;
mod policy_list;
mod policy_versions;
mod reading;
mod runs;
mod send_report;
mod settings;
mod settings_asked;
mod settings_merged;
mod settings_mistakes;
mod snapshot;
mod trend;
mod undo;
mod unexplained;
mod webhook;

pub use answer::*;
pub use command::*;
pub use log::{Anchors, LogFilter};
pub use message_preview::{MessagePreview, MessageWish};
pub use names::Names;
pub use news::News;
pub use notices_issue::NoticesIssue;
pub use own_names::{ListSlice, OwnNames};
pub use people_answers::*;
pub use people_list::{ListedPerson, PeopleList};
pub use policy_answers::*;
pub use send_report::{ReportSent, ReportWish};
pub use snapshot::{SnapshotPart, SnapshotParts, SnapshotSite, StoredChunk};
pub use webhook::WebhookAnswer;

use error::AdminError;

use crate::host::Host;

/// Carries out a command of a caller.
pub async fn admin<H: Host>(host: &H, caller: &Caller, command: Command) -> Reply {
    match carry_out(host, caller, command).await {
        Ok(answer) => Reply::Answer(Box::new(answer)),
        Err(error) => Reply::Error(error.refusal()),
    }
}

async fn carry_out<H: Host>(
    host: &H,
    caller: &Caller,
    command: Command,
) -> Result<Answer, AdminError> {
    use Command as C;
    match command {
        C::Connect {
            organization_id,
            api_key,
            owner,
            expires,
        } => connect::connect(host, caller, organization_id, api_key, owner, expires).await,
        C::Overview {} => {
            let role = authorise::highest_role(host, caller).await?;
            overview::overview(host, role).await
        }
        C::Policies {}
        | C::CheckPolicy { .. }
        | C::PreviewMessage { .. }
        | C::PolicyVersions { .. }
        | C::PolicyVersion { .. }
        | C::Trend { .. }
        | C::Lists {}
        | C::PersonFields { .. }
        | C::NamesOf { .. }
        | C::Import {}
        | C::Runs { .. }
        | C::Run { .. }
        | C::RunPeople { .. }
        | C::Chain { .. }
        | C::RunChanges { .. }
        | C::Protected {}
        | C::ListPeople { .. }
        | C::SnapshotParts {}
        | C::SnapshotPart { .. }
        | C::UnexplainedChanges {}
        | C::Exemptions {}
        | C::FindGroups { .. }
        | C::Moves {}
        | C::Log { .. }
        | C::LogSlice { .. }
        | C::News {}
        | C::Anchors {}
        | C::PlanPart { .. }
        | C::VerifyEntries { .. } => {
            authorise::require(host, caller, Role::Viewer, &command).await?;
            look(host, command).await
        }
        C::OwnNames {
            ref lists,
            ref fields,
            ..
        } => {
            let role = own_names::who_may(host, lists, fields).await?;
            authorise::require(host, caller, role, &command).await?;
            look(host, command).await
        }
        C::BeginImport { .. }
        | C::ImportPart { .. }
        | C::FinishImport { .. }
        | C::DropImport {} => {
            authorise::require_importer(host, caller, &command).await?;
            import::carry_out(host, caller, command).await
        }
        C::StartSync {} => {
            authorise::require_importer(host, caller, &command).await?;
            reading::start(host).await
        }
        C::SavePolicy { .. }
        | C::MovePolicy { .. }
        | C::DropPolicy { .. }
        | C::SetPrices { .. }
        | C::ImportList { .. }
        | C::DropList { .. }
        | C::SetFields { .. }
        | C::SetPersonFields { .. }
        | C::ImportFields { .. }
        | C::Export { .. }
        | C::ImportConfiguration { .. }
        | C::AcceptSnapshot { .. }
        | C::SetCoverageLimits { .. }
        | C::SetRoles { .. }
        | C::SetApprovalIssues { .. }
        | C::SetRequests { .. }
        | C::AddExemption { .. }
        | C::RemoveExemption { .. }
        | C::SetLimits { .. }
        | C::SetProtections { .. }
        | C::SetBlackOuts { .. }
        | C::SetRetention { .. }
        | C::SetAnchorIssue { .. }
        | C::SetNotices { .. }
        | C::CreateNoticesIssue { .. }
        | C::TestNotices { .. }
        | C::SetWebhook { .. }
        | C::RenewWebhookKey {}
        | C::TestWebhook {}
        | C::SetOnLogIn { .. }
        | C::SetExperiments { .. }
        | C::SetStopped { stopped: false } => {
            authorise::require(host, caller, Role::OrganizationAdministrator, &command).await?;
            change(host, caller, command).await
        }
        C::ReleaseRun { .. } | C::ApproveRun { .. } | C::ApproveMove { .. } => {
            authorise::require(host, caller, Role::Approver, &command).await?;
            change(host, caller, command).await
        }
        C::StartRun { .. }
        | C::ActOn { .. }
        | C::UndoRun { .. }
        | C::SendReport { .. }
        | C::BeginMove { .. } => {
            authorise::require(host, caller, Role::Operator, &command).await?;
            change(host, caller, command).await
        }
        C::RejectRun { .. }
        | C::AbortRun { .. }
        | C::RejectMove { .. }
        | C::CancelMove { .. }
        | C::SetStopped { stopped: true } => {
            authorise::require_to_stop(host, caller, &command).await?;
            change(host, caller, command).await
        }
    }
}

/// Commands that change nothing.
async fn look<H: Host>(host: &H, command: Command) -> Result<Answer, AdminError> {
    match command {
        Command::Policies {} => policies::policies(host).await,
        Command::CheckPolicy { document } => Ok(policies::check(host, &document)),
        Command::PreviewMessage { message } => message_preview::preview(host, message).await,
        Command::PolicyVersions { policy } => policy_versions::versions(host, &policy).await,
        Command::PolicyVersion { policy, revision } => {
            policy_versions::version(host, &policy, revision).await
        }
        Command::Lists {} => lists::lists(host).await,
        Command::OwnNames {
            lists,
            fields,
            cursor,
        } => own_names::slice(host, &lists, &fields, cursor.as_deref()).await,
        Command::PersonFields { accounts } => person_fields::show(host, &accounts).await,
        Command::NamesOf { accounts } => names::names(host, &accounts).await,
        Command::Trend { cursor } => trend::trend(host, cursor).await,
        Command::Import {} => import::show(host).await,
        Command::Runs { cursor } => runs::runs(host, cursor).await,
        Command::Run { run } => runs::run(host, &run).await,
        Command::RunPeople { run, part } => runs::people(host, &run, part).await,
        Command::RunChanges { run } => runs::changes(host, &run).await,
        Command::Chain { policy, part } => chain::part(host, &policy, part).await,
        Command::Protected {} => overview::protected(host).await,
        Command::ListPeople { text, from } => people_list::page(host, &text, from).await,
        Command::SnapshotParts {} => snapshot::parts(host).await,
        Command::SnapshotPart { snapshot, names } => snapshot::part(host, &snapshot, &names).await,
        Command::UnexplainedChanges {} => unexplained::changes(host).await,
        Command::Exemptions {} => exemptions::exemptions(host).await,
        Command::FindGroups { term } => exemptions::find_groups(host, &term).await,
        Command::Moves {} => moves::moves(host).await,
        Command::Log { filter, cursor } => log::page(host, filter, cursor).await,
        Command::LogSlice { from, cursor } => log::slice(host, from, cursor).await,
        Command::News {} => news::news(host).await,
        Command::Anchors {} => log::anchors(host).await,
        Command::PlanPart { run, part } => runs::plan_part(host, &run, part).await,
        Command::VerifyEntries { after, entries } => Ok(log::verify_entries(after, &entries)),
        _ => Err(AdminError::NotFound("such a question")),
    }
}

/// Commands that change something.
async fn change<H: Host>(
    host: &H,
    caller: &Caller,
    command: Command,
) -> Result<Answer, AdminError> {
    match command {
        Command::AcceptSnapshot { snapshot, reason } => {
            reading::accept(host, caller, &snapshot, &reason).await
        }
        Command::SetCoverageLimits { limits } => {
            settings::set_coverage_limits(host, caller, limits).await
        }
        Command::SavePolicy { document, revision } => {
            policies::save(host, caller, &document, revision).await
        }
        Command::MovePolicy { policy, before } => {
            policy_list::move_policy(host, caller, &policy, before.as_deref()).await
        }
        Command::DropPolicy { policy, reason } => {
            policy_list::drop_policy(host, caller, &policy, &reason).await
        }
        Command::Export { part, made } => configuration::export(host, made, part).await,
        Command::ImportConfiguration {
            hash,
            part,
            of,
            text,
        } => {
            let part = configuration::Part {
                hash,
                part,
                of,
                text,
            };
            configuration::import(host, caller, part).await
        }
        Command::ImportList {
            name,
            members,
            part,
            of,
        } => lists::import(host, caller, &name, &members, part, of).await,
        Command::DropList { name } => lists::drop_list(host, caller, &name).await,
        Command::SetFields { fields } => settings::set_fields(host, caller, fields).await,
        Command::SetPersonFields { person } => {
            person_fields::set(host, caller, std::slice::from_ref(&person)).await
        }
        Command::ImportFields { rows } => person_fields::set(host, caller, &rows).await,
        Command::SetPrices { prices } => settings::set_prices(host, caller, prices).await,
        Command::StartRun { policy, dry } => runs::start(host, caller, &policy, dry).await,
        Command::ActOn {
            people,
            errand,
            idle,
            even_if_active,
            dry,
            reason,
        } => {
            let wish = by_hand::Wish {
                people,
                errand,
                idle,
                even_if_active,
                dry,
                reason,
            };
            by_hand::act_on(host, caller, wish).await
        }
        Command::UndoRun {
            run,
            steps,
            dry,
            reason,
        } => {
            let wish = undo::Wish {
                run,
                steps,
                dry,
                reason,
            };
            undo::undo(host, caller, wish).await
        }
        Command::ReleaseRun { run, reason } => runs::release(host, caller, &run, &reason).await,
        Command::ApproveRun {
            run,
            reason,
            hold_out,
        } => runs::approve(host, caller, &run, &reason, hold_out).await,
        Command::SendReport { run, report } => send_report::send(host, caller, &run, report).await,
        Command::AbortRun { run, reason } => runs::abort(host, caller, &run, &reason).await,
        Command::SetApprovalIssues { issues } => {
            settings::set_approval_issues(host, caller, issues).await
        }
        Command::SetRequests { requests } => settings::set_requests(host, caller, requests).await,
        Command::SetRoles { roles } => settings::set_roles(host, caller, roles).await,
        Command::RejectRun { run, reason } => runs::reject(host, caller, &run, &reason).await,
        Command::AddExemption {
            subject,
            reason,
            owner,
            expires,
            policies,
        } => {
            let terms = exemptions::Terms {
                reason,
                owner,
                expires,
                policies: policies.unwrap_or_default(),
            };
            exemptions::add(host, caller, subject, terms).await
        }
        Command::RemoveExemption { subject } => exemptions::remove(host, caller, &subject).await,
        Command::SetLimits { percent_per_day } => {
            settings::set_limits(host, caller, percent_per_day).await
        }
        Command::SetProtections { protect } => {
            settings::set_protections(host, caller, protect).await
        }
        Command::SetBlackOuts { document } => {
            settings::set_black_outs(host, caller, &document).await
        }
        Command::SetAnchorIssue { issue } => settings::set_anchor_issue(host, caller, issue).await,
        Command::SetNotices { notices } => settings::set_notices(host, caller, notices).await,
        Command::CreateNoticesIssue { project } => {
            notices_issue::create(host, caller, &project).await
        }
        Command::TestNotices { issue } => notices_issue::test(host, caller, &issue).await,
        Command::SetWebhook { url } => webhook::set_address(host, caller, url.as_deref()).await,
        Command::RenewWebhookKey {} => webhook::renew_key(host, caller).await,
        Command::TestWebhook {} => webhook::test(host, caller).await,
        Command::SetOnLogIn { give_back } => settings::set_on_log_in(host, caller, give_back).await,
        Command::SetRetention { days } => settings::set_retention(host, caller, days).await,
        Command::SetExperiments { experiments } => {
            settings::set_experiments(host, caller, experiments).await
        }
        Command::BeginMove { .. }
        | Command::ApproveMove { .. }
        | Command::RejectMove { .. }
        | Command::CancelMove { .. } => moves::carry_out(host, caller, command).await,
        Command::SetStopped { stopped } => settings::set_stopped(host, caller, stopped).await,
        _ => Err(AdminError::NotFound("such an order")),
    }
}
