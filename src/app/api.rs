//! The organization's API with its key: one call, one answer or one error in words.

use std::pin::Pin;

use super::calls::{Asker, Calls};
use super::documents::{ConnectionBook, load};
use crate::atlassian::{
    ApiError, IDS_A_CALL, NullActivity, Seats, UserFilter, UserReader, users_search,
};
use crate::host::{Host, Request, Response, Secret, StorageError};
use crate::model::{AccountId, DirectoryId};
use crate::snapshot::Snapshot;

/// An organization and its key.
#[derive(Debug)]
pub(super) struct Api<'h, H> {
    pub(super) host: &'h H,
    pub(super) calls: Calls<'h, H>,
    pub(super) organization: String,
    pub(super) key: Secret,
}

/// The API of the connected organization for a job, if one is connected.
pub(super) async fn connected<H: Host>(host: &H) -> Result<Option<Api<'_, H>>, StorageError> {
    connected_for(host, Asker::Job).await
}

/// The same for a person at the page.
pub(super) async fn connected_for_person<H: Host>(
    host: &H,
) -> Result<Option<Api<'_, H>>, StorageError> {
    connected_for(host, Asker::Person).await
}

async fn connected_for<H: Host>(
    host: &H,
    asker: Asker,
) -> Result<Option<Api<'_, H>>, StorageError> {
    let book: ConnectionBook = load(host).await?;
    let Some(connection) = book.connection else {
        return Ok(None);
    };
    let Some(key) = host.secret(&book.secret).await? else {
        return Ok(None);
    };
    let calls = Calls::load(host, asker).await?;
    Ok(Some(Api::new(calls, connection.organization_id, key)))
}

impl<'h, H: Host> Api<'h, H> {
    /// An organization and a key of it.
    pub(super) fn new(calls: Calls<'h, H>, organization: String, key: Secret) -> Self {
        Api {
            host: calls.host,
            calls,
            organization,
            key,
        }
    }
}

impl<H: Host> Api<'_, H> {
    /// Sends a request.
    pub(super) fn call(
        &self,
        operation: &'static str,
        request: Request,
    ) -> Pin<Box<dyn Future<Output = Result<Response, ApiError>> + '_>> {
        self.calls.send(operation, request)
    }

    /// Reads people by their accounts, some at a call. Whoever the answers do not name is not in the snapshot.
    pub(super) async fn people(
        &self,
        directory: Option<&DirectoryId>,
        accounts: &[AccountId],
    ) -> Result<Snapshot, ApiError> {
        self.people_with(directory, accounts, Seats::default())
            .await
    }

    /// The same, with what groups grant.
    pub(super) async fn people_with(
        &self,
        directory: Option<&DirectoryId>,
        accounts: &[AccountId],
        seats: Seats,
    ) -> Result<Snapshot, ApiError> {
        let anywhere = DirectoryId(String::from(DirectoryId::NOT_SAID));
        let mut reader = UserReader::default().with_seats(seats);
        for some in accounts.chunks(IDS_A_CALL) {
            let filter = UserFilter::Accounts(some);
            let request = users_search(&self.organization, directory, filter, &self.key);
            let response = self.call("reading users", request).await?;
            reader.read(
                &response.body,
                directory.unwrap_or(&anywhere),
                NullActivity::Unknown,
            )?;
        }
        Ok(reader.into_snapshot())
    }
}
