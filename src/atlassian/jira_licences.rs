//! Seats as Jira itself counts them, read as the app.

use serde::Deserialize;

use super::error::ApiError;
use super::escape::segment;
use super::request::jira;
use crate::host::{Request, Service};
use crate::model::GroupId;

/// `GET /rest/api/3/applicationrole`: the products of this site with their groups and seats.
pub fn application_roles() -> Request {
    jira(
        Service::JiraAsApp,
        String::from("/rest/api/3/applicationrole"),
    )
}

/// A product of the site as Jira sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationRole {
    /// The product's key in Jira, such as `jira-software`.
    pub key: String,
    /// The groups whose members take a seat.
    pub groups: Vec<GroupId>,
    /// The groups that new people are put into.
    pub default_groups: Vec<GroupId>,
    /// How many seats there are; `None` where there is no limit, or where it is not said.
    pub seats: Option<u32>,
    /// How many are left; as above.
    pub remaining: Option<u32>,
    /// How many people take one.
    pub used: Option<u32>,
    /// Whether there is no limit.
    pub unlimited: bool,
}

/// The products of an answer. Groups that are named without an id are left out.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_application_roles(body: &[u8]) -> Result<Vec<ApplicationRole>, ApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Role {
        key: String,
        #[serde(default)]
        group_details: Vec<NamedGroup>,
        #[serde(default)]
        default_groups_details: Vec<NamedGroup>,
        // -1 stands for no limit.
        number_of_seats: Option<i64>,
        remaining_seats: Option<i64>,
        user_count: Option<i64>,
        has_unlimited_seats: Option<bool>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct NamedGroup {
        group_id: Option<String>,
    }
    fn ids(groups: Vec<NamedGroup>) -> Vec<GroupId> {
        let ids = groups.into_iter().filter_map(|group| group.group_id);
        ids.map(GroupId).collect()
    }
    fn count(number: Option<i64>) -> Option<u32> {
        u32::try_from(number?).ok()
    }
    let roles: Vec<Role> = ApiError::read("reading the seats from Jira", body)?;
    Ok(roles
        .into_iter()
        .map(|role| ApplicationRole {
            key: role.key,
            groups: ids(role.group_details),
            default_groups: ids(role.default_groups_details),
            seats: count(role.number_of_seats),
            remaining: count(role.remaining_seats),
            used: count(role.user_count),
            unlimited: role.has_unlimited_seats.unwrap_or_default(),
        })
        .collect())
}

/// `GET /rest/api/3/license/approximateLicenseCount`, of one product or of all: a figure that Jira keeps for 7 days.
pub fn licence_count(product: Option<&str>) -> Request {
    let product = product.map_or_else(String::new, |product| {
        format!("/product/{}", segment(product))
    });
    jira(
        Service::JiraAsApp,
        format!("/rest/api/3/license/approximateLicenseCount{product}"),
    )
}

/// The count of an answer, which is written as a text.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_licence_count(body: &[u8]) -> Result<u32, ApiError> {
    #[derive(Deserialize)]
    struct Metric {
        value: String,
    }
    let operation = "reading the number of licences from Jira";
    let metric: Metric = ApiError::read(operation, body)?;
    let count = metric.value.trim().parse();
    count.map_err(|_| ApiError::not_understood(operation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seats_are_read_and_no_limit_is_none() {
        let body = br#"[{"key":"jira-software","name":"Jira","groups":["a"],"groupDetails":[{"groupId":"g1","name":"a","self":"x"},{"name":"b"}],
            "defaultGroupsDetails":[{"groupId":"g1"}],"numberOfSeats":10,"remainingSeats":4,"userCount":6,"hasUnlimitedSeats":false},
            {"key":"jira-core","numberOfSeats":-1,"remainingSeats":-1,"hasUnlimitedSeats":true}]"#;
        let roles = read_application_roles(body).unwrap();
        let group = GroupId("g1".into());
        assert_eq!(
            roles,
            [
                ApplicationRole {
                    key: "jira-software".into(),
                    groups: vec![group.clone()],
                    default_groups: vec![group],
                    seats: Some(10),
                    remaining: Some(4),
                    used: Some(6),
                    unlimited: false,
                },
                ApplicationRole {
                    key: "jira-core".into(),
                    groups: Vec::new(),
                    default_groups: Vec::new(),
                    seats: None,
                    remaining: None,
                    used: None,
                    unlimited: true,
                },
            ]
        );
        assert!(read_application_roles(br#"{"errorMessages":[],"errors":{}}"#).is_err());
    }

    #[test]
    fn a_count_is_a_text() {
        assert_eq!(
            read_licence_count(br#"{"key":"license.user.count","value":"1000"}"#),
            Ok(1000)
        );
        for body in [r#"{"value":"many"}"#, r#"{"value":-1}"#, "{}", ""] {
            assert!(read_licence_count(body.as_bytes()).is_err(), "{body}");
        }
        assert_eq!(
            licence_count(Some("jira-core")).path,
            "/rest/api/3/license/approximateLicenseCount/product/jira-core"
        );
        assert_eq!(
            licence_count(None).path,
            "/rest/api/3/license/approximateLicenseCount"
        );
    }
}
