//! Answers in pages.

use serde::Deserialize;

use super::escape::{segment, unescaped};

/// What a page lists, and the next page's cursor.
pub type Page<T> = (Vec<T>, Option<String>);

/// A page as the organization API sends it.
#[derive(Deserialize)]
pub(super) struct Listing<T> {
    pub(super) data: Vec<T>,
    pub(super) links: Option<Links>,
}

impl<T> Listing<T> {
    /// What the page lists, made into something else; what cannot be is left out.
    pub(super) fn page<U>(self, make: impl FnMut(T) -> Option<U>) -> Page<U> {
        let next = self.links.and_then(Links::cursor);
        (self.data.into_iter().filter_map(make).collect(), next)
    }
}

#[derive(Deserialize, Default)]
pub(super) struct Links {
    next: Option<String>,
}

impl Links {
    /// The cursor of the next page: v2 gives it bare, v1 and sometimes workspaces as a URL (atlassian-apis §2.1).
    pub(super) fn cursor(self) -> Option<String> {
        cursor_in(&self.next?)
    }
}

/// The cursor in what names the next page.
pub(super) fn cursor_in(next: &str) -> Option<String> {
    if !next.starts_with("http") {
        return (!next.is_empty()).then(|| next.to_owned());
    }
    let (_, query) = next.split_once('?')?;
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix("cursor="))
        .map(unescaped)
}

/// A cursor as part of a query, after `sign`; nothing without one.
pub(super) fn cursor_after(sign: char, cursor: Option<&str>) -> String {
    cursor.map_or_else(String::new, |cursor| {
        format!("{sign}cursor={}", segment(cursor))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_may_be_a_cursor_or_a_url() {
        let cursor = |next: &str| {
            Links {
                next: Some(next.into()),
            }
            .cursor()
        };
        assert_eq!(cursor("abc").as_deref(), Some("abc"));
        assert_eq!(
            cursor("https://api.atlassian.com/x?limit=1&cursor=abc").as_deref(),
            Some("abc")
        );
        assert_eq!(
            cursor("https://api.atlassian.com/x?cursor=a%2Bb%3D").as_deref(),
            Some("a+b=")
        );
        assert_eq!(cursor("https://api.atlassian.com/x"), None);
        assert_eq!(cursor(""), None);
    }

    #[test]
    fn links_may_be_missing() {
        for body in [r#"{"data":[1]}"#, r#"{"data":[1],"links":null}"#] {
            let listing: Listing<u32> = serde_json::from_str(body).unwrap();
            assert_eq!(listing.page(Some), (vec![1], None));
        }
    }
}
