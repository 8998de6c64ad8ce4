//! The laws of three-valued logic, for every value there is.

use seatkeeper::model::Truth::{self, False, True, Unknown};

const ALL: [Truth; 3] = [False, Unknown, True];

fn pairs() -> impl Iterator<Item = (Truth, Truth)> {
    ALL.into_iter().flat_map(|a| ALL.map(|b| (a, b)))
}

fn triples() -> impl Iterator<Item = (Truth, Truth, Truth)> {
    pairs().flat_map(|(a, b)| ALL.map(|c| (a, b, c)))
}

#[test]
fn known_values_are_those_of_two_valued_logic() {
    for a in [false, true] {
        assert_eq!(Truth::from(a).negate(), Truth::from(!a));
        for b in [false, true] {
            assert_eq!(Truth::from(a).and(b.into()), Truth::from(a && b));
            assert_eq!(Truth::from(a).or(b.into()), Truth::from(a || b));
        }
    }
}

#[test]
fn the_order_of_conditions_does_not_matter() {
    for (a, b) in pairs() {
        assert_eq!(a.and(b), b.and(a), "{a:?} {b:?}");
        assert_eq!(a.or(b), b.or(a), "{a:?} {b:?}");
    }
    for (a, b, c) in triples() {
        assert_eq!(a.and(b).and(c), a.and(b.and(c)), "{a:?} {b:?} {c:?}");
        assert_eq!(a.or(b).or(c), a.or(b.or(c)), "{a:?} {b:?} {c:?}");
    }
}

#[test]
fn all_and_any_distribute_over_each_other() {
    for (a, b, c) in triples() {
        assert_eq!(a.and(b.or(c)), a.and(b).or(a.and(c)), "{a:?} {b:?} {c:?}");
        assert_eq!(a.or(b.and(c)), a.or(b).and(a.or(c)), "{a:?} {b:?} {c:?}");
    }
}

#[test]
fn not_turns_all_into_any() {
    for (a, b) in pairs() {
        assert_eq!(a.and(b).negate(), a.negate().or(b.negate()), "{a:?} {b:?}");
        assert_eq!(a.or(b).negate(), a.negate().and(b.negate()), "{a:?} {b:?}");
    }
    for a in ALL {
        assert_eq!(a.negate().negate(), a);
    }
}

#[test]
fn a_condition_said_twice_says_no_more() {
    for a in ALL {
        assert_eq!(a.and(a), a);
        assert_eq!(a.or(a), a);
    }
    for (a, b) in pairs() {
        assert_eq!(a.and(a.or(b)), a, "{a:?} {b:?}");
        assert_eq!(a.or(a.and(b)), a, "{a:?} {b:?}");
    }
}

#[test]
fn true_and_false_are_neutral_or_decide() {
    for a in ALL {
        assert_eq!(a.and(True), a);
        assert_eq!(a.or(False), a);
        assert_eq!(a.and(False), False);
        assert_eq!(a.or(True), True);
    }
}

/// What sets this logic apart: a condition or its opposite need not hold.
#[test]
fn unknown_or_its_opposite_is_unknown() {
    assert_eq!(Unknown.or(Unknown.negate()), Unknown);
    assert_eq!(Unknown.and(Unknown.negate()), Unknown);
}
