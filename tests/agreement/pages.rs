//! Pages of people as the scanner reads them, against the same pages read by `serde_json`.

use rand::seq::SliceRandom;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use seatkeeper::atlassian::{NullActivity, UserReader};
use seatkeeper::model::{
    AccountId, AccountType, Activity, Claim, DirectoryId, GroupId, ManagedBy, ProfileField,
    Resource, Status, Time, group_uuid,
};
use seatkeeper::snapshot::{Access, Group, UserRecord};
use serde_json::Value;

const TEXTS: [&str; 12] = [
    "",
    "a",
    "exactly8",
    "\"quoted\" \\ / text",
    "Zoë Müller-Lüdenscheidt",
    "漢字 🎈",
    "tab\tand\nline\u{1}",
    "\"accountId\":\"zzz\",",
    "}]},{",
    "\u{7f}\u{80}\u{2028}",
    "[[[[{{{{",
    "null",
];
const FIELDS: [&str; 14] = [
    "accountType",
    "status",
    "claimStatus",
    "managementSource",
    "name",
    "email",
    "addedToOrg",
    "jobTitle",
    "department",
    "organization",
    "location",
    "nickname",
    "mfaEnabled",
    "counts",
];

fn pick<T: Clone>(random: &mut ChaCha8Rng, values: &[T]) -> T {
    values[random.random_range(0..values.len())].clone()
}

fn space(random: &mut ChaCha8Rng, out: &mut String) {
    if random.random_range(0..6) == 0 {
        out.push_str(pick(random, &[" ", "\n", "\t", "\r\n  "]));
    }
}

/// A text in one of its many spellings.
fn write_text(random: &mut ChaCha8Rng, text: &str, out: &mut String) {
    out.push('"');
    let escapes_all = random.random_range(0..20) == 0;
    for sign in text.chars() {
        let must = matches!(sign, '"' | '\\') || sign < ' ';
        if !(must || escapes_all || random.random_range(0..60) == 0) {
            out.push(sign);
            continue;
        }
        match sign {
            '"' | '\\' | '/' if random.random_bool(0.7) => {
                out.push('\\');
                out.push(sign);
            }
            _ => {
                for unit in sign.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    out.push('"');
}

/// Any value, to be passed over.
fn write_any(random: &mut ChaCha8Rng, depth: u32, out: &mut String) {
    match random.random_range(0..if depth > 5 { 5 } else { 7 }) {
        0 => out.push_str("null"),
        1 => out.push_str(pick(random, &["true", "false"])),
        2 => out.push_str(pick(
            random,
            &["0", "-1.5e+3", "12345678901234567890", "1E9"],
        )),
        3 | 4 => {
            let text = pick(random, &TEXTS);
            write_text(random, text, out);
        }
        5 => write_list(random, out, |random, out| write_any(random, depth + 1, out)),
        _ => {
            let keys: Vec<String> = (0..random.random_range(0..4))
                .map(|_| String::from(pick(random, &["accountId", "groups", "", "}", "id"])))
                .collect();
            write_object(random, &keys, out, |random, _, out| {
                write_any(random, depth + 1, out);
            });
        }
    }
}

fn write_list(
    random: &mut ChaCha8Rng,
    out: &mut String,
    mut element: impl FnMut(&mut ChaCha8Rng, &mut String),
) {
    out.push('[');
    space(random, out);
    for index in 0..random.random_range(0..4) {
        if index > 0 {
            out.push(',');
        }
        space(random, out);
        element(random, out);
        space(random, out);
    }
    out.push(']');
}

fn write_object(
    random: &mut ChaCha8Rng,
    keys: &[String],
    out: &mut String,
    mut value: impl FnMut(&mut ChaCha8Rng, &str, &mut String),
) {
    out.push('{');
    space(random, out);
    for (index, key) in keys.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        space(random, out);
        write_text(random, key, out);
        space(random, out);
        out.push(':');
        space(random, out);
        value(random, key, out);
        space(random, out);
    }
    out.push('}');
}

/// Keys in the usual order, in another one, or some twice.
fn keys(random: &mut ChaCha8Rng, must: &[&str], may: &[&str]) -> Vec<String> {
    let mut keys: Vec<String> = must.iter().map(|key| String::from(*key)).collect();
    keys.extend(
        may.iter()
            .filter(|_| random.random_bool(0.8))
            .map(|key| String::from(*key)),
    );
    if random.random_range(0..3) == 0 {
        keys.shuffle(random);
    }
    if random.random_range(0..4) == 0 {
        let again = pick(random, &keys);
        keys.insert(random.random_range(0..=keys.len()), again);
    }
    keys
}

fn write_access(random: &mut ChaCha8Rng, out: &mut String) {
    let keys = keys(random, &["id", "key"], &["lastActiveTimestamp", "more"]);
    write_object(random, &keys, out, |random, key, out| match key {
        "id" => {
            let site = random.random_range(0..3);
            write_text(
                random,
                &format!("ari:cloud:jira-software::site/{site}"),
                out,
            );
        }
        "key" => {
            let product = pick(random, &["jira-software", "confluence", "x\"y"]);
            write_text(random, product, out);
        }
        "lastActiveTimestamp" => {
            let times = [
                "2026-01-02T03:04:05.123456789Z",
                "2026-01-31T00:00:00+01:00",
                "soon",
            ];
            match random.random_range(0..4) {
                0 => out.push_str("null"),
                place => write_text(random, times[place - 1], out),
            }
        }
        _ => write_any(random, 0, out),
    });
}

fn write_group(random: &mut ChaCha8Rng, out: &mut String) {
    let keys = keys(random, &["id"], &["name", "description"]);
    write_object(random, &keys, out, |random, key, out| match key {
        "id" => {
            let prefix = pick(random, &["ari:cloud:identity::group/", ""]);
            let id = format!("{prefix}g{}", random.random_range(0..4));
            write_text(random, &id, out);
        }
        "name" if random.random_bool(0.2) => out.push_str("null"),
        "name" => {
            let text = pick(random, &TEXTS);
            write_text(random, text, out);
        }
        _ => write_any(random, 0, out),
    });
}

fn write_user(random: &mut ChaCha8Rng, out: &mut String) {
    let mut may = FIELDS.to_vec();
    may.extend(["groups", "platformRoles", "productAccess", "links"]);
    let keys = keys(random, &["accountId"], &may);
    write_object(random, &keys, out, |random, key, out| {
        let nothing = random.random_range(0..10) == 0;
        match key {
            "accountId" => {
                let account = format!("712020:{}{}", random.next_u32(), pick(random, &TEXTS));
                write_text(random, &account, out);
            }
            "counts" | "links" => write_any(random, 0, out),
            _ if nothing => out.push_str("null"),
            "mfaEnabled" => out.push_str(pick(random, &["true", "false"])),
            "groups" => write_list(random, out, write_group),
            "platformRoles" => write_list(random, out, |random, out| {
                let role = pick(random, &["atlassian/org-admin", "atlassian/user", "é\\"]);
                write_text(random, role, out);
            }),
            "productAccess" => write_list(random, out, write_access),
            _ => {
                let mut known = TEXTS.to_vec();
                known.extend([
                    "atlassian",
                    "app",
                    "active",
                    "suspended",
                    "managed",
                    "synced",
                ]);
                known.extend([
                    "a@X.example",
                    "2026-02-03T04:05:06Z",
                    "invited",
                    "unmanaged",
                ]);
                let text = pick(random, &known);
                write_text(random, text, out);
            }
        }
    });
}

fn write_page(random: &mut ChaCha8Rng) -> String {
    let mut out = String::new();
    space(random, &mut out);
    let mut keys: Vec<String> = ["data", "links", "meta"].map(String::from).to_vec();
    if random.random_bool(0.3) {
        keys.shuffle(random);
    }
    write_object(random, &keys, &mut out, |random, key, out| match key {
        "data" => write_list(random, out, write_user),
        "links" => out.push_str(r#"{"next":"c"}"#),
        _ => write_any(random, 0, out),
    });
    space(random, &mut out);
    out
}

fn text_of(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(String::from)
}

/// A time that a column can hold; one before 1970 or after 2106 is not known.
fn in_range(time: Option<Time>) -> Option<Time> {
    time.filter(|time| (1..i64::from(u32::MAX)).contains(&time.0))
}

/// A person as the library reads them.
fn record(user: &Value) -> UserRecord {
    let text = |key| text_of(user, key);
    let list = |key| user.get(key).and_then(Value::as_array);
    let mut record = UserRecord::unknown(
        AccountId(text("accountId").unwrap()),
        DirectoryId("d".into()),
    );
    record.account_type = text("accountType").and_then(|name| AccountType::parse(&name));
    record.status = text("status").and_then(|name| Status::parse(&name));
    record.claim = text("claimStatus").and_then(|name| Claim::parse(&name));
    record.managed_by = text("managementSource").and_then(|name| ManagedBy::parse(&name));
    record.mfa = user.get("mfaEnabled").and_then(Value::as_bool);
    record.name = text("name");
    record.email = text("email").filter(|email| !email.is_empty());
    record.added = text("addedToOrg").and_then(|time| in_range(Time::parse(&time)));
    for (place, (_, name)) in record.profile.iter_mut().zip(ProfileField::ALL) {
        *place = text(name);
    }
    record.groups = list("groups").map(|groups| {
        let group = |group: &Value| Group {
            id: GroupId(group_uuid(&text_of(group, "id").unwrap()).to_owned()),
            name: text_of(group, "name"),
        };
        groups.iter().map(group).collect()
    });
    record.roles = list("platformRoles").map(|roles| {
        roles
            .iter()
            .map(|role| role.as_str().unwrap().to_owned())
            .collect()
    });
    record.access = list("productAccess").and_then(|accesses| {
        let access = |access: &Value| {
            Some(Access {
                resource: Resource(text_of(access, "id").unwrap()),
                product: text_of(access, "key")?,
                seat: None,
                activity: match access.get("lastActiveTimestamp") {
                    Some(Value::Null) => Activity::Never,
                    Some(Value::String(time)) => {
                        in_range(Time::parse(time)).map_or(Activity::Unknown, Activity::Seen)
                    }
                    _ => Activity::Unknown,
                },
            })
        };
        accesses.iter().map(access).collect()
    });
    record
}

/// Lists in an order of their own; groups and roles each once.
fn in_order(mut record: UserRecord) -> UserRecord {
    if let Some(groups) = &mut record.groups {
        groups.sort();
        groups.dedup();
    }
    if let Some(roles) = &mut record.roles {
        roles.sort();
        roles.dedup();
    }
    if let Some(access) = &mut record.access {
        access.sort_by_key(|access| format!("{access:?}"));
    }
    record
}

#[test]
fn every_page_is_read_as_the_library_reads_it_and_no_cut_one_is() {
    let mut random = ChaCha8Rng::seed_from_u64(19);
    let directory = DirectoryId("d".into());
    let mut reader = UserReader::default();
    let mut expected: Vec<UserRecord> = Vec::new();
    for round in 0..4_000 {
        let page = write_page(&mut random);
        let library: Value = serde_json::from_str(&page).unwrap();
        let read = reader.read(page.as_bytes(), &directory, NullActivity::Never);
        assert_eq!(read.unwrap().next.as_deref(), Some("c"), "{page}");
        for user in library["data"].as_array().unwrap() {
            let user = in_order(record(user));
            if !expected.iter().any(|known| known.account == user.account) {
                expected.push(user);
            }
        }
        if round % 20 != 0 {
            continue;
        }
        let whole = page.trim_end().len();
        for cut in 0..whole {
            let mut reader = UserReader::default();
            let read = reader.read(&page.as_bytes()[..cut], &directory, NullActivity::Never);
            assert!(read.is_err(), "cut at {cut}: {page}");
        }
    }
    let snapshot = reader.into_snapshot();
    let found: Vec<UserRecord> = snapshot
        .rows()
        .filter_map(|row| snapshot.record(row).map(in_order))
        .collect();
    assert!(found.len() > 3_000);
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
}

/// Whatever is changed in a page: an error, or what the library reads too; never a panic.
#[test]
fn a_damaged_page_never_panics() {
    let mut random = ChaCha8Rng::seed_from_u64(20);
    let directory = DirectoryId("d".into());
    let mut errors = 0;
    for _ in 0..20_000 {
        let mut page = write_page(&mut random).into_bytes();
        for _ in 0..random.random_range(1..4) {
            let place = random.random_range(0..page.len());
            match random.random_range(0..3) {
                0 => page[place] = pick(&mut random, b"\"\\{}[]:,n0 \xff"),
                1 => drop(page.remove(place)),
                _ => page.insert(place, random.random()),
            }
            if page.is_empty() {
                page.push(b' ');
            }
        }
        let mut reader = UserReader::default();
        let read = reader.read(&page, &directory, NullActivity::Never);
        errors += usize::from(read.is_err());
        if let (Ok(_), Ok(library)) = (read, serde_json::from_slice::<Value>(&page)) {
            let snapshot = reader.into_snapshot();
            let users = library["data"].as_array().unwrap();
            for row in snapshot.rows() {
                let found = snapshot.record(row).map(in_order).unwrap();
                let same = users.iter().map(|user| in_order(record(user)));
                assert!(
                    same.clone().any(|user| user == found),
                    "{found:?} {}",
                    String::from_utf8_lossy(&page)
                );
            }
        }
    }
    assert!(errors > 5_000, "{errors}");
}
