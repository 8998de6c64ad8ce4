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

#[cfg(test)]
mod tests {
    #[test]
    fn no_id_leaves_its_segment() {
        assert_eq!(super::segment("557058:4f-a_b"), "557058%3A4f-a_b");
        assert_eq!(super::segment("../../x?y#z"), "%2E%2E%2F%2E%2E%2Fx%3Fy%23z");
    }
}
