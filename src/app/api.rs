//! The organization's API with its key: one call, one answer or one error in words.

use std::pin::Pin;

use super::documents::{ConnectionBook, load};
use crate::atlassian::{
    ApiError, IDS_A_CALL, NullActivity, UserFilter, UserReader, check, users_search,
};
use crate::host::{Host, Request, Response, Secret, StorageError};
use crate::model::{AccountId, DirectoryId};
use crate::snapshot::Snapshot;

/// An organization and its key.
#[derive(Debug)]
pub(super) struct Api<'h, H> {
    pub(super) host: &'h H,
    pub(super) organization: String,
    pub(super) key: Secret,
}

/// The API of the connected organization, if one is connected.
pub(super) async fn connected<H: Host>(host: &H) -> Result<Option<Api<'_, H>>, StorageError> {
    let book: ConnectionBook = load(host).await?;
    let Some(connection) = book.connection else {
        return Ok(None);
    };
    let Some(key) = host.secret(&book.secret).await? else {
        return Ok(None);
    };
    Ok(Some(Api {
        host,
        organization: connection.organization_id,
        key,
    }))
}

impl<H: Host> Api<'_, H> {
    /// Sends a request. Boxed, so that its code is not copied into every caller.
    pub(super) fn call(
        &self,
        operation: &'static str,
        request: Request,
    ) -> Pin<Box<dyn Future<Output = Result<Response, ApiError>> + '_>> {
        Box::pin(async move {
            let service = request.service;
            let answer = self.host.send(request).await;
            check(operation, service, self.host.now(), answer)
        })
    }

    /// Reads people by their accounts, some at a call. Whoever the answers do not name is not in the snapshot.
    pub(super) async fn people(
        &self,
        directory: Option<&DirectoryId>,
        accounts: &[AccountId],
    ) -> Result<Snapshot, ApiError> {
        let anywhere = DirectoryId(String::from(DirectoryId::NOT_SAID));
        let mut reader = UserReader::default();
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
