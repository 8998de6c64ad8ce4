//! The chain: each entry holds its number and the hash of the entry before it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::canonical::{canonical, sha256_hex};
use super::entry::Entry;
use crate::json;

/// An entry in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StoredEntry {
    /// Its number, from 1.
    pub seq: u32,
    /// Canonical JSON of the entry with its number (`seq`) and the hash before it (`previous`).
    pub entry: String,
    /// SHA-256 of `entry`, hexadecimal.
    pub hash: String,
}

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LogVerification {
    /// Whether every entry fits.
    pub valid: bool,
    /// How many entries were looked at.
    pub entries: u32,
    /// The number of the first entry that does not fit.
    pub first_misfit: Option<u32>,
    /// In one sentence.
    pub message: String,
    /// The last entry's hash, to be compared with an anchor: a cut tail shows only there.
    pub head: String,
}

/// The hash before the first entry.
pub fn genesis() -> String {
    "0".repeat(64)
}

/// Puts an entry in its place after another.
pub fn seal(entry: &Entry, seq: u32, previous: &str) -> StoredEntry {
    let mut value = json::value(entry).unwrap_or(Value::Null);
    if let Value::Object(fields) = &mut value {
        fields.insert(String::from("seq"), Value::from(seq));
        fields.insert(String::from("previous"), Value::from(previous));
    }
    let entry = canonical(&value);
    let hash = sha256_hex(&entry);
    StoredEntry { seq, entry, hash }
}

/// Checks entries in order, beginning with number 1: numbers without a gap, each hash and each link. With an anchor (the
/// number and hash of the newest entry as known from elsewhere) a cut tail is found too; without one the answer says so.
pub fn verify(entries: &[StoredEntry], anchor: Option<(u32, &str)>) -> LogVerification {
    let mut previous = genesis();
    let mut expected: u32 = 1;
    for entry in entries {
        if let Err(why) = fits(entry, expected, &previous) {
            return misfit(entries, expected, &previous, why);
        }
        previous.clone_from(&entry.hash);
        expected = expected.saturating_add(1);
    }
    let last = expected.saturating_sub(1);
    let message = match anchor {
        None => format!("{last} entries fit; the tail is not proven without an anchor"),
        Some((seq, hash)) if seq == last && hash == previous => {
            format!("{last} entries fit, and the last one is the anchored one")
        }
        Some((seq, _)) => {
            let why = format!("the log ends at {last}, the anchor says {seq}");
            return misfit(entries, expected, &previous, &why);
        }
    };
    LogVerification {
        valid: true,
        entries: last,
        first_misfit: None,
        message,
        head: previous,
    }
}

fn misfit(entries: &[StoredEntry], seq: u32, head: &str, why: &str) -> LogVerification {
    LogVerification {
        valid: false,
        entries: u32::try_from(entries.len()).unwrap_or(u32::MAX),
        first_misfit: Some(seq),
        message: format!("entry {seq} does not fit: {why}"),
        head: head.to_owned(),
    }
}

fn fits(stored: &StoredEntry, expected: u32, previous: &str) -> Result<(), &'static str> {
    if sha256_hex(&stored.entry) != stored.hash {
        return Err("its hash is not the hash of its text");
    }
    let value = json::parse(&stored.entry).map_err(|_| "its text is not JSON")?;
    if canonical(&value) != stored.entry {
        return Err("its text is not in canonical form");
    }
    let seq = value.get("seq").and_then(Value::as_u64);
    if seq != Some(u64::from(expected)) || stored.seq != expected {
        return Err("its number is not the next one");
    }
    if value.get("previous").and_then(Value::as_str) != Some(previous) {
        return Err("it does not follow the entry before it");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Actor, LogAction, Outcome};
    use crate::model::Time;

    fn log(count: u32) -> Vec<StoredEntry> {
        let mut previous = genesis();
        (1..=count)
            .map(|seq| {
                let entry = Entry {
                    subject: Some(format!("712020:{seq}")),
                    ..Entry::new(
                        Time(i64::from(seq)),
                        &Actor::Schedule,
                        LogAction::Suspend,
                        Outcome::Done,
                    )
                };
                let stored = seal(&entry, seq, &previous);
                previous = stored.hash.clone();
                stored
            })
            .collect()
    }

    #[test]
    fn a_whole_log_fits_and_says_what_is_not_proven() {
        let log = log(5);
        let verification = verify(&log, None);
        assert!(verification.valid);
        assert!(verification.message.contains("not proven"));
        assert!(verify(&log, Some((5, &log[4].hash))).valid);
        assert!(!verify(&log[..4], Some((5, &log[4].hash))).valid);
        assert!(verify(&[], None).valid);
    }

    #[test]
    fn every_removed_swapped_and_doubled_entry_is_found() {
        let log = log(6);
        for index in 0..log.len() - 1 {
            let mut removed = log.clone();
            removed.remove(index);
            let mut swapped = log.clone();
            swapped.swap(index, index + 1);
            let mut doubled = log.clone();
            doubled.insert(index, log[index].clone());
            for broken in [removed, swapped, doubled] {
                assert!(!verify(&broken, None).valid, "{index}");
            }
        }
    }

    #[test]
    fn an_entry_that_follows_another_one_is_found() {
        let mut log = log(3);
        let entry = Entry::new(
            Time(9),
            &Actor::Schedule,
            LogAction::Suspend,
            Outcome::Failed,
        );
        // Whole in itself, with the right number, and put in the place of another.
        log[1] = seal(&entry, 2, &log[0].hash);
        assert_eq!(verify(&log, None).first_misfit, Some(3));
        log[1] = seal(&entry, 2, &genesis());
        assert_eq!(verify(&log, None).first_misfit, Some(2));
    }

    #[test]
    fn every_changed_bit_is_found_at_its_entry() {
        let log = log(3);
        for index in 0..log.len() {
            for byte in 0..log[index].entry.len() {
                let mut bytes = log[index].entry.clone().into_bytes();
                bytes[byte] ^= 1;
                let Ok(text) = String::from_utf8(bytes) else {
                    continue;
                };
                let mut broken = log.clone();
                broken[index].entry = text;
                let verification = verify(&broken, None);
                assert_eq!(
                    verification.first_misfit,
                    Some(u32::try_from(index).unwrap() + 1),
                    "{index} {byte}"
                );
            }
        }
    }
}
