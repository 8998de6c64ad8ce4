//! Asking one by one, for as long as it takes: the people on whom an enabled policy could decide if it knew more.
//!
//! The answers are kept in parts of their own and go into the snapshot together, because every renewal of it has its
//! price. Another whole reading begins with those that are there.

use super::book::{Asking, SnapshotHead};
use super::chunks::{load_stored, write_leased};
use super::insistent::Insistent;
use super::last_active::{ask, fill};
use super::listing::cannot_be_stored;
use super::publish::{Change, Renewed, publish};
use super::{STOP_AT_MILLISECONDS, SyncBook, after, enabled_policies, gone, statement};
use crate::app::documents::{set, set_value};
use crate::app::lease::Lease;
use crate::app::own_names::OwnNames;
use crate::app::stored_people::load_people;
use crate::app::worker::WorkError;
use crate::atlassian::ApiErrorKind;
use crate::evaluate::deciding;
use crate::host::{Host, StorageError, Write};
use crate::model::DAY;
use crate::snapshot::{Renewal, Row, Snapshot, Unseen, encode_parts};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Answers are kept whenever so many have come together: a killed invocation asks at most these again.
const ANSWERS_A_PART: usize = 100;
/// So many people are asked at most before their answers go into the snapshot.
const ASKED_A_RENEWAL: usize = 5_000;

/// So many invocations ask for one person in vain before the others are asked.
const IN_VAIN: u32 = 3;

fn answers_key(number: u32) -> String {
    format!("sync:answers:{number}")
}

fn open_key(number: u32) -> String {
    format!("sync:open:{number}")
}

/// Asks on; false when time ran out before everybody was asked. A limit of requests comes back as an error to wait for.
pub(super) async fn advance<H: Host>(
    calls: &Insistent<'_, '_, H>,
    lease: &Lease,
    sync: &mut SyncBook,
    newest: &SnapshotHead,
) -> Result<bool, WorkError> {
    let host = calls.host();
    let is_current =
        |asking: &Asking| asking.snapshot == newest.id && asking.policies == newest.policies;
    clear_spent(host, lease, sync).await?;
    if !sync.asking.as_ref().is_some_and(is_current) {
        if sync.asking.is_some() {
            apply(host, lease, sync, newest).await?;
            return Ok(false);
        }
        if !begin(host, lease, sync, newest).await? {
            return Ok(true);
        }
    }
    let may_ask = match ask_on(calls, lease, sync).await? {
        Asked::OutOfTime => return Ok(false),
        Asked::All => true,
        // The page shows the key's capabilities; whoever waits stays unknown.
        Asked::Forbidden => false,
    };
    let asking = sync.asking.as_ref().ok_or_else(gone)?;
    // Whoever was answered is not worth asking again; whoever was not would be asked for ever.
    let goes_on = asking.to_ask > asking.asked && asking.answered * 2 > asking.asked;
    apply(host, lease, sync, newest).await?;
    Ok(!may_ask || !goes_on)
}

/// Notes whom to ask, so that the invocations that ask need not know everybody else; false where nobody is.
async fn begin<H: Host>(
    host: &H,
    lease: &Lease,
    sync: &mut SyncBook,
    newest: &SnapshotHead,
) -> Result<bool, WorkError> {
    let people = load_stored(host, Some(newest)).await?.into_people();
    let mut rows = worth_asking(host, newest, &people).await?;
    if rows.is_empty() {
        return Ok(false);
    }
    // Others first on every day, so that people whom Atlassian does not know keep nobody waiting for ever.
    let day = usize::try_from(newest.taken.0.div_euclid(DAY)).unwrap_or_default();
    let first = day.wrapping_mul(ASKED_A_RENEWAL) % rows.len();
    rows.rotate_left(first);
    let mut open = Snapshot::new();
    for row in rows.iter().take(ASKED_A_RENEWAL) {
        if let Some(person) = people.record(*row) {
            open.push(&person);
        }
    }
    let mut asking = Asking {
        snapshot: newest.id.clone(),
        policies: newest.policies.clone(),
        started: host.now(),
        asked: 0,
        answered: 0,
        to_ask: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        in_vain: 0,
        answers: 0,
        open: 0,
    };
    let parts = encode_parts(&open).map_err(cannot_be_stored)?;
    for part in parts {
        let write = set_value(open_key(asking.open), &STANDARD.encode(part))?;
        write_leased(host, lease, vec![write]).await?;
        asking.open = asking.open.saturating_add(1);
    }
    sync.asking = Some(asking);
    write_leased(host, lease, vec![set(sync)?]).await?;
    Ok(true)
}

/// How the asking of an invocation ended.
enum Asked {
    /// Everybody who was noted was asked.
    All,
    /// Time ran out.
    OutOfTime,
    /// The key may not ask.
    Forbidden,
}

async fn ask_on<H: Host>(
    calls: &Insistent<'_, '_, H>,
    lease: &Lease,
    sync: &mut SyncBook,
) -> Result<Asked, WorkError> {
    let host = calls.host();
    let mut asking = sync.asking.clone().ok_or_else(gone)?;
    let keys = (0..asking.open).map(open_key);
    let open = load_people(host, keys.collect()).await?;
    let mut answered = Snapshot::new();
    let mut end = Asked::All;
    let next = usize::try_from(asking.asked).unwrap_or(usize::MAX);
    for row in open.rows().skip(next) {
        let Some(mut person) = open.record(row) else {
            continue;
        };
        let answer = match ask(calls, &person.account).await {
            Ok(answer) => answer,
            Err(error) if error.kind == ApiErrorKind::Forbidden => {
                end = Asked::Forbidden;
                break;
            }
            // Nothing is known of this person then, and the others are asked all the same.
            Err(error) if error.is_about_one() && asking.in_vain >= IN_VAIN => None,
            Err(error) => {
                asking.in_vain += u32::from(error.is_about_one());
                keep(host, lease, sync, &mut asking, &mut answered).await?;
                return Err(error.into());
            }
        };
        asking.in_vain = 0;
        if let Some(answer) = answer {
            fill(&mut person, &answer);
            answered.push(&person);
            asking.answered = asking.answered.saturating_add(1);
        }
        asking.asked = asking.asked.saturating_add(1);
        let is_full = answered.len() >= ANSWERS_A_PART;
        let out_of_time = host.time_left() < STOP_AT_MILLISECONDS;
        if is_full || out_of_time {
            keep(host, lease, sync, &mut asking, &mut answered).await?;
        }
        if out_of_time {
            return Ok(Asked::OutOfTime);
        }
    }
    keep(host, lease, sync, &mut asking, &mut answered).await?;
    Ok(end)
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
    let names = OwnNames::of_all(host, &policies).await?;
    let context = names.context(&sites, newest.taken);
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
    for part in encode_parts(&std::mem::take(answered)).map_err(cannot_be_stored)? {
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
    let open = (0..asking.open).map(open_key);
    sync.spent.extend(keys.iter().cloned().chain(open));
    if asking.answers > 0 && asking.snapshot == newest.id {
        let answered = load_people(host, keys).await?;
        let before = load_stored(host, Some(newest)).await?;
        let at = host.now().max(after(Some(newest)));
        let mut renewal = Renewal::of(before, at);
        renewal.see(&answered, &|_| true);
        let encoded = renewal.finish(Unseen::Kept).map_err(cannot_be_stored)?;
        let change = Change::Part { newest };
        let renewed = Renewed {
            encoded,
            change,
            at,
        };
        publish(host, lease, sync, renewed).await?;
    } else {
        write_leased(host, lease, vec![set(sync)?]).await?;
    }
    clear_spent(host, lease, sync).await
}

/// Deletes what was asked and answered, once it is in the snapshot.
pub(super) async fn clear_spent(
    host: &impl Host,
    lease: &Lease,
    sync: &mut SyncBook,
) -> Result<(), WorkError> {
    if sync.spent.is_empty() {
        return Ok(());
    }
    for keys in std::mem::take(&mut sync.spent).chunks(20) {
        let spent = keys.iter().map(|key| Write::Delete { key: key.clone() });
        write_leased(host, lease, spent.collect()).await?;
    }
    write_leased(host, lease, vec![set(sync)?]).await
}
