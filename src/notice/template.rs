//! Templates: text with variables, filled in.

use super::mail::one_line;

/// The variables of a warning.
pub(super) const VARIABLES: [&str; 11] = [
    "name", "step", "product", "site", "date", "seen", "reason", "policy", "contact", "keepLink",
    "backLink",
];

/// What variables stand for; one without a value is absent.
pub(super) type Values<'a> = [(&'static str, Option<&'a str>)];

/// The first name in braces of a template that is no variable of a warning.
pub fn unknown_variable(template: &str) -> Option<&str> {
    first_other(template, &VARIABLES)
}

/// The first name in braces of a template that is none of some variables.
pub(super) fn first_other<'t>(template: &'t str, variables: &[&str]) -> Option<&'t str> {
    let mut names = template.split('{').skip(1).filter_map(name_before);
    names.find_map(|(name, _)| (!variables.contains(&name)).then_some(name))
}

/// The name that a text behind a brace begins with, up to the other brace, and what follows.
fn name_before(text: &str) -> Option<(&str, &str)> {
    let (name, after) = text.split_once('}')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_name.then_some((name, after))
}

/// The lines of a template with its variables filled in; those without a value take their line with them.
pub(super) fn fill(template: &str, values: &Values<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in template.lines() {
        if let Some(line) = fill_line(line, values) {
            lines.push(line);
        }
    }
    lines
}

fn fill_line(line: &str, values: &Values<'_>) -> Option<String> {
    let mut filled = String::with_capacity(line.len());
    for piece in pieces(line) {
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Variable(name) => {
                let mut known = values.iter();
                let (_, value) = known.find(|(known, _)| *known == name)?;
                filled.push_str(&one_line((*value)?));
            }
        }
    }
    Some(filled)
}

enum Piece<'t> {
    Text(&'t str),
    Variable(&'t str),
}

/// A text in pieces. A brace that begins no name of letters is text.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        match name_before(after) {
            Some((name, after)) => {
                pieces.push(Piece::Text(before));
                pieces.push(Piece::Variable(name));
                rest = after;
            }
            None => {
                let end = before.len() + 1;
                let (text, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
                pieces.push(Piece::Text(text));
                rest = after;
            }
        }
    }
    pieces.push(Piece::Text(rest));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_filled_in_and_lines_without_a_value_left_out() {
        let values = [
            ("name", Some("Ada")),
            ("contact", None),
            ("reason", Some("{name}\nis\tidle")),
        ];
        for (template, expected) in [
            ("Hello {name},", vec!["Hello Ada,"]),
            ("a\n\nb", vec!["a", "", "b"]),
            ("Ask {contact}.\nBye {name}", vec!["Bye Ada"]),
            // What a variable stands for is no template, and stays on its line.
            ("{reason}", vec!["{name} is idle"]),
            ("{nobody} knows", vec![]),
            (
                "{ name } {} {na me} { {name}",
                vec!["{ name } {} {na me} { Ada"],
            ),
            ("{{name}}", vec!["{Ada}"]),
            ("", vec![]),
        ] {
            assert_eq!(fill(template, &values), expected, "{template:?}");
        }
    }

    #[test]
    fn a_name_that_is_no_variable_is_found() {
        for (template, expected) in [
            ("{name} {Name} {link}", Some("Name")),
            ("{name} {} {a b} {date}", None),
        ] {
            assert_eq!(unknown_variable(template), expected);
        }
    }
}
