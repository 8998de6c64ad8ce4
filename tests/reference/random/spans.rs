//! Random lengths of time.

use seatkeeper::policy::Span;

use super::dice::Dice;
use crate::reference::calendar::span;

/// The lengths that policies are written with, and those at the edges of the calendar.
const USUAL: [&str; 16] = [
    "1h", "23h", "24h", "25h", "1d", "14d", "30d", "90d", "1w", "13w", "1mo", "2mo", "6mo", "12mo",
    "1y", "4y",
];

/// Longer than any calendar of people.
const LONGEST: [&str; 6] = ["10000h", "10000d", "10000w", "10000mo", "80y", "10000y"];

/// A length of time that is more than nothing.
pub fn some_span(dice: &mut Dice) -> Span {
    if dice.chance(3) {
        return span(dice.word(&LONGEST));
    }
    if dice.chance(70) {
        return span(dice.word(&USUAL));
    }
    let (unit, most) = *dice.one_of(&[("h", 3_000), ("d", 800), ("w", 120), ("mo", 60), ("y", 30)]);
    let number = dice.between(1, most);
    span(&format!("{number}{unit}"))
}

/// A length of time, nothing included.
pub fn margin(dice: &mut Dice) -> Span {
    match dice.below(4) {
        0 => span("0h"),
        1 => some_span(dice),
        _ => span("24h"),
    }
}
