//! Whoever closed their account is erased: nothing that is stored names them any more but the log, and that by their id.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cloud::organization::{AccountStatus, Standing, User};
use seatkeeper::app::admin::{Command, Errand};
use seatkeeper::app::import::ExportFile;
use seatkeeper::model::AccountId;
use serde_json::{Value, json};

use super::stored::{people, values};
use super::{enable_idle_policy, one_directory, organization, pass_hours, read, tick};
use crate::scene::Scene;

/// What a chunk is sealed with: its magic, its kind, its checksum, its time.
const SEAL: usize = 4 + 1 + 16 + 4;
/// What may stand before the packed bytes of a chunk or a part.
const UNPACKED: usize = 64;

/// A person, and how they could be found in what is stored.
struct Person {
    account: String,
    /// Their id, the letters of their name, the beginning of their address: as they are, and an id as bytes too.
    needles: Vec<(&'static str, Vec<u8>)>,
}

impl Person {
    fn of(user: &User) -> Person {
        let id = &user.account_id;
        let digits = id.rsplit(':').next().expect("a part").replace('-', "");
        let byte = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        let bytes: Option<Vec<u8>> = (0..digits.len() / 2).map(|at| byte(at * 2)).collect();
        let local = user.email.split('@').next().expect("a local part");
        Person {
            account: id.clone(),
            needles: vec![
                ("id", id.clone().into_bytes()),
                ("id as bytes", bytes.expect("hexadecimal digits")),
                ("name", user.name.clone().into_bytes()),
                ("address", local.to_owned().into_bytes()),
            ],
        }
    }

    /// What of the person stands in some bytes.
    fn found_in(&self, bytes: &[u8]) -> Vec<&'static str> {
        let stands = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        let needles = self.needles.iter();
        let found = needles.filter(|(_, needle)| stands(needle));
        found.map(|(what, _)| *what).collect()
    }
}

/// The bytes of a stored value: its text, and whatever is packed in it.
fn opened(value: &Value) -> Vec<Vec<u8>> {
    let mut all = vec![value.to_string().into_bytes()];
    let packed = value.as_str().and_then(|text| STANDARD.decode(text).ok());
    if let Some(packed) = packed.filter(|bytes| bytes.starts_with(b"SKC")) {
        let body = &packed[SEAL.min(packed.len())..];
        let starts = 0..UNPACKED.min(body.len());
        let unpacked = starts.filter_map(|start| inflated(&body[start..]));
        all.extend(unpacked);
        all.push(packed);
    }
    all
}

fn inflated(bytes: &[u8]) -> Option<Vec<u8>> {
    miniz_oxide::inflate::decompress_to_vec_with_limit(bytes, 8 << 20).ok()
}

/// Every stored value besides the log in which something of a person stands, and what.
fn traces(scene: &Scene, person: &Person) -> Vec<(String, Vec<&'static str>)> {
    let mut stored: Vec<(String, Value)> = values(&scene.world).into_iter().collect();
    let cloud = scene.world.cloud.borrow();
    for entity in ["chain", "lease", "run"] {
        stored.extend(cloud.stored().entity(entity, cloud.now()));
    }
    let of = |(key, value): (String, Value)| {
        let mut found: Vec<&str> = person.found_in(key.as_bytes());
        found.extend(
            opened(&value)
                .iter()
                .flat_map(|bytes| person.found_in(bytes)),
        );
        found.sort_unstable();
        found.dedup();
        (!found.is_empty()).then_some((key, found))
    };
    stored.into_iter().filter_map(of).collect()
}

/// What of a person stands in the log.
fn logged(scene: &Scene, person: &Person) -> Vec<&'static str> {
    let cloud = scene.world.cloud.borrow();
    let entries = cloud.stored().entity("audit", cloud.now()).into_iter();
    let mut found: Vec<&str> = entries
        .flat_map(|(_, entry)| person.found_in(entry.to_string().as_bytes()))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn upload(scene: &Scene, account: &str) {
    let mut file = ExportFile::default();
    let text = format!(
        "User id,User name,email,Last seen in Jira - acme\n{account},,,01 Nov 2026\nb,B,b@x.example,\n"
    );
    file.feed(text.as_bytes()).expect("an export");
    let export = file.finish().expect("an export");
    let begun = scene.order(Command::BeginImport {
        name: "export-users.csv".into(),
        hash: export.hash.clone(),
        made: "2026-11-20".into(),
        parts: 1,
        report: export.report.clone(),
    });
    let seatkeeper::app::admin::Answer::Import(answer) = begun else {
        panic!("{begun:?}")
    };
    let import = answer.import.expect("an upload").id;
    scene.order(Command::ImportPart {
        import: import.clone(),
        number: 0,
        part: STANDARD.encode(&export.parts[0]),
    });
    scene.order(Command::FinishImport { import });
}

fn send_event(scene: &Scene, account: &str) {
    let event = json!({
        "eventType": "avi:jira:updated:user",
        "user": {"accountId": account, "accountType": "atlassian", "active": true},
    });
    assert_eq!(scene.world.event(&event), Ok(()));
}

/// Ways in which a person comes to be stored, besides being listed.
type Way = fn(&Scene, &str);

const IN_A_CHAIN: &str = "in the chain of a policy";

const WAYS: [(&str, Way); 7] = [
    ("listed", |_, _| {}),
    ("hinted at", send_event),
    ("in an export", upload),
    ("in the plan of a preview", |scene, _| {
        scene.order(Command::StartRun {
            policy: "idle-contractors".into(),
            dry: true,
        });
        scene.world.deliver_all();
    }),
    ("given another address by hand", |scene, account| {
        scene.order(Command::ActOn {
            people: vec![AccountId(account.to_owned())],
            errand: Errand::SetEmail {
                emails: vec![String::from("zq7kolibri@acme.example")],
            },
            idle: None,
            even_if_active: false,
            dry: true,
            reason: String::from("married"),
        });
        scene.world.deliver_all();
    }),
    (IN_A_CHAIN, |scene, _| {
        let mut policy = scene.policy.clone();
        policy["stages"] = json!([{"after": "7d", "do": "suspend"}]);
        let document = policy.to_string();
        scene.order(Command::SavePolicy {
            document,
            revision: None,
        });
        scene.order(Command::StartRun {
            policy: "idle-contractors".into(),
            dry: false,
        });
        scene.world.deliver_all();
    }),
    ("suspended by somebody else", |scene, account| {
        let suspended = Standing::Suspended;
        let changed = scene
            .world
            .cloud
            .borrow_mut()
            .set_standing(account, suspended);
        changed.expect("a person");
        pass_hours(scene, 1);
        read(scene);
    }),
];

/// Somebody whose name and address are nobody else's, and do not follow from one another.
fn somebody(scene: &Scene) -> Person {
    let mut cloud = scene.world.cloud.borrow_mut();
    let account = cloud.organization().people.idle_contractors[0].clone();
    let rename = |user: &mut User| {
        user.name = String::from("Xanthippe Quellwasser");
        user.email = String::from("zq7kolibri@contractors.example");
    };
    cloud.change_user(&account, rename).expect("a person");
    Person::of(cloud.organization().user(&account).expect("a person"))
}

#[test]
fn nothing_that_is_stored_names_a_person_who_was_erased() {
    for (number, (way, come)) in (0..).zip(WAYS) {
        // Whoever several directories list has a place in the chain for each.
        let build = match way {
            IN_A_CHAIN => one_directory,
            _ => organization,
        };
        let scene = build(111 + number, 250);
        enable_idle_policy(&scene);
        let person = somebody(&scene);
        read(&scene);
        come(&scene, &person.account);
        let mut before = traces(&scene, &person);
        let is_in_chain = before.iter().any(|(key, _)| key.starts_with("chain:"));
        assert_eq!(is_in_chain, way == IN_A_CHAIN, "{before:?}");
        before.retain(|(key, _)| key.starts_with("chunk:"));
        let found: Vec<&str> = before.iter().flat_map(|(_, found)| found.clone()).collect();
        for what in ["name", "address"] {
            assert!(
                found.contains(&what),
                "{way}: the search is blind: {found:?}"
            );
        }
        assert!(
            found.iter().any(|what| what.starts_with("id")),
            "{way}: {found:?}"
        );
        let close = |user: &mut User| user.account_status = AccountStatus::Closed;
        let closed = scene
            .world
            .cloud
            .borrow_mut()
            .change_user(&person.account, close);
        closed.expect("a person");
        // The weekly report tells that the account is closed.
        tick(&scene);
        assert!(
            !people(&scene.world)
                .iter()
                .any(|known| known.account.0 == person.account)
        );
        // Atlassian does not list them any more either; what was replaced goes with the next reading.
        let vanish = |user: &mut User| {
            user.account_id.pop();
            user.account_id.push('~');
            user.name = String::from("Former user");
            user.email = String::from("former@nowhere.example");
        };
        let vanished = scene
            .world
            .cloud
            .borrow_mut()
            .change_user(&person.account, vanish);
        vanished.expect("a person");
        pass_hours(&scene, 25);
        tick(&scene);
        let mut left = traces(&scene, &person);
        // What was planned, and what others did, is told by ids alone: it belongs to the log.
        left.retain(|(key, found)| {
            let is_told =
                (key.starts_with("run:") && key.contains(":plan:")) || key == "unexplained";
            !is_told || *found != ["id"]
        });
        assert_eq!(left, [], "{way}");
        let logged = logged(&scene, &person);
        assert!(logged.iter().all(|what| *what == "id"), "{way}: {logged:?}");
    }
}
