//! A snapshot as one file: the sites that its accesses are on, then parts of people behind each other, each with its
//! length before it.

use sha2::{Digest, Sha256};

use super::ImportError;
use crate::snapshot::{Fault, Site, Snapshot, decode_part, encode_parts};

/// The first bytes of a file; the last one is the version.
const MAGIC: [u8; 4] = *b"SKF1";
/// How every such file begins, whatever its version.
pub(super) const ANY_VERSION: &[u8] = b"SKF";
const LENGTH_BYTES: usize = 4;
const CHECKSUM_BYTES: usize = 16;

/// Writes a snapshot and its sites as a file that [`import`](super::import) reads.
///
/// # Errors
/// A person who alone is too much for a part.
pub fn snapshot_file(snapshot: &Snapshot, sites: &[Site]) -> Result<Vec<u8>, Fault> {
    let pairs: Vec<(&str, &str)> = sites
        .iter()
        .map(|site| (site.cloud_id.as_str(), site.host.as_str()))
        .collect();
    let pairs = serde_json::to_vec(&pairs).map_err(|_| Fault::Content)?;
    let parts = encode_parts(snapshot)?;
    let mut file = Vec::from(MAGIC);
    file.extend_from_slice(&checksum(&pairs));
    put(&mut file, &pairs)?;
    file.extend_from_slice(&length(parts.len())?);
    for part in &parts {
        put(&mut file, part)?;
    }
    Ok(file)
}

fn put(file: &mut Vec<u8>, bytes: &[u8]) -> Result<(), Fault> {
    file.extend_from_slice(&length(bytes.len())?);
    file.extend_from_slice(bytes);
    Ok(())
}

fn length(length: usize) -> Result<[u8; LENGTH_BYTES], Fault> {
    let length = u32::try_from(length).map_err(|_| Fault::TooLarge)?;
    Ok(length.to_le_bytes())
}

fn checksum(bytes: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let digest = Sha256::digest(bytes);
    std::array::from_fn(|index| digest.get(index).copied().unwrap_or_default())
}

/// Reads such a file.
pub(super) fn read_snapshot_file(bytes: &[u8]) -> Result<(Snapshot, Vec<Site>), ImportError> {
    let failed = |part| move |fault| ImportError::Snapshot { part, fault };
    let mut rest = bytes
        .strip_prefix(&MAGIC)
        .ok_or(Fault::Version)
        .map_err(failed(0))?;
    let sites = take_sites(&mut rest).map_err(failed(0))?;
    let mut snapshot = Snapshot::new();
    let count = take_length(&mut rest)
        .ok_or(Fault::Missing)
        .map_err(failed(0))?;
    for part in 1..=count {
        let bytes = take_part(&mut rest)
            .ok_or(Fault::Missing)
            .map_err(failed(part))?;
        decode_part(bytes, &mut snapshot).map_err(failed(part))?;
    }
    if rest.is_empty() {
        Ok((snapshot, sites))
    } else {
        Err(failed(count)(Fault::Content))
    }
}

fn take_sites(rest: &mut &[u8]) -> Result<Vec<Site>, Fault> {
    let (sum, after) = rest
        .split_first_chunk::<CHECKSUM_BYTES>()
        .ok_or(Fault::Missing)?;
    *rest = after;
    let pairs = take_part(rest).ok_or(Fault::Missing)?;
    if checksum(pairs) != *sum {
        return Err(Fault::Checksum);
    }
    let text = std::str::from_utf8(pairs).map_err(|_| Fault::Content)?;
    let pairs: Vec<(String, String)> = crate::json::read(text).map_err(|_| Fault::Content)?;
    Ok(pairs
        .into_iter()
        .map(|(cloud_id, host)| Site { cloud_id, host })
        .collect())
}

fn take_length(rest: &mut &[u8]) -> Option<usize> {
    let (length, after) = rest.split_first_chunk::<LENGTH_BYTES>()?;
    *rest = after;
    usize::try_from(u32::from_le_bytes(*length)).ok()
}

fn take_part<'b>(rest: &mut &'b [u8]) -> Option<&'b [u8]> {
    let length = take_length(rest)?;
    let (part, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, DirectoryId};
    use crate::snapshot::UserRecord;

    fn snapshot(people: usize) -> Snapshot {
        let mut snapshot = Snapshot::new();
        for number in 0..people {
            snapshot.push(&UserRecord {
                name: Some(format!("Person {number}")),
                ..UserRecord::unknown(AccountId(format!("a{number}")), DirectoryId("d".into()))
            });
        }
        snapshot
    }

    fn sites() -> Vec<Site> {
        vec![Site {
            cloud_id: "42".into(),
            host: "acme.atlassian.net".into(),
        }]
    }

    #[test]
    fn everybody_comes_back_however_many_parts_there_are() {
        for people in [0, 1, 40_000] {
            let before = snapshot(people);
            let file = snapshot_file(&before, &sites()).unwrap();
            let (after, sites_after) = read_snapshot_file(&file).unwrap();
            assert_eq!(sites_after, sites());
            let people = |snapshot: &Snapshot| -> Vec<_> {
                let rows = snapshot.rows();
                rows.map(|row| snapshot.record(row)).collect()
            };
            assert_eq!(people(&after), people(&before));
        }
    }

    #[test]
    fn every_cut_and_every_changed_byte_is_found() {
        let file = snapshot_file(&snapshot(3), &sites()).unwrap();
        for index in 0..file.len() {
            assert!(
                read_snapshot_file(&file[..index]).is_err(),
                "cut at {index}"
            );
            let mut damaged = file.clone();
            damaged[index] ^= 0x41;
            assert!(read_snapshot_file(&damaged).is_err(), "byte {index}");
        }
        let longer = [&file[..], b"x"].concat();
        assert!(read_snapshot_file(&longer).is_err());
    }
}
