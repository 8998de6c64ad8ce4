//! The upload of an export, part by part: whoever may, in whatever order the parts come, killed wherever it is.

use std::cell::Cell;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cloud::limits::{Latency, Limits};
use seatkeeper::app::admin::{Answer, Command, Refusal};
use seatkeeper::app::import::{ExportFile, ReadExport};
use seatkeeper::app::records::ImportState;
use seatkeeper::model::{AccountId, DirectoryId};
use seatkeeper::snapshot::{Snapshot, UserRecord, decode_part, encode_parts};
use serde_json::Value;

use crate::in_process::World;
use crate::scene::Scene;

/// A world without a connection, and an administrator of Jira in it.
struct Uploads {
    world: World,
    jira_admin: String,
    killed: Cell<u32>,
}

impl Uploads {
    fn new() -> Uploads {
        let world = World::new(1, 60, |options| {
            options.latency = Latency::Off;
            options.limits = Limits::none();
        });
        let jira_admin = world.cloud.borrow().organization().people.jira_admins[0].clone();
        Uploads {
            world,
            jira_admin,
            killed: Cell::new(0),
        }
    }

    fn try_order(&self, command: Command) -> Result<Option<ImportState>, Refusal> {
        match self.world.command(&self.jira_admin, command)? {
            Answer::Import(answer) => Ok(answer.import),
            other => panic!("{other:?}"),
        }
    }

    fn order(&self, command: Command) -> ImportState {
        self.try_order(command)
            .unwrap_or_else(|refusal| panic!("{refusal:?}"))
            .expect("an import")
    }

    fn refused(&self, command: Command) -> Refusal {
        match self.try_order(command) {
            Err(refusal) => refusal,
            Ok(state) => panic!("carried out: {state:?}"),
        }
    }

    fn shown(&self) -> Option<ImportState> {
        self.try_order(Command::Import {}).expect("an answer")
    }

    /// Everything that is stored about imports, by key.
    fn stored(&self) -> Vec<(String, Value)> {
        let cloud = self.world.cloud.borrow();
        let mut stored = cloud.stored().plain(cloud.now());
        stored.retain(|(key, _)| key.starts_with("import"));
        stored
    }

    /// The keys of the parts that are stored.
    fn part_keys(&self) -> Vec<String> {
        let keys = self.stored().into_iter().map(|(key, _)| key);
        keys.filter(|key| key.starts_with("import:")).collect()
    }

    /// What the people of the import in use are, read from the stored parts.
    fn people_in_use(&self) -> Vec<UserRecord> {
        let stored = self.stored();
        let value = |key: &str| stored.iter().find(|(known, _)| known == key).expect(key);
        let kept = &value("import").1["kept"];
        let id = kept["id"].as_str().expect("an import in use");
        let parts: Vec<Vec<u8>> = (0..kept["parts"].as_u64().expect("a number"))
            .map(|part| {
                let text = value(&format!("import:{id}:{part}")).1.clone();
                STANDARD
                    .decode(text.as_str().expect("text"))
                    .expect("base64")
            })
            .collect();
        people(&parts)
    }

    /// Who did what, from the log.
    fn logged(&self) -> Vec<String> {
        let cloud = self.world.cloud.borrow();
        let mut entries: Vec<String> = cloud
            .stored()
            .entity("audit", cloud.now())
            .into_iter()
            .map(|(key, entity)| format!("{key} {}", entity["action"].as_str().expect("text")))
            .collect();
        entries.sort();
        entries
            .into_iter()
            .map(|entry| entry.split_once(' ').expect("a key").1.to_owned())
            .collect()
    }

    /// Sends a command that is killed at its so-many-th await; answers whether it was.
    fn kill_at(&self, command: Command, awaits: u32) -> bool {
        let was_killed = self
            .world
            .command_killed_at(&self.jira_admin, command, awaits);
        self.killed.set(self.killed.get() + u32::from(was_killed));
        was_killed
    }
}

fn people(parts: &[Vec<u8>]) -> Vec<UserRecord> {
    let mut snapshot = Snapshot::new();
    for part in parts {
        decode_part(part, &mut snapshot).expect("a part");
    }
    let rows = snapshot.rows();
    rows.filter_map(|row| snapshot.record(row)).collect()
}

/// An export in three parts: each of its people stands in one that is its own, so that the parts need not be large.
fn export(first: &str) -> ReadExport {
    let whole = read(&format!(
        "User id,Last seen in Jira - acme\n{first},01 Jan 2026\nb,Never accessed\nc,\n"
    ));
    let parts: Vec<Vec<u8>> = people(&whole.parts)
        .into_iter()
        .map(|person| one_part(&person))
        .collect();
    let hash = parts.iter().fold(String::new(), |hash, part| {
        let text = format!("{hash} {}", STANDARD.encode(part));
        seatkeeper::audit::sha256_hex(&text)
    });
    ReadExport {
        parts,
        hash,
        ..whole
    }
}

fn one_part(person: &UserRecord) -> Vec<u8> {
    let mut snapshot = Snapshot::new();
    snapshot.push(person);
    encode_parts(&snapshot).expect("a part").remove(0)
}

fn read(text: &str) -> ReadExport {
    let mut file = ExportFile::default();
    file.feed(text.as_bytes()).expect("an export");
    file.finish().expect("an export")
}

fn begin(export: &ReadExport) -> Command {
    Command::BeginImport {
        name: "export-users.csv".into(),
        hash: export.hash.clone(),
        made: "2026-11-20".into(),
        parts: u32::try_from(export.parts.len()).expect("few parts"),
        report: export.report.clone(),
    }
}

fn part(import: &ImportState, number: usize, part: &[u8]) -> Command {
    Command::ImportPart {
        import: import.id.clone(),
        number: u32::try_from(number).expect("few parts"),
        part: STANDARD.encode(part),
    }
}

fn finish(import: &ImportState) -> Command {
    Command::FinishImport {
        import: import.id.clone(),
    }
}

/// Uploads whatever is not there yet, as the page does.
fn upload(uploads: &Uploads, export: &ReadExport) -> ImportState {
    let state = uploads.order(begin(export));
    let received = usize::try_from(state.received).expect("few parts");
    for number in received..export.parts.len() {
        let next = uploads.order(part(&state, number, &export.parts[number]));
        assert_eq!(usize::try_from(next.received), Ok(number + 1));
    }
    uploads.order(finish(&state))
}

#[test]
fn an_export_is_taken_part_by_part_and_used_when_all_is_there() {
    let (uploads, export) = (Uploads::new(), export("a"));
    assert_eq!(uploads.shown(), None);
    let begun = uploads.order(begin(&export));
    assert_eq!((begun.received, begun.parts, begun.finished), (0, 3, None));
    assert_eq!(begun.made.to_string(), "2026-11-20T00:00:00Z");
    for (number, bytes) in export.parts.iter().enumerate() {
        let early = uploads.refused(finish(&begun));
        assert_eq!(early.code, "wrong-state");
        assert!(early.message.contains(&format!("send part {number} next")));
        uploads.order(part(&begun, number, bytes));
    }
    let finished = uploads.order(finish(&begun));
    assert!(finished.finished.is_some());
    assert_eq!(uploads.order(finish(&begun)), finished, "twice is once");
    assert_eq!(uploads.shown(), Some(finished));
    assert_eq!(uploads.people_in_use(), people(&export.parts));
    assert_eq!(uploads.logged(), ["begin-import", "finish-import"]);
    assert!(!uploads.stored().is_empty());
}

#[test]
fn the_same_file_goes_on_where_it_stopped_and_another_begins_anew() {
    let (uploads, one, other) = (Uploads::new(), export("a"), export("z"));
    let begun = uploads.order(begin(&one));
    uploads.order(part(&begun, 0, &one.parts[0]));
    let again = uploads.order(begin(&one));
    assert_eq!((&again.id, again.received), (&begun.id, 1));
    let Command::BeginImport {
        hash,
        parts,
        report,
        ..
    } = begin(&one)
    else {
        unreachable!()
    };
    let renamed = uploads.order(Command::BeginImport {
        name: "copy.csv".into(),
        made: "2026-11-19T10:00:00Z".into(),
        hash,
        parts,
        report,
    });
    assert_eq!((&renamed.id, renamed.received), (&begun.id, 1));
    assert_eq!(renamed.made.to_string(), "2026-11-19T10:00:00Z");
    let anew = uploads.order(begin(&other));
    assert_ne!(anew.id, begun.id);
    assert_eq!(anew.received, 0);
    assert_eq!(
        uploads.part_keys(),
        Vec::<String>::new(),
        "the old parts are deleted"
    );
    let gone = uploads.refused(part(&begun, 1, &one.parts[1]));
    assert_eq!(gone.code, "not-found");
    upload(&uploads, &other);
    assert_eq!(uploads.people_in_use(), people(&other.parts));
}

#[test]
fn parts_come_in_order_and_again_without_harm() {
    let (uploads, export) = (Uploads::new(), export("a"));
    let begun = uploads.order(begin(&export));
    let gap = uploads.refused(part(&begun, 1, &export.parts[1]));
    assert_eq!(gap.code, "wrong-state");
    assert_eq!(gap.message, "part 1 was sent, and part 0 comes next");
    uploads.order(part(&begun, 0, &export.parts[0]));
    let before = uploads.stored();
    let repeated = uploads.order(part(&begun, 0, &export.parts[2]));
    assert_eq!(repeated.received, 1);
    assert_eq!(uploads.stored(), before);
    let beyond = uploads.refused(part(&begun, 7, &export.parts[0]));
    assert_eq!(beyond.code, "wrong-state");
    upload(&uploads, &export);
    assert_eq!(uploads.people_in_use(), people(&export.parts));
}

#[test]
fn what_is_no_part_is_refused_and_not_stored() {
    let (uploads, export) = (Uploads::new(), export("a"));
    let begun = uploads.order(begin(&export));
    let before = uploads.stored();
    let damaged = |place: usize| {
        let mut bytes = export.parts[0].clone();
        bytes[place] ^= 1;
        STANDARD.encode(bytes)
    };
    let implausible = one_part(&UserRecord::unknown(
        AccountId("../x".into()),
        DirectoryId("-".into()),
    ));
    for (text, why) in [
        (damaged(0), "version"),
        (damaged(export.parts[0].len() - 1), "checksum"),
        (String::from("not base64!"), "base64"),
        (String::new(), "version"),
        ("A".repeat(250_000), "longer"),
        (STANDARD.encode(implausible), "account id"),
    ] {
        let refusal = uploads.refused(Command::ImportPart {
            import: begun.id.clone(),
            number: 0,
            part: text,
        });
        assert_eq!(refusal.code, "invalid", "{why}");
        assert!(refusal.message.contains(why), "{why}: {}", refusal.message);
        assert_eq!(uploads.stored(), before, "{why}");
    }
}

#[test]
fn parts_of_another_file_are_found_out_at_the_end() {
    let (uploads, one, other) = (Uploads::new(), export("a"), export("z"));
    let begun = uploads.order(begin(&one));
    for (number, bytes) in other.parts.iter().enumerate() {
        uploads.order(part(&begun, number, bytes));
    }
    let refusal = uploads.refused(finish(&begun));
    assert_eq!(refusal.code, "wrong-state");
    assert_eq!(uploads.shown().expect("an upload").received, 0);
    upload(&uploads, &one);
    assert_eq!(uploads.people_in_use(), people(&one.parts));
}

#[test]
fn one_export_is_kept_and_the_old_one_serves_until_the_new_one_is_there() {
    let (uploads, one, other) = (Uploads::new(), export("a"), export("z"));
    let first = upload(&uploads, &one);
    let begun = uploads.order(begin(&other));
    uploads.order(part(&begun, 0, &other.parts[0]));
    assert_eq!(uploads.people_in_use(), people(&one.parts));
    upload(&uploads, &other);
    assert_eq!(uploads.people_in_use(), people(&other.parts));
    let keys = uploads.part_keys();
    assert_eq!(keys.len(), 3, "{keys:?}");
    assert!(keys.iter().all(|key| !key.contains(&first.id)));
    // The same people again need no upload, and may get another day.
    let stored = uploads.order(begin(&other));
    assert!(stored.finished.is_some());
    assert_eq!(stored.received, 3);
    assert_eq!(uploads.try_order(Command::DropImport {}), Ok(None));
    assert_eq!(uploads.try_order(Command::DropImport {}), Ok(None));
    assert_eq!(uploads.shown(), None);
    assert_eq!(uploads.part_keys(), Vec::<String>::new());
    let logged = uploads.logged();
    let expected = [
        "begin-import",
        "finish-import",
        "begin-import",
        "finish-import",
        "drop-import",
    ];
    assert_eq!(logged, expected);
}

#[test]
fn an_upload_that_is_killed_at_any_await_ends_in_the_same_import() {
    let (one, other) = (export("a"), export("z"));
    let mut kills = 0;
    for awaits in 1..120 {
        let uploads = Uploads::new();
        upload(&uploads, &one);
        // Every command of the upload is killed once, at this await if it lasts so long, and sent again.
        let sent = |command: Command| {
            uploads.kill_at(command.clone(), awaits);
            uploads.order(command)
        };
        let begun = sent(begin(&other));
        for (number, bytes) in other.parts.iter().enumerate() {
            sent(part(&begun, number, bytes));
        }
        sent(finish(&begun));
        assert_eq!(uploads.people_in_use(), people(&other.parts), "{awaits}");
        uploads.kill_at(Command::DropImport {}, awaits);
        assert_eq!(uploads.try_order(Command::DropImport {}), Ok(None));
        let keys = uploads.part_keys();
        assert!(keys.is_empty(), "{awaits}: {keys:?}");
        kills += uploads.killed.get();
        if uploads.killed.get() == 0 {
            assert!(awaits > 20, "commands of {awaits} awaits are no test");
            break;
        }
    }
    assert!(kills > 60, "{kills} kills");
}

#[test]
fn files_that_cannot_be_are_refused() {
    let (uploads, export) = (Uploads::new(), export("a"));
    let with = |change: fn(&mut String, &mut String, &mut String, &mut u32)| {
        let Command::BeginImport {
            mut name,
            mut hash,
            mut made,
            mut parts,
            report,
        } = begin(&export)
        else {
            unreachable!()
        };
        change(&mut name, &mut hash, &mut made, &mut parts);
        Command::BeginImport {
            name,
            hash,
            made,
            parts,
            report,
        }
    };
    let changes: [fn(&mut String, &mut String, &mut String, &mut u32); 9] = [
        |name, _, _, _| name.clear(),
        |name, _, _, _| *name = "x".repeat(201),
        |name, _, _, _| *name = "a\nb".into(),
        |_, hash, _, _| hash.truncate(63),
        |_, hash, _, _| *hash = "ä".repeat(32),
        |_, _, made, _| *made = "yesterday".into(),
        |_, _, made, _| *made = "2026-11-23".into(),
        |_, _, _, parts| *parts = 0,
        |_, _, _, parts| *parts = 501,
    ];
    for (number, change) in changes.into_iter().enumerate() {
        assert_eq!(uploads.refused(with(change)).code, "invalid", "{number}");
    }
    assert!(uploads.stored().is_empty());
}

#[test]
fn with_a_connection_only_its_administrators_upload() {
    let scene = Scene::new(4, 120, |_| {});
    let export = export("a");
    let people = scene.world.cloud.borrow().organization().people.clone();
    for account in [&people.jira_admins[0], &people.ordinary[0]] {
        assert_eq!(scene.refused(account, begin(&export)).code, "not-allowed");
        assert_eq!(
            scene.refused(account, Command::DropImport {}).code,
            "not-allowed"
        );
    }
    scene.order(begin(&export));
    let uploads = Uploads::new();
    let ordinary = uploads.world.cloud.borrow().organization().people.ordinary[0].clone();
    let refusal = uploads.world.command(&ordinary, begin(&export));
    assert_eq!(refusal.expect_err("a refusal").code, "not-allowed");
}
