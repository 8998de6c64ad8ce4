//! The frozen plan in stored parts.

use crate::app::documents::{encode, load_value};
use crate::app::records::Run;
use crate::audit::sha256_hex;
use crate::host::{EntityName, Host, StorageError, Write};
use crate::plan::{Fate, Person};

/// The most bytes of JSON in one part (RULES R16, with room for what the platform adds).
const MAX_PART_BYTES: usize = 160 * 1024;
/// The most deletions in one transaction.
const DELETIONS_AT_ONCE: u32 = 25;
/// The most parts in one write.
const PARTS_A_WRITE: usize = 15;

fn part_key(run: &str, part: u32) -> String {
    format!("run:{run}:plan:{part}")
}

/// Stores a plan's people; answers the number of parts and the hash over them.
pub(super) async fn store_parts(
    host: &impl Host,
    run: &str,
    people: &[Person],
) -> Result<(u32, String), StorageError> {
    let parts = split(people)?;
    let mut number: u32 = 0;
    for batch in parts.chunks(PARTS_A_WRITE) {
        let writes = batch
            .iter()
            .map(|part| {
                let key = part_key(run, number);
                number = number.saturating_add(1);
                Write::Set {
                    key,
                    value: part.clone(),
                }
            })
            .collect();
        host.transact(writes).await?;
    }
    let hashes: String = parts.iter().map(|part| sha256_hex(part)).collect();
    Ok((number, sha256_hex(&hashes)))
}

fn split(people: &[Person]) -> Result<Vec<String>, StorageError> {
    let mut parts = Vec::new();
    let mut part = String::new();
    for person in people {
        let text = encode(person)?;
        if !part.is_empty() && part.len() + text.len() + 2 > MAX_PART_BYTES {
            part.push(']');
            parts.push(std::mem::take(&mut part));
        }
        part.push(if part.is_empty() { '[' } else { ',' });
        part.push_str(&text);
    }
    if !part.is_empty() {
        part.push(']');
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
    load_value(host, &key)
        .await?
        .ok_or_else(|| StorageError::Failed(format!("the part `{key}` of the plan is gone")))
}

/// Deletes everything that is stored of a run, the run itself last: whatever kills it, it can be done again.
pub(in crate::app) async fn forget(host: &impl Host, run: &Run) -> Result<(), StorageError> {
    let parts = run.plan.as_ref().map_or(0, |plan| plan.parts);
    let mut part = 0;
    while part < parts {
        let some = part..parts.min(part.saturating_add(DELETIONS_AT_ONCE));
        part = some.end;
        let deletions = some.map(|part| Write::Delete {
            key: part_key(&run.id, part),
        });
        host.transact(deletions.collect()).await?;
    }
    let deletions = vec![
        Write::Delete {
            key: super::progress::key(&run.id),
        },
        Write::DeleteEntity {
            entity: EntityName::Run,
            key: run.id.clone(),
        },
    ];
    host.transact(deletions).await
}

/// Reads the people of a run's plan that are to be acted on, in the plan's order: the steps.
pub(super) async fn load_steps(
    host: &impl Host,
    run: &str,
    parts: u32,
) -> Result<Vec<Person>, StorageError> {
    let mut steps = Vec::new();
    for part in 0..parts {
        let people = load_part(host, run, part).await?;
        steps.extend(
            people
                .into_iter()
                .filter(|person| person.fate == Fate::Planned),
        );
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, DirectoryId};
    use crate::plan::Before;

    #[test]
    fn parts_are_small_and_hold_everybody() {
        let people: Vec<Person> = (0..3_000)
            .map(|index| Person {
                account: AccountId(format!("account-{index}")),
                directory: DirectoryId("d".into()),
                fate: Fate::Planned,
                reason: "not seen in any product since 2026-05-03, 202 days; limit 90 days".into(),
                before: Before {
                    status: None,
                    last_seen: None,
                },
            })
            .collect();
        let parts = split(&people).unwrap();
        assert!(parts.len() > 1);
        let read: Vec<Person> = parts
            .iter()
            .inspect(|part| assert!(part.len() <= MAX_PART_BYTES))
            .flat_map(|part| serde_json::from_str::<Vec<Person>>(part).unwrap())
            .collect();
        assert_eq!(read, people);
        assert!(split(&[]).unwrap().is_empty());
    }
}
