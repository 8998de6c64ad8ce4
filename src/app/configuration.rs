//! A configuration's text on its way in, part by part: parts wait under keys of their own until the last one is there.

use serde::{Deserialize, Serialize};

use super::commit::{Change, commit};
use super::documents::{Document, decode, load, set, set_value};
use super::stored_people::PARTS_AT_ONCE;
use crate::host::{Host, StorageError, Write};
use crate::model::{DAY, Time};

/// The most parts of one text: some 33 MB.
const MAX_PARTS: u32 = 400;
/// So many days a text may be gone on with.
const UPLOAD_DAYS: i64 = 7;

/// The text on its way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Incoming {
    /// The SHA-256 of all of it.
    hash: String,
    /// In how many parts it comes.
    of: u32,
    /// How many are there.
    received: u32,
    #[serde(default)]
    begun: Time,
}

impl Document for Incoming {
    const KEY: &'static str = "configuration";
}

impl Incoming {
    fn is_of(&self, hash: &str, of: u32) -> bool {
        self.hash == hash && self.of == of
    }
}

fn key(part: u32) -> String {
    format!("configuration:{part}")
}

/// What became of a part.
pub(super) enum Received {
    /// It is kept; this one comes next.
    More {
        /// Its number.
        next: u32,
    },
    /// It was the last one: the whole text.
    Whole(String),
    /// It does not follow what is there.
    OutOfPlace,
}

/// Keeps a part. One that was kept before may come again.
pub(super) async fn receive(
    host: &impl Host,
    hash: &str,
    part: u32,
    of: u32,
    text: &str,
) -> Result<Received, StorageError> {
    let known: Incoming = load(host).await?;
    if part == 0 && !known.is_of(hash, of) {
        sweep(host).await?;
    }
    let received = commit::<_, StorageError>(host, async || {
        let mut incoming: Incoming = load(host).await?;
        if part == 0 && incoming == Incoming::default() {
            incoming = Incoming {
                hash: hash.to_owned(),
                of,
                received: 0,
                begun: host.now(),
            };
        }
        let is_next = part <= incoming.received && part < of && of <= MAX_PARTS;
        if !is_next || !incoming.is_of(hash, of) {
            return Ok((Change::default(), None));
        }
        incoming.received = incoming.received.max(part + 1);
        let change = Change {
            writes: vec![set(&incoming)?, set_value(key(part), &text)?],
            ..Change::default()
        };
        Ok((change, Some(incoming.received)))
    })
    .await?;
    let Some(received) = received else {
        return Ok(Received::OutOfPlace);
    };
    if part + 1 < of {
        let next = received.min(of - 1);
        return Ok(Received::More { next });
    }
    let keys: Vec<String> = (0..of).map(key).collect();
    let mut whole = String::new();
    for keys in keys.chunks(PARTS_AT_ONCE) {
        for (key, text) in keys.iter().zip(host.get(keys).await?) {
            let Some(text) = text else {
                return Ok(Received::OutOfPlace);
            };
            let text: String = decode(key, &text)?;
            whole.push_str(&text);
        }
    }
    Ok(Received::Whole(whole))
}

/// Gives up a text that nobody went on with for days: it holds what is said of people.
pub(super) async fn tidy(host: &impl Host) -> Result<(), StorageError> {
    let incoming: Incoming = load(host).await?;
    if incoming.received > 0 && host.now().since(incoming.begun) > UPLOAD_DAYS * DAY {
        sweep(host).await?;
    }
    Ok(())
}

/// Deletes the parts that are there, and forgets them last. What comes in meanwhile goes too.
pub(super) async fn sweep(host: &impl Host) -> Result<(), StorageError> {
    loop {
        let incoming: Incoming = load(host).await?;
        let keys: Vec<String> = (0..incoming.received).map(key).collect();
        for keys in keys.chunks(PARTS_AT_ONCE) {
            let mut writes = Vec::new();
            for key in keys {
                writes.push(Write::Delete { key: key.clone() });
            }
            host.transact(writes).await?;
        }
        let is_clean = commit::<_, StorageError>(host, async || {
            let now: Incoming = load(host).await?;
            let mut change = Change::default();
            if now == incoming && now != Incoming::default() {
                change.writes.push(set(&Incoming::default())?);
            }
            Ok((change, now == incoming))
        })
        .await?;
        if is_clean {
            return Ok(());
        }
    }
}
