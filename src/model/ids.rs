//! Ids as types, so that none can stand where another belongs.

use serde::{Deserialize, Serialize};

/// The ARI prefix that `users/search` puts before a group's UUID and `groups/search` does not.
const GROUP_ARI: &str = "ari:cloud:identity::group/";

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "types", derive(ts_rs::TS), ts(type = "string"))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// An Atlassian account, such as `712020:0f0e…` or `5b10a2844c20165700ede21g`. May contain colons.
    AccountId
);
id!(
    /// A directory of the organization.
    DirectoryId
);
id!(
    /// A group's bare UUID, without the ARI prefix.
    GroupId
);
id!(
    /// A product on a site, as an ARI such as `ari:cloud:jira-software::site/<cloudId>`.
    Resource
);

impl AccountId {
    /// Whether the text has the shape of an account id (atlassian-apis §2), so that it may stand in a path or a body.
    pub fn is_plausible(&self) -> bool {
        (1..=128).contains(&self.0.len())
            && self
                .0
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'|' | b':' | b'-'))
    }
}

impl Resource {
    /// The cloud id of the site, or `None` for a resource that has none.
    pub fn site(&self) -> Option<&str> {
        self.0
            .split_once("::site/")
            .map(|(_, cloud_id)| cloud_id)
            .filter(|cloud_id| !cloud_id.is_empty())
    }
}

impl Resource {
    /// The product's key as the resource names it, such as `jira-software`.
    pub fn product(&self) -> &str {
        let rest = self.0.strip_prefix("ari:cloud:").unwrap_or(&self.0);
        rest.split_once(':').map_or(rest, |(product, _)| product)
    }
}

impl DirectoryId {
    /// Stands where the input does not say which directory it lists.
    pub const NOT_SAID: &str = "-";

    /// Whether the input said which directory it is.
    pub fn is_known(&self) -> bool {
        self.0 != Self::NOT_SAID
    }
}

/// Whether a text is a UUID, in either case.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// A group's UUID from either of its spellings.
pub fn group_uuid(id: &str) -> &str {
    id.strip_prefix(GROUP_ARI).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_group_are_one_group() {
        assert_eq!(group_uuid("ari:cloud:identity::group/abc"), "abc");
        assert_eq!(group_uuid("abc"), "abc");
    }

    #[test]
    fn account_ids_may_hold_colons_but_no_path_signs() {
        for (id, plausible) in [
            ("557058:4f9acfd2-0000-4000-8000-000000000000", true),
            ("5b10a2844c20165700ede21g", true),
            ("", false),
            ("../x", false),
            ("a b", false),
        ] {
            assert_eq!(AccountId(id.into()).is_plausible(), plausible, "{id}");
        }
    }

    #[test]
    fn the_site_of_a_resource_is_its_cloud_id() {
        let site = |ari: &str| Resource(ari.into()).site().map(String::from);
        assert_eq!(
            site("ari:cloud:jira-software::site/42").as_deref(),
            Some("42")
        );
        assert_eq!(site("ari:cloud:bitbucket::workspace/7"), None);
        let product = |ari: &str| Resource(ari.into()).product().to_owned();
        assert_eq!(product("ari:cloud:jira-software::site/42"), "jira-software");
    }
}
