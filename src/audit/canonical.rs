//! Canonical JSON (RFC 8785) and its hash.

use serde_json::Value;
use sha2::{Digest, Sha256};

/// Writes a value in the canonical form of RFC 8785: keys sorted, no white space, shortest escapes. Numbers must be
/// whole and within ±2⁵³, which is all that entries hold; others are written as serde_json writes them.
pub fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write(item, text);
            }
            text.push(']');
        }
        Value::Object(fields) => {
            // RFC 8785 §3.2.3 sorts by UTF-16 code units.
            let mut sorted: Vec<(&String, &Value)> = Vec::with_capacity(fields.len());
            for field in fields {
                let place = sorted
                    .partition_point(|(key, _)| key.encode_utf16().lt(field.0.encode_utf16()));
                sorted.insert(place, field);
            }
            text.push('{');
            for (index, (key, item)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write(item, text);
            }
            text.push('}');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

/// SHA-256 of a text, in lower-case hexadecimal.
pub fn sha256_hex(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_by_utf16_and_strings_escaped_shortly() {
        // The example of RFC 8785 §3.2.3, with the numbers left out.
        let value = json!({
            "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew", "1": "One",
            "\u{1f600}": "Emoji", "\u{80}": "Control", "\u{f6}": "Latin"
        });
        let order: Vec<String> = [
            "\r",
            "1",
            "\u{80}",
            "\u{f6}",
            "\u{20ac}",
            "\u{1f600}",
            "\u{fb33}",
        ]
        .iter()
        .map(|key| Value::from(*key).to_string())
        .collect();
        let text = canonical(&value);
        let places: Vec<usize> = order
            .iter()
            .map(|key| text.find(key.as_str()).unwrap())
            .collect();
        assert!(places.is_sorted(), "{text}");
        assert_eq!(
            canonical(&json!("\u{8}\t\n\u{c}\r\"\\\u{1f}/")),
            r#""\b\t\n\f\r\"\\\u001f/""#
        );
        assert_eq!(
            canonical(&json!({"b": [1, true, null], "a": {}})),
            r#"{"a":{},"b":[1,true,null]}"#
        );
    }

    #[test]
    fn the_hash_is_sha256() {
        assert_eq!(
            sha256_hex("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
