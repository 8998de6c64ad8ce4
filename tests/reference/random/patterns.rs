//! Random patterns that have a chance to fit the words they were made from.

use seatkeeper::policy::Pattern;

use super::dice::Dice;

/// One to three patterns from some words.
pub fn patterns(dice: &mut Dice, words: &[&str]) -> Vec<Pattern> {
    let count = 1 + dice.below(3);
    dice.several(count, |dice| {
        let word = dice.word(words);
        Pattern(bent(dice, word))
    })
}

/// A word as it is, in other capitals, or with stars in it; never a blank.
fn bent(dice: &mut Dice, word: &str) -> String {
    let bent = match dice.below(9) {
        0..=2 => word.to_owned(),
        3 => other_capitals(word),
        4 => format!("{}*", head(dice, word)),
        5 => format!("*{}", tail(dice, word)),
        6 => format!("{}*{}", head(dice, word), tail(dice, word)),
        7 => {
            let head = head(dice, word);
            format!("*{}*", tail(dice, &head))
        }
        _ => dice
            .word(&[
                "*",
                "**",
                "*.*",
                "*-*",
                "*a*",
                "?*",
                "*é*",
                "*nobody-is-called-so",
            ])
            .to_owned(),
    };
    if bent.trim().is_empty() {
        String::from("*")
    } else {
        bent
    }
}

fn other_capitals(word: &str) -> String {
    let other = |sign: char| {
        if sign.is_ascii_lowercase() {
            sign.to_ascii_uppercase()
        } else {
            sign.to_ascii_lowercase()
        }
    };
    word.chars().map(other).collect()
}

fn head(dice: &mut Dice, word: &str) -> String {
    let length = cut(dice, word);
    word.chars().take(length).collect()
}

fn tail(dice: &mut Dice, word: &str) -> String {
    let length = cut(dice, word);
    word.chars().skip(length).collect()
}

fn cut(dice: &mut Dice, word: &str) -> usize {
    let signs = u32::try_from(word.chars().count()).expect("a short word");
    usize::try_from(dice.below(signs + 1)).expect("a small number")
}
