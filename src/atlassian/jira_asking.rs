//! Issues of Jira that ask for something for a person: which project they are of, and whom a field names.

use serde_json::Value;

use super::error::ApiError;
use crate::model::AccountId;

/// What an issue says that asks for something for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskingIssue {
    /// Its key.
    pub key: String,
    /// The key of its project.
    pub project: String,
    /// The one account that the field names: an Atlassian account, not an app's or a customer's.
    pub person: Result<AccountId, Unnamed>,
}

/// Why a field of an issue names no person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unnamed {
    /// It is not there, is empty, or is no field for a person.
    Nobody,
    /// It names more than one.
    Several,
    /// It names an app, or a customer of a help desk.
    OtherAccount,
    /// It was changed after the issue's last move: whoever moved it may have meant somebody else.
    ChangedSince,
}

/// Reads an issue that asks for something for the person whom a field of it names.
///
/// # Errors
/// An answer that is not what the API documents.
pub fn read_asking_issue(body: &[u8], field: &str) -> Result<AskingIssue, ApiError> {
    const OPERATION: &str = "reading an issue that asks for an access";
    let answer: Value = ApiError::read(OPERATION, body)?;
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let fields = answer.get("fields");
    let project = fields.and_then(|fields| fields.get("project")?.get("key"));
    let named = fields.and_then(|fields| fields.get(field));
    let person = match named {
        // A field for several people that names one.
        Some(Value::Array(people)) => match people.as_slice() {
            [person] => person_of(person),
            [] => Err(Unnamed::Nobody),
            _ => Err(Unnamed::Several),
        },
        Some(person) => person_of(person),
        None => Err(Unnamed::Nobody),
    };
    let person = match is_changed_since_move(&answer, field) {
        true => Err(Unnamed::ChangedSince),
        false => person,
    };
    let not_understood = || ApiError::not_understood(OPERATION);
    Ok(AskingIssue {
        key: text(answer.get("key")).ok_or_else(not_understood)?,
        project: text(project).ok_or_else(not_understood)?,
        person,
    })
}

/// Whether the history shows a change of a field after the last one of the status. The newest change has the greatest id.
fn is_changed_since_move(answer: &Value, field: &str) -> bool {
    let histories = answer.get("changelog").and_then(|log| log.get("histories"));
    let changes = histories.and_then(Value::as_array);
    let last = |field: &str| {
        let is_of = |item: &Value| {
            let of = item.get("fieldId").or_else(|| item.get("field"));
            of.and_then(Value::as_str) == Some(field)
        };
        let of_field = changes.into_iter().flatten().filter(|change| {
            let items = change.get("items").and_then(Value::as_array);
            items.into_iter().flatten().any(is_of)
        });
        of_field
            .filter_map(|change| change.get("id")?.as_str()?.parse::<u64>().ok())
            .max()
    };
    last(field) > last("status")
}

fn person_of(person: &Value) -> Result<AccountId, Unnamed> {
    let text = |name| person.get(name).and_then(Value::as_str);
    let account = text("accountId").map(|account| AccountId(account.to_owned()));
    let account = account.filter(AccountId::is_plausible);
    match (account, text("accountType")) {
        (None, _) => Err(Unnamed::Nobody),
        (Some(account), Some("atlassian") | None) => Ok(account),
        _ => Err(Unnamed::OtherAccount),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_names_one_person_or_says_why_it_names_none() {
        let kim = r#"{"accountId": "712020:kim", "accountType": "atlassian"}"#;
        let person = || Ok(AccountId("712020:kim".into()));
        let cases: [(String, Result<AccountId, Unnamed>); 9] = [
            (kim.into(), person()),
            (r#"{"accountId": "712020:kim"}"#.into(), person()),
            (format!("[{kim}]"), person()),
            (format!("[{kim}, {kim}]"), Err(Unnamed::Several)),
            ("[]".into(), Err(Unnamed::Nobody)),
            ("null".into(), Err(Unnamed::Nobody)),
            (r#""kim""#.into(), Err(Unnamed::Nobody)),
            (r#"{"accountId": "a b"}"#.into(), Err(Unnamed::Nobody)),
            (
                r#"{"accountId": "qm:1", "accountType": "customer"}"#.into(),
                Err(Unnamed::OtherAccount),
            ),
        ];
        for (value, expected) in cases {
            let body = format!(
                r#"{{"key": "HELP-1", "fields": {{"project": {{"key": "HELP"}}, "who": {value}}}}}"#
            );
            let issue = read_asking_issue(body.as_bytes(), "who").unwrap();
            assert_eq!(
                (issue.key.as_str(), issue.project.as_str()),
                ("HELP-1", "HELP")
            );
            assert_eq!(issue.person, expected, "{value}");
            let other = read_asking_issue(body.as_bytes(), "other").unwrap();
            assert_eq!(other.person, Err(Unnamed::Nobody));
        }
        assert!(read_asking_issue(b"{}", "who").is_err());
    }

    #[test]
    fn what_was_changed_after_the_last_move_names_nobody() {
        let change = |id: u32, of: &str| format!(r#"{{"id":"{id}","items":[{of}]}}"#);
        let status = r#"{"field":"status","fieldId":"status"}"#;
        let person = r#"{"field":"Person","fieldId":"customfield_7"}"#;
        let other = r#"{"field":"summary","fieldId":"summary"}"#;
        let both = format!("{status},{person}");
        for (histories, is_changed) in [
            (vec![], false),
            (vec![change(9, person), change(10, status)], false),
            (vec![change(10, person), change(9, status)], true),
            (
                vec![change(9, status), change(10, person), change(11, status)],
                false,
            ),
            (vec![change(9, status), change(10, other)], false),
            // A screen of the transition may ask for the person.
            (vec![change(9, &both)], false),
        ] {
            let histories = histories.join(",");
            let body = format!(
                r#"{{"key":"HELP-1","fields":{{"project":{{"key":"HELP"}},"customfield_7":{{"accountId":"712020:kim"}}}},
                "changelog":{{"histories":[{histories}]}}}}"#
            );
            let asking = read_asking_issue(body.as_bytes(), "customfield_7").unwrap();
            let found = asking.person == Err(Unnamed::ChangedSince);
            assert_eq!(found, is_changed, "{histories}");
        }
    }
}
