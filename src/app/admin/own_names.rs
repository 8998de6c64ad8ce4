//! Who is on lists and what fields say of people, slice by slice: the page decides policies on them as a run does.

use serde::Serialize;

use super::error::AdminError;
use super::months::no_place;
use super::{Answer, Role};
use crate::app::documents::{PolicyBook, decode, encode, load};
use crate::app::lists::ListBook;
use crate::app::own_fields::{block_keys, said_of};
use crate::app::records::{PersonFields, Settings};
use crate::audit::sha256_hex;
use crate::host::Host;
use crate::model::Time;

/// What goes through the bridge at once, the rest of the answer included (RULES R16: 350 KB).
const SLICE_BYTES: usize = 340_000;
/// So many stored parts are read at once.
const AT_ONCE: usize = 5;

/// One slice of what lists and fields say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct OwnNames {
    /// Those of the lists that there are. A list is what all slices say of it together.
    pub lists: Vec<ListSlice>,
    /// Those of the fields that there are.
    pub fields: Vec<String>,
    /// What these fields say of some people.
    pub people: Vec<PersonFields>,
    /// Where the next slice begins; nothing after the last one.
    pub cursor: Option<String>,
}

/// Some of the members of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ListSlice {
    /// Its name.
    pub name: String,
    /// When it was imported.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub imported: Time,
    /// E-mail addresses and account ids; none of a list that is too old to decide anything.
    pub members: Vec<String>,
}

/// A stored part: of which list in the answer, or of the fields.
struct Part {
    key: String,
    list: Option<usize>,
}

/// Who may ask for lists and fields: whoever may look, as far as policies rest on them, since plans show them whom these
/// policies mean and why; for others, whoever writes policies.
pub(super) async fn who_may<H: Host>(
    host: &H,
    lists: &[String],
    fields: &[String],
) -> Result<Role, AdminError> {
    let policies: PolicyBook = load(host).await?;
    let (mut in_lists, mut in_fields) = (Vec::new(), Vec::new());
    for stored in &policies.policies {
        let mut names = stored.policy.r#match.own_names();
        in_lists.append(&mut names.lists);
        in_fields.append(&mut names.fields);
    }
    let are_in_policies = lists.iter().all(|name| in_lists.contains(&name.as_str()))
        && fields.iter().all(|name| in_fields.contains(&name.as_str()));
    Ok(match are_in_policies {
        true => Role::Viewer,
        false => Role::OrganizationAdministrator,
    })
}

/// A slice.
pub(super) async fn slice<H: Host>(
    host: &H,
    lists: &[String],
    fields: &[String],
    cursor: Option<&str>,
) -> Result<Answer, AdminError> {
    let mut slice = OwnNames::default();
    let mut parts = Vec::new();
    // Slices of different imports are no list.
    let mut imports = String::new();
    let book: ListBook = load(host).await?;
    for list in &book.lists {
        if !lists.contains(&list.name) {
            continue;
        }
        imports.push_str(&list.mark());
        if !list.is_too_old(host.now()) {
            let place = Some(slice.lists.len());
            let keys = list.keys().into_iter();
            parts.extend(keys.map(|key| Part { key, list: place }));
        }
        slice.lists.push(ListSlice {
            name: list.name.clone(),
            imported: list.imported,
            members: Vec::new(),
        });
    }
    let settings: Settings = load(host).await?;
    for field in settings.fields {
        if fields.contains(&field.name) {
            slice.fields.push(field.name);
        }
    }
    if !slice.fields.is_empty() {
        let keys = block_keys(host).await?.into_iter();
        parts.extend(keys.map(|key| Part { key, list: None }));
    }
    let imports = sha256_hex(&imports);
    let mut place: usize = match cursor.map(|cursor| cursor.split_once(' ')) {
        None => 0,
        Some(Some((known, place))) if known == imports => place.parse().map_err(|_| no_place())?,
        Some(_) => return Err(changed()),
    };
    let begun = place;
    let mut bytes: usize = 0;
    'slice: while let Some(some) = parts.get(place..).filter(|rest| !rest.is_empty()) {
        let some = some.get(..AT_ONCE).unwrap_or(some);
        let keys: Vec<String> = some.iter().map(|part| part.key.clone()).collect();
        for (part, text) in some.iter().zip(host.get(&keys).await?) {
            // Whole parts, and at least one of them: each is smaller than a slice.
            let has_room = |size: usize| place == begun || size <= SLICE_BYTES;
            match part.list.and_then(|list| slice.lists.get_mut(list)) {
                Some(list) => {
                    let text = text.ok_or_else(changed)?;
                    bytes = bytes.saturating_add(text.len());
                    if !has_room(bytes) {
                        break 'slice;
                    }
                    let mut members: Vec<String> = decode(&part.key, &text)?;
                    list.members.append(&mut members);
                }
                None => {
                    let mut people = said_of(&part.key, text.as_deref(), &slice.fields)?;
                    bytes = bytes.saturating_add(encode(&people)?.len());
                    if !has_room(bytes) {
                        break 'slice;
                    }
                    slice.people.append(&mut people);
                }
            }
            place = place.saturating_add(1);
        }
    }
    slice.cursor = (place < parts.len()).then(|| format!("{imports} {place}"));
    Ok(Answer::OwnNames(slice))
}

fn changed() -> AdminError {
    AdminError::WrongState(String::from(
        "a list was imported anew meanwhile: begin with the first slice",
    ))
}
