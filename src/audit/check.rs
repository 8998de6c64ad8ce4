//! The verification of a chain, entry by entry: it can stop anywhere and go on from there.

use serde::Serialize;
use serde_json::Value;

use super::action::LogAction;
use super::canonical::{canonical, sha256_hex};
use super::chain::{LogHead, StoredEntry, genesis};
use crate::json;

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
    /// The number of the last entry that fits.
    pub last: u32,
    /// The hash of the last entry that fits, to be compared with an anchor: a cut tail shows only there.
    pub head: String,
    /// Whether the last entry is an anchored one.
    pub tail_proven: bool,
}

/// What the first entry must follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    /// Nothing, or what a checkpoint says was cut.
    Log,
    /// A place that is known.
    Known,
    /// Whatever it says it follows: a part of a log.
    Part,
}

/// A verification under way.
#[derive(Clone, Debug)]
pub struct ChainCheck {
    start: Start,
    anchors: Vec<LogHead>,
    /// The place before the first entry, once there is one.
    before: Option<LogHead>,
    /// The last entry that fits.
    last: LogHead,
    entries: u32,
    /// Whether a checkpoint says that what is missing before the first entry was cut.
    is_cut: bool,
    /// How many anchors an entry agrees with, and the highest of them.
    anchored: u32,
    misfit: Option<(u32, String)>,
}

impl ChainCheck {
    /// Begins at the beginning of a log: with number 1, or after what the retention has cut, which a checkpoint further
    /// on must tell with number and hash (RULES R14). A log must hold every anchored entry that was not cut.
    pub fn of_log(anchors: Vec<LogHead>) -> ChainCheck {
        ChainCheck::begin(Start::Log, None, anchors)
    }

    /// Goes on after a place that was verified.
    pub fn after(place: LogHead, anchors: Vec<LogHead>) -> ChainCheck {
        ChainCheck::begin(Start::Known, Some(place), anchors)
    }

    /// Begins anywhere: what the first entry follows is not proven, unless an anchor names it. The part must reach as far
    /// as every anchor.
    pub fn of_part(anchors: Vec<LogHead>) -> ChainCheck {
        ChainCheck::begin(Start::Part, None, anchors)
    }

    fn begin(start: Start, place: Option<LogHead>, anchors: Vec<LogHead>) -> ChainCheck {
        let mut check = ChainCheck {
            start,
            anchors,
            before: None,
            last: LogHead::genesis(),
            entries: 0,
            is_cut: false,
            anchored: 0,
            misfit: None,
        };
        if let Some(place) = place {
            check.enter(place);
        }
        check
    }

    /// Takes the next entry. After the first that does not fit the others are only counted.
    pub fn take(&mut self, stored: &StoredEntry) {
        self.entries = self.entries.saturating_add(1);
        if self.misfit.is_some() {
            return;
        }
        if let Err(why) = self.fit(stored) {
            let seq = match self.before {
                Some(_) => self.last.seq.saturating_add(1),
                None => stored.seq,
            };
            self.misfit = Some((seq, why.to_owned()));
        }
    }

    /// Refuses what cannot even be read as an entry, in the place of the next one.
    pub fn refuse(&mut self, why: &str) {
        if self.misfit.is_none() {
            self.misfit = Some((self.last.seq.saturating_add(1), why.to_owned()));
        }
    }

    /// The last entry that fits, to go on from another time.
    pub fn place(&self) -> &LogHead {
        &self.last
    }

    /// What would have been found without anchors.
    #[cfg(feature = "evidence")]
    pub(super) fn without_anchors(&self) -> ChainCheck {
        ChainCheck {
            anchors: Vec::new(),
            anchored: 0,
            ..self.clone()
        }
    }

    /// The place before the first entry, once there is one.
    pub fn before(&self) -> Option<&LogHead> {
        self.before.as_ref()
    }

    fn fit(&mut self, stored: &StoredEntry) -> Result<(), &'static str> {
        let value = whole(stored)?;
        let previous = value.get("previous").and_then(Value::as_str);
        let previous = previous.ok_or("it does not say which entry it follows")?;
        if self.before.is_none() {
            self.enter_before(stored.seq, previous)?;
        }
        if self.last.seq.checked_add(1) != Some(stored.seq) {
            return Err("its number is not the next one");
        }
        if previous != self.last.hash {
            return Err("it does not follow the entry before it");
        }
        let place = LogHead {
            seq: stored.seq,
            hash: stored.hash.clone(),
        };
        if self.contradicts(&place) {
            return Err("an anchor says another hash");
        }
        if value.get("action").and_then(Value::as_str) == Some(LogAction::Checkpoint.name()) {
            self.meet_checkpoint(&value)?;
        }
        self.enter(place);
        Ok(())
    }

    /// Decides what is before the first entry.
    fn enter_before(&mut self, seq: u32, previous: &str) -> Result<(), &'static str> {
        let Some(before) = seq.checked_sub(1) else {
            return Err("its number is none");
        };
        if before == 0 && previous != genesis() {
            return Err("it is the first and says that it follows another");
        }
        let before = LogHead {
            seq: before,
            hash: previous.to_owned(),
        };
        if self.contradicts(&before) {
            return Err("an anchor says another hash of the entry before it");
        }
        self.enter(before);
        Ok(())
    }

    fn enter(&mut self, place: LogHead) {
        let agreeing = self.anchors.iter().filter(|anchor| **anchor == place);
        let agreeing = u32::try_from(agreeing.count()).unwrap_or(u32::MAX);
        self.anchored = self.anchored.saturating_add(agreeing);
        if self.before.is_none() {
            self.before = Some(place.clone());
        }
        self.last = place;
    }

    fn contradicts(&self, place: &LogHead) -> bool {
        let mut of_it = self.anchors.iter().filter(|anchor| anchor.seq == place.seq);
        of_it.any(|anchor| anchor.hash != place.hash)
    }

    /// A checkpoint that tells of the cut before the first entry must tell its very hash.
    fn meet_checkpoint(&mut self, value: &Value) -> Result<(), &'static str> {
        let after = value.get("after");
        let seq = after.and_then(|after| after.get("seq"));
        let hash = after.and_then(|after| after.get("hash"));
        let (Some(seq), Some(hash)) = (seq.and_then(Value::as_u64), hash.and_then(Value::as_str))
        else {
            return Err("it is a checkpoint that does not say what was cut");
        };
        if let Some(before) = &self.before
            && u64::from(before.seq) == seq
        {
            if before.hash != hash {
                return Err("it tells another hash of the last entry that was cut");
            }
            self.is_cut = true;
        }
        Ok(())
    }

    /// What was found, with nothing more to come.
    pub fn verdict(&self) -> LogVerification {
        match self.misfit.clone().or_else(|| self.missing()) {
            Some((seq, why)) => self.found(Some(seq), format!("entry {seq} does not fit: {why}")),
            None => self.found(None, self.praise()),
        }
    }

    fn found(&self, first_misfit: Option<u32>, message: String) -> LogVerification {
        LogVerification {
            valid: first_misfit.is_none(),
            entries: self.entries,
            first_misfit,
            message,
            last: self.last.seq,
            head: self.last.hash.clone(),
            tail_proven: first_misfit.is_none() && self.anchors.contains(&self.last),
        }
    }

    /// What must be there and is not.
    fn missing(&self) -> Option<(u32, String)> {
        let first = self.before.as_ref().map_or(0, |before| before.seq);
        if self.start == Start::Log && first > 0 && !self.is_cut {
            let why =
                "the log begins with it, and no checkpoint says that what was before it was cut";
            return Some((first.saturating_add(1), why.to_owned()));
        }
        let beyond = |anchor: &&LogHead| anchor.seq > self.last.seq;
        let anchor = self.anchors.iter().find(beyond)?;
        let why = format!(
            "the log ends at {}, the anchor says {}",
            self.last.seq, anchor.seq
        );
        Some((self.last.seq.saturating_add(1), why))
    }

    fn praise(&self) -> String {
        let mut text = format!("{} entries fit", self.entries);
        if let Some(before) = &self.before
            && before.seq > 0
            && self.start != Start::Known
        {
            let rest = if self.is_cut {
                format!(
                    "; those up to {} were cut, as a checkpoint says",
                    before.seq
                )
            } else if self.anchors.contains(before) {
                format!("; they follow the anchored entry {}", before.seq)
            } else {
                format!(
                    "; what is before entry {} is not part of it",
                    before.seq + 1
                )
            };
            text.push_str(&rest);
        }
        text.push_str(&if self.anchors.contains(&self.last) {
            String::from(", and the last one is the anchored one")
        } else if self.anchored > 0 {
            String::from(
                "; anchors agree, but the tail is not proven: none of them is of the last entry",
            )
        } else {
            String::from("; the tail is not proven without an anchor")
        });
        text
    }
}

/// Checks an entry by itself: its hash, its form, its number.
fn whole(stored: &StoredEntry) -> Result<Value, &'static str> {
    if sha256_hex(&stored.entry) != stored.hash {
        return Err("its hash is not the hash of its text");
    }
    let value = json::parse(&stored.entry).map_err(|_| "its text is not JSON")?;
    if canonical(&value) != stored.entry {
        return Err("its text is not in canonical form");
    }
    if value.get("seq").and_then(Value::as_u64) != Some(u64::from(stored.seq)) {
        return Err("its text tells another number");
    }
    Ok(value)
}

/// Checks a whole log in order: numbers without a gap, each hash and each link. With an anchor (the number and hash of an
/// entry as known from elsewhere) a cut tail is found too; without one the answer says so.
pub fn verify(entries: &[StoredEntry], anchor: Option<LogHead>) -> LogVerification {
    verify_with(ChainCheck::of_log(anchor.into_iter().collect()), entries)
}

/// Checks entries after a place that was verified, to go on where another verification ended.
pub fn verify_from(place: LogHead, entries: &[StoredEntry]) -> LogVerification {
    verify_with(ChainCheck::after(place, Vec::new()), entries)
}

fn verify_with(mut check: ChainCheck, entries: &[StoredEntry]) -> LogVerification {
    for entry in entries {
        check.take(entry);
    }
    check.verdict()
}
