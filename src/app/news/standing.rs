//! What lasts until somebody does something about it.

use super::book::Piece;
use super::runs::waiting;
use super::seats::{LOOKED_BACK, running_out};
use crate::app::documents::{ActiveRuns, ConnectionBook, load, load_run};
use crate::app::health::{health, key_end};
use crate::app::records::{Reports, Source, Warning};
use crate::app::sync::SnapshotHead;
use crate::app::trend;
use crate::app::upkeep::days_left;
use crate::host::{Host, StorageError};
use crate::notice::capital;

/// So many days before a key's end it is told, each time anew.
const KEY_DAYS: [i64; 4] = [0, 1, 7, 30];

/// Everything that holds now.
pub(super) async fn holding<H: Host>(
    host: &H,
    reports: &Reports,
    newest: Option<&SnapshotHead>,
) -> Result<Vec<Piece>, StorageError> {
    let now = host.now();
    let mut pieces = Vec::new();
    let active: ActiveRuns = load(host).await?;
    for id in &active.runs {
        if let Some(run) = load_run(host, id).await? {
            pieces.extend(waiting(&run));
        }
    }
    let book: ConnectionBook = load(host).await?;
    let connection = book.connection.as_ref();
    let left = connection.map(|connection| days_left(key_end(connection), now));
    for warning in health(host, connection, newest).await?.warnings {
        pieces.push(of_warning(warning, left));
    }
    if let Some(percent) = reports.seats_percent
        && let Some(head) = newest.filter(|head| head.source == Source::Organization)
    {
        let months = trend::of_days(host, LOOKED_BACK).await?;
        pieces.extend(running_out(&head.products, &months, percent, now));
    }
    Ok(pieces)
}

/// Something to worry about. What is said of it changes from day to day; it is the same as long as its key is.
fn of_warning(warning: Warning, key_days: Option<i64>) -> Piece {
    let Warning { code, text, hint } = warning;
    let key = match code.as_str() {
        "key-expires" | "key-expired" => {
            let left = key_days.unwrap_or_default();
            let step = KEY_DAYS.into_iter().find(|days| left <= *days);
            format!("{code}:{}", step.unwrap_or_default())
        }
        // Another exemption whose end comes near is another piece of news.
        "exemption-expires" => format!("{code}:{text}"),
        _ => code,
    };
    Piece {
        key,
        title: capital(&text),
        text: format!("What to do: {hint}."),
        run: None,
        report: None,
    }
}
