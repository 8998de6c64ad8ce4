//! `verify`: bundles and files of entries as an auditor has them.

use seatkeeper::audit::bundle::{Bundle, pack, unpack};
use seatkeeper::audit::{Actor, Entry, LogAction, LogHead, Outcome, StoredEntry, line, seal};
use seatkeeper::model::Time;

use crate::run::Folder;

fn log(count: u32) -> Vec<StoredEntry> {
    let mut place = LogHead::genesis();
    let mut log = Vec::new();
    for seq in 1..=count {
        let now = Time(1_795_262_400 + i64::from(seq));
        let entry = Entry::new(now, &Actor::Schedule, LogAction::KeyExpires, Outcome::Done);
        let stored = seal(&entry, seq, &place.hash);
        place = LogHead {
            seq,
            hash: stored.hash.clone(),
        };
        log.push(stored);
    }
    log
}

fn lines(log: &[StoredEntry]) -> String {
    log.iter().map(|stored| line(stored) + "\n").collect()
}

fn anchor(stored: &StoredEntry) -> String {
    format!("{}:{}", stored.seq, stored.hash)
}

fn bundle(log: &[StoredEntry]) -> Vec<u8> {
    let last = log.last().expect("an entry");
    let facts = serde_json::json!({
        "made": "2026-11-22T08:00:00Z",
        "covers": {"from": "2026-11-21T00:00:00Z", "to": "2026-11-22T00:00:00Z"},
        "head": {"seq": last.seq, "hash": last.hash},
    });
    let mut bundle = Bundle::new(serde_json::from_value(facts).expect("facts"));
    bundle.add_entries(log);
    bundle.finish()
}

#[test]
fn a_whole_file_fits_and_its_tail_needs_an_anchor() {
    let mut folder = Folder::new();
    let log = log(5);
    folder = folder.with("entries.jsonl", lines(&log));
    folder = folder.with("bundle.zip", bundle(&log));
    for file in ["entries.jsonl", "bundle.zip"] {
        let answer = folder.run(&["verify", file]);
        assert_eq!(answer.code, Some(0), "{answer:?}");
        assert!(answer.out.ends_with("tail not proven\n"), "{answer:?}");
        assert!(answer.out.contains(&anchor(&log[4])), "{answer:?}");
        let answer = folder.run(&["verify", file, "--anchor", &anchor(&log[4])]);
        assert_eq!(answer.code, Some(0), "{answer:?}");
        assert!(answer.out.ends_with("\ntail proven\n"), "{answer:?}");
    }
}

#[test]
fn the_first_entry_that_does_not_fit_is_named() {
    let mut folder = Folder::new();
    let log = log(5);
    let changed = lines(&log).replace("2026-11-21T12:00:03Z", "2026-11-21T12:00:04Z");
    folder = folder.with("changed.jsonl", &changed);
    folder
        .run(&["verify", "changed.jsonl"])
        .is_wrong(&["entry 3 does not fit"]);
    folder = folder.with("cut.jsonl", lines(&log[..4]));
    folder
        .run(&["verify", "cut.jsonl", "--anchor", &anchor(&log[4])])
        .is_wrong(&["entry 5 does not fit", "ends at 4"]);
}

#[test]
fn a_bundle_that_was_changed_is_refused() {
    let mut folder = Folder::new();
    let files = unpack(&bundle(&log(5))).expect("files");
    let texts: Vec<(String, String)> = files
        .into_iter()
        .map(|(name, bytes)| (name, String::from_utf8(bytes).expect("text")))
        .collect();
    let changed: Vec<(&str, String)> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.replace("key-expires", "key-expired")))
        .collect();
    folder = folder.with("bundle.zip", pack(&changed));
    folder
        .run(&["verify", "bundle.zip"])
        .is_wrong(&["entry 1 does not fit", "entries.jsonl was changed"]);
    folder = folder.with("bundle.zip", "PK and nothing else");
    folder
        .run(&["verify", "bundle.zip"])
        .is_wrong(&["no whole zip archive", "download the bundle again"]);
    let answer = folder.run(&["verify", "bundle.zip", "--anchor", "5:x"]);
    assert_eq!(answer.code, Some(2), "{answer:?}");
}
