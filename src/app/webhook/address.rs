//! The address of a webhook as an administrator enters it.

/// The ports to which the platform lets an app call (forge-platform §1.3).
const PORTS: [&str; 10] = [
    "443", "80", "8080", "8443", "8444", "7990", "8089", "8090", "8085", "8060",
];
/// No address is longer.
const LONGEST: usize = 2_000;

/// The host of an address to which messages can go: HTTPS, a name with a dot, no user, no fragment. A name's last part
/// begins with a letter, so addresses by number are none; where a name leads is the platform's to watch over.
pub(in crate::app) fn host_of(url: &str) -> Option<String> {
    let is_sign = |byte: u8| byte.is_ascii_graphic() && byte != b'\\' && byte != b'#';
    let rest = url.strip_prefix("https://")?;
    let authority = rest.split(['/', '?']).next()?;
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    let is_part = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let (_, last) = host.rsplit_once('.')?;
    let fits = url.len() <= LONGEST
        && url.bytes().all(is_sign)
        && PORTS.contains(&port)
        && host.split('.').all(is_part)
        && last.starts_with(|sign: char| sign.is_ascii_alphabetic());
    fits.then(|| host.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_https_at_a_named_host_and_nothing_is_hidden_in_it() {
        let long = format!("https://a.example/{}", "x".repeat(LONGEST));
        for (url, host) in [
            (
                "https://hooks.example.com/services/T0/B0/x?y=1&z=@",
                Some("hooks.example.com"),
            ),
            ("https://Hooks.Example.com", Some("hooks.example.com")),
            ("https://a-b.example:8443/x", Some("a-b.example")),
            ("https://a.example?key=1", Some("a.example")),
            ("http://a.example/x", None),
            ("HTTPS://a.example/x", None),
            ("a.example/x", None),
            ("https://a.example:8081/x", None),
            ("https://a.example:/x", None),
            ("https://user:secret@a.example/x", None),
            ("https://a.example:443@b.example/x", None),
            ("https://a.example\\@b.example/x", None),
            ("https://a.example/x#y", None),
            ("https://a.example/x y", None),
            ("https://a.example/ü", None),
            ("https://a.example/\n", None),
            ("https://localhost/x", None),
            ("https://127.0.0.1/x", None),
            ("https://10.1/x", None),
            ("https://0x7f.0x1/x", None),
            ("https://[::1]/x", None),
            ("https://a..example/x", None),
            ("https://.example/x", None),
            ("https://a.example./x", None),
            ("https://a%2eexample.com/x", None),
            ("https:///x", None),
            ("", None),
            (&long, None),
        ] {
            assert_eq!(host_of(url).as_deref(), host, "{url}");
        }
    }
}
