//! Forgetting who used links.

use super::kept::forgetting;
use crate::app::commit::{Change, commit};
use crate::app::documents::{PolicyBook, load};
use crate::app::worker::WorkError;
use crate::host::Host;
use crate::model::AccountId;

/// Forgets people who closed their accounts.
pub(in crate::app) async fn forget<H: Host>(
    host: &H,
    closed: &[AccountId],
) -> Result<(), WorkError> {
    let policies: PolicyBook = load(host).await?;
    for stored in &policies.policies {
        commit::<_, WorkError>(host, async || {
            let change = Change {
                writes: forgetting(host, &stored.policy.id, closed).await?,
                ..Change::default()
            };
            Ok((change, ()))
        })
        .await?;
    }
    Ok(())
}
