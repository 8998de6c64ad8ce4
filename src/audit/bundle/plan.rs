//! A frozen plan as lines: one person each, with an empty line between its parts, so that its hash can be computed again.

use crate::audit::sha256_hex;

/// Writes a part, a JSON list, as lines; the items keep their very texts. `None` for a text that is no list.
pub(super) fn lines(part: &str) -> Option<String> {
    let inside = part.strip_prefix('[')?.strip_suffix(']')?;
    let mut out = String::with_capacity(inside.len() + 1);
    let (mut depth, mut is_text, mut is_escaped) = (0_u32, false, false);
    for sign in inside.chars() {
        if is_text {
            is_text = is_escaped || sign != '"';
            is_escaped = sign == '\\' && !is_escaped;
        } else {
            match sign {
                '"' => is_text = true,
                '{' | '[' => depth += 1,
                '}' | ']' => depth = depth.checked_sub(1)?,
                '\n' => return None,
                _ => {}
            }
        }
        out.push(if sign == ',' && depth == 0 && !is_text {
            '\n'
        } else {
            sign
        });
    }
    out.push('\n');
    Some(out)
}

/// The hash of a plan from its lines, as the app computes it over the stored parts.
pub(super) fn hash(lines: &str) -> String {
    let hashes: String = parts(lines).map(|part| sha256_hex(&part)).collect();
    sha256_hex(&hashes)
}

/// The parts of which lines were made.
fn parts(lines: &str) -> impl Iterator<Item = String> {
    let parts = lines.strip_suffix('\n').unwrap_or(lines).split("\n\n");
    parts
        .filter(|part| !part.is_empty())
        .map(|part| ["[", &part.replace('\n', ","), "]"].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_the_very_text_and_its_hash() {
        let first = r#"[{"a":"x,y\"],[","b":[1,{"c":2}]},{"a":"\\"},{}]"#;
        let second = r#"[{"z":1}]"#;
        assert_eq!(
            lines(first).unwrap(),
            "{\"a\":\"x,y\\\"],[\",\"b\":[1,{\"c\":2}]}\n{\"a\":\"\\\\\"}\n{}\n"
        );
        let both = format!("{}\n{}", lines(first).unwrap(), lines(second).unwrap());
        let expected = sha256_hex(&[sha256_hex(first), sha256_hex(second)].concat());
        assert_eq!(hash(&both), expected);
        assert_ne!(hash(&both.replace("\n\n", "\n")), expected);
        assert_eq!(hash(""), sha256_hex(""));
        assert_eq!(lines("{}"), None);
    }
}
