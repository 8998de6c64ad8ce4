//! Globs: `*` stands for any text, also for none; everything else for itself.

/// Whether the whole text fits, capitals told apart.
pub fn fits(glob: &str, text: &str) -> bool {
    let mut signs = glob.chars();
    match signs.next() {
        None => text.is_empty(),
        Some('*') => every_end_of(text).any(|end| fits(signs.as_str(), end)),
        Some(sign) => text
            .strip_prefix(sign)
            .is_some_and(|rest| fits(signs.as_str(), rest)),
    }
}

/// Whether the whole text fits, `A` to `Z` taken for `a` to `z`.
pub fn fits_in_any_case(glob: &str, text: &str) -> bool {
    fits(&glob.to_ascii_lowercase(), &text.to_ascii_lowercase())
}

/// The text itself, then without its first sign, and so on down to no text.
fn every_end_of(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices()
        .filter_map(|(start, _)| text.get(start..))
        .chain([""])
}
