//! What is done to people in a directory: their standing, their groups, their own roles on products.
//!
//! Every request here needs a key without scopes, and a real directory: `-` is for reads (atlassian-apis §2).

use serde_json::json;

use super::escape::segment;
use super::request::{delete, post, post_nothing};
use crate::host::{Request, Secret};
use crate::model::{AccountId, DirectoryId, GroupId, Resource};

/// `POST …/directories/{directory}/users/{account}/suspend`: every product on every site of the directory. Success is 204.
pub fn suspend(
    organization: &str,
    directory: &DirectoryId,
    account: &AccountId,
    key: &Secret,
) -> Request {
    let path = user_path(organization, directory, account) + "/suspend";
    post_nothing(path, key)
}

/// `POST …/directories/{directory}/users/{account}/restore`: groups and roles come back with it. Success is 204.
pub fn restore(
    organization: &str,
    directory: &DirectoryId,
    account: &AccountId,
    key: &Secret,
) -> Request {
    let path = user_path(organization, directory, account) + "/restore";
    post_nothing(path, key)
}

/// `DELETE …/directories/{directory}/users/{account}`: groups and roles are lost, and only an invitation brings the person
/// back. Success is 204.
pub fn remove_from_directory(
    organization: &str,
    directory: &DirectoryId,
    account: &AccountId,
    key: &Secret,
) -> Request {
    delete(user_path(organization, directory, account), key)
}

/// `POST …/groups/{group}/memberships`. Success is 204. The documented 409 means a member already, or no seat left.
pub fn add_to_group(
    organization: &str,
    directory: &DirectoryId,
    group: &GroupId,
    account: &AccountId,
    key: &Secret,
) -> Request {
    let path = memberships_path(organization, directory, group);
    post(path, json!({ "accountId": account }).to_string(), key)
}

/// `DELETE …/groups/{group}/memberships/{account}`. Success is 204; 404 is also the answer for one who is no member.
pub fn remove_from_group(
    organization: &str,
    directory: &DirectoryId,
    group: &GroupId,
    account: &AccountId,
    key: &Secret,
) -> Request {
    let path = memberships_path(organization, directory, group) + "/" + &segment(account.as_str());
    delete(path, key)
}

/// `POST /v1/orgs/{organization}/users/{account}/roles/assign`: a role on one product and site, such as `atlassian/user`.
/// Success is 204.
pub fn assign_role(
    organization: &str,
    account: &AccountId,
    role: &str,
    resource: &Resource,
    key: &Secret,
) -> Request {
    change_role(organization, account, "assign", (role, resource), key)
}

/// `POST /v1/orgs/{organization}/users/{account}/roles/revoke`: the same, taken away. What a group gives stays.
pub fn revoke_role(
    organization: &str,
    account: &AccountId,
    role: &str,
    resource: &Resource,
    key: &Secret,
) -> Request {
    change_role(organization, account, "revoke", (role, resource), key)
}

fn change_role(
    organization: &str,
    account: &AccountId,
    change: &str,
    (role, resource): (&str, &Resource),
    key: &Secret,
) -> Request {
    let path = format!(
        "/admin/v1/orgs/{}/users/{}/roles/{change}",
        segment(organization),
        segment(account.as_str())
    );
    let body = json!({ "role": role, "resource": resource });
    post(path, body.to_string(), key)
}

fn user_path(organization: &str, directory: &DirectoryId, account: &AccountId) -> String {
    let directory = directory_path(organization, directory);
    format!("{directory}/users/{}", segment(account.as_str()))
}

fn memberships_path(organization: &str, directory: &DirectoryId, group: &GroupId) -> String {
    let directory = directory_path(organization, directory);
    format!("{directory}/groups/{}/memberships", segment(group.as_str()))
}

fn directory_path(organization: &str, directory: &DirectoryId) -> String {
    format!(
        "/admin/v2/orgs/{}/directories/{}",
        segment(organization),
        segment(directory.as_str())
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::{Method, Service};

    #[test]
    fn every_action_is_the_documented_request() {
        let (directory, account) = (DirectoryId("d/1".into()), AccountId("5:a".into()));
        let (group, key) = (GroupId("g?".into()), Secret("k".into()));
        let jira = Resource("ari:cloud:jira-software::site/1".into());
        let role = r#"{"resource":"ari:cloud:jira-software::site/1","role":"atlassian/user"}"#;
        let person = "/admin/v2/orgs/o%2F/directories/d%2F1/users/5%3Aa";
        let members = "/admin/v2/orgs/o%2F/directories/d%2F1/groups/g%3F/memberships";
        let roles = "/admin/v1/orgs/o%2F/users/5%3Aa/roles";
        for (request, method, path, body) in [
            (
                suspend("o/", &directory, &account, &key),
                Method::Post,
                format!("{person}/suspend"),
                Some("{}"),
            ),
            (
                restore("o/", &directory, &account, &key),
                Method::Post,
                format!("{person}/restore"),
                Some("{}"),
            ),
            (
                remove_from_directory("o/", &directory, &account, &key),
                Method::Delete,
                person.to_owned(),
                None,
            ),
            (
                add_to_group("o/", &directory, &group, &account, &key),
                Method::Post,
                members.to_owned(),
                Some(r#"{"accountId":"5:a"}"#),
            ),
            (
                remove_from_group("o/", &directory, &group, &account, &key),
                Method::Delete,
                format!("{members}/5%3Aa"),
                None,
            ),
            (
                assign_role("o/", &account, "atlassian/user", &jira, &key),
                Method::Post,
                format!("{roles}/assign"),
                Some(role),
            ),
            (
                revoke_role("o/", &account, "atlassian/user", &jira, &key),
                Method::Post,
                format!("{roles}/revoke"),
                Some(role),
            ),
        ] {
            assert_eq!(request.path, path);
            assert_eq!((request.method, request.body.as_deref()), (method, body));
            assert_eq!(request.service, Service::Atlassian);
            assert_eq!(request.bearer.as_ref(), Some(&key), "{path}");
        }
    }
}
