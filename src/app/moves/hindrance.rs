//! What keeps a person from being moved: exemptions, protections, and what they are.

use crate::app::documents::{ConnectionBook, ExemptionBook, load};
use crate::app::left_alone::left_alone;
use crate::app::records::Cause;
use crate::app::run::protections;
use crate::host::{Host, StorageError};
use crate::model::{AccountId, Status};
use crate::plan::{Shelter, shelter};
use crate::snapshot::{Row, Snapshot};

/// Why a person may not be moved by what a directory says of them, if so. An exemption from any policy shelters from this, too.
pub(super) async fn hindrance(
    host: &impl Host,
    asked_by: &AccountId,
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
    let exempted = exemptions.exempted_anywhere(host.now());
    let sheltered = shelter(people, row, &exempted.on(people), &protected);
    Ok(sheltered.map(|shelter| match shelter {
        Shelter::Exempt(why) => format!("the person is exempt: {why}"),
        Shelter::Protected(why) => format!("the person is protected: {why}"),
    }))
}
