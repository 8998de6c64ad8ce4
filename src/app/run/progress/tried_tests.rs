//! Too many failures, at the exact boundaries, judged in the order of the calls.

use super::*;

/// What came of calls, a letter for each in their order: `S` accepted, `F` refused, `U` without a clear answer.
fn called(progress: &mut Progress, from: u32, letters: &str) {
    for (step, letter) in (from..).zip(letters.bytes()) {
        progress.open_with(step, |_| {});
        let went = match letter {
            b'S' => Went::Well,
            b'F' => Went::Wrong,
            _ => Went::NotKnown,
        };
        progress.called(step, went);
    }
}

fn after(letters: &str) -> Progress {
    let mut progress = Progress::default();
    called(&mut progress, 0, letters);
    progress
}

/// What another invocation loads.
fn stored(progress: &Progress) -> Progress {
    Progress {
        base: serde_json::from_str(&serde_json::to_string(&progress.base).unwrap()).unwrap(),
        ..Progress::default()
    }
}

#[test]
fn five_in_a_row_are_too_many_wherever_groups_and_batches_begin() {
    for (calls, is_failing) in [
        ("", false),
        ("FFFF", false),
        ("FFFFF", true),
        ("SFFFF", false),
        // Two groups of calls at once, and the row lies in both.
        ("SFFFFFSSSS", true),
        ("SFFFFSFSSS", false),
        ("FFSFFSF", false),
        // What is not settled neither makes a row nor is a success.
        ("UUUUU", false),
        ("FFUFF", false),
        ("FFFFFU", true),
    ] {
        let progress = after(calls);
        assert_eq!(progress.is_failing(), is_failing, "{calls}");
        assert_eq!(
            stored(&progress).is_failing(),
            is_failing,
            "{calls} resumed"
        );
    }
}

#[test]
fn more_than_five_of_the_last_hundred_are_too_many() {
    let scattered = |failures: usize, calls: usize| {
        let mut letters = "FS".repeat(failures);
        letters.push_str(&"S".repeat(calls - 2 * failures));
        after(&letters).is_failing()
    };
    for (failures, calls, is_failing) in [
        (5, 10, false),
        (5, 100, false),
        (6, 12, true),
        (6, 100, true),
        // The first of six is just looked back upon no more.
        (6, 101, false),
    ] {
        assert_eq!(
            scattered(failures, calls),
            is_failing,
            "{failures} of {calls}"
        );
    }
}

#[test]
fn refusals_are_settled_at_once_and_no_row_for_that() {
    // Accepted acts that are seen a batch later, and five refusals between them.
    let mut progress = after("FSSFSSFSSFSSFSS");
    for step in (0..15).step_by(3) {
        progress.settle(step, End::Refused, None);
    }
    assert!(!progress.is_failing());
    let mut progress = stored(&progress);
    for step in (0..15).filter(|step| step % 3 != 0) {
        progress.settle(step, End::Verified, None);
    }
    assert!(!progress.is_failing());
    // A sixth is one too many.
    called(&mut progress, 15, "F");
    assert!(progress.is_failing());
}

#[test]
fn what_comes_of_a_call_counts_at_its_place() {
    for (calls, ends, is_failing) in [
        // Without an answer, and found not done.
        ("FFUFF", vec![(2, End::Unclear)], true),
        ("FFUFF", vec![(2, End::Verified)], false),
        ("FFUFF", vec![(2, End::Doubtful)], false),
        // Accepted, and never seen.
        ("FFSFF", vec![(2, End::Unclear)], true),
        (
            "SSSSS",
            (0..5).map(|step| (step, End::Unclear)).collect(),
            true,
        ),
        (
            "SSSSS",
            (0..4).map(|step| (step, End::Unclear)).collect(),
            false,
        ),
        // Refused, and somebody else had done it.
        ("FFFFF", vec![(2, End::Skipped)], false),
        ("FFFFF", vec![(2, End::Refused)], true),
    ] {
        let mut progress = stored(&after(calls));
        for (step, end) in &ends {
            progress.settle(*step, *end, None);
        }
        assert_eq!(progress.is_failing(), is_failing, "{calls} {ends:?}");
    }
}

#[test]
fn a_call_that_is_made_again_keeps_its_place() {
    let mut progress = stored(&after("FFUFF"));
    called(&mut progress, 2, "U");
    assert_eq!(
        (progress.is_failing(), progress.bad_at_the_end()),
        (false, 5)
    );
    called(&mut progress, 2, "S");
    assert_eq!(
        (progress.is_failing(), progress.bad_at_the_end()),
        (false, 2)
    );
    called(&mut progress, 2, "F");
    assert!(progress.is_failing());
    // Long ago it is a new one.
    let mut progress = after("U");
    called(&mut progress, 1, &"S".repeat(100));
    called(&mut progress, 0, "F");
    assert_eq!(progress.bad_at_the_end(), 1);
}

#[test]
fn what_was_tried_in_an_invocation_that_was_killed_counts_when_it_is_settled() {
    let mut progress = Progress::default();
    for step in 0..4 {
        progress.settle(step, End::Refused, None);
        progress.settle(10 + step, End::Skipped, None);
        assert!(!progress.is_failing());
    }
    progress.settle(4, End::Broken, None);
    assert!(progress.is_failing());
}

#[test]
fn an_act_of_several_that_is_done_ends_a_row() {
    let mut progress = after("FFU");
    progress.act_done(2);
    called(&mut progress, 3, "FF");
    assert!(!progress.is_failing());
    assert_eq!(progress.bad_at_the_end(), 2);
}
