//! A configuration that comes in weakens nothing in silence: not by what is lost on the way, not by what it does not say,
//! and not by what was true elsewhere.

use std::time::Duration;

use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::{ApprovalIssues, ExemptionSubject, Protect, Settings};
use serde_json::{Value, json};

use crate::configuration::{bring, exported, furnished, parts};
use crate::in_process::Ending;
use crate::scene::{Scene, exempt};

const DAY: u64 = 86_400;

fn domain(name: &str) -> ExemptionSubject {
    ExemptionSubject::Domain {
        domain: name.into(),
    }
}

fn pass(scene: &Scene, seconds: u64) {
    let time = Duration::from_secs(seconds);
    scene.world.cloud.borrow().clock().advance(time);
}

fn settings(scene: &Scene) -> Settings {
    match scene.order(Command::Overview {}) {
        Answer::Overview(overview) => overview.settings,
        other => panic!("{other:?}"),
    }
}

fn stored(scene: &Scene, start: &str) -> Vec<String> {
    let cloud = scene.world.cloud.borrow();
    let plain = cloud.stored().plain(cloud.now()).into_iter();
    plain
        .map(|(key, _)| key)
        .filter(|key| key.starts_with(start))
        .collect()
}

fn entries(scene: &Scene, action: &str) -> Vec<Value> {
    let entries = scene.log().into_iter();
    entries
        .map(|entry| serde_json::from_str(&entry.entry).expect("JSON"))
        .filter(|entry: &Value| entry["action"] == action)
        .collect()
}

/// The exemption of a domain as it is stored.
fn exemption_of(scene: &Scene, name: &str) -> Vec<Value> {
    let configuration = exported(scene);
    let all = configuration["exemptions"].as_array().expect("a list");
    let of = |exemption: &&Value| exemption["subject"]["domain"] == name;
    all.iter().filter(of).cloned().collect()
}

#[test]
fn an_exemption_that_is_over_gives_way_to_one_that_comes_in() {
    let scene = furnished(321);
    let text = exported(&scene).to_string();
    let new = Scene::new(322, 80, |_| {});
    let mut over = exempt(domain("partner.example"), "for a day");
    if let Command::AddExemption { expires, .. } = &mut over {
        *expires = Some("2026-11-22".into());
    }
    new.order(over);
    pass(&new, 2 * DAY);
    bring(&new, &text);
    let known = exemption_of(&new, "partner.example");
    assert_eq!(known.len(), 1, "{known:?}");
    assert_eq!(known[0]["expires"], Value::Null);
    assert_eq!(known[0]["reason"], "a partner");
}

#[test]
fn an_exemption_in_force_that_says_something_else_stays_and_that_is_said() {
    let scene = furnished(323);
    let text = exported(&scene).to_string();
    let new = Scene::new(324, 80, |_| {});
    let mut shorter = exempt(domain("partner.example"), "until March");
    if let Command::AddExemption { expires, .. } = &mut shorter {
        *expires = Some("2027-03-01".into());
    }
    new.order(shorter);
    let taken = bring(&new, &text);
    assert_eq!(taken.other_exemptions, 1);
    let said = entries(&new, "import-configuration");
    let said = said.last().expect("an entry")["reason"].to_string();
    assert!(
        said.contains("1 exemption was left as it is here"),
        "{said}"
    );
    assert_eq!(bring(&scene, &text).other_exemptions, 0);
}

#[test]
fn no_policy_comes_in_before_the_exemptions_wherever_that_is_killed() {
    let text = exported(&furnished(325)).to_string();
    let new = Scene::new(326, 80, |_| {});
    let commands = parts(&text);
    let (last, before) = commands.split_last().expect("parts");
    for command in before {
        new.order(command.clone());
    }
    let (mut awaits, mut cut) = (1, 0);
    loop {
        let copy = new.copy();
        let first = copy.first.clone();
        let was_killed = copy.world.command_killed_at(&first, last.clone(), awaits);
        let there = exported(&copy);
        let count = |name: &str| there[name].as_array().expect("a list").len();
        if count("policies") > 0 {
            assert_eq!(count("exemptions"), 4, "killed at {awaits}");
        } else {
            cut += usize::from(count("exemptions") > 0);
        }
        if !was_killed {
            break;
        }
        awaits += 3;
    }
    assert!(cut > 0);
}

#[test]
fn an_exemption_for_a_policy_that_was_dropped_goes_out_and_comes_in() {
    let scene = furnished(327);
    scene.order(Command::AddExemption {
        subject: domain("other.example"),
        reason: "for one policy".into(),
        owner: None,
        expires: None,
        policies: Some(vec!["second".into()]),
    });
    scene.order(Command::DropPolicy {
        policy: "second".into(),
        reason: "not needed".into(),
    });
    let new = Scene::new(328, 80, |_| {});
    bring(&new, &exported(&scene).to_string());
    let known = exemption_of(&new, "other.example");
    assert_eq!(known[0]["policies"], json!(["second"]));
}

fn issues(project: &str) -> ApprovalIssues {
    ApprovalIssues {
        project: project.into(),
        issue_type: "10001".into(),
        approved_status: "Approved".into(),
        confirmed_browsers: true,
    }
}

#[test]
fn whose_project_was_confirmed_elsewhere_is_not_confirmed_here() {
    let scene = furnished(329);
    let set = |scene: &Scene, project: &str| {
        let issues = Some(issues(project));
        scene.order(Command::SetApprovalIssues { issues });
    };
    set(&scene, "OPS");
    let text = exported(&scene).to_string();
    // The same text on the same installation changes nothing.
    bring(&scene, &text);
    assert_eq!(settings(&scene).approval_issues, Some(issues("OPS")));
    let new = Scene::new(330, 80, |_| {});
    for project in [None, Some("ELSE")] {
        if let Some(project) = project {
            set(&new, project);
        }
        bring(&new, &text);
        let there = settings(&new).approval_issues.expect("a project");
        assert_eq!(
            (there.project.as_str(), there.confirmed_browsers),
            ("OPS", false)
        );
    }
}

#[test]
fn settings_that_a_text_does_not_name_stay_and_unknown_ones_are_refused() {
    let scene = furnished(331);
    let text = exported(&scene);
    let protect = Protect {
        project_leads: true,
        ..Protect::default()
    };
    scene.order(Command::SetProtections { protect });
    let mut older = text.clone();
    let named = older["settings"].as_object_mut().expect("an object");
    for name in ["protect", "fields", "retentionDays", "coverage"] {
        named.remove(name).expect("it is there");
    }
    let before = settings(&scene);
    bring(&scene, &older.to_string());
    let after = settings(&scene);
    assert_eq!(
        Settings {
            limits_edited: None,
            ..after
        },
        Settings {
            limits_edited: None,
            ..before
        }
    );
    let mut newer = text;
    newer["settings"]["protectEverybody"] = json!(true);
    let commands = parts(&newer.to_string());
    let (last, first) = commands.split_last().expect("parts");
    for command in first {
        scene.order(command.clone());
    }
    let refusal = scene.refused(&scene.first, last.clone());
    assert!(refusal.message.contains("protectEverybody"), "{refusal:?}");
}

#[test]
fn a_list_comes_in_as_old_as_it_is_and_as_every_list_is_written() {
    let scene = furnished(332);
    let mut text = exported(&scene);
    text["lists"][0]["members"] = json!([" Someone@Partner.Example "]);
    text["lists"][0]["imported"] = json!("2030-01-01T00:00:00Z");
    text["lists"][0]["had"] = json!(2);
    let new = Scene::new(333, 80, |_| {});
    bring(&new, &text.to_string());
    let there = exported(&new)["lists"][0].clone();
    assert_eq!(there["members"], json!(["someone@partner.example"]));
    assert!(there["imported"].as_str().expect("a time") < "2026-11-22");
    let said = entries(&new, "import-list");
    assert_eq!(said.len(), 1, "{said:?}");
    // The same once more is no import that lost nobody.
    let Answer::Lists(lists) = new.order(Command::ImportList {
        name: "leavers".into(),
        members: vec!["someone@partner.example".into()],
        part: 0,
        of: 1,
    }) else {
        panic!("no lists")
    };
    assert!(lists.lists[0].has_shrunk, "{lists:?}");
}

#[test]
fn whatever_is_killed_of_an_import_leaves_no_part_that_nobody_names() {
    let scene = furnished(334);
    let mut text = exported(&scene);
    let members: Vec<String> = (0..8_000)
        .map(|number| format!("712020:{number:0>30}"))
        .collect();
    text["lists"][0]["members"] = json!(members);
    let new = Scene::new(335, 80, |_| {});
    let commands = {
        // Parts as large as the page sends them.
        let text = text.to_string();
        let signs: Vec<char> = text.chars().collect();
        let pieces: Vec<String> = signs
            .chunks(80_000)
            .map(|some| some.iter().collect())
            .collect();
        let of = u32::try_from(pieces.len()).expect("few");
        let hash = seatkeeper::audit::sha256_hex(&text);
        (0..)
            .zip(pieces)
            .map(|(part, piece)| Command::ImportConfiguration {
                hash: hash.clone(),
                part,
                of,
                text: piece,
            })
            .collect::<Vec<_>>()
    };
    let (last, before) = commands.split_last().expect("parts");
    for command in before {
        new.order(command.clone());
    }
    let (mut awaits, mut seen) = (1, 0);
    loop {
        let copy = new.copy();
        let first = copy.first.clone();
        let was_killed = copy.world.command_killed_at(&first, last.clone(), awaits);
        seen += usize::from(was_killed && !stored(&copy, "list:").is_empty());
        // The schedule cleans up what nobody goes on with.
        pass(&copy, 8 * DAY);
        assert_eq!(copy.world.tick(None), Ending::Value(Ok(())));
        let is_there = !exported(&copy)["lists"]
            .as_array()
            .expect("lists")
            .is_empty();
        let parts = stored(&copy, "list:").len();
        assert_eq!(parts, if is_there { 2 } else { 0 }, "killed at {awaits}");
        assert_eq!(stored(&copy, "configuration:"), [] as [&str; 0]);
        if !was_killed {
            break;
        }
        awaits += 4;
    }
    assert!(seen > 2, "{seen}");
}

#[test]
fn the_fields_of_many_people_come_in_block_by_block() {
    let scene = furnished(336);
    let mut text = exported(&scene);
    let person = |number: usize| json!({"account": format!("712020:{number}"), "values": [["Team", "a"]], "note": null});
    text["people"] = (0..4_000).map(person).collect();
    let new = Scene::new(337, 80, |_| {});
    bring(&new, &text.to_string());
    let people = exported(&new)["people"].as_array().expect("people").len();
    assert_eq!(people, 4_000);
    // Each of the 256 blocks is written once, 15 at a time.
    assert!(entries(&new, "set-person-fields").len() <= 18);
}

#[test]
fn the_days_of_a_month_that_has_begun_here_come_in_too() {
    let scene = furnished(338);
    let mut text = exported(&scene);
    let first = |text: &Value| text["trend"][0].clone();
    let month = first(&text);
    let new = Scene::new(339, 80, |_| {});
    pass(&new, DAY);
    new.order(Command::StartSync {});
    new.world.deliver_all();
    let here = first(&exported(&new));
    assert_eq!(here["month"], month["month"]);
    bring(&new, &text.to_string());
    let there = first(&exported(&new));
    let place = |month: &Value, days: &[u8]| {
        let places = month["places"].as_array().expect("places").clone();
        let found = places
            .into_iter()
            .find(|place| place["days"] == json!(days));
        found.unwrap_or_else(|| panic!("no place with {days:?}: {month}"))
    };
    let both = place(&there, &[21, 22]);
    assert_eq!(both["people"].as_array().expect("a column").len(), 2);
    // What is known here is not replaced.
    let again = bring(&new, &text.to_string());
    assert_eq!(again.policies, 0);
    assert_eq!(first(&exported(&new)), there);
    // Columns that do not fit their days, and days that are none, are no trend.
    for (place, value) in [
        ("/trend/0/places/0/people", json!([1, 2, 3])),
        ("/trend/0/places/0/days", json!([32])),
        ("/trend/0/month", json!("November")),
        ("/trend/0/suspect", json!([0])),
    ] {
        let before = text.clone();
        *text.pointer_mut(place).expect("a place") = value;
        let commands = parts(&text.to_string());
        let (last, first) = commands.split_last().expect("parts");
        for command in first {
            new.order(command.clone());
        }
        let refusal = new.refused(&new.first, last.clone());
        assert_eq!(refusal.code, "invalid", "{place}");
        text = before;
    }
}

#[test]
fn the_order_in_which_policies_come_in_is_logged_where_it_changes_something() {
    let scene = furnished(340);
    let text = exported(&scene).to_string();
    let moved = entries(&scene, "move-policy").len();
    bring(&scene, &text);
    assert_eq!(entries(&scene, "move-policy").len(), moved);
    scene.order(Command::MovePolicy {
        policy: "second".into(),
        before: None,
    });
    bring(&scene, &text);
    let said = entries(&scene, "move-policy");
    assert_eq!(said.len(), moved + 2);
    let order = exported(&scene)["policies"].clone();
    assert_eq!(order[0]["id"], "second");
    assert_eq!(
        said[moved + 1]["after"],
        json!({"order": ["second", "idle-contractors"]})
    );
}
