//! JSON read in one pass over its bytes: what is wanted is borrowed, what is not is passed over eight bytes at a time.
//!
//! Only for the pages of people, of which an organization has hundreds of megabytes (docs/decisions/0004); everything
//! else is read by [`crate::json`]. What is passed over is checked for its brackets and texts, not for its grammar.

use std::borrow::Cow;

/// The text is not the JSON that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotJson;

pub(super) type Scanned<T> = Result<T, NotJson>;

/// How deep lists and objects may stand in one another in what is passed over.
const MAX_DEPTH: u32 = 64;

/// The keys of objects that are written alike: each is first looked for where it stood the last time.
#[derive(Debug)]
pub(super) struct Shape<F: 'static> {
    fields: &'static [(&'static str, F)],
    /// The keys in their order, as they are written with quotes and colon.
    tokens: Vec<(Box<[u8]>, Option<F>)>,
}

/// A shape remembers no more keys than this: an object with more is not one of the API's.
const MAX_TOKENS: usize = 64;

impl<F: Copy> Shape<F> {
    pub(super) fn new(fields: &'static [(&'static str, F)]) -> Shape<F> {
        Shape {
            fields,
            tokens: Vec::new(),
        }
    }
}

/// Reads a text of JSON from front to back.
#[derive(Debug)]
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Scanner<'a> {
        Scanner { text, at: 0 }
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Scanned<u8> {
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                Some(byte) => return Ok(*byte),
                None => return Err(NotJson),
            }
        }
    }

    /// Whether the next byte is this one; it is taken then.
    fn takes(&mut self, byte: u8) -> Scanned<bool> {
        let is_next = self.peek()? == byte;
        self.at += usize::from(is_next);
        Ok(is_next)
    }

    fn expect(&mut self, byte: u8) -> Scanned<()> {
        match self.takes(byte)? {
            true => Ok(()),
            false => Err(NotJson),
        }
    }

    /// Nothing but white space may be left.
    pub(super) fn end(&mut self) -> Scanned<()> {
        match self.peek() {
            Ok(_) => Err(NotJson),
            Err(NotJson) => Ok(()),
        }
    }

    /// Reads an object: `on_key` reads the value of each key.
    pub(super) fn object(
        &mut self,
        mut on_key: impl FnMut(&mut Scanner<'a>, &str) -> Scanned<()>,
    ) -> Scanned<()> {
        self.expect(b'{')?;
        if self.takes(b'}')? {
            return Ok(());
        }
        loop {
            let key = self.text()?;
            self.expect(b':')?;
            on_key(self, &key)?;
            if !self.takes(b',')? {
                return self.expect(b'}');
            }
        }
    }

    /// Reads an object of a shape: `on_field` reads the values of the shape's fields, the others are passed over.
    pub(super) fn shaped<F: Copy>(
        &mut self,
        shape: &mut Shape<F>,
        mut on_field: impl FnMut(&mut Scanner<'a>, F) -> Scanned<()>,
    ) -> Scanned<()> {
        self.expect(b'{')?;
        if self.takes(b'}')? {
            return Ok(());
        }
        let mut place = 0;
        loop {
            match self.field(shape, &mut place)? {
                Some(field) => on_field(self, field)?,
                None => self.pass()?,
            }
            if !self.takes(b',')? {
                return self.expect(b'}');
            }
        }
    }

    /// Reads a key; `place` is where the shape has the one that is expected.
    fn field<F: Copy>(&mut self, shape: &mut Shape<F>, place: &mut usize) -> Scanned<Option<F>> {
        self.peek()?;
        let start = self.at;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        if let Some((token, field)) = shape.tokens.get(*place)
            && rest.starts_with(token)
        {
            *place += 1;
            self.at += token.len();
            return Ok(*field);
        }
        let key = self.text()?;
        self.expect(b':')?;
        let token = self.text.as_bytes().get(start..self.at).ok_or(NotJson)?;
        let known = shape.fields.iter().find(|(name, _)| *name == key);
        let field = known.map(|(_, field)| *field);
        match shape.tokens.iter().position(|(known, _)| **known == *token) {
            Some(found) => *place = found + 1,
            None if shape.tokens.len() < MAX_TOKENS => {
                *place = (*place).min(shape.tokens.len());
                shape.tokens.insert(*place, (token.into(), field));
                *place += 1;
            }
            None => {}
        }
        Ok(field)
    }

    /// Reads a list: `on_element` reads each element.
    pub(super) fn list(
        &mut self,
        mut on_element: impl FnMut(&mut Scanner<'a>) -> Scanned<()>,
    ) -> Scanned<()> {
        self.expect(b'[')?;
        if self.takes(b']')? {
            return Ok(());
        }
        loop {
            on_element(self)?;
            if !self.takes(b',')? {
                return self.expect(b']');
            }
        }
    }

    /// Reads a text.
    pub(super) fn text(&mut self) -> Scanned<Cow<'a, str>> {
        if self.peek()? != b'"' {
            return Err(NotJson);
        }
        let start = self.at;
        let is_plain = self.pass_text()?;
        if is_plain {
            let inner = self.text.get(start + 1..self.at - 1).ok_or(NotJson)?;
            return Ok(Cow::Borrowed(inner));
        }
        let quoted = self.text.get(start..self.at).ok_or(NotJson)?;
        serde_json::from_str(quoted)
            .map(Cow::Owned)
            .map_err(|_| NotJson)
    }

    /// Reads a text, or `null` as none.
    pub(super) fn text_or_null(&mut self) -> Scanned<Option<Cow<'a, str>>> {
        match self.is_null()? {
            true => Ok(None),
            false => self.text().map(Some),
        }
    }

    /// Reads `true`, `false`, or `null` as none.
    pub(super) fn boolean_or_null(&mut self) -> Scanned<Option<bool>> {
        self.peek()?;
        for (word, value) in [("true", Some(true)), ("false", Some(false)), ("null", None)] {
            if self.takes_word(word) {
                return Ok(value);
            }
        }
        Err(NotJson)
    }

    /// Whether the next value is `null`; it is taken then.
    pub(super) fn is_null(&mut self) -> Scanned<bool> {
        Ok(self.peek()? == b'n' && self.takes_word("null"))
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let is_next = rest.starts_with(word.as_bytes());
        self.at += if is_next { word.len() } else { 0 };
        is_next
    }

    /// Passes over a value and answers its text.
    pub(super) fn raw(&mut self) -> Scanned<&'a str> {
        self.peek()?;
        let start = self.at;
        self.pass()?;
        self.text.get(start..self.at).ok_or(NotJson)
    }

    /// Passes over a value and answers its text, or `null` as none.
    pub(super) fn raw_or_null(&mut self) -> Scanned<Option<&'a str>> {
        match self.is_null()? {
            true => Ok(None),
            false => self.raw().map(Some),
        }
    }

    /// Passes over a value.
    pub(super) fn pass(&mut self) -> Scanned<()> {
        // One bit for each open bracket: 1 for an object, 0 for a list.
        let (mut open, mut depth) = (0_u64, 0_u32);
        loop {
            match self.peek()? {
                b'"' => {
                    self.pass_text()?;
                }
                byte @ (b'{' | b'[') => {
                    if depth == MAX_DEPTH {
                        return Err(NotJson);
                    }
                    open = open << 1 | u64::from(byte == b'{');
                    depth += 1;
                    self.at += 1;
                    continue;
                }
                byte @ (b'}' | b']') => {
                    if depth == 0 || (open & 1 == 1) != (byte == b'}') {
                        return Err(NotJson);
                    }
                    open >>= 1;
                    depth -= 1;
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => {
                    self.at += 1;
                    continue;
                }
                _ => self.pass_word()?,
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }

    /// Passes over a number or one of the three words.
    fn pass_word(&mut self) -> Scanned<()> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let is_sign =
            |byte: &&u8| matches!(byte, b'0'..=b'9' | b'a'..=b'z' | b'E' | b'+' | b'-' | b'.');
        let length = rest.iter().take_while(is_sign).count();
        self.at += length;
        if length == 0 { Err(NotJson) } else { Ok(()) }
    }

    /// Passes over a text, quotes included; whether nothing in it is escaped.
    fn pass_text(&mut self) -> Scanned<bool> {
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        let mut is_plain = true;
        loop {
            let place = special(bytes, at).ok_or(NotJson)?;
            match bytes.get(place) {
                Some(b'"') => {
                    self.at = place + 1;
                    return Ok(is_plain);
                }
                Some(b'\\') => {
                    is_plain = false;
                    at = place + 2;
                }
                _ => return Err(NotJson),
            }
        }
    }
}

const LOW_BITS: u64 = u64::MAX / 255;
const HIGH_BITS: u64 = LOW_BITS << 7;

/// Passes over lanes of sixteen plain bytes; the place from where on to look closer.
#[cfg(target_feature = "simd128")]
fn skip_lanes(bytes: &[u8], mut at: usize) -> usize {
    use core::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, u64x2, v128_or};
    while let Some(lane) = bytes.get(at..).and_then(|rest| rest.first_chunk::<16>()) {
        let lane = u128::from_le_bytes(*lane);
        let low = u64::try_from(lane & u128::from(u64::MAX)).unwrap_or_default();
        let high = u64::try_from(lane >> 64).unwrap_or_default();
        let lane = u64x2(low, high);
        let quote = u8x16_eq(lane, u8x16_splat(b'"'));
        let backslash = u8x16_eq(lane, u8x16_splat(b'\\'));
        let control = u8x16_lt(lane, u8x16_splat(0x20));
        let found = u8x16_bitmask(v128_or(v128_or(quote, backslash), control));
        if found != 0 {
            return at + usize::try_from(found.trailing_zeros()).unwrap_or_default();
        }
        at += 16;
    }
    at
}

/// Without lanes there is nothing to pass over.
#[cfg(not(target_feature = "simd128"))]
fn skip_lanes(_: &[u8], at: usize) -> usize {
    at
}

/// The place of the next byte that may not stand in a plain text: a quote, a backslash or a control sign.
fn special(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = skip_lanes(bytes, at);
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let eight = u64::from_le_bytes(*eight);
        // The high bit of each byte that is below the bound; exact up to the first such byte.
        let below = |eight: u64, bound: u64| eight.wrapping_sub(LOW_BITS * bound) & !eight;
        let quote = below(eight ^ (LOW_BITS * 0x22), 1);
        let backslash = below(eight ^ (LOW_BITS * 0x5c), 1);
        let found = (quote | backslash | below(eight, 0x20)) & HIGH_BITS;
        if found != 0 {
            return Some(at + usize::try_from(found.trailing_zeros() / 8).ok()?);
        }
        at += 8;
    }
    let rest = bytes.get(at..)?;
    let offset = rest
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))?;
    Some(at + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_borrowed_or_unescaped() {
        for (json, text) in [
            (r#""""#, ""),
            (r#""plain""#, "plain"),
            (r#""exactly8""#, "exactly8"),
            (
                r#""Zoë Müller-Lüdenscheidt 漢字 🎈 and more""#,
                "Zoë Müller-Lüdenscheidt 漢字 🎈 and more",
            ),
            (r#""a \"b\" \\ \u00e4\n""#, "a \"b\" \\ ä\n"),
            ("\"del \u{7f} and \u{80}\"", "del \u{7f} and \u{80}"),
        ] {
            let mut scanner = Scanner::new(json);
            let read = scanner.text().unwrap();
            assert_eq!(read, text);
            assert_eq!(matches!(read, Cow::Owned(_)), json.contains('\\'));
            assert_eq!(scanner.end(), Ok(()));
        }
    }

    #[test]
    fn every_text_ends_where_the_library_says() {
        // Each special sign at each place among signs of one to four bytes.
        for filler in ["a", "é", "漢", "🎈", "!", "\u{7f}"] {
            for before in 0..20 {
                for special in ["\"", "\\\"", "\\\\", "\u{1}", "\n", ""] {
                    let text = format!(
                        "\"{}{special}{}\" ",
                        filler.repeat(before),
                        filler.repeat(3)
                    );
                    let mut library =
                        serde_json::Deserializer::from_str(&text).into_iter::<String>();
                    let mut scanner = Scanner::new(&text);
                    match (library.next(), scanner.text()) {
                        (Some(Ok(wanted)), Ok(found)) => {
                            assert_eq!(found, wanted);
                            assert_eq!(scanner.at, library.byte_offset());
                        }
                        (wanted, found) => {
                            assert!(wanted.is_some_and(|wanted| wanted.is_err()), "{text}");
                            assert!(found.is_err(), "{text}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn fields_are_found_in_any_order() {
        let mut shape = Shape::new(&[("a", 'a'), ("b", 'b'), ("c", 'c')]);
        for (json, fields) in [
            (r#"{"a":1,"x":[2],"b":3,"c":4}"#, "abc"),
            (r#"{"a":1,"x":2,"b":3,"c":4}"#, "abc"),
            (r#"{ "c" : 1 , "b":2,"a":{}}"#, "cba"),
            (r#"{"b":1,"b":2}"#, "bb"),
            (r#"{"\u0061":1,"y":2,"ab":3}"#, "a"),
            ("{}", ""),
        ] {
            let mut found = String::new();
            let mut scanner = Scanner::new(json);
            let read = scanner.shaped(&mut shape, |scanner, field| {
                found.push(field);
                scanner.pass()
            });
            assert_eq!((read, found.as_str()), (Ok(()), fields), "{json}");
            assert_eq!(scanner.end(), Ok(()));
        }
        for json in [
            "{",
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":1"#,
            r#"{"a":1,}"#,
            "[]",
            r#"{a:1}"#,
        ] {
            let read = Scanner::new(json).shaped(&mut shape, |scanner, _| scanner.pass());
            assert_eq!(read, Err(NotJson), "{json}");
        }
    }

    #[test]
    fn values_are_passed_over_whole() {
        for json in [
            "null",
            "-1.5e+3",
            r#"{"a":[1,{"b":"]}"},[]],"c":{}}"#,
            "[ true , false ]",
            r#""text""#,
        ] {
            let text = format!(" {json} ,");
            let mut scanner = Scanner::new(&text);
            assert_eq!(scanner.raw(), Ok(json));
            assert_eq!(scanner.takes(b','), Ok(true));
        }
        for json in [
            "", "[", "{]", "[}", "}", ",", "\"", "\"\\", "\"\\\"", "[1", "?",
        ] {
            assert_eq!(Scanner::new(json).pass(), Err(NotJson), "{json}");
        }
        let deep = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(Scanner::new(&deep(64)).pass(), Ok(()));
        assert_eq!(Scanner::new(&deep(65)).pass(), Err(NotJson));
    }
}
