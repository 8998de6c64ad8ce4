//! Whom a duty on this site's Jira protects now: by what was read within the hour, or by reading it.

use std::borrow::Cow;

use super::holders::protections;
use super::kept::{self, duties_of};
use super::reading::{Gap, read};
use crate::app::api::Api;
use crate::app::documents::load;
use crate::app::records::{Protect, Settings};
use crate::app::worker::{WorkError, Worker};
use crate::atlassian::ApiErrorKind;
use crate::host::{Host, StorageError};
use crate::model::{HOUR, Time};
use crate::plan::Protections;

/// How old what is known of duties may be when somebody is planned for or acted on.
const AGE_SECONDS: i64 = HOUR;

/// Whom the duties that protect shelter. Where Jira refuses or shows less than there is, that is everybody.
///
/// # Errors
/// A call that failed and may succeed later: the job comes again.
pub(in crate::app) async fn duties<H: Host>(
    worker: &Worker<'_, H>,
    api: &Api<'_, H>,
    protect: Protect,
) -> Result<Protections, WorkError> {
    let host = worker.host;
    let of = duties_of(protect);
    if of == Protect::default() {
        return Ok(Protections::default());
    }
    let now = host.now();
    if let Some(holders) = kept::load_since(host, of, now.plus(-AGE_SECONDS)).await? {
        return Ok(protections(holders));
    }
    match read(&api.calls, of).await {
        Ok(holders) => {
            kept::store(worker, of, now, &holders).await?;
            Ok(protections(holders))
        }
        Err(Gap::Call(error))
            if matches!(
                error.kind,
                ApiErrorKind::RateLimited { .. } | ApiErrorKind::Server | ApiErrorKind::NoAnswer
            ) =>
        {
            Err(WorkError::Api(error))
        }
        Err(gap) => Ok(Protections {
            everybody: Some(Cow::Owned(format!(
                "undecided: who answers for something in jira is not known: {}",
                gap.sentence()
            ))),
            ..Protections::default()
        }),
    }
}

/// Whether [`duties`] would have to read Jira, which may be long work.
pub(in crate::app) async fn must_read(host: &impl Host) -> Result<bool, StorageError> {
    let settings: Settings = load(host).await?;
    let of = duties_of(settings.protect);
    // With room for what comes before the plan.
    let not_before: Time = host.now().plus(-AGE_SECONDS / 2);
    Ok(of != Protect::default() && !kept::is_there(host, of, not_before).await?)
}
