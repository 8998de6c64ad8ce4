//! Seats over time.

use super::error::AdminError;
use super::{Answer, Trend};
use crate::app::trend::page;
use crate::host::Host;

/// The points of the last months.
pub(super) async fn trend<H: Host>(host: &H, cursor: Option<String>) -> Result<Answer, AdminError> {
    let (months, cursor) = page(host, cursor.as_deref()).await?;
    Ok(Answer::Trend(Trend { months, cursor }))
}
