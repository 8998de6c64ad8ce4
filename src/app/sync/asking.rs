//! Asking one by one, for as long as it takes: the people on whom an enabled policy could decide if it knew more.
//!
//! The answers are kept in parts of their own and go into the snapshot together, because every renewal of it has its
//! price. Another whole reading begins with those that are there.

use super::book::{Asking, SnapshotHead};
use super::chunks::{load_stored, write_leased};
use super::insistent::Insistent;
use super::last_active::{ask, fill};
use super::publish::{Change, Renewed, publish};
use super::{STOP_AT_MILLISECONDS, SyncBook, after, enabled_policies, gone, statement};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::app::documents::{decode, set, set_value};
use crate::app::lease::Lease;
use crate::app::worker::WorkError;
use crate::atlassian::ApiErrorKind;
use crate::evaluate::{Context, deciding};
use crate::host::{Host, StorageError, Write};
use crate::snapshot::{Renewal, Row, Snapshot, Unseen, decode_part, encode_parts};

/// Answers are kept whenever so many have come together: a killed invocation asks at most these again.
const ANSWERS_A_PART: u32 = 100;
/// So many people are asked at most before their answers go into the snapshot.
const ANSWERS_A_RENEWAL: u32 = 5_000;

fn answers_key(number: u32) -> String {
    format!("sync:answers:{number}")
}

/// Asks on; false when time ran out before everybody was asked. A limit of requests comes back as an error to wait for.
pub(super) async fn advance<H: Host>(
    calls: &Insistent<'_, '_, H>,
    lease: &Lease,
    sync: &mut SyncBook,
    newest: &SnapshotHead,
) -> Result<bool, WorkError> {
    let host = calls.host();
    let people = load_stored(host, Some(newest)).await?.into_people();
    let rows = worth_asking(host, newest, &people).await?;
    let mut asking = match sync.asking.take() {
        Some(asking) if asking.snapshot == newest.id => asking,
        _ if rows.is_empty() => return Ok(true),
        _ => Asking {
            snapshot: newest.id.clone(),
            started: host.now(),
            next_row: 0,
            asked: 0,
            answered: 0,
            to_ask: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            answers: 0,
        },
    };
    let mut answered = Snapshot::new();
    let mut may_ask = true;
    for row in rows {
        let number = u32::try_from(row.0).unwrap_or(u32::MAX);
        if number < asking.next_row {
            continue;
        }
        let Some(mut person) = people.record(row) else {
            continue;
        };
        let answer = match ask(calls, &person.account).await {
            Ok(answer) => answer,
            Err(error) if error.kind == ApiErrorKind::Forbidden => {
                // The page shows the key's capabilities; whoever waits stays unknown.
                may_ask = false;
                break;
            }
            Err(error) => {
                keep(host, lease, sync, &mut asking, &mut answered).await?;
                return Err(error.into());
            }
        };
        if let Some(answer) = answer {
            fill(&mut person, &answer);
            answered.push(&person);
            asking.answered = asking.answered.saturating_add(1);
        }
        asking.asked = asking.asked.saturating_add(1);
        asking.next_row = number.saturating_add(1);
        let out_of_time = host.time_left() < STOP_AT_MILLISECONDS;
        let is_full = u32::try_from(answered.len()).unwrap_or(u32::MAX) >= ANSWERS_A_PART;
        if out_of_time || is_full {
            keep(host, lease, sync, &mut asking, &mut answered).await?;
        }
        if out_of_time {
            return Ok(false);
        }
        if asking.asked >= ANSWERS_A_RENEWAL {
            break;
        }
    }
    keep(host, lease, sync, &mut asking, &mut answered).await?;
    // They are read again with what is stored of them: not twice at a time.
    drop(people);
    // Whoever was answered is not worth asking again; whoever was not would be asked for ever.
    let goes_on = asking.asked >= ANSWERS_A_RENEWAL && asking.answered * 2 > asking.asked;
    apply(host, lease, sync, newest).await?;
    Ok(!may_ask || !goes_on)
}

/// The rows of those who are worth asking, in order.
async fn worth_asking(
    host: &impl Host,
    newest: &SnapshotHead,
    people: &Snapshot,
) -> Result<Vec<Row>, StorageError> {
    let policies = enabled_policies(host).await?;
    let policies: Vec<_> = policies.iter().collect();
    let sites = newest.sites();
    let context = Context {
        sites: &sites,
        ..Context::at(newest.taken)
    };
    let deciding = deciding(&policies, people, context);
    Ok(statement::worth_asking(people, &deciding))
}

async fn keep(
    host: &impl Host,
    lease: &Lease,
    sync: &mut SyncBook,
    asking: &mut Asking,
    answered: &mut Snapshot,
) -> Result<(), WorkError> {
    let mut writes = Vec::new();
    for part in encode_parts(&std::mem::take(answered)).map_err(super::listing::cannot_be_stored)? {
        let key = answers_key(asking.answers);
        writes.push(set_value(key, &STANDARD.encode(part))?);
        asking.answers = asking.answers.saturating_add(1);
    }
    sync.asking = Some(asking.clone());
    writes.push(set(sync)?);
    write_leased(host, lease, writes).await
}

/// Puts the answers there are into the snapshot, if there are any, and ends the asking.
pub(super) async fn apply(
    host: &impl Host,
    lease: &Lease,
    sync: &mut SyncBook,
    newest: &SnapshotHead,
) -> Result<(), WorkError> {
    let Some(asking) = sync.asking.take() else {
        return Ok(());
    };
    let keys: Vec<String> = (0..asking.answers).map(answers_key).collect();
    let spent = keys.iter().map(|key| Write::Delete { key: key.clone() });
    if asking.answers == 0 || asking.snapshot != newest.id {
        let spent: Vec<Write> = spent.collect();
        for some in spent.chunks(20) {
            write_leased(host, lease, some.to_vec()).await?;
        }
        return write_leased(host, lease, vec![set(sync)?]).await;
    }
    let mut answered = Snapshot::new();
    for (key, text) in keys.iter().zip(host.get(&keys).await?) {
        let bytes = text
            .and_then(|text| decode::<String>(key, &text).ok())
            .and_then(|text| STANDARD.decode(text).ok())
            .ok_or_else(gone)?;
        decode_part(&bytes, &mut answered)
            .map_err(|error| StorageError::Failed(error.to_string()))?;
    }
    let before = load_stored(host, Some(newest)).await?;
    let at = host.now().max(after(Some(newest)));
    let mut renewal = Renewal::of(before, at);
    renewal.see(&answered, &|_| true);
    let encoded = renewal
        .finish(Unseen::Kept)
        .map_err(super::listing::cannot_be_stored)?;
    let change = Change::Part { newest };
    publish(
        host,
        lease,
        sync,
        Renewed {
            encoded,
            change,
            at,
        },
    )
    .await?;
    for keys in keys.chunks(20) {
        let spent = keys.iter().map(|key| Write::Delete { key: key.clone() });
        write_leased(host, lease, spent.collect()).await?;
    }
    Ok(())
}
