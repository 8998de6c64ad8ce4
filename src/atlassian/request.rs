//! Requests to the two services, put together in one place.

use crate::host::{Method, Request, Secret, Service};

/// One `GET` to the organization API.
pub(super) fn get(path: String, key: &Secret) -> Request {
    Request {
        service: Service::Atlassian,
        method: Method::Get,
        path,
        body: None,
        bearer: Some(key.clone()),
    }
}

/// One `POST` to the organization API.
pub(super) fn post(path: String, body: String, key: &Secret) -> Request {
    Request {
        service: Service::Atlassian,
        method: Method::Post,
        path,
        body: Some(body),
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
        bearer: None,
    }
}
