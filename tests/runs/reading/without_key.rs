//! Without a key: Jira's people and seats, and what an uploaded export says of their activity.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cloud::admin_api::KeyKind;
use cloud::limits::{Latency, Limits};
use cloud::organization::{Product, Status, User};
use seatkeeper::app::admin::{Answer, Command, Overview};
use seatkeeper::app::import::ExportFile;
use seatkeeper::app::records::{ImportState, Source, SuspicionCode};
use seatkeeper::model::Activity;
use seatkeeper::snapshot::UserRecord;

use super::stored::people;
use crate::in_process::{Ending, Kills, World};

/// A site without a connection, whose administrator of Jira is an organization administrator too.
struct Site {
    world: World,
    admin: String,
}

impl Site {
    fn new(seed: u64) -> Site {
        let world = World::new(seed, 150, |options| {
            options.latency = Latency::Off;
            options.limits = Limits::none();
        });
        let admin = world.cloud.borrow().organization().people.org_admins[0].clone();
        Site { world, admin }
    }

    fn order(&self, command: Command) -> Answer {
        let answer = self.world.command(&self.admin, command);
        answer.unwrap_or_else(|refusal| panic!("{refusal:?}"))
    }

    fn tick(&self) {
        assert_eq!(self.world.tick(None), Ending::Value(Ok(())));
        self.world.deliver_all();
    }

    /// What the schedule makes of the next day.
    fn next_day(&self) {
        let day = std::time::Duration::from_secs(25 * 3_600);
        self.world.cloud.borrow().clock().advance(day);
        self.tick();
    }

    fn read(&self) {
        // Whatever was read in this very moment would do.
        let minute = std::time::Duration::from_secs(60);
        self.world.cloud.borrow().clock().advance(minute);
        self.order(Command::StartSync {});
        self.world.deliver_all();
    }

    fn overview(&self) -> Overview {
        match self.order(Command::Overview {}) {
            Answer::Overview(overview) => *overview,
            other => panic!("{other:?}"),
        }
    }

    fn source(&self) -> Source {
        self.overview().reading.snapshot.expect("a snapshot").source
    }

    fn import(&self, command: Command) -> Option<ImportState> {
        match self.order(command) {
            Answer::Import(answer) => answer.import,
            other => panic!("{other:?}"),
        }
    }

    /// Uploads an export that was made today.
    fn upload(&self, text: &str) {
        let mut file = ExportFile::default();
        file.feed(text.as_bytes()).expect("an export");
        let export = file.finish().expect("an export");
        let begin = Command::BeginImport {
            name: "export-users.csv".into(),
            hash: export.hash.clone(),
            made: self.world.cloud.borrow().now().to_rfc3339(),
            parts: u32::try_from(export.parts.len()).expect("few"),
            report: export.report.clone(),
        };
        let import = self.import(begin).expect("an import").id;
        for (number, part) in (0..).zip(&export.parts) {
            self.import(Command::ImportPart {
                import: import.clone(),
                number,
                part: STANDARD.encode(part),
            });
        }
        self.import(Command::FinishImport { import });
    }

    fn connect(&self) {
        let (organization_id, api_key) = {
            let mut cloud = self.world.cloud.borrow_mut();
            let key = cloud.create_key(KeyKind::WithoutScopes, &self.admin);
            (cloud.organization().id.clone(), key)
        };
        self.order(Command::Connect {
            organization_id,
            api_key,
            owner: None,
            expires: None,
        });
    }
}

/// Accesses whose last activity is known, or known to be never.
fn with_activity(people: &[UserRecord]) -> Vec<(String, Activity)> {
    let mut known = Vec::new();
    for person in people {
        for access in person.access.iter().flatten() {
            if access.activity != Activity::Unknown {
                known.push((person.account.0.clone(), access.activity));
            }
        }
    }
    known
}

/// An export that says of two people when they came.
fn export_of(site: &Site, people: &[UserRecord]) -> (String, String, String) {
    let (one, other) = (people[0].account.0.clone(), people[1].account.0.clone());
    let host = site.world.cloud.borrow().organization().sites[0].host();
    let text =
        format!("User id,Last seen in Jira - {host}\n{one},01 Nov 2026\n{other},Never accessed\n");
    (text, one, other)
}

impl Site {
    /// Installs the app as somebody who has not agreed to its newer scopes.
    fn may_not_see_groups(&self) {
        let manifest =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/manifest.yml"));
        let mut manifest: serde_json::Value =
            serde_yaml_ng::from_str(&manifest.expect("manifest.yml")).expect("YAML");
        let scopes = manifest["permissions"]["scopes"].as_array_mut();
        scopes
            .expect("scopes")
            .retain(|scope| scope != "read:group:jira");
        let installed = self.world.cloud.borrow_mut().install(&manifest);
        installed.expect("a manifest");
    }
}

#[test]
fn jiras_people_are_what_there_is_without_a_key() {
    let site = Site::new(101);
    site.may_not_see_groups();
    site.tick();
    let overview = site.overview();
    assert!(overview.connection.is_none());
    let snapshot = overview.reading.snapshot.expect("a snapshot");
    assert_eq!(snapshot.source, Source::Jira);
    let suspicions = snapshot.suspicions.iter();
    assert!(
        suspicions
            .clone()
            .all(|found| found.code == SuspicionCode::Source)
    );
    let texts: Vec<&str> = suspicions.map(|found| found.text.as_str()).collect();
    assert!(texts[0].contains("connect it"), "{texts:?}");
    // The scopes do not let the app read who is in a group: nobody's accesses are known, and it says so.
    assert!(texts[1].contains("members of a group"), "{texts:?}");
    let people = people(&site.world);
    assert!(people.iter().all(|person| person.access.is_none()));
    assert!(people.len() > 100, "{}", people.len());
    assert_eq!(usize::try_from(snapshot.users), Ok(people.len()));
}

#[test]
fn seats_are_known_without_a_key_where_jira_says_who_is_in_its_groups() {
    let site = Site::new(106);
    site.tick();
    let snapshot = site.overview().reading.snapshot.expect("a snapshot");
    assert_eq!(snapshot.suspicions.len(), 1, "{:?}", snapshot.suspicions);
    // Whoever is active and in a group that grants Jira on the first site takes a seat of it.
    let holders = {
        let cloud = site.world.cloud.borrow();
        let (now, organization) = (cloud.now(), cloud.organization());
        let grants_jira = |group: &usize| {
            let mut grants = organization.groups[*group].grants.iter();
            grants.any(|grant| grant.site == 0 && grant.product == Product::JiraSoftware)
        };
        let holds = |user: &&User| {
            user.status(now) == Status::Active && user.groups.iter().any(grants_jira)
        };
        organization.users.iter().filter(holds).count()
    };
    let people = people(&site.world);
    let takes_a_seat = |person: &&UserRecord| {
        let mut accesses = person.access.iter().flatten();
        accesses.any(|access| access.product == "jira-software" && access.seat == Some(true))
    };
    assert!(holders > 20, "{holders}");
    assert_eq!(people.iter().filter(takes_a_seat).count(), holders);
    assert_eq!(with_activity(&people), []);
}

#[test]
fn an_export_adds_activity_and_takes_it_away_when_it_is_dropped() {
    let site = Site::new(102);
    site.tick();
    let before = people(&site.world);
    let (text, one, other) = export_of(&site, &before);
    site.upload(&text);
    site.read();
    let with = people(&site.world);
    assert_eq!(site.source(), Source::Jira);
    let mut known = with_activity(&with);
    known.sort_by(|a, b| a.0.cmp(&b.0));
    let seen = seatkeeper::model::Time::parse("2026-11-01T23:59:59Z").expect("a time");
    let mut expected = vec![(one, Activity::Seen(seen)), (other, Activity::Never)];
    expected.sort_by(|a, b| a.0.cmp(&b.0));
    let is_that_day = |activity: &Activity| match activity {
        Activity::Seen(time) => time.date() == seen.date(),
        _ => true,
    };
    assert_eq!(known.len(), 2, "{known:?}");
    for (found, wanted) in known.iter().zip(&expected) {
        assert_eq!(found.0, wanted.0);
        assert_eq!(found.1 == Activity::Never, wanted.1 == Activity::Never);
        assert!(is_that_day(&found.1), "{found:?}");
    }
    assert_eq!(site.import(Command::DropImport {}), None);
    site.read();
    let after = people(&site.world);
    assert_eq!(with_activity(&after), []);
    assert_eq!(after, before);
}

#[test]
fn an_export_says_nothing_of_activity_once_it_is_old() {
    let site = Site::new(103);
    site.tick();
    let (text, ..) = export_of(&site, &people(&site.world));
    site.upload(&text);
    site.read();
    assert_eq!(with_activity(&people(&site.world)).len(), 2);
    for _ in 0..3 {
        site.next_day();
    }
    assert_eq!(with_activity(&people(&site.world)), []);
}

#[test]
fn once_connected_the_organizations_own_reading_takes_the_place_of_jiras() {
    let site = Site::new(104);
    site.tick();
    let (text, ..) = export_of(&site, &people(&site.world));
    site.upload(&text);
    site.read();
    let jiras = people(&site.world);
    site.connect();
    site.tick();
    let snapshot = site.overview().reading.snapshot.expect("a snapshot");
    assert_eq!(snapshot.source, Source::Organization);
    assert_eq!(snapshot.suspicions, []);
    let own = people(&site.world);
    assert_ne!(own, jiras);
    // The same as if there had never been anything else.
    let fresh = Site::new(104);
    fresh.connect();
    fresh.tick();
    assert_eq!(own, people(&fresh.world));
}

#[test]
fn a_reading_of_jira_killed_at_any_await_ends_in_the_same_snapshot() {
    let before = Site::new(105);
    before.tick();
    let (text, ..) = export_of(&before, &people(&before.world));
    before.upload(&text);
    let unhindered = before.world.copy();
    let read = |world: World| {
        let site = Site {
            world,
            admin: before.admin.clone(),
        };
        site.read();
        site
    };
    let expected = people(&read(unhindered).world);
    assert_eq!(with_activity(&expected).len(), 2);
    let mut awaits = 1;
    loop {
        let world = before.world.copy();
        world.kills.set(Kills::AtAwait(awaits));
        let site = read(world);
        assert_eq!(people(&site.world), expected, "killed at await {awaits}");
        if site.world.killed.get() == 0 {
            break;
        }
        awaits += 1;
    }
    assert!(awaits > 40, "only {awaits} awaits");
}
