use super::*;

fn answer(service: Service, status: u16, headers: &[(&str, &str)], body: &str) -> ApiError {
    let response = Response {
        status,
        headers: headers
            .iter()
            .map(|(k, v)| (k.to_string(), v.to_string()))
            .collect(),
        body: body.as_bytes().to_vec(),
    };
    let now = Time::parse("2024-05-01T10:00:30Z").unwrap();
    check("reading users", service, now, Ok(response)).unwrap_err()
}

const SCOPE: &str = r#"{"code":401,"message":"Unauthorized; scope does not match"}"#;
const CURSOR: &str =
    r#"{"errors":[{"status":"400","code":"ADMIN-400-1","title":"Bad Request","detail":"bad"}]}"#;

#[test]
fn every_refusal_is_of_a_kind() {
    use ApiErrorKind::{
        Already, Conflict, CursorRefused, Forbidden, Inactive, JiraRefused, LicenceLimit, NotFound,
        Refused, ScopeMissing, Server, Unauthorized,
    };
    use Service::{Atlassian, JiraAsApp, JiraAsCaller};
    for (service, status, body, kind) in [
        (Atlassian, 400, CURSOR, CursorRefused),
        (
            Atlassian,
            400,
            r#"{"message":"Invalid Cursor"}"#,
            CursorRefused,
        ),
        (
            Atlassian,
            400,
            r#"{"errors":[{"code":"ADMIN-400-24"}]}"#,
            Refused(400),
        ),
        (Atlassian, 400, "", Refused(400)),
        (
            Atlassian,
            401,
            r#"{"code":401,"message":"Unauthorized"}"#,
            Unauthorized,
        ),
        (Atlassian, 401, "", Unauthorized),
        (Atlassian, 401, SCOPE, Forbidden),
        (Atlassian, 403, r#"{"errorDetail":"manage:org"}"#, Forbidden),
        (JiraAsApp, 401, SCOPE, ScopeMissing),
        (
            JiraAsApp,
            401,
            r#"{"errorMessages":["no"],"errors":{}}"#,
            JiraRefused,
        ),
        (JiraAsCaller, 403, "<html>", JiraRefused),
        (Atlassian, 404, "", NotFound),
        (Atlassian, 409, "", Conflict),
        (
            Atlassian,
            409,
            r#"{"errors":[{"code":"ADMIN-409-28","detail":"x"}]}"#,
            Conflict,
        ),
        (
            Atlassian,
            409,
            r#"{"errors":[{"code":"ADMIN-409-28","detail":"The user is Already a member"}]}"#,
            Already,
        ),
        (
            Atlassian,
            409,
            r#"{"errors":[{"code":"ADMIN-UAM-409-3","detail":"already at its limit"}]}"#,
            LicenceLimit,
        ),
        (
            Atlassian,
            409,
            r#"{"errors":[{"code":"ADMIN-409-3"}]}"#,
            LicenceLimit,
        ),
        (
            Atlassian,
            400,
            r#"{"errors":[{"code":"ADMIN-400-32"}]}"#,
            LicenceLimit,
        ),
        (
            Atlassian,
            409,
            r#"{"message":"You exceeded your user limit"}"#,
            LicenceLimit,
        ),
        (
            Atlassian,
            409,
            r#"{"message":"You have already reached your user limit"}"#,
            Conflict,
        ),
        (
            Atlassian,
            409,
            r#"{"key":"conflict.lifecycleErrors","context":{"accountId":"a","message":"m","errorCodes":[{"code":"c","message":"already deactivated"}]}}"#,
            Already,
        ),
        (
            Atlassian,
            400,
            r#"{"errors":[{"code":"ADMIN-UAM-400-2"}]}"#,
            Inactive,
        ),
        (
            JiraAsApp,
            409,
            r#"{"errorMessages":["it is already being done"]}"#,
            Conflict,
        ),
        (Atlassian, 415, "", Refused(415)),
        (Atlassian, 500, "<html>oh</html>", Server),
        (JiraAsApp, 503, "", Server),
    ] {
        let error = answer(service, status, &[], body);
        assert_eq!(error.kind, kind, "{status} {body}");
        let told = error.to_string();
        assert!(
            told.starts_with("reading users: ") && told.contains(error.meaning()),
            "{told}"
        );
        assert!(
            error.detail.starts_with(&format!("status {status}")),
            "{}",
            error.detail
        );
        assert!(!error.hint().is_empty() && !error.code().is_empty());
    }
}

#[test]
fn only_the_key_is_blamed_for_the_key() {
    let blamed = |service, body| answer(service, 401, &[], body).is_the_keys_fault();
    assert!(blamed(Service::Atlassian, ""));
    for (service, body) in [
        (Service::Atlassian, SCOPE),
        (Service::JiraAsApp, SCOPE),
        (Service::JiraAsCaller, ""),
    ] {
        assert!(!blamed(service, body));
    }
}

#[test]
fn a_cursor_may_be_refused_without_being_named() {
    for (status, body, may_be) in [(400, CURSOR, true), (400, "", true), (404, "", false)] {
        let error = answer(Service::Atlassian, status, &[], body);
        assert_eq!(error.may_be_the_cursor(), may_be, "{status} {body}");
    }
}

#[test]
fn a_limit_says_how_long_and_of_what() {
    for (service, headers, body, seconds, detail) in [
        (
            Service::Atlassian,
            &[("x-ratelimit-reset", "2024-05-01T10:01Z")][..],
            r#"{"code":429,"message":"Too many requests"}"#,
            30,
            "status 429, Too many requests",
        ),
        (
            Service::Atlassian,
            &[],
            "",
            60,
            "status 429, too many requests of this kind",
        ),
        (
            Service::JiraAsApp,
            &[
                ("retry-after", "1800"),
                ("ratelimit-reason", "jira-quota-global-based"),
            ],
            "",
            1_800,
            "status 429, the app's quota is used up",
        ),
        (
            Service::JiraAsApp,
            &[
                ("retry-after", "2"),
                ("ratelimit-reason", "jira-per-issue-on-write"),
            ],
            "<html>",
            2,
            "status 429, too many changes of one issue",
        ),
    ] {
        let error = answer(service, 429, headers, body);
        let kind = ApiErrorKind::RateLimited {
            wait_seconds: seconds,
        };
        assert_eq!((error.kind, error.detail.as_str()), (kind, detail));
        assert!(error.is_passing());
    }
}

#[test]
fn no_answer_is_no_refusal() {
    let error = SendError(String::from("timed\nout"));
    let error = check("reading users", Service::Atlassian, Time(0), Err(error)).unwrap_err();
    assert_eq!(error.kind, ApiErrorKind::NoAnswer);
    assert_eq!(error.detail, "timed out");
    assert!(error.is_passing());
}
