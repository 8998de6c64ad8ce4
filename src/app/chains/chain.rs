//! A policy's chain in memory, and how it is written: only what changed.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::index::{Index, part_key};
use super::member::Member;
use super::part::StoredPart;
use crate::app::boxed::Boxed;
use crate::app::documents::{decode, encode};
use crate::app::lease::Lease;
use crate::app::stored_people::PARTS_AT_ONCE;
use crate::host::{Host, StorageError, Write};
use crate::model::{AccountId, DirectoryId};
use crate::plan::{Link, Person};

/// The most bytes of JSON in one part (RULES R16, with room for what the platform adds).
pub(super) const MAX_PART_BYTES: usize = 160 * 1024;
/// A part with fewer people takes new ones. With what was taken from them, so many come to about 120 KiB.
const PEOPLE_A_PART: usize = 800;
/// How often a part that is gone makes a reader look at the index again.
const READINGS: u32 = 3;

/// A policy's chain as it was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    pub(super) policy: String,
    pub(super) index: Index,
    pub(super) parts: Vec<Part>,
}

/// A part, and whether it is to be written.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub(super) members: Vec<Member>,
    pub(super) is_changed: bool,
}

/// A chain whose parts are stored and whose index is not: its writes belong into the commit.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct Unwritten {
    policy: String,
    /// `None` where nothing changed.
    index: Option<Index>,
}

impl Chain {
    /// Reads the parts that an index names.
    pub(super) async fn of(
        host: &impl Host,
        policy: &str,
        index: Index,
    ) -> Result<Chain, StorageError> {
        Ok(Chain {
            parts: parts(host, policy, &index).await?,
            policy: policy.to_owned(),
            index,
        })
    }

    /// Reads a policy's chain. Boxed, so that its code is there once.
    pub(super) fn load<'h>(host: &'h impl Host, policy: &str) -> Boxed<'h, Chain> {
        let policy = policy.to_owned();
        Box::pin(async move {
            let mut readings = 1;
            loop {
                let index = Index::load(host, &policy).await?;
                match parts(host, &policy, &index).await {
                    Ok(parts) => {
                        return Ok(Chain {
                            policy,
                            index,
                            parts,
                        });
                    }
                    // Somebody replaced a part between the two readings.
                    Err(error) if readings >= READINGS => return Err(error),
                    Err(_) => readings += 1,
                }
            }
        })
    }

    /// Everybody in it.
    pub(super) fn members(&self) -> impl Iterator<Item = &Member> {
        self.parts.iter().flat_map(|part| &part.members)
    }

    /// Adds somebody, where there is room; answers the part and the place in it.
    pub(super) fn add(&mut self, member: Member) -> (usize, usize) {
        let mut roomy = self.parts.iter();
        let roomy = roomy.position(|part| part.members.len() < PEOPLE_A_PART);
        let number = roomy.unwrap_or(self.parts.len());
        if number == self.parts.len() {
            self.parts.push(Part::default());
        }
        let mut place = 0;
        if let Some(part) = self.parts.get_mut(number) {
            place = part.members.len();
            part.members.push(member);
            part.is_changed = true;
        }
        (number, place)
    }

    /// Stores the parts that changed, under names of the writer, such as its run: the same writer killed and called
    /// again writes the same, and one that was overtaken writes nothing. Nothing counts until the index is written.
    pub(super) async fn store(
        self,
        host: &impl Host,
        lease: &Lease,
        writer: &str,
        hash: &str,
    ) -> Result<Unwritten, StorageError> {
        let Chain {
            policy,
            index: old,
            parts,
        } = self;
        let is_changed = parts.iter().any(|part| part.is_changed);
        if !is_changed && (old.hash == hash || old.parts.is_empty()) {
            return Ok(Unwritten {
                policy,
                index: None,
            });
        }
        let mut index = Index {
            version: old.version.saturating_add(1),
            hash: hash.to_owned(),
            is_left: old.is_left,
            ..Index::default()
        };
        let mut texts = Vec::new();
        for (part, name) in parts.iter().zip(names(&old.parts)) {
            match name {
                Some(name) if !part.is_changed => index.parts.push(name.clone()),
                _ => {
                    index.replaced.extend(name.cloned());
                    for text in split(&part.members)? {
                        let name = format!("{writer}-{}", texts.len());
                        texts.push((part_key(&policy, &name), text));
                        index.parts.push(name);
                    }
                }
            }
        }
        // What a writer before left is gone before its names are forgotten.
        delete(host, &policy, &old.replaced).await?;
        for some in texts.chunks(PARTS_AT_ONCE) {
            let mut writes = Vec::new();
            for (key, value) in some {
                writes.push(Write::Set {
                    key: key.clone(),
                    value: value.clone(),
                });
            }
            lease.transact(host, writes).await?;
        }
        Ok(Unwritten {
            policy,
            index: Some(index),
        })
    }
}

/// The names of the parts that there were, then none for those that are new.
fn names(stored: &[String]) -> impl Iterator<Item = Option<&String>> {
    stored.iter().map(Some).chain(std::iter::repeat(None))
}

async fn parts(host: &impl Host, policy: &str, index: &Index) -> Result<Vec<Part>, StorageError> {
    let mut parts = Vec::new();
    for names in index.parts.chunks(PARTS_AT_ONCE) {
        let mut keys = Vec::new();
        for name in names {
            keys.push(part_key(policy, name));
        }
        for (key, text) in keys.iter().zip(host.get(&keys).await?) {
            let damaged = || StorageError::Failed(format!("the part `{key}` is damaged or gone"));
            let part: StoredPart = decode(key, &text.ok_or_else(damaged)?)?;
            parts.push(Part {
                members: part.members().ok_or_else(damaged)?,
                is_changed: false,
            });
        }
    }
    Ok(parts)
}

/// The texts of some people: one, or more where one would be too long.
fn split(members: &[Member]) -> Result<Vec<String>, StorageError> {
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let text = encode(&StoredPart::of(members))?;
    if text.len() <= MAX_PART_BYTES || members.len() == 1 {
        return Ok(vec![text]);
    }
    let (first, rest) = members.split_at(members.len() / 2);
    let mut texts = split(first)?;
    texts.extend(split(rest)?);
    Ok(texts)
}

async fn delete(host: &impl Host, policy: &str, names: &[String]) -> Result<(), StorageError> {
    for names in names.chunks(PARTS_AT_ONCE) {
        let mut writes = Vec::new();
        for name in names {
            writes.push(Write::Delete {
                key: part_key(policy, name),
            });
        }
        host.transact(writes).await?;
    }
    Ok(())
}

impl Unwritten {
    /// The writes that make the stored parts count; to be asked for within the attempt of a commit. An index that somebody
    /// else wrote since this one was read is a conflict: the job begins anew from what is there now.
    pub(in crate::app) async fn writes(
        &self,
        host: &impl Host,
    ) -> Result<Vec<Write>, StorageError> {
        let Some(index) = &self.index else {
            return Ok(Vec::new());
        };
        let stored = Index::load(host, &self.policy).await?;
        if stored.version.saturating_add(1) != index.version {
            return Err(StorageError::Conflict);
        }
        Ok(vec![index.write(&self.policy)?])
    }
}

/// Whether anybody is remembered for a policy.
pub(in crate::app) async fn is_there(host: &impl Host, policy: &str) -> Result<bool, StorageError> {
    Ok(!Index::load(host, policy).await?.parts.is_empty())
}

/// The links of some people in a policy's chain, in their order; nobody's under another text of the policy.
pub(in crate::app) async fn links_of(
    host: &impl Host,
    policy: &str,
    hash: &str,
    people: &[Person],
) -> Result<Vec<Option<Link>>, StorageError> {
    let mut links = vec![None; people.len()];
    if !is_there(host, policy).await? {
        return Ok(links);
    }
    let chain = Chain::load(host, policy).await?;
    if chain.index.is_left || chain.index.hash != hash {
        return Ok(links);
    }
    let mut by_person: HashMap<(&AccountId, &DirectoryId), &Link, FixedState> = HashMap::default();
    for member in chain.members() {
        by_person.insert((&member.account, &member.directory), &member.link);
    }
    for (place, person) in links.iter_mut().zip(people) {
        let link = by_person.get(&(&person.account, &person.directory));
        *place = link.map(|link| Link::clone(link));
    }
    Ok(links)
}
