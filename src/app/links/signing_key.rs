//! The key that signs links: made once, and never shown.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::app::lease::Lease;
use crate::app::worker::WorkError;
use crate::host::{Host, Secret, StorageError};

const NAME: &str = "link-key";

/// A key of its own for whatever is signed.
pub(in crate::app) fn new_key(host: &impl Host) -> Secret {
    Secret(STANDARD.encode([host.random(), host.random()].concat()))
}

/// The key, if one was made.
pub(in crate::app) async fn signing_key<H: Host>(host: &H) -> Result<Option<Secret>, StorageError> {
    host.secret(NAME).await
}

/// The key; a new one where there is none. Under the lease of the long jobs, so that no two make one.
pub(in crate::app) async fn or_new<H: Host>(host: &H, lease: &Lease) -> Result<Secret, WorkError> {
    if let Some(key) = signing_key(host).await? {
        return Ok(key);
    }
    if !lease.is_held(host).await? {
        return Err(WorkError::LeaseLost);
    }
    let key = new_key(host);
    host.set_secret(NAME, key.clone()).await?;
    Ok(key)
}
