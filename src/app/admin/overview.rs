//! Where everything stands.

use super::error::AdminError;
use super::runs::with_progress;
use super::{Answer, Overview, Protected, Role};
use crate::app::commit::head;
use crate::app::documents::{
    ActiveRuns, ConnectionBook, ExemptionBook, PolicyBook, load, load_run,
};
use crate::app::health::health;
use crate::app::left_alone::left_alone;
use crate::app::newest_snapshot;
use crate::app::protect;
use crate::app::records::Settings;
use crate::app::run::protections;
use crate::app::sync::{newest_head, seats_known};
use crate::app::webhook::WebhookBook;
use crate::host::Host;
use crate::model::AccountId;
use crate::plan::{Shelter, sheltered_anywhere};

/// Everything that the first page shows.
pub(super) async fn overview<H: Host>(host: &H, role: Role) -> Result<Answer, AdminError> {
    let connection: ConnectionBook = load(host).await?;
    let policies: PolicyBook = load(host).await?;
    let exemptions: ExemptionBook = load(host).await?;
    let active: ActiveRuns = load(host).await?;
    let mut active_runs = Vec::new();
    for id in active.runs {
        if let Some(run) = load_run(host, &id).await? {
            active_runs.push(with_progress(host, run).await?);
        }
    }
    let webhook: WebhookBook = load(host).await?;
    let newest = newest_head(host).await?;
    let health = health(host, connection.connection.as_ref(), newest.as_ref()).await?;
    Ok(Answer::Overview(Box::new(Overview {
        role,
        connection: connection.connection,
        settings: load(host).await?,
        webhook: webhook.webhook,
        reading: super::reading::reading(host).await?,
        active_runs,
        policies: u32::try_from(policies.policies.len()).unwrap_or(u32::MAX),
        exemptions: u32::try_from(exemptions.exemptions.len()).unwrap_or(u32::MAX),
        log_entries: head(host).await?.seq,
        health,
    })))
}

/// Everybody in the newest snapshot whom a protection shelters, with the reason.
pub(super) async fn protected<H: Host>(host: &H) -> Result<Answer, AdminError> {
    let book: ConnectionBook = load(host).await?;
    let connection = book.connection.ok_or(AdminError::NotConnected)?;
    let exemptions: ExemptionBook = load(host).await?;
    let exempted = exemptions.exempted_everywhere(host.now());
    let mut everybody = left_alone(host).await?;
    everybody
        .people
        .extend(protections(&connection, None).people);
    everybody.governing = seats_known(host).await?.governing().to_vec();
    let settings: Settings = load(host).await?;
    everybody.add(protect::shown(host, settings.protect).await?);
    let Some((_, snapshot)) = newest_snapshot(host).await? else {
        return Err(AdminError::NotFound("snapshot yet: start a dry run"));
    };
    let exempting = exempted.on(&snapshot);
    let people = snapshot
        .rows()
        .filter_map(
            |row| match sheltered_anywhere(&snapshot, row, &exempting, &everybody)? {
                Shelter::Protected(reason) => Some((
                    AccountId(snapshot.account(row)?.to_owned()),
                    reason.into_owned(),
                )),
                Shelter::Exempt(_) => None,
            },
        )
        .collect();
    Ok(Answer::Protected(Protected { people }))
}
