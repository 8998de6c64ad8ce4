//! What lasts until somebody does something about it.

use super::book::Piece;
use super::runs::waiting;
use super::seats::{LOOKED_BACK, running_out};
use crate::app::documents::{ActiveRuns, ConnectionBook, load, load_run};
use crate::app::health::{health, key_end};
use crate::app::records::{Reports, Source, Warning};
use crate::app::sync::SnapshotHead;
use crate::app::trend;
use crate::app::upkeep::{TickBook, days_left};
use crate::host::{Host, StorageError};
use crate::model::Time;
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
    let tick: TickBook = load(host).await?;
    pieces.extend(tick.silence.map(of_silence));
    let warnings = health(host, connection, newest).await?.warnings;
    // The schedule is here: for how long it was not is told by its silence.
    for warning in warnings.into_iter().filter(|one| one.code != "no-tick") {
        pieces.push(of_warning(warning, left));
    }
    if let Some(head) = newest.filter(|head| head.source == Source::Organization) {
        let months = match reports.seats_forecast {
            true => trend::of_days(host, LOOKED_BACK).await?,
            false => Vec::new(),
        };
        pieces.extend(running_out(&head.products, &months, reports, now));
    }
    Ok(pieces)
}

/// That nothing ran for long. It is the same until the next such time, so it is told once.
fn of_silence((since, until): (Time, Time)) -> Piece {
    Piece {
        key: format!("silence:{since}"),
        title: format!("The schedule did not come from {since} to {until}"),
        text: String::from(
            "Nothing was read, run or told in that time. A policy that was due is made up for within 24 hours only: start others by hand. What to do: look in Jira's list of apps whether this app was disabled, and see status.atlassian.com.",
        ),
        ..Piece::default()
    }
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
        ..Piece::default()
    }
}
