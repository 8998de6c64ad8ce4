//! Lists of people: shown, imported part by part, dropped.

use super::error::AdminError;
use super::{Answer, Caller, List, Lists};
use crate::app::documents::{encode, load};
use crate::app::lists::{
    ListBook, MAX_LISTS, MAX_PART_BYTES, MAX_PARTS, Slice, StoredList, Taken, forget_list, take,
};
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::Host;
use crate::model::AccountId;
use crate::policy::CHOSEN;

/// The longest member, an e-mail address.
const MAX_MEMBER: usize = 254;
/// The longest name.
const MAX_NAME: usize = 100;

/// All lists.
pub(super) async fn lists<H: Host>(host: &H) -> Result<Answer, AdminError> {
    let book: ListBook = load(host).await?;
    let mut lists = Vec::new();
    for list in book.lists {
        lists.push(List {
            has_shrunk: list.has_shrunk(),
            name: list.name,
            imported: list.imported,
            by: list.by,
            members: list.members,
            had: list.had,
        });
    }
    Ok(Answer::Lists(Lists { lists }))
}

/// Takes a part of a list.
pub(super) async fn import<H: Host>(
    host: &H,
    caller: &Caller,
    name: &str,
    members: &[String],
    part: u32,
    of: u32,
) -> Result<Answer, AdminError> {
    let name = name.trim();
    let known = checked(name, members)?;
    if !(1..=MAX_PARTS).contains(&of) || encode(&known)?.len() > MAX_PART_BYTES {
        return Err(AdminError::Invalid(format!(
            "a list comes in at most {MAX_PARTS} parts of at most 176 KiB"
        )));
    }
    let book: ListBook = load(host).await?;
    if book.get(name).is_none() && book.lists.len() >= MAX_LISTS {
        let why = format!("there are {MAX_LISTS} lists already: drop one first");
        return Err(AdminError::WrongState(why));
    }
    let slice = Slice {
        name,
        part,
        of,
        members: &known,
        by: &caller.account_id,
        restored: None,
    };
    match take(host, slice, &|list| about_import(host, caller, list)).await? {
        Taken::Kept => lists(host).await,
        Taken::OutOfPlace => {
            let why = "this part does not follow the ones that are there: begin with part 0";
            Err(AdminError::WrongState(String::from(why)))
        }
    }
}

/// What the log says of a list that came in.
pub(super) fn about_import<H: Host>(host: &H, caller: &Caller, list: &StoredList) -> Entry {
    let before = list
        .had
        .map_or(String::new(), |had| format!(", {had} before"));
    let said = format!("the list {}: {} members{before}", list.name, list.members);
    entry(host, caller, LogAction::ImportList, said)
}

/// The members of a list as they are stored, if it is one.
pub(super) fn checked(name: &str, members: &[String]) -> Result<Vec<String>, AdminError> {
    let is_name = (1..=MAX_NAME).contains(&name.len()) && !name.chars().any(char::is_control);
    if !is_name || name == CHOSEN {
        return Err(AdminError::Invalid(format!(
            "a list has a name of at most {MAX_NAME} signs that is not `{CHOSEN}`"
        )));
    }
    let mut known = Vec::with_capacity(members.len());
    for member in members {
        known.push(written(member)?);
    }
    Ok(known)
}

fn entry<H: Host>(host: &H, caller: &Caller, action: LogAction, said: String) -> Entry {
    let by = Actor::Person(caller.account_id.clone());
    Entry {
        reason: Some(said),
        ..Entry::new(host.now(), &by, action, Outcome::Done)
    }
}

/// A member as it is stored.
fn written(member: &str) -> Result<String, AdminError> {
    let member = member.trim();
    let is_plain = !member
        .chars()
        .any(|sign| sign.is_control() || sign.is_whitespace());
    if member.contains('@') && is_plain && member.len() <= MAX_MEMBER {
        return Ok(member.to_ascii_lowercase());
    }
    if AccountId(member.to_owned()).is_plausible() {
        return Ok(member.to_owned());
    }
    let start: String = member.chars().take(40).collect();
    Err(AdminError::Invalid(format!(
        "`{start}` is neither an e-mail address nor an account id"
    )))
}

/// Forgets a list: whoever rests on it is not known any more.
pub(super) async fn drop_list<H: Host>(
    host: &H,
    caller: &Caller,
    name: &str,
) -> Result<Answer, AdminError> {
    let about = |list: &StoredList| {
        let said = format!("the list {}: {} members", list.name, list.members);
        entry(host, caller, LogAction::DropList, said)
    };
    if !forget_list(host, &caller.account_id, name, &about).await? {
        return Err(AdminError::NotFound("such list"));
    }
    lists(host).await
}
