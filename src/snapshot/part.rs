//! A snapshot in stored parts. Each part can be read alone, says in which version it was written, and carries a
//! checksum, so that damage is found and never read as people.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Access, Group, Snapshot, UserRecord};
use crate::model::{
    AccountId, AccountType, Activity, Claim, DirectoryId, GroupId, Resource, Status, Time,
};

/// The most bytes of a part before it is written as text (RULES R16).
pub const MAX_PART_BYTES: usize = 176 * 1024;

/// The first bytes of every part; the last one is the version.
const MAGIC: [u8; 4] = *b"SKS1";
const CHECKSUM_BYTES: usize = 8;

/// A part that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartError {
    /// Another version wrote it, or it is something else.
    #[error("it was not written by this version of seatkeeper")]
    Version,
    /// The checksum does not fit.
    #[error("its checksum does not fit its content")]
    Checksum,
    /// The checksum fits, the content does not.
    #[error("its content does not make sense")]
    Content,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    account: String,
    directory: u32,
    account_type: Option<AccountType>,
    status: Option<Status>,
    claim: Option<Claim>,
    name: Option<String>,
    email: Option<String>,
    added: Option<i64>,
    groups: Option<Vec<u32>>,
    roles: Option<Vec<u32>>,
    access: Option<Vec<(u32, StoredActivity)>>,
}

#[derive(Serialize, Deserialize)]
enum StoredActivity {
    Seen(i64),
    Never,
    Unknown,
}

#[derive(Default, Serialize, Deserialize)]
struct Part {
    directories: Vec<String>,
    groups: Vec<(String, Option<String>)>,
    roles: Vec<String>,
    accesses: Vec<(String, String)>,
    users: Vec<Stored>,
}

/// Encodes people into parts of at most [`MAX_PART_BYTES`] each; a person who alone is larger (some thousand groups)
/// cannot be stored and is an error of the content.
///
/// # Errors
/// [`PartError::Content`] for such a person.
pub fn encode_parts(users: &[UserRecord]) -> Result<Vec<Vec<u8>>, PartError> {
    if users.is_empty() {
        return Ok(Vec::new());
    }
    let bytes = encode(users)?;
    if bytes.len() <= MAX_PART_BYTES {
        return Ok(vec![bytes]);
    }
    if users.len() == 1 {
        return Err(PartError::Content);
    }
    let (first, second) = users.split_at(users.len() / 2);
    let mut parts = encode_parts(first)?;
    parts.extend(encode_parts(second)?);
    Ok(parts)
}

fn encode(users: &[UserRecord]) -> Result<Vec<u8>, PartError> {
    let mut part = Part::default();
    for user in users {
        let stored = part.store(user);
        part.users.push(stored);
    }
    let body = postcard::to_allocvec(&part).map_err(|_| PartError::Content)?;
    let mut bytes = Vec::with_capacity(MAGIC.len() + CHECKSUM_BYTES + body.len());
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&checksum(&body));
    bytes.extend_from_slice(&body);
    Ok(bytes)
}

/// Reads a part and adds its people to a snapshot.
///
/// # Errors
/// Damaged bytes: see [`PartError`]. The snapshot is as it was.
pub fn decode_part(bytes: &[u8], snapshot: &mut Snapshot) -> Result<(), PartError> {
    let rest = bytes.strip_prefix(&MAGIC).ok_or(PartError::Version)?;
    let (sum, body) = rest
        .split_at_checked(CHECKSUM_BYTES)
        .ok_or(PartError::Checksum)?;
    if checksum(body) != sum {
        return Err(PartError::Checksum);
    }
    let part: Part = postcard::from_bytes(body).map_err(|_| PartError::Content)?;
    let users: Option<Vec<UserRecord>> = part.users.iter().map(|user| part.load(user)).collect();
    for user in users.ok_or(PartError::Content)? {
        snapshot.push(&user);
    }
    Ok(())
}

fn checksum(body: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let digest = Sha256::digest(body);
    std::array::from_fn(|index| digest.get(index).copied().unwrap_or_default())
}

/// The number of a value in a list of distinct values. A part holds few of them, so a search is enough.
fn number<T: PartialEq>(values: &mut Vec<T>, value: T) -> u32 {
    let index = values.iter().position(|known| *known == value);
    let index = index.unwrap_or_else(|| {
        values.push(value);
        values.len() - 1
    });
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn at<T>(values: &[T], number: u32) -> Option<&T> {
    values.get(usize::try_from(number).ok()?)
}

impl Part {
    fn store(&mut self, user: &UserRecord) -> Stored {
        Stored {
            account: user.account.0.clone(),
            directory: number(&mut self.directories, user.directory.0.clone()),
            account_type: user.account_type,
            status: user.status,
            claim: user.claim,
            name: user.name.clone(),
            email: user.email.clone(),
            added: user.added.map(|time| time.0),
            groups: user.groups.as_ref().map(|groups| {
                groups
                    .iter()
                    .map(|group| number(&mut self.groups, (group.id.0.clone(), group.name.clone())))
                    .collect()
            }),
            roles: user.roles.as_ref().map(|roles| {
                roles
                    .iter()
                    .map(|role| number(&mut self.roles, role.clone()))
                    .collect()
            }),
            access: user.access.as_ref().map(|access| {
                access
                    .iter()
                    .map(|access| {
                        let key = (access.resource.0.clone(), access.product.clone());
                        (number(&mut self.accesses, key), access.activity.into())
                    })
                    .collect()
            }),
        }
    }

    fn load(&self, user: &Stored) -> Option<UserRecord> {
        Some(UserRecord {
            account: AccountId(user.account.clone()),
            directory: DirectoryId(at(&self.directories, user.directory)?.clone()),
            account_type: user.account_type,
            status: user.status,
            claim: user.claim,
            name: user.name.clone(),
            email: user.email.clone(),
            added: user.added.map(Time),
            managed_by: None,
            mfa: None,
            profile: [const { None }; 4],
            groups: load_list(user.groups.as_deref(), |number| {
                let (id, name) = at(&self.groups, *number)?.clone();
                Some(Group {
                    id: GroupId(id),
                    name,
                })
            })?,
            roles: load_list(user.roles.as_deref(), |number| {
                at(&self.roles, *number).cloned()
            })?,
            access: load_list(user.access.as_deref(), |(number, activity)| {
                let (resource, product) = at(&self.accesses, *number)?.clone();
                Some(Access {
                    resource: Resource(resource),
                    product,
                    seat: None,
                    activity: activity.into(),
                })
            })?,
        })
    }
}

/// Loads a list that may be absent: outer `None` for a number that leads nowhere.
fn load_list<S, T>(stored: Option<&[S]>, load: impl Fn(&S) -> Option<T>) -> Option<Option<Vec<T>>> {
    match stored {
        None => Some(None),
        Some(stored) => stored
            .iter()
            .map(load)
            .collect::<Option<Vec<T>>>()
            .map(Some),
    }
}

impl From<Activity> for StoredActivity {
    fn from(activity: Activity) -> StoredActivity {
        match activity {
            Activity::Seen(time) => StoredActivity::Seen(time.0),
            Activity::Never => StoredActivity::Never,
            Activity::Unknown => StoredActivity::Unknown,
        }
    }
}

impl From<&StoredActivity> for Activity {
    fn from(stored: &StoredActivity) -> Activity {
        match stored {
            StoredActivity::Seen(seconds) => Activity::Seen(Time(*seconds)),
            StoredActivity::Never => Activity::Never,
            StoredActivity::Unknown => Activity::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(count: usize) -> Vec<UserRecord> {
        (0..count)
            .map(|index| UserRecord {
                email: Some(format!("person{index}@partner.example")),
                groups: Some(vec![Group {
                    id: GroupId(format!("group-{}", index % 7)),
                    name: None,
                }]),
                access: Some(vec![Access {
                    resource: Resource("ari:cloud:jira-software::site/1".into()),
                    product: "jira-software".into(),
                    seat: None,
                    activity: match index % 3 {
                        0 => Activity::Seen(Time(1_700_000_000)),
                        1 => Activity::Never,
                        _ => Activity::Unknown,
                    },
                }]),
                ..UserRecord::unknown(
                    AccountId(format!("account-{index}")),
                    DirectoryId("d".into()),
                )
            })
            .collect()
    }

    #[test]
    fn parts_hold_everybody_in_order_and_stay_small() {
        let people = people(5_000);
        let parts = encode_parts(&people).unwrap();
        assert!(parts.len() > 1);
        let mut snapshot = Snapshot::new();
        for part in &parts {
            assert!(part.len() <= MAX_PART_BYTES);
            decode_part(part, &mut snapshot).unwrap();
        }
        let out: Vec<_> = snapshot
            .rows()
            .filter_map(|row| snapshot.record(row))
            .collect();
        assert_eq!(out, people);
    }

    #[test]
    fn every_changed_bit_and_every_cut_is_found() {
        let part = encode_parts(&people(3)).unwrap().remove(0);
        for index in 0..part.len() {
            for bit in 0..8 {
                let mut damaged = part.clone();
                damaged[index] ^= 1 << bit;
                assert!(
                    decode_part(&damaged, &mut Snapshot::new()).is_err(),
                    "byte {index} bit {bit}"
                );
            }
            assert!(
                decode_part(&part[..index], &mut Snapshot::new()).is_err(),
                "cut at {index}"
            );
        }
    }
}
