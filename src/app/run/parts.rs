//! The frozen plan in stored parts. What many people of a part have in common is there once.

use serde::{Deserialize, Serialize};

use crate::app::documents::{encode, load_value};
use crate::app::records::PlanReference;
use crate::app::worker::{WorkError, Worker};
use crate::audit::sha256_hex;
use crate::host::{Host, StorageError, Write};
use crate::model::{AccountId, DirectoryId, GroupId, Resource, Status, Time};
use crate::plan::{Act, Before, Fate, Held, Person};

/// The most bytes of JSON in one part (RULES R16, with room for what the platform adds).
const MAX_PART_BYTES: usize = 160 * 1024;
/// What a part takes besides its people, names and acts.
const PART_BYTES: usize = 64;
/// The most parts in one write.
pub(super) const PARTS_A_WRITE: usize = 15;

/// A part as it is stored.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Part {
    /// Directories, groups, roles and resources, each once.
    names: Vec<String>,
    /// What is done to people, each list once.
    acts: Vec<Vec<Act>>,
    people: Vec<Line>,
    /// About how long its JSON is.
    #[serde(skip)]
    bytes: usize,
}

/// A person as stored: names and acts by their number in the part.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    #[serde(rename = "a")]
    account: AccountId,
    #[serde(rename = "d")]
    directory: u32,
    #[serde(rename = "f")]
    fate: Fate,
    #[serde(rename = "r")]
    reason: String,
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    acts: Option<u32>,
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    stage: Option<u32>,
    #[serde(rename = "w", default, skip_serializing_if = "Vec::is_empty")]
    hindered_by: Vec<u32>,
    #[serde(rename = "p", default, skip_serializing_if = "std::ops::Not::not")]
    provided: bool,
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    last_seen: Option<i64>,
    #[serde(rename = "g", default, skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<u32>>,
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    roles: Option<Vec<u32>>,
    /// Resource and seconds since 1970: 0 for never, -1 for not known.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    held: Option<Vec<(u32, i64)>>,
}

const NEVER: i64 = 0;
const UNKNOWN: i64 = -1;

impl Part {
    fn name(&mut self, name: &str) -> u32 {
        let known = self.names.iter().position(|known| known == name);
        let place = known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.bytes += name.len() + 3;
            self.names.len() - 1
        });
        u32::try_from(place).unwrap_or(u32::MAX)
    }

    fn names(&mut self, names: &mut dyn Iterator<Item = &str>) -> Vec<u32> {
        names.map(|name| self.name(name)).collect()
    }

    fn acts(&mut self, acts: &[Act]) -> Option<u32> {
        if acts.is_empty() {
            return None;
        }
        let known = self.acts.iter().position(|known| known == acts);
        let place = known.unwrap_or_else(|| {
            self.acts.push(acts.to_vec());
            self.bytes += encode(&self.acts.last()).map_or(0, |text| text.len()) + 1;
            self.acts.len() - 1
        });
        u32::try_from(place).ok()
    }

    fn line(&mut self, person: &Person) -> Line {
        let before = &person.before;
        let groups = before.groups.as_ref();
        let roles = before.roles.as_ref();
        let held = before.access.as_ref();
        Line {
            account: person.account.clone(),
            directory: self.name(person.directory.as_str()),
            fate: person.fate,
            reason: person.reason.clone(),
            acts: self.acts(&person.acts),
            stage: (person.stage > 0).then_some(person.stage),
            hindered_by: self.names(&mut person.hindered_by.iter().map(GroupId::as_str)),
            provided: person.provided,
            status: before.status,
            last_seen: before.last_seen.map(|time| time.0),
            groups: groups.map(|groups| self.names(&mut groups.iter().map(GroupId::as_str))),
            roles: roles.map(|roles| self.names(&mut roles.iter().map(String::as_str))),
            held: held.map(|held| {
                let mut lines = Vec::with_capacity(held.len());
                for one in held {
                    let seen = match (one.unknown, one.seen) {
                        (true, _) => UNKNOWN,
                        (false, Some(time)) => time.0,
                        (false, None) => NEVER,
                    };
                    lines.push((self.name(one.resource.as_str()), seen));
                }
                lines
            }),
        }
    }

    fn named(&self, number: u32) -> String {
        let name = usize::try_from(number)
            .ok()
            .and_then(|number| self.names.get(number));
        name.cloned().unwrap_or_default()
    }

    fn everybody(&self) -> Vec<Person> {
        self.people.iter().map(|line| self.person(line)).collect()
    }

    fn person(&self, line: &Line) -> Person {
        let acts = line.acts.and_then(|number| usize::try_from(number).ok());
        let acts = acts.and_then(|number| self.acts.get(number));
        let groups = |numbers: &Vec<u32>| {
            let named = numbers.iter().map(|number| GroupId(self.named(*number)));
            named.collect()
        };
        let roles = |numbers: &Vec<u32>| numbers.iter().map(|number| self.named(*number)).collect();
        let held = |(resource, seen): &(u32, i64)| Held {
            resource: Resource(self.named(*resource)),
            seen: (*seen > NEVER).then_some(Time(*seen)),
            unknown: *seen == UNKNOWN,
        };
        Person {
            account: line.account.clone(),
            directory: DirectoryId(self.named(line.directory)),
            fate: line.fate,
            reason: line.reason.clone(),
            acts: acts.cloned().unwrap_or_default(),
            stage: line.stage.unwrap_or_default(),
            hindered_by: groups(&line.hindered_by),
            provided: line.provided,
            before: Before {
                status: line.status,
                last_seen: line.last_seen.map(Time),
                groups: line.groups.as_ref().map(groups),
                roles: line.roles.as_ref().map(roles),
                access: line.held.as_ref().map(|all| all.iter().map(held).collect()),
            },
        }
    }
}

pub(super) fn part_key(run: &str, part: u32) -> String {
    format!("run:{run}:plan:{part}")
}

/// Stores a plan's people; answers the number of parts and the hash over them. The hash is that of the people as they are
/// read, written out in full: it says nothing of how they are stored, and anybody can compute it again.
pub(super) async fn store_parts<H: Host>(
    worker: &Worker<'_, H>,
    run: &str,
    people: &[Person],
) -> Result<(u32, String), WorkError> {
    let parts = split(people)?;
    let mut number: u32 = 0;
    let mut hashes = String::new();
    for batch in parts.chunks(PARTS_A_WRITE) {
        let mut writes = Vec::with_capacity(batch.len());
        for part in batch {
            hashes.push_str(&hash_of(&part.everybody())?);
            writes.push(Write::Set {
                key: part_key(run, number),
                value: encode(part)?,
            });
            number = number.saturating_add(1);
        }
        // Whoever was overtaken must not change a plan that was frozen since.
        worker.transact(writes).await?;
    }
    Ok((number, sha256_hex(&hashes)))
}

fn hash_of(people: &[Person]) -> Result<String, StorageError> {
    Ok(sha256_hex(&encode(&people)?))
}

fn split(people: &[Person]) -> Result<Vec<Part>, StorageError> {
    let mut parts = Vec::new();
    let mut part = Part::default();
    for person in people {
        let mut line = part.line(person);
        let mut length = encode(&line)?.len() + 1;
        if !part.people.is_empty() && part.bytes + length + PART_BYTES > MAX_PART_BYTES {
            parts.push(std::mem::take(&mut part));
            line = part.line(person);
            length = encode(&line)?.len() + 1;
        }
        part.bytes += length;
        part.people.push(line);
    }
    if !part.people.is_empty() {
        parts.push(part);
    }
    Ok(parts)
}

/// Reads one part of a run's plan.
pub(in crate::app) async fn load_part(
    host: &impl Host,
    run: &str,
    part: u32,
) -> Result<Vec<Person>, StorageError> {
    let key = part_key(run, part);
    let part: Part = load_value(host, &key)
        .await?
        .ok_or_else(|| StorageError::Failed(format!("the part `{key}` of the plan is gone")))?;
    Ok(part.everybody())
}

/// Reads the people of a run's plan that are to be acted on, in the plan's order: the steps.
pub(in crate::app) async fn load_steps(
    host: &impl Host,
    run: &str,
    parts: u32,
) -> Result<Vec<Person>, StorageError> {
    let mut steps = Vec::new();
    for part in 0..parts {
        steps.extend(only_steps(load_part(host, run, part).await?));
    }
    Ok(steps)
}

/// The same of a plan that is about to be executed; `None` if it is not the one that was frozen: what was approved has this
/// hash.
pub(super) async fn load_frozen_steps(
    host: &impl Host,
    run: &str,
    plan: &PlanReference,
) -> Result<Option<Vec<Person>>, StorageError> {
    let (mut steps, mut hashes) = (Vec::new(), String::new());
    for part in 0..plan.parts {
        let people = load_part(host, run, part).await?;
        hashes.push_str(&hash_of(&people)?);
        steps.extend(only_steps(people));
    }
    Ok((sha256_hex(&hashes) == plan.hash).then_some(steps))
}

fn only_steps(people: Vec<Person>) -> impl Iterator<Item = Person> {
    let people = people.into_iter();
    people.filter(|person| person.fate == Fate::Planned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(index: usize) -> Person {
        let planned = !index.is_multiple_of(3);
        Person {
            account: AccountId(format!("account-{index}")),
            directory: DirectoryId(format!("d{}", index % 2)),
            fate: if planned {
                Fate::Planned
            } else {
                Fate::Unknown
            },
            reason: "not seen in any product since 2026-05-03, 202 days; limit 90 days".into(),
            acts: match index % 3 {
                0 => Vec::new(),
                1 => vec![Act::Suspend],
                _ => vec![Act::RemoveFromGroups {
                    groups: vec![GroupId(format!("g{}", index % 5))],
                }],
            },
            stage: u32::try_from(index % 2).unwrap(),
            hindered_by: vec![GroupId("held elsewhere".into())],
            provided: true,
            before: Before {
                status: Some(Status::Active),
                last_seen: (index.is_multiple_of(2)).then_some(Time(1_700_000_000)),
                groups: planned.then(|| vec![GroupId("g1".into()), GroupId("g2".into())]),
                roles: planned.then(Vec::new),
                access: planned.then(|| {
                    [(Some(Time(5)), false), (None, false), (None, true)]
                        .into_iter()
                        .map(|(seen, unknown)| Held {
                            resource: Resource("ari:cloud:jira-software::site/1".into()),
                            seen,
                            unknown,
                        })
                        .collect()
                }),
            },
        }
    }

    #[test]
    fn parts_are_small_and_hold_everybody() {
        let people: Vec<Person> = (0..3_000).map(person).collect();
        let parts = split(&people).unwrap();
        assert!(parts.len() > 1);
        let read: Vec<Person> = parts
            .iter()
            .map(|part| encode(part).unwrap())
            .inspect(|text| assert!(text.len() <= MAX_PART_BYTES))
            .flat_map(|text| {
                let part: Part = serde_json::from_str(&text).unwrap();
                let people: Vec<Person> =
                    part.people.iter().map(|line| part.person(line)).collect();
                people
            })
            .collect();
        assert_eq!(read, people);
        assert!(split(&[]).unwrap().is_empty());
    }

    #[test]
    fn what_a_thousand_people_have_in_common_is_stored_once() {
        let people: Vec<Person> = (0..1_000).map(|_| person(1)).collect();
        let parts = split(&people).unwrap();
        let length: usize = parts.iter().map(|part| encode(part).unwrap().len()).sum();
        assert!(length < 1_000 * 260, "{length}");
    }
}
