//! Accesses that people asked back themselves, and did not get.

use super::book::Piece;
use super::report::ends;
use super::runs::{asked_back, in_words};
use crate::app::records::Run;
use crate::host::{Host, StorageError};
use crate::plan::Fate;

/// That the run which was to give somebody's access back ended without that. Each wish has one run that takes back what was
/// taken last, so it is told once.
pub(super) async fn not_back<H: Host>(host: &H, run: &Run) -> Result<Option<Piece>, StorageError> {
    let Some(asked) = asked_back(run).filter(|_| run.state.is_over() && !run.has_given_back())
    else {
        return Ok(None);
    };
    let mut why = vec![in_words(run)];
    why.extend(run.message.clone());
    for (fate, reason) in ends(host, run).await? {
        if fate != Fate::Verified && !reason.is_empty() && !why.contains(&reason) {
            why.push(reason);
        }
    }
    Ok(Some(Piece {
        key: format!("wish:{}", run.id),
        title: format!(
            "{}: an access asked back did not come back",
            run.policy.name
        ),
        text: format!(
            "{asked}The run ended: {}. Nothing tries it again: give the access back by hand, or tell the person why not.",
            why.join("; ")
        ),
        run: Some(run.id.clone()),
        subject: run.cause.wished_by().cloned(),
        ..Piece::default()
    }))
}
