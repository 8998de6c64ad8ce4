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

    /// The same for many texts: what of a glob is plain is compared plainly.
    pub fn prepared(&self) -> Prepared<'_> {
        let pattern = self.0.as_bytes();
        let stars = pattern.iter().filter(|sign| **sign == b'*').count();
        match (pattern, stars) {
            (literal, 0) => Prepared::Is(literal),
            ([literal @ .., b'*'], 1) => Prepared::Begins(literal),
            ([b'*', literal @ ..], 1) => Prepared::Ends(literal),
            ([b'*', literal @ .., b'*'], 2) if !literal.is_empty() => Prepared::Holds(literal),
            (glob, _) => Prepared::Glob(glob),
        }
    }

    /// Whether it is a glob.
    pub fn is_glob(&self) -> bool {
        self.0.contains('*')
    }
}

/// A pattern taken apart, for texts of which there are many; capitals of ASCII are not told apart.
#[derive(Clone, Copy, Debug)]
pub enum Prepared<'p> {
    /// The whole text.
    Is(&'p [u8]),
    /// The beginning of it.
    Begins(&'p [u8]),
    /// The end of it.
    Ends(&'p [u8]),
    /// Somewhere in it.
    Holds(&'p [u8]),
    /// Anything else.
    Glob(&'p [u8]),
}

impl Prepared<'_> {
    /// Whether the whole text fits.
    pub fn fits(&self, text: &str) -> bool {
        let text = text.as_bytes();
        match self {
            Prepared::Is(literal) => text.eq_ignore_ascii_case(literal),
            Prepared::Begins(literal) => text
                .get(..literal.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(literal)),
            Prepared::Ends(literal) => text
                .len()
                .checked_sub(literal.len())
                .and_then(|start| text.get(start..))
                .is_some_and(|end| end.eq_ignore_ascii_case(literal)),
            Prepared::Holds(literal) => {
                let first = literal.first().copied().unwrap_or_default();
                let (lower, upper) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
                let mut rest = text;
                while let Some(place) = rest
                    .iter()
                    .position(|sign| *sign == lower || *sign == upper)
                {
                    rest = rest.get(place..).unwrap_or_default();
                    let Some(here) = rest.get(..literal.len()) else {
                        return false;
                    };
                    if here.eq_ignore_ascii_case(literal) {
                        return true;
                    }
                    rest = rest.get(1..).unwrap_or_default();
                }
                false
            }
            Prepared::Glob(glob) => fits(glob, text, u8::eq_ignore_ascii_case),
        }
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
    fn a_prepared_pattern_fits_what_the_pattern_fits() {
        let patterns = [
            "", "*", "**", "a", "a*", "*a", "*a*", "*ab*", "a*b", "*aab*", "*A-*", "**a", "a**",
            "*é*",
        ];
        let mut texts = vec![String::new()];
        for length in 0..5 {
            let longer: Vec<String> = texts
                .iter()
                .filter(|text| text.chars().count() == length)
                .flat_map(|text| ["a", "B", "-", "é"].map(|sign| format!("{text}{sign}")))
                .collect();
            texts.extend(longer);
        }
        for pattern in patterns {
            let pattern = Pattern(pattern.into());
            for text in &texts {
                let fits = pattern.fits_ignoring_case(text);
                assert_eq!(pattern.prepared().fits(text), fits, "{pattern:?} {text}");
            }
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
