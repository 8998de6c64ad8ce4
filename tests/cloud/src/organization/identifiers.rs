//! Identifiers in the shapes Atlassian uses.

use rand::{Rng, RngExt};

/// A random UUID in its usual spelling.
pub fn uuid(draw: &mut impl Rng) -> String {
    let bits: u128 = draw.random();
    let hex = format!("{bits:032x}");
    format!(
        "{}-{}-4{}-a{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[13..16],
        &hex[17..20],
        &hex[20..]
    )
}

/// An organization id: laid out like a UUID, with letters that no UUID has.
pub fn organization_id(draw: &mut impl Rng) -> String {
    const LETTERS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let layout = uuid(draw);
    layout
        .chars()
        .map(|place| {
            let letter = LETTERS[draw.random_range(0..LETTERS.len())];
            if place == '-' {
                '-'
            } else {
                char::from(letter)
            }
        })
        .collect()
}

/// An account id in one of the three shapes in use: 24 hexadecimal digits, `557058:` and `712020:` with a UUID.
pub fn account_id(draw: &mut impl Rng) -> String {
    match draw.random_range(0..3) {
        0 => {
            let bits: u128 = draw.random();
            format!("{bits:032x}")[..24].to_owned()
        }
        1 => format!("557058:{}", uuid(draw)),
        _ => format!("712020:{}", uuid(draw)),
    }
}
