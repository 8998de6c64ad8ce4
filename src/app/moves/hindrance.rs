//! What keeps a person from being moved: exemptions, protections, and what they are. The same as keeps a run from acting.

use std::collections::BTreeMap;

use super::at::At;
use crate::app::documents::{ConnectionBook, ExemptionBook, load};
use crate::app::left_alone::left_alone;
use crate::app::newest_snapshot;
use crate::app::protect::token_use;
use crate::app::records::{Cause, Move};
use crate::app::run::protections;
use crate::app::sync::seats_known;
use crate::app::worker::WorkError;
use crate::host::{Host, StorageError};
use crate::model::{AccountId, GroupId, Status};
use crate::plan::{Protections, Shelter, is_guarded, last_administrator, shelter};
use crate::snapshot::{Row, Snapshot};

/// Why a person may not be moved by what a directory says of them, if so. An exemption from any policy shelters from this, too,
/// and so do the duties that protect.
pub(super) async fn hindrance(
    host: &impl Host,
    asked_by: &AccountId,
    duties: &Protections,
    (people, row): (&Snapshot, Row),
) -> Result<Option<String>, StorageError> {
    if people.status(row) != Some(Status::Active) {
        return Ok(Some(String::from("the person is not active")));
    }
    let exemptions: ExemptionBook = load(host).await?;
    let connection: ConnectionBook = load(host).await?;
    let mut protected = left_alone(host).await?;
    if let Some(connection) = &connection.connection {
        let cause = Cause::Person {
            account: asked_by.clone(),
        };
        let own = protections(connection, Some(&cause));
        protected.people.extend(own.people);
    }
    protected.governing = seats_known(host).await?.governing().to_vec();
    protected.add(duties.clone());
    let exempted = exemptions.exempted_anywhere(host.now());
    let sheltered = shelter(people, row, &exempted.on(people), &protected);
    Ok(sheltered.map(|shelter| match shelter {
        Shelter::Exempt(why) => format!("the person is exempt: {why}"),
        Shelter::Protected(why) => format!("the person is protected: {why}"),
    }))
}

/// Why a person must not lose what they have in the directory that they leave, if so: the administrators' groups there, and the
/// API tokens of their account. `taken` are the people of other runs.
pub(super) async fn loss<H: Host>(
    at: &At<'_, '_, H>,
    of: &Move,
    (people, row): (&Snapshot, Row),
    taken: &BTreeMap<AccountId, String>,
) -> Result<Option<String>, WorkError> {
    let host = at.worker.host;
    let seats = seats_known(host).await?;
    let held = people.groups(row).into_iter().flatten();
    let held: Vec<&GroupId> = held.map(|group| &group.id).collect();
    if held.iter().any(|group| is_guarded(&seats, group)) {
        let newest = newest_snapshot(host).await?;
        let snapshot = newest.as_ref().map(|(_, snapshot)| snapshot);
        let last = last_administrator(&of.account, &held, snapshot, &seats, taken);
        if let Some(why) = last {
            return Ok(Some(format!("the person is protected: {why}")));
        }
    }
    let Some(days) = at.protect.tokens_used_within_days else {
        return Ok(None);
    };
    let claim = people.class(row).and_then(|class| class.claim);
    let used = token_use(at.api, days, &of.account, claim).await?;
    Ok(used.map(|why| format!("the person is protected: {why}")))
}
