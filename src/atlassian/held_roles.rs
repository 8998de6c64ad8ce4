//! What a person holds on each product and site, and where it comes from: whether leaving groups is enough to take an access
//! away, or a role of the person's own must be revoked as well.

use serde::Deserialize;

use super::error::ApiError;
use super::escape::segment;
use super::page::{Listing, Page, cursor_after};
use super::request::get;
use crate::host::{Request, Secret};
use crate::model::{AccountId, DirectoryId, Resource};

/// How a person came by a role (`roleAssignmentMethods` in the OpenAPI document).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Given to the person.
    Direct,
    /// By a group that they are in.
    Group,
    /// It follows from something else, and cannot be taken on its own.
    Inferred,
    /// A way that is not known here.
    Other,
}

impl Way {
    fn named(name: &str) -> Way {
        match name {
            "direct" => Way::Direct,
            "group_direct" => Way::Group,
            "inferred" => Way::Inferred,
            _ => Way::Other,
        }
    }
}

/// A person's standing in the directory from which an access comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectoryStanding {
    /// May use what they were given.
    Active,
    /// May not; it is kept for them.
    Suspended,
    /// Is not in the directory.
    NoMembership,
}

impl DirectoryStanding {
    fn named(name: &str) -> Option<DirectoryStanding> {
        match name {
            "active" => Some(DirectoryStanding::Active),
            "suspended" => Some(DirectoryStanding::Suspended),
            "no_membership" => Some(DirectoryStanding::NoMembership),
            _ => None,
        }
    }
}

/// A role and every way by which it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRole {
    /// Its name, such as `atlassian/user`.
    pub role: String,
    /// The ways; none where the answer did not say.
    pub ways: Vec<Way>,
}

impl HeldRole {
    /// Whether all ways are known, and each of them can be taken: else it is not known how to take the role away.
    pub fn can_be_taken(&self) -> bool {
        let takable = |way: &Way| matches!(way, Way::Direct | Way::Group);
        !self.ways.is_empty() && self.ways.iter().all(takable)
    }

    /// Whether it was given to the person, perhaps besides what groups give.
    pub fn is_direct(&self) -> bool {
        self.ways.contains(&Way::Direct)
    }
}

/// What a person holds on one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRoles {
    /// The product on the site, or the organization itself for roles of the platform.
    pub resource: Resource,
    /// The directory that the resource belongs to; `None` for roles of the platform.
    pub directory: Option<DirectoryId>,
    /// The standing in that directory; `None` for roles of the platform, and for a word that is not known.
    pub standing: Option<DirectoryStanding>,
    /// The roles.
    pub roles: Vec<HeldRole>,
}

/// `GET …/directories/{directory}/users/{account}/role-assignments`, 100 a page; without a directory, over all that the key
/// may see.
pub fn held_roles(
    organization: &str,
    directory: Option<&DirectoryId>,
    account: &AccountId,
    cursor: Option<&str>,
    key: &Secret,
) -> Request {
    let directory = directory.map_or_else(|| String::from("-"), |id| segment(id.as_str()));
    let path = format!(
        "/admin/v2/orgs/{}/directories/{directory}/users/{}/role-assignments?limit=100{}",
        segment(organization),
        segment(account.as_str()),
        cursor_after('&', cursor)
    );
    get(path, key)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    directory_id: Option<String>,
    resource_id: Option<String>,
    user_directory_status: Option<String>,
    /// Deprecated, and without the ways.
    roles: Option<Vec<String>>,
    role_assignments: Option<Vec<Assignment>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assignment {
    role: String,
    role_assignment_methods: Option<Vec<String>>,
}

/// The resources of a page with the roles on them, and the next page's cursor.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_held_roles(body: &[u8]) -> Result<Page<HeldRoles>, ApiError> {
    let listing: Listing<Row> = ApiError::read("reading a person's roles", body)?;
    Ok(listing.page(|row| {
        Some(HeldRoles {
            resource: Resource(row.resource_id?),
            directory: row.directory_id.map(DirectoryId),
            standing: row
                .user_directory_status
                .and_then(|name| DirectoryStanding::named(&name)),
            roles: held(row.roles, row.role_assignments),
        })
    }))
}

/// The roles with their ways; one that only the deprecated list names has none that is known.
fn held(roles: Option<Vec<String>>, assignments: Option<Vec<Assignment>>) -> Vec<HeldRole> {
    let mut held: Vec<HeldRole> = Vec::new();
    for assignment in assignments.unwrap_or_default() {
        let methods = assignment.role_assignment_methods.unwrap_or_default();
        held.push(HeldRole {
            role: assignment.role,
            ways: methods.iter().map(|name| Way::named(name)).collect(),
        });
    }
    for role in roles.unwrap_or_default() {
        if !held.iter().any(|known| known.role == role) {
            held.push(HeldRole {
                role,
                ways: Vec::new(),
            });
        }
    }
    held
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Page<HeldRoles> {
        read_held_roles(body.as_bytes()).unwrap()
    }

    #[test]
    fn roles_are_read_with_where_they_come_from() {
        let (rows, next) = read(
            r#"{"data":[{"directoryId":"d","resourceId":"ari:cloud:jira-software::site/1","resourceOwner":"jira-software",
                "userDirectoryStatus":"suspended","roles":["atlassian/user","atlassian/admin"],"roleAssignments":[
                {"role":"atlassian/user","roleAssignmentMethods":["group_direct","direct"]},
                {"role":"atlassian/admin","roleAssignmentMethods":["inferred","new"]}]},
                {"directoryId":null,"resourceId":"ari:cloud:platform::org/1","userDirectoryStatus":null,"roles":["atlassian/org-admin"]},
                {"roles":["atlassian/user"]}],"links":{"next":"c"}}"#,
        );
        let role = |name: &str, ways: &[Way]| HeldRole {
            role: format!("atlassian/{name}"),
            ways: ways.to_vec(),
        };
        let jira = HeldRoles {
            resource: Resource("ari:cloud:jira-software::site/1".into()),
            directory: Some(DirectoryId("d".into())),
            standing: Some(DirectoryStanding::Suspended),
            roles: vec![
                role("user", &[Way::Group, Way::Direct]),
                role("admin", &[Way::Inferred, Way::Other]),
            ],
        };
        let platform = HeldRoles {
            resource: Resource("ari:cloud:platform::org/1".into()),
            directory: None,
            standing: None,
            roles: vec![role("org-admin", &[])],
        };
        assert_eq!((rows, next.as_deref()), (vec![jira, platform], Some("c")));
        for body in [
            "",
            "{}",
            r#"{"data":[{"resourceId":"r","roleAssignments":[{}]}]}"#,
        ] {
            assert!(read_held_roles(body.as_bytes()).is_err(), "{body}");
        }
    }

    #[test]
    fn a_role_can_be_taken_where_all_its_ways_are_known() {
        for (ways, can, direct) in [
            (&[Way::Direct][..], true, true),
            (&[Way::Group, Way::Direct], true, true),
            (&[Way::Group], true, false),
            (&[Way::Group, Way::Inferred], false, false),
            (&[Way::Other], false, false),
            (&[], false, false),
        ] {
            let role = HeldRole {
                role: "atlassian/user".into(),
                ways: ways.to_vec(),
            };
            assert_eq!(role.can_be_taken(), can, "{ways:?}");
            assert_eq!(role.is_direct(), direct, "{ways:?}");
        }
    }

    #[test]
    fn every_standing_of_the_document_is_known() {
        for (name, standing) in [
            ("active", Some(DirectoryStanding::Active)),
            ("suspended", Some(DirectoryStanding::Suspended)),
            ("no_membership", Some(DirectoryStanding::NoMembership)),
            ("asleep", None),
        ] {
            assert_eq!(DirectoryStanding::named(name), standing);
        }
    }

    #[test]
    fn a_page_is_asked_for_by_directory_or_over_all() {
        let (account, key) = (AccountId("5:a".into()), Secret("k".into()));
        let base = "/admin/v2/orgs/o/directories";
        assert_eq!(
            held_roles("o", None, &account, None, &key).path,
            format!("{base}/-/users/5%3Aa/role-assignments?limit=100")
        );
        let directory = DirectoryId("d".into());
        assert_eq!(
            held_roles("o", Some(&directory), &account, Some("c+"), &key).path,
            format!("{base}/d/users/5%3Aa/role-assignments?limit=100&cursor=c%2B")
        );
    }
}
