//! Own fields and notes on people: defined, shown, set, imported.

use super::error::AdminError;
use super::{Answer, Caller, PeopleFields};
use crate::app::documents::load;
use crate::app::own_fields::{of, write};
use crate::app::records::{FieldDefinition, FieldKind, PersonFields, Settings};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::Host;
use crate::model::{AccountId, Time};

/// The most people in one command.
const MAX_ROWS: usize = 1_000;
/// The longest value, in signs.
const MAX_VALUE: usize = 200;
/// The longest note, in signs.
const MAX_NOTE: usize = 2_000;
/// The most fields.
const MAX_FIELDS: usize = 30;
/// The most values of a choice.
const MAX_CHOICES: usize = 100;

/// What is wrong with the definitions of fields, if anything.
pub(super) fn mistake(fields: &[FieldDefinition]) -> Option<&'static str> {
    if fields.len() > MAX_FIELDS {
        return Some("at most 30 fields can be defined");
    }
    for (place, field) in fields.iter().enumerate() {
        let name = field.name.trim();
        let mut before = fields.iter().take(place);
        if !is_line(name, 60) || name != field.name || before.any(|other| other.name == name) {
            return Some("each field has a name of its own, of one line and at most 60 signs");
        }
        let has_choices = !field.choices.is_empty();
        let are_lines = field
            .choices
            .iter()
            .all(|choice| is_line(choice, MAX_VALUE));
        let is_choice = field.kind == FieldKind::Choice;
        if has_choices != is_choice || field.choices.len() > MAX_CHOICES || !are_lines {
            return Some("a choice has 1 to 100 values of one line each, other fields have none");
        }
    }
    None
}

fn is_line(text: &str, most: usize) -> bool {
    !text.is_empty() && text.chars().count() <= most && !text.chars().any(char::is_control)
}

/// What is said of some people.
pub(super) async fn show<H: Host>(host: &H, accounts: &[AccountId]) -> Result<Answer, AdminError> {
    if accounts.len() > MAX_ROWS {
        return Err(too_many());
    }
    let people = of(host, accounts).await?;
    Ok(Answer::PersonFields(PeopleFields { people }))
}

fn too_many() -> AdminError {
    AdminError::Invalid(format!("at most {MAX_ROWS} people at once"))
}

/// Sets what is said of people.
pub(super) async fn set<H: Host>(
    host: &H,
    caller: &Caller,
    rows: &[PersonFields],
) -> Result<Answer, AdminError> {
    if rows.len() > MAX_ROWS {
        return Err(too_many());
    }
    write_all(host, caller, rows).await?;
    let mut accounts = Vec::new();
    for row in rows {
        accounts.push(AccountId(row.account.clone()));
    }
    show(host, &accounts).await
}

/// The same for any number of people, block by block.
pub(super) async fn write_all<H: Host>(
    host: &H,
    caller: &Caller,
    rows: &[PersonFields],
) -> Result<(), AdminError> {
    let settings: Settings = load(host).await?;
    check(&settings.fields, rows)?;
    let about = |written: &[&PersonFields]| {
        let by = Actor::Person(caller.account_id.clone());
        Entry {
            subject: match written {
                [row] => Some(row.account.clone()),
                _ => None,
            },
            reason: Some(said(written)),
            ..Entry::new(host.now(), &by, LogAction::SetPersonFields, Outcome::Done)
        }
    };
    if !write(host, &caller.account_id, rows, &about).await? {
        let why =
            "what is said of all people together would take more than 45 MB: shorten the notes";
        return Err(AdminError::Invalid(String::from(why)));
    }
    Ok(())
}

/// What the log says: the names of the fields, and not their values (RULES R14).
fn said(written: &[&PersonFields]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for row in written {
        let note = row.note.is_some().then_some("the note");
        for name in row.values.iter().map(|(name, _)| name.as_str()).chain(note) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    format!("{} of {} people", names.join(", "), written.len())
}

/// Everything is looked at before anything is written.
pub(super) fn check(fields: &[FieldDefinition], rows: &[PersonFields]) -> Result<(), AdminError> {
    for row in rows {
        let account = &row.account;
        if !AccountId(account.clone()).is_plausible() {
            return Err(AdminError::Invalid(format!("{account} is no account id")));
        }
        for (name, value) in &row.values {
            let field = fields.iter().find(|field| field.name == *name);
            let Some(field) = field else {
                return Err(AdminError::Invalid(format!("there is no field `{name}`")));
            };
            if !value.is_empty() && !is_value(field, value) {
                return Err(AdminError::Invalid(format!(
                    "this is no value of the field `{name}` for {account}"
                )));
            }
        }
        let note = row.note.as_deref().unwrap_or_default();
        let is_plain = |sign: char| sign == '\n' || !sign.is_control();
        if note.chars().count() > MAX_NOTE || !note.chars().all(is_plain) {
            return Err(AdminError::Invalid(format!(
                "a note has at most {MAX_NOTE} signs: {account}"
            )));
        }
    }
    Ok(())
}

fn is_value(field: &FieldDefinition, value: &str) -> bool {
    match field.kind {
        FieldKind::Text => is_line(value, MAX_VALUE),
        FieldKind::Date => {
            value.len() == 10 && Time::parse(&format!("{value}T00:00:00Z")).is_some()
        }
        FieldKind::Choice => field.choices.iter().any(|choice| choice == value),
    }
}
