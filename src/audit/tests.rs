use super::*;
use crate::model::{AccountId, Time};
use serde_json::json;

/// A log with an entry of every kind of field.
pub(super) fn log(count: u32) -> Vec<StoredEntry> {
    let mut log = Vec::new();
    let mut place = LogHead::genesis();
    for seq in 1..=count {
        let entry = Entry {
            on_behalf_of: (seq % 7 == 0).then(|| String::from("712020:somebody")),
            subject: (seq % 3 > 0).then(|| format!("712020:{seq}")),
            subjects: match seq % 3 {
                0 => vec![
                    format!("712020:{seq}"),
                    String::from("712020:\u{c4}\"\\\u{1f600}"),
                ],
                _ => Vec::new(),
            },
            run: Some(format!("run-{}", seq % 4)),
            policy: Some(String::from("idle-90")),
            policy_hash: Some("ab".repeat(32)),
            reason: Some(String::from("not seen in any product for 202 days")),
            approval: (seq % 5 == 0).then(|| ApprovedBy {
                account: String::from("712020:second"),
                reason: Some(String::from("looked at it")),
                reference: Some(String::from("OPS-7")),
            }),
            http: (seq % 3 == 1).then_some(204),
            request: (seq % 3 == 1).then(|| format!("req-{seq}")),
            before: Some(json!({"status": "active"})),
            after: (seq % 3 == 1).then(|| json!({"status": "suspended", "readings": [1, 2]})),
            ..Entry::new(
                Time(1_795_262_400 + i64::from(seq)),
                &match seq % 3 {
                    0 => Actor::Schedule,
                    1 => Actor::Person(AccountId(String::from("712020:admin"))),
                    _ => Actor::Link(AccountId(String::from("712020:reader"))),
                },
                LogAction::Suspend,
                if seq % 3 == 0 {
                    Outcome::Intent
                } else {
                    Outcome::Done
                },
            )
        };
        append(&mut log, &mut place, &entry);
    }
    log
}

fn append(log: &mut Vec<StoredEntry>, place: &mut LogHead, entry: &Entry) {
    let stored = seal(entry, place.seq + 1, &place.hash);
    *place = place_of(&stored);
    log.push(stored);
}

fn place_of(stored: &StoredEntry) -> LogHead {
    LogHead {
        seq: stored.seq,
        hash: stored.hash.clone(),
    }
}

fn place_before(log: &[StoredEntry], index: usize) -> LogHead {
    match index.checked_sub(1) {
        Some(before) => place_of(&log[before]),
        None => LogHead::genesis(),
    }
}

fn checkpoint(cut: &LogHead) -> Entry {
    Entry {
        after: Some(json!({"seq": cut.seq, "hash": cut.hash})),
        ..Entry::new(
            Time(1_800_000_000),
            &Actor::Schedule,
            LogAction::Checkpoint,
            Outcome::Done,
        )
    }
}

/// Everything that one changed byte or bit of a line can lead to.
fn verify_line(check: &ChainCheck, line: &[u8]) -> LogVerification {
    let mut check = check.clone();
    match std::str::from_utf8(line).map(read_line) {
        Ok(Ok(stored)) => check.take(&stored),
        Ok(Err(why)) => check.refuse(why),
        Err(_) => check.refuse("it is not UTF-8"),
    }
    check.verdict()
}

#[test]
fn every_flipped_bit_of_fifty_entries_is_found_at_its_entry() {
    let log = log(50);
    let mut check = ChainCheck::of_log(Vec::new());
    let mut flips = 0_u32;
    for stored in &log {
        let mut bytes = line(stored).into_bytes();
        for byte in 0..bytes.len() {
            for bit in 0..8 {
                bytes[byte] ^= 1 << bit;
                // Verified from the beginning: the state after the entries before is theirs, whatever comes.
                let verdict = verify_line(&check, &bytes);
                assert!(
                    !verdict.valid,
                    "entry {}, byte {byte}, bit {bit}",
                    stored.seq
                );
                assert_eq!(verdict.last, stored.seq - 1, "byte {byte}, bit {bit}");
                bytes[byte] ^= 1 << bit;
                flips += 1;
            }
        }
        assert!(verify_line(&check, &bytes).valid);
        check.take(stored);
    }
    assert!(check.verdict().valid && flips > 100_000, "{flips}");
}

#[test]
fn a_flipped_bit_is_found_by_reading_all_of_the_log_too() {
    let log = log(50);
    for index in 0..log.len() {
        let mut broken = log.clone();
        let mut bytes = broken[index].entry.clone().into_bytes();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        broken[index].entry = String::from_utf8(bytes).unwrap();
        let verdict = verify(&broken, None);
        assert_eq!(
            verdict.first_misfit,
            Some(log[index].seq),
            "{}",
            verdict.message
        );
    }
}

#[test]
fn every_changed_byte_of_a_thousand_entries_is_found_by_going_on_at_its_entry() {
    let log = log(1_000);
    assert!(verify(&log, None).valid);
    for index in 0..log.len() {
        let before = ChainCheck::after(place_before(&log, index), Vec::new());
        let mut bytes = line(&log[index]).into_bytes();
        for byte in 0..bytes.len() {
            let was = bytes[byte];
            // Another byte at every place, a different one each time.
            bytes[byte] = was.wrapping_add(u8::try_from((index + byte) % 255).unwrap() + 1);
            let verdict = verify_line(&before, &bytes);
            assert_eq!(verdict.first_misfit, Some(log[index].seq), "byte {byte}");
            bytes[byte] = was;
        }
        assert!(verify_line(&before, &bytes).valid);
    }
}

#[test]
fn every_removed_swapped_and_inserted_entry_is_found() {
    let log = log(1_000);
    for index in 0..log.len() {
        let place = place_before(&log, index);
        let rest = &log[index..];
        let is_found = |entries: &[StoredEntry], what: &str| {
            let verdict = verify_from(place.clone(), entries);
            assert!(!verdict.valid, "{what} at {index}");
            verdict.first_misfit
        };
        // Only the entries about the place: what follows them was the same before.
        if let Some(next) = rest.get(1) {
            assert_eq!(
                is_found(std::slice::from_ref(next), "removed"),
                Some(log[index].seq)
            );
            is_found(&[next.clone(), rest[0].clone()], "swapped");
        }
        is_found(&[rest[0].clone(), rest[0].clone()], "doubled");
        let stranger = Entry::new(
            Time(1_795_262_400),
            &Actor::Schedule,
            LogAction::Suspend,
            Outcome::Failed,
        );
        // Whole in itself, with the right number and link, and put before another that keeps its own.
        let inserted = seal(&stranger, rest[0].seq, &place.hash);
        is_found(&[inserted.clone(), rest[0].clone()], "inserted");
        // The same in the place of another.
        if let Some(next) = rest.get(1) {
            assert_eq!(
                is_found(&[inserted, next.clone()], "replaced"),
                Some(next.seq)
            );
        }
    }
}

#[test]
fn a_whole_log_is_not_proven_to_its_end_without_an_anchor() {
    let log = log(5);
    let verdict = verify(&log, None);
    assert!(verdict.valid && !verdict.tail_proven);
    assert!(
        verdict.message.contains("not proven"),
        "{}",
        verdict.message
    );
    let anchor = place_of(&log[4]);
    let verdict = verify(&log, Some(anchor.clone()));
    assert!(verdict.valid && verdict.tail_proven);
    assert!(
        !verdict.message.contains("not proven"),
        "{}",
        verdict.message
    );
    for cut in 0..5 {
        let verdict = verify(&log[..cut], Some(anchor.clone()));
        assert_eq!(verdict.first_misfit, Some(u32::try_from(cut).unwrap() + 1));
    }
    // An anchor of an earlier day proves what it is of, and not the tail.
    let verdict = verify(&log, Some(place_of(&log[2])));
    assert!(verdict.valid && !verdict.tail_proven);
    let wrong = LogHead {
        seq: 3,
        hash: log[1].hash.clone(),
    };
    assert_eq!(verify(&log, Some(wrong)).first_misfit, Some(3));
    assert!(verify(&[], None).valid);
}

#[test]
fn a_log_may_begin_after_what_a_checkpoint_says_was_cut_and_nowhere_else() {
    let mut whole = log(20);
    let mut head = place_of(&whole[19]);
    let cut = place_of(&whole[9]);
    append(&mut whole, &mut head, &checkpoint(&cut));
    assert!(verify(&whole, None).valid, "before anything is deleted");
    let verdict = verify(&whole[10..], None);
    assert!(verdict.valid, "{}", verdict.message);
    assert!(
        verdict.message.contains("up to 10 were cut"),
        "{}",
        verdict.message
    );
    // One more or one less is missing, and no checkpoint says so.
    for first in [1, 9, 11, 19] {
        let verdict = verify(&whole[first..], None);
        assert_eq!(verdict.first_misfit, Some(whole[first].seq), "{first}");
    }
    assert!(
        !verify(&whole[10..20], None).valid,
        "without the checkpoint"
    );
    // A second cut takes the first one's place.
    let second = place_of(&whole[14]);
    append(&mut whole, &mut head, &checkpoint(&second));
    assert!(verify(&whole[10..], None).valid);
    assert!(verify(&whole[15..], None).valid);
    // A checkpoint that tells another hash of the cut entry.
    let mut other = log(20);
    let mut head = place_of(&other[19]);
    let wrong = LogHead {
        seq: 10,
        hash: other[8].hash.clone(),
    };
    append(&mut other, &mut head, &checkpoint(&wrong));
    assert_eq!(verify(&other[10..], None).first_misfit, Some(21));
}

#[test]
fn a_part_of_a_log_says_what_is_not_proven_of_it() {
    let log = log(20);
    let part = |anchors: Vec<LogHead>| {
        let mut check = ChainCheck::of_part(anchors);
        log[5..15].iter().for_each(|stored| check.take(stored));
        check.verdict()
    };
    let verdict = part(Vec::new());
    assert!(verdict.valid && !verdict.tail_proven);
    assert!(
        verdict.message.contains("before entry 6 is not part"),
        "{}",
        verdict.message
    );
    let both = part(vec![place_of(&log[4]), place_of(&log[14])]);
    assert!(both.valid && both.tail_proven, "{}", both.message);
    assert!(
        both.message.contains("follow the anchored entry 5"),
        "{}",
        both.message
    );
    assert_eq!(part(vec![place_of(&log[15])]).first_misfit, Some(16));
    let wrong = |seq: u32| LogHead {
        seq,
        hash: "c".repeat(64),
    };
    assert_eq!(part(vec![wrong(5)]).first_misfit, Some(6));
    assert_eq!(part(vec![wrong(15)]).first_misfit, Some(15));
}

#[test]
fn an_anchor_is_read_as_it_is_written() {
    let head = LogHead {
        seq: 17,
        hash: "0f".repeat(32),
    };
    assert_eq!(LogHead::parse(&head.to_string()), Some(head.clone()));
    assert_eq!(LogHead::parse(&format!(" {head}\n")), Some(head));
    for text in [
        "",
        "17",
        "17:",
        "17:0F",
        "x:00",
        &format!("1:{}", "G".repeat(64)),
    ] {
        assert_eq!(LogHead::parse(text), None, "{text}");
    }
}
