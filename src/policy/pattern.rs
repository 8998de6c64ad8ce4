//! Patterns in names: plain text, or globs in which `*` stands for any text.

/// A name, an id, or a glob.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS, schemars::JsonSchema),
    serde(transparent),
    ts(type = "string")
)]
pub struct Pattern(pub String);

impl Pattern {
    /// Whether the whole text fits, capitals told apart (group names, RULES R11).
    pub fn fits(&self, text: &str) -> bool {
        fits(self.0.as_bytes(), text.as_bytes(), u8::eq)
    }

    /// Whether the whole text fits, capitals of ASCII not told apart (e-mail addresses and domains, RULES R11: domains
    /// are ASCII on the wire).
    pub fn fits_ignoring_case(&self, text: &str) -> bool {
        fits(self.0.as_bytes(), text.as_bytes(), u8::eq_ignore_ascii_case)
    }

    /// Whether it is a glob.
    pub fn is_glob(&self) -> bool {
        self.0.contains('*')
    }
}

/// Greedy matching with one point of return: linear in the text for each star.
fn fits(pattern: &[u8], text: &[u8], same: impl Fn(&u8, &u8) -> bool) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                retry = Some((p + 1, t));
                p += 1;
            }
            Some(sign) if text.get(t).is_some_and(|other| same(sign, other)) => {
                p += 1;
                t += 1;
            }
            _ => match retry {
                Some((after_star, taken)) => {
                    p = after_star;
                    t = taken + 1;
                    retry = Some((after_star, t));
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(p).all(|sign| *sign == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_whole_names() {
        for (pattern, text, expected) in [
            ("jira-*", "jira-users", true),
            ("jira-*", "my-jira-users", false),
            ("*users*", "jira-users-acme", true),
            ("a*b*c", "a-xx-b-yy-c", true),
            ("a*b*c", "a-xx-b-yy", false),
            ("", "", true),
            ("*", "", true),
            ("jira", "Jira", false),
        ] {
            assert_eq!(
                Pattern(pattern.into()).fits(text),
                expected,
                "{pattern} {text}"
            );
        }
    }

    #[test]
    fn a_star_before_a_dot_means_subdomains_only() {
        let pattern = Pattern("*.partner.example".into());
        assert!(pattern.fits_ignoring_case("EU.Partner.Example"));
        assert!(!pattern.fits_ignoring_case("partner.example"));
        assert!(!pattern.fits_ignoring_case("notpartner.example"));
    }
}
