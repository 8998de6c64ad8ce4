//! Account ids and e-mail addresses in few bytes: ids are mostly UUIDs, addresses mostly follow from names.

use super::bytes::{Reader, Writer};

/// How an account id is written.
const ANY: u8 = 0;
const NUMBERED_UUID: u8 = 1;
const UUID: u8 = 2;
const HEX: u8 = 3;

/// The places of the hyphens in a UUID.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];
const UUID_BYTES: usize = 16;
const HEX_BYTES: usize = 12;

/// Writes an account id: how it is written into `shape`, its random bytes into `random`.
pub(super) fn write_account(account: &str, shape: &mut Writer, random: &mut Writer) {
    if let Some((number, uuid)) = account.split_once(':')
        && let Some(bytes) = uuid_bytes(uuid)
        && let Ok(parsed) = number.parse::<u32>()
        && parsed.to_string() == number
    {
        shape.byte(NUMBERED_UUID);
        shape.number(parsed);
        random.bytes.extend_from_slice(&bytes);
    } else if let Some(bytes) = uuid_bytes(account) {
        shape.byte(UUID);
        random.bytes.extend_from_slice(&bytes);
    } else if let Some(bytes) = hex_bytes(account.as_bytes()).filter(|b| b.len() == HEX_BYTES) {
        shape.byte(HEX);
        random.bytes.extend_from_slice(&bytes);
    } else {
        shape.byte(ANY);
        shape.text(account);
    }
}

/// Reads an account id.
pub(super) fn read_account(shape: &mut Reader<'_>, random: &mut Reader<'_>) -> Option<String> {
    Some(match shape.byte()? {
        ANY => shape.text()?.to_owned(),
        NUMBERED_UUID => {
            let number = shape.number()?;
            format!("{number}:{}", uuid_text(random.take(UUID_BYTES)?))
        }
        UUID => uuid_text(random.take(UUID_BYTES)?),
        HEX => hex_text(random.take(HEX_BYTES)?),
        _ => return None,
    })
}

fn uuid_bytes(text: &str) -> Option<Vec<u8>> {
    if text.len() != 36 {
        return None;
    }
    let mut digits = Vec::with_capacity(32);
    for (place, byte) in text.bytes().enumerate() {
        match (HYPHENS.contains(&place), byte) {
            (true, b'-') => {}
            (true, _) => return None,
            (false, byte) => digits.push(byte),
        }
    }
    hex_bytes(&digits)
}

/// The bytes of lower-case hexadecimal digits.
fn hex_bytes(digits: &[u8]) -> Option<Vec<u8>> {
    let nibble = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let pairs = digits.chunks(2);
    pairs
        .map(|pair| match pair {
            [high, low] => Some(nibble(*high)? << 4 | nibble(*low)?),
            _ => None,
        })
        .collect()
}

fn hex_text(bytes: &[u8]) -> String {
    let nibbles = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles
        .filter_map(|nibble| char::from_digit(u32::from(nibble), 16))
        .collect()
}

fn uuid_text(bytes: &[u8]) -> String {
    let mut text = hex_text(bytes);
    for place in HYPHENS {
        if text.is_char_boundary(place) {
            text.insert(place, '-');
        }
    }
    text
}

/// How the part of an address before the @ follows from a name; the code of each is its place plus [`FIRST_FORM`].
const FORMS: [fn(&str, &str) -> String; 6] = [
    |first, last| format!("{first}.{last}"),
    |first, last| format!("{first}{last}"),
    |first, last| format!("{}{last}", first.get(..1).unwrap_or_default()),
    |first, last| format!("{}.{last}", first.get(..1).unwrap_or_default()),
    |first, last| format!("{first}_{last}"),
    |first, _| first.to_owned(),
];

/// How an address is written.
const NO_ADDRESS: u8 = 0;
const WHOLE: u8 = 1;
const LOCAL: u8 = 2;
const FIRST_FORM: u8 = 3;

/// Writes an address. `domain` is the domain's number in the dictionary, where the domains are in lower case.
pub(super) fn write_address(
    address: Option<&str>,
    name: Option<&str>,
    domain: Option<u32>,
    out: &mut Writer,
) {
    let Some(address) = address else {
        return out.byte(NO_ADDRESS);
    };
    let (Some(number), Some((local, domain))) = (domain, address.rsplit_once('@')) else {
        out.byte(WHOLE);
        return out.text(address);
    };
    if domain.bytes().any(|byte| byte.is_ascii_uppercase()) {
        out.byte(WHOLE);
        return out.text(address);
    }
    if let Some((form, rest)) = form_of(local, name) {
        out.byte(form);
        out.text(rest);
    } else {
        out.byte(LOCAL);
        out.text(local);
    }
    out.number(number);
}

/// The form that leaves the least of a local part unsaid.
fn form_of<'l>(local: &'l str, name: Option<&str>) -> Option<(u8, &'l str)> {
    let (first, last) = words(name?)?;
    let mut best: Option<(u8, &str)> = None;
    for (code, form) in (FIRST_FORM..).zip(FORMS) {
        if let Some(rest) = local.strip_prefix(form(&first, &last).as_str())
            && best.is_none_or(|(_, known)| rest.len() < known.len())
        {
            best = Some((code, rest));
        }
    }
    best
}

/// The first and the last word of a name, in lower case as far as it is ASCII.
fn words(name: &str) -> Option<(String, String)> {
    let first = name.split(' ').next()?;
    let last = name.rsplit(' ').next()?;
    Some((first.to_ascii_lowercase(), last.to_ascii_lowercase()))
}

/// Reads an address.
pub(super) fn read_address(
    reader: &mut Reader<'_>,
    name: Option<&str>,
    domain: impl Fn(u32) -> Option<String>,
) -> Option<Option<String>> {
    let code = reader.byte()?;
    let local = match code {
        NO_ADDRESS => return Some(None),
        WHOLE => return Some(Some(reader.text()?.to_owned())),
        LOCAL => reader.text()?.to_owned(),
        code => {
            let form = FORMS.get(usize::from(code - FIRST_FORM))?;
            let (first, last) = words(name?)?;
            format!("{}{}", form(&first, &last), reader.text()?)
        }
    };
    let domain = domain(reader.number()?)?;
    Some(Some(format!("{local}@{domain}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_ids_of_every_kind_come_back() {
        let ids = [
            "712020:0f0e1d2c-3b4a-5968-7786-95a4b3c2d1e0",
            "007:0f0e1d2c-3b4a-5968-7786-95a4b3c2d1e0",
            "0f0e1d2c-3b4a-5968-7786-95a4b3c2d1e0",
            "0F0e1d2c-3b4a-5968-7786-95a4b3c2d1e0",
            "5b10a2844c20165700ede21a",
            "5b10a2844c20165700ede21g",
            "qm:a-b:7",
            "",
            "äöü",
        ];
        let (mut shape, mut random) = (Writer::default(), Writer::default());
        for id in ids {
            write_account(id, &mut shape, &mut random);
        }
        let mut shape = Reader::new(&shape.bytes);
        let mut random = Reader::new(&random.bytes);
        for id in ids {
            assert_eq!(read_account(&mut shape, &mut random).as_deref(), Some(id));
        }
        assert!(shape.is_done() && random.is_done());
    }

    #[test]
    fn addresses_of_every_kind_come_back() {
        let cases = [
            (Some("Ada Lovelace"), Some("ada.lovelace2@x.example")),
            (Some("Ada Lovelace"), Some("alovelace@x.example")),
            (Some("Ada Lovelace"), Some("ada@X.example")),
            (Some("Ada"), Some("ada.ada@x.example")),
            (Some("Érik Ünal"), Some("Érik.Ünal@x.example")),
            (Some(""), Some(".@x.example")),
            (None, Some("a@x.example")),
            (None, Some("no address")),
            (Some("B"), None),
        ];
        let mut out = Writer::default();
        for (name, address) in cases {
            write_address(address, name, Some(7), &mut out);
        }
        let mut reader = Reader::new(&out.bytes);
        for (name, address) in cases {
            let domain = |number| (number == 7).then(|| String::from("x.example"));
            let read = read_address(&mut reader, name, domain).unwrap();
            assert_eq!(read.as_deref(), address);
        }
        assert!(reader.is_done());
    }
}
