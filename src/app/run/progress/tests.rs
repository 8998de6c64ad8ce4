//! What is known of a run's steps: settled in any order, told in figures, and enough of them failing.

use super::*;

#[test]
fn a_step_is_settled_in_any_order() {
    let mut progress = Progress::default();
    progress.settle(2, End::Verified, None);
    progress.settle(0, End::Skipped, Some("why".into()));
    assert_eq!(progress.unsettled(4).collect::<Vec<_>>(), [1, 3]);
    assert_eq!((progress.note(0), progress.note(2)), (Some("why"), None));
    let planned = Counts {
        matched: 4,
        planned: 4,
        ..Counts::default()
    };
    let counts = progress.counts(planned);
    assert_eq!(
        (
            counts.planned,
            counts.skipped,
            counts.acted,
            counts.verified
        ),
        (2, 1, 1, 1)
    );
}

#[test]
fn only_the_windows_that_were_changed_are_written() {
    let keys = |progress: &Progress| -> Vec<String> {
        let writes = progress.writes("r").unwrap();
        writes
            .into_iter()
            .map(|write| match write {
                Write::Set { key, .. } => key,
                other => panic!("{other:?}"),
            })
            .collect()
    };
    let mut progress = Progress::default();
    progress.settle(WINDOW - 1, End::Verified, None);
    progress.settle(WINDOW, End::Refused, Some("no".into()));
    assert_eq!(
        keys(&progress),
        ["run:r:progress", "run:r:progress:0", "run:r:progress:1"]
    );
    progress.stored();
    assert_eq!(keys(&progress), ["run:r:progress"]);
    progress.settle(WINDOW + 1, End::Skipped, None);
    assert_eq!(keys(&progress), ["run:r:progress", "run:r:progress:1"]);
    assert_eq!(progress.note(WINDOW), Some("no"));
    assert_eq!(progress.fate(WINDOW - 1), Fate::Verified);
}

#[test]
fn a_transaction_has_room_for_two_windows() {
    let fitting = |steps: &[u32]| Progress::fitting(steps.iter().copied());
    assert_eq!(fitting(&[]), 0);
    assert_eq!(fitting(&[0, 1, WINDOW, WINDOW + 1]), 4);
    assert_eq!(fitting(&[0, 2 * WINDOW, 1, WINDOW, 2]), 3);
}

#[test]
fn an_act_of_several_leaves_the_step_open() {
    let mut progress = Progress::default();
    progress.open_with(3, |open| open.attempts = 2);
    assert_eq!(progress.open(3).unwrap().attempts, 2);
    progress.act_done(3);
    assert!(progress.open(3).is_none());
    assert_eq!(
        (progress.acts_done(3), progress.fate(3)),
        (1, Fate::Planned)
    );
    assert!(progress.may_have_acted(3));
}

#[test]
fn an_act_that_somebody_took_back_failed_and_leaves_nothing_to_give_back() {
    let mut progress = Progress::default();
    progress.act_done(0);
    progress.settle(0, End::Gone, Some("somebody took it back".into()));
    let planned = Counts {
        planned: 1,
        ..Counts::default()
    };
    let counts = progress.counts(planned);
    assert_eq!((counts.failed, counts.planned), (1, 0));
    assert_eq!(progress.fate(0), Fate::Failed);
    assert!(progress.may_have_acted(0) && !progress.is_unclear(0));
    assert_eq!(progress.perhaps_acted(), 1);
    // What was done before it comes back; of it, others' deeds are told from the call that was made.
    assert_eq!(progress.acts_perhaps_done(0, 3), 1);
    assert_eq!(progress.acts_perhaps_tried(0, 3), 2);
}

#[test]
fn a_step_whose_second_act_was_refused_failed_and_has_acted() {
    let mut progress = Progress::default();
    progress.act_done(0);
    progress.settle(0, End::Broken, Some("refused".into()));
    let planned = Counts {
        planned: 1,
        ..Counts::default()
    };
    let counts = progress.counts(planned);
    assert_eq!((counts.failed, counts.acted, counts.planned), (1, 0, 0));
    assert_eq!(progress.fate(0), Fate::Failed);
    assert!(progress.may_have_acted(0));
    assert_eq!(progress.perhaps_acted(), 1);
    assert_eq!(progress.acts_perhaps_done(0, 2), 1);
}
