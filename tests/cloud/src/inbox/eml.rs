//! A mail as a file that mail programs open: RFC 5322 with the bodies as alternatives (RFC 2046).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Mail;

/// Longest line of a base64 body.
const LINE: usize = 76;
/// Bytes of text in one encoded word: with its marks and the header's name it stays below 76 characters (RFC 2047).
const WORD_BYTES: usize = 39;
/// Longest text of a header that is written as it is.
const PLAIN_HEADER: usize = 60;

impl Mail {
    /// The mail as the text of an `.eml` file.
    pub fn eml(&self) -> String {
        // Base64 has no underscore, so no body can hold this.
        let boundary = format!("=_{}_{}", self.number, self.issue);
        let mut eml = String::new();
        let mut line = |text: &str| {
            eml.push_str(text);
            eml.push_str("\r\n");
        };
        line(&format!("Date: {}", self.at.to_rfc2822()));
        line(&format!("From: Jira <jira@{}>", self.site));
        line(&format!(
            "To: {} <{}>",
            phrase(&self.name),
            plain(&self.address)
        ));
        line(&format!("Subject: {}", unstructured(&self.subject)));
        line(&format!(
            "Message-ID: <{}.{}@{}>",
            self.number, self.issue, self.site
        ));
        line("Auto-Submitted: auto-generated");
        line("MIME-Version: 1.0");
        line(&format!(
            "Content-Type: multipart/alternative; boundary=\"{boundary}\""
        ));
        line("");
        let nothing = String::new();
        let bodies = [("plain", &self.text), ("html", &self.html)];
        let mut bodies: Vec<(&str, &String)> = bodies
            .into_iter()
            .filter_map(|(kind, body)| Some((kind, body.as_ref()?)))
            .collect();
        if bodies.is_empty() {
            bodies.push(("plain", &nothing));
        }
        for (kind, body) in bodies {
            line(&format!("--{boundary}"));
            line(&format!("Content-Type: text/{kind}; charset=UTF-8"));
            line("Content-Transfer-Encoding: base64");
            line("");
            lines_of(body).iter().for_each(|part| line(part));
        }
        line(&format!("--{boundary}--"));
        eml
    }
}

/// A body in base64, its lines ended as mail ends them.
fn lines_of(body: &str) -> Vec<String> {
    let canonical = body.replace("\r\n", "\n").replace('\n', "\r\n");
    let encoded = STANDARD.encode(canonical);
    let lines = encoded.as_bytes().chunks(LINE);
    lines
        .map(|line| String::from_utf8_lossy(line).into_owned())
        .collect()
}

/// A name before an address.
fn phrase(name: &str) -> String {
    if is_plain(name) {
        let escaped = name.replace('\\', "\\\\").replace('"', "\\\"");
        return format!("\"{escaped}\"");
    }
    encoded_words(name) + "\r\n"
}

/// A header of free text.
fn unstructured(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    encoded_words(text)
}

fn is_plain(text: &str) -> bool {
    let printable = |character: char| (' '..='~').contains(&character);
    text.len() <= PLAIN_HEADER && text.chars().all(printable) && !text.contains("=?")
}

/// Nothing that ends a line or the address.
fn plain(address: &str) -> String {
    let graphic = address.chars().filter(char::is_ascii_graphic);
    graphic.filter(|one| !matches!(one, '<' | '>')).collect()
}

/// A text in encoded words, none of which cuts a character in two.
fn encoded_words(text: &str) -> String {
    let mut words = vec![String::new()];
    for character in text.chars() {
        match words.last_mut() {
            Some(word) if word.len() + character.len_utf8() <= WORD_BYTES => word.push(character),
            _ => words.push(character.to_string()),
        }
    }
    let words: Vec<String> = words
        .iter()
        .map(|word| format!("=?UTF-8?B?{}?=", STANDARD.encode(word)))
        .collect();
    words.join("\r\n ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(subject: &str, text: Option<&str>, html: Option<&str>) -> Mail {
        Mail {
            number: 7,
            at: "2026-11-21T06:00:00Z".parse().expect("a constant"),
            account_id: "712020:a".to_owned(),
            name: "Ada \"A\" Löwe".to_owned(),
            address: "ada@acme.example".to_owned(),
            site: "acme.atlassian.net".to_owned(),
            subject: subject.to_owned(),
            text: text.map(str::to_owned),
            html: html.map(str::to_owned),
            issue: "OPS-1".to_owned(),
            answer_lost: false,
        }
    }

    /// Headers, unfolded, and the parts with their type and decoded body.
    fn opened(eml: &str) -> (Vec<String>, Vec<(String, String)>) {
        assert!(eml.is_ascii() && !eml.replace("\r\n", "").contains(['\r', '\n']));
        assert!(eml.split("\r\n").all(|line| line.len() <= 78), "{eml}");
        let (head, body) = eml.split_once("\r\n\r\n").expect("a blank line");
        let head = head.replace("\r\n ", " ");
        let head: Vec<String> = head.split("\r\n").map(str::to_owned).collect();
        let boundary = head.last().expect("headers").split('"').nth(1);
        let boundary = format!("--{}", boundary.expect("a boundary"));
        let mut parts: Vec<&str> = body.split(&boundary).collect();
        assert_eq!((parts.remove(0), parts.pop()), ("", Some("--\r\n")));
        let open = |part: &str| {
            let (head, body) = part.split_once("\r\n\r\n").expect("a blank line");
            let kind = head.split(';').next().expect("a type").trim().to_owned();
            let bytes = STANDARD.decode(body.replace("\r\n", "")).expect("base64");
            (kind, String::from_utf8(bytes).expect("UTF-8"))
        };
        (head, parts.into_iter().map(open).collect())
    }

    fn decoded(header: &str) -> String {
        let words = header.split(' ').filter_map(|word| {
            let word = word.strip_prefix("=?UTF-8?B?")?.strip_suffix("?=")?;
            String::from_utf8(STANDARD.decode(word).ok()?).ok()
        });
        words.collect()
    }

    #[test]
    fn the_bodies_are_alternatives_of_one_mail() {
        let long = "Grüße, ".repeat(40) + "\nand a second line\r\nand a third";
        let eml = mail("Your seat", Some(&long), Some("<p>ü</p>")).eml();
        let (head, parts) = opened(&eml);
        assert_eq!(head[0], "Date: Sat, 21 Nov 2026 06:00:00 +0000");
        assert_eq!(head[3], "Subject: Your seat");
        assert_eq!(
            head[2],
            "To: =?UTF-8?B?QWRhICJBIiBMw7Z3ZQ==?= <ada@acme.example>"
        );
        let long = long.replace("\nand a s", "\r\nand a s");
        let plain = ("Content-Type: text/plain".to_owned(), long);
        let html = ("Content-Type: text/html".to_owned(), "<p>ü</p>".to_owned());
        assert_eq!(parts, [plain, html]);
    }

    #[test]
    fn what_is_not_there_is_left_out() {
        for (text, html, kinds) in [
            (Some("a"), None, vec!["Content-Type: text/plain"]),
            (None, Some("a"), vec!["Content-Type: text/html"]),
            (None, None, vec!["Content-Type: text/plain"]),
        ] {
            let (_, parts) = opened(&mail("s", text, html).eml());
            let found: Vec<&str> = parts.iter().map(|(kind, _)| kind.as_str()).collect();
            assert_eq!(found, kinds);
        }
    }

    #[test]
    fn no_subject_breaks_out_of_its_header() {
        for subject in [
            "a\r\nBcc: somebody@acme.example",
            &"ü".repeat(100),
            &"long ".repeat(40),
            "=?UTF-8?B?YQ==?=",
            "tab\there",
        ] {
            let (head, parts) = opened(&mail(subject, Some("a"), None).eml());
            assert_eq!((head.len(), parts.len()), (8, 1));
            assert_eq!(decoded(&head[3]), subject);
        }
    }

    #[test]
    fn a_plain_name_is_quoted() {
        let named = Mail {
            name: "Smith, Ada \"A\"".to_owned(),
            ..mail("s", None, None)
        };
        let (head, _) = opened(&named.eml());
        assert_eq!(head[2], "To: \"Smith, Ada \\\"A\\\"\" <ada@acme.example>");
    }
}
