//! Text in paths.

/// Percent-encodes one segment of a path: everything but unreserved signs, so that no id can leave its segment.
pub(super) fn segment(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~') {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

/// A text with its percent-encoding taken away; one that is none stays as it is.
pub(super) fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let encoded = after.split_first_chunk::<2>();
        let encoded = encoded.and_then(|([high, low], after)| {
            let (high, low) = (nibble(*high)?, nibble(*low)?);
            Some((high << 4 | low, after))
        });
        let (sign, left) = match encoded {
            Some((decoded, left)) if *byte == b'%' => (decoded, left),
            _ => (*byte, after),
        };
        bytes.push(sign);
        rest = left;
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn nibble(sign: u8) -> Option<u8> {
    match sign {
        b'0'..=b'9' => Some(sign - b'0'),
        b'a'..=b'f' => Some(sign - b'a' + 10),
        b'A'..=b'F' => Some(sign - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_was_encoded_is_decoded() {
        for (encoded, text) in [
            ("a%2Bb%3d", "a+b="),
            ("100%", "100%"),
            ("%4", "%4"),
            ("%zz", "%zz"),
            ("%C3%A4", "ä"),
            ("%C3", "%C3"),
        ] {
            assert_eq!(super::unescaped(encoded), text);
        }
    }

    #[test]
    fn no_id_leaves_its_segment() {
        assert_eq!(super::segment("557058:4f-a_b"), "557058%3A4f-a_b");
        assert_eq!(super::segment("../../x?y#z"), "%2E%2E%2F%2E%2E%2Fx%3Fy%23z");
    }
}
