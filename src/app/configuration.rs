//! A configuration's text on its way in, part by part: parts wait under keys of their own until the last one is there.

use serde::{Deserialize, Serialize};

use super::documents::{Document, decode, load, set, set_value};
use super::stored_people::PARTS_AT_ONCE;
use crate::host::{Host, StorageError, Write};

/// The most parts of one text: some 33 MB.
const MAX_PARTS: u32 = 400;

/// The text on its way.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Incoming {
    /// The SHA-256 of all of it.
    hash: String,
    /// In how many parts it comes.
    of: u32,
    /// How many are there.
    received: u32,
}

impl Document for Incoming {
    const KEY: &'static str = "configuration";
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
    let mut incoming: Incoming = load(host).await?;
    if part == 0 && (incoming.hash != hash || incoming.of != of) {
        sweep(host).await?;
        incoming = Incoming {
            hash: hash.to_owned(),
            of,
            received: 0,
        };
    }
    let is_next = part <= incoming.received && part < of && of <= MAX_PARTS;
    if !is_next || incoming.hash != hash || incoming.of != of {
        return Ok(Received::OutOfPlace);
    }
    incoming.received = incoming.received.max(part + 1);
    let writes = vec![set(&incoming)?, set_value(key(part), &text)?];
    host.transact(writes).await?;
    if part + 1 < of {
        let next = incoming.received.min(of - 1);
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

/// Deletes the parts that are there, and forgets them last.
pub(super) async fn sweep(host: &impl Host) -> Result<(), StorageError> {
    let incoming: Incoming = load(host).await?;
    let keys: Vec<String> = (0..incoming.received).map(key).collect();
    for keys in keys.chunks(PARTS_AT_ONCE) {
        let mut writes = Vec::new();
        for key in keys {
            writes.push(Write::Delete { key: key.clone() });
        }
        host.transact(writes).await?;
    }
    if incoming.received > 0 {
        host.transact(vec![set(&Incoming::default())?]).await?;
    }
    Ok(())
}
