//! Requests to the two services, put together in one place.

use crate::host::{Method, Request, Secret, Service};

/// One `GET` to the organization API.
pub(super) fn get(path: String, key: &Secret) -> Request {
    organization(Method::Get, path, None, key)
}

/// One `POST` to the organization API.
pub(super) fn post(path: String, body: String, key: &Secret) -> Request {
    organization(Method::Post, path, Some(body), key)
}

/// One `POST` that says nothing: the body is `{}`, since without one the answer is 415 (atlassian-apis §2.2).
pub(super) fn post_nothing(path: String, key: &Secret) -> Request {
    post(path, String::from("{}"), key)
}

/// One `PUT` to the organization API.
pub(super) fn put(path: String, body: String, key: &Secret) -> Request {
    organization(Method::Put, path, Some(body), key)
}

/// One `PATCH` to the organization API.
pub(super) fn patch(path: String, body: String, key: &Secret) -> Request {
    organization(Method::Patch, path, Some(body), key)
}

/// One `DELETE` to the organization API.
pub(super) fn delete(path: String, key: &Secret) -> Request {
    organization(Method::Delete, path, None, key)
}

fn organization(method: Method, path: String, body: Option<String>, key: &Secret) -> Request {
    Request {
        service: Service::Atlassian,
        method,
        path,
        body,
        boundary: None,
        bearer: Some(key.clone()),
    }
}

/// One `GET` to Jira, as the app or as the caller.
pub(super) fn jira(service: Service, path: String) -> Request {
    Request {
        service,
        method: Method::Get,
        path,
        body: None,
        boundary: None,
        bearer: None,
    }
}
