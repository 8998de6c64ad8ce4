//! Who is told by name, and what a policy says about its own reports.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cloud::organization::AccountStatus;
use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::{GiveBack, NewsMessage, Notices, Reports, Run, RunState};
use seatkeeper::audit::StoredEntry;
use seatkeeper::model::AccountId;
use seatkeeper::policy::ReportWhen;
use serde_json::{Value, json};

use crate::approval::{user_of_jira, users_of_jira};
use crate::in_process::Ending;
use crate::scene::Scene;

/// A scene in which a policy is due; what changes it comes before it is saved.
pub fn scene(change: impl FnOnce(&mut Value)) -> Scene {
    let mut scene = Scene::new(31, 300, |_| {});
    change(&mut scene.policy);
    scene.prepare();
    scene
}

/// Says who is told.
pub fn tell(scene: &Scene, reports: Option<Reports>) {
    let issue = scene.world.cloud.borrow_mut().make_issue("LIFE", "Seats");
    scene.order(notices(issue, reports));
}

fn notices(issue: String, reports: Option<Reports>) -> Command {
    Command::SetNotices {
        notices: Some(Notices {
            issue,
            everybody_browses: Some(true),
            contact: Some("it@acme.example".into()),
            most_warned: 1_000,
            link_days: None,
            keep_days: Some(30),
            keep_times: None,
            give_back: Some(GiveBack::Ask),
            reports,
            policies: Vec::new(),
            tell_restored: false,
            restored_words: BTreeMap::new(),
        }),
    }
}

fn to_people(people: &[&String]) -> Reports {
    let ids = people.iter().map(|account| AccountId((*account).clone()));
    Reports {
        people: ids.collect(),
        seats_percent: None,
        ..Reports::default()
    }
}

pub fn quarter(scene: &Scene) {
    let clock = scene.world.cloud.borrow().clock().clone();
    clock.advance(Duration::from_secs(900));
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
}

/// A run that is held, with nothing told of it yet.
pub fn held(scene: &Scene) -> Run {
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
    let run = scene.only_run();
    assert_eq!(run.state, RunState::Held, "{run:?}");
    run
}

/// Somebody who uses Jira and administers nothing, with their address.
pub fn reader(scene: &Scene) -> (String, String) {
    let account = user_of_jira(scene);
    let users = scene.world.cloud.borrow().dump_users();
    let user = users
        .into_iter()
        .find(|user| user["accountId"] == account.as_str());
    let email = user.expect("the user")["email"].clone();
    (account, email.as_str().expect("an address").to_owned())
}

/// Closes an account: mail reaches it no more.
pub fn close(scene: &Scene, account: &str) {
    let mut cloud = scene.world.cloud.borrow_mut();
    let closed = cloud.change_user(account, |user| user.account_status = AccountStatus::Closed);
    closed.expect("a person");
}

/// Whom the calls that send mail named.
pub fn named(scene: &Scene) -> Vec<Value> {
    let traffic = scene.world.traffic.borrow();
    let sent = traffic
        .iter()
        .filter(|(request, _)| request.path.ends_with("/notify"));
    sent.map(|(request, _)| {
        let body: Value = serde_json::from_slice(&request.body).expect("JSON");
        body["to"].clone()
    })
    .collect()
}

/// Who got what, by subject.
pub fn mail(scene: &Scene) -> Vec<(String, String, String)> {
    let cloud = scene.world.cloud.borrow();
    let inbox = cloud.inbox().iter();
    inbox
        .map(|mail| {
            let text = mail.text.clone().unwrap_or_default();
            (mail.account_id.clone(), mail.subject.clone(), text)
        })
        .collect()
}

fn messages(scene: &Scene) -> Vec<(NewsMessage, bool)> {
    match scene.order(Command::News {}) {
        Answer::News(news) => {
            let items = news.items.iter();
            items
                .map(|item| (item.message, item.why.is_some()))
                .collect()
        }
        other => panic!("{other:?}"),
    }
}

/// What the log says of messages to administrators.
pub fn reported(scene: &Scene) -> Vec<Value> {
    let entries: Vec<StoredEntry> = scene.log();
    let entries = entries.iter().map(|entry| {
        let entry: Value = serde_json::from_str(&entry.entry).expect("JSON");
        entry
    });
    entries
        .filter(|entry| entry["action"] == json!("report"))
        .collect()
}

#[test]
fn people_are_told_by_name_and_whom_mail_does_not_reach_is_left_out() {
    for (reader_is_told, is_closed, expected) in [
        (true, false, (NewsMessage::Sent, false)),
        (true, true, (NewsMessage::Sent, false)),
        (false, true, (NewsMessage::Refused, true)),
    ] {
        let scene = scene(|_| {});
        let (reader, _) = reader(&scene);
        let other = scene.exempt_users[0].clone();
        if is_closed {
            close(&scene, &other);
        }
        let people = if reader_is_told {
            vec![&reader, &other]
        } else {
            vec![&other]
        };
        tell(&scene, Some(to_people(&people)));
        held(&scene);
        quarter(&scene);
        assert_eq!(messages(&scene), [expected], "{is_closed}");
        let named: BTreeSet<String> = named(&scene)
            .iter()
            .flat_map(|to| to["users"].as_array().expect("people").clone())
            .map(|one| one["accountId"].as_str().expect("an id").to_owned())
            .collect();
        assert_eq!(named.contains(&other), !is_closed);
        assert_eq!(named.contains(&reader), reader_is_told);
    }
}

#[test]
fn whoever_is_told_is_an_account_and_one_of_at_most_50() {
    let scene = scene(|_| {});
    let issue = scene.world.cloud.borrow_mut().make_issue("LIFE", "Seats");
    let many: Vec<AccountId> = (0..51)
        .map(|number| AccountId(format!("712020:{number}")))
        .collect();
    for (people, is_fit) in [
        (many.clone(), false),
        (many[..50].to_vec(), true),
        (vec![AccountId("ada@acme.example".into())], false),
    ] {
        let reports = Reports {
            people,
            ..Reports::default()
        };
        let command = notices(issue.clone(), Some(reports));
        if is_fit {
            scene.order(command);
        } else {
            assert_eq!(scene.refused(&scene.first, command).code, "invalid");
        }
    }
}

#[test]
fn whoever_closed_their_account_is_told_nothing_any_more() {
    let scene = scene(|_| {});
    let (reader, _) = reader(&scene);
    let closed = scene.exempt_users[0].clone();
    tell(&scene, Some(to_people(&[&reader, &closed])));
    held(&scene);
    close(&scene, &closed);
    for _ in 0..3 {
        let clock = scene.world.cloud.borrow().clock().clone();
        clock.advance(Duration::from_secs(7 * 86_400));
        quarter(&scene);
    }
    let Answer::Overview(overview) = scene.order(Command::Overview {}) else {
        panic!("no overview")
    };
    let notices = overview.settings.notices.expect("notices");
    let people = notices.reports.expect("reports").people;
    assert_eq!(people, [AccountId(reader)]);
}

#[test]
fn whoever_is_told_is_in_the_weekly_report_of_accounts() {
    let scene = scene(|_| {});
    // Nothing else is kept of them.
    let stranger = String::from("712020:no-directory-lists-them");
    tell(&scene, Some(to_people(&[&stranger])));
    held(&scene);
    quarter(&scene);
    let cloud = scene.world.cloud.borrow();
    assert!(cloud.reported().contains_key(&stranger));
}

#[test]
fn a_policy_says_itself_when_its_runs_are_reported_and_to_whom() {
    for (when, own, of_dry, of_real) in [
        (ReportWhen::Problems, Some("always"), true, true),
        (ReportWhen::Always, Some("problems"), false, true),
        (ReportWhen::Problems, Some("changes"), false, true),
        (ReportWhen::Problems, None, false, false),
        (ReportWhen::Always, None, true, true),
    ] {
        let mut scene = Scene::new(31, 300, |_| {});
        let (reader, email) = reader(&scene);
        let users = users_of_jira(&scene);
        if let Some(own) = own {
            let to = [email.to_uppercase(), "nobody@acme.example".into()];
            scene.policy["report"] = json!({"to": to, "when": own});
        }
        scene.prepare();
        let told = Reports {
            groups: vec![users],
            runs: when,
            seats_percent: None,
            ..Reports::default()
        };
        tell(&scene, Some(told));
        let run = held(&scene);
        // That it waits is told to whom the settings name.
        quarter(&scene);
        scene.release(&run.id);
        scene.world.deliver_all();
        scene.started("idle-contractors", true);
        for _ in 0..4 {
            quarter(&scene);
        }
        let case = format!("{when:?} {own:?}");
        let titles: Vec<String> = match scene.order(Command::News {}) {
            Answer::News(news) => news.items.into_iter().map(|item| item.title).collect(),
            other => panic!("{other:?}"),
        };
        let has = |part: &str| titles.iter().any(|title| title.contains(part));
        assert_eq!(has("dry run"), of_dry, "{case}: {titles:?}");
        assert_eq!(has(": done"), of_real, "{case}: {titles:?}");
        let got = |part: &str| -> BTreeSet<String> {
            let mails = mail(&scene).into_iter();
            let about =
                mails.filter(|(_, subject, text)| subject.contains(part) || text.contains(part));
            about.map(|(account, ..)| account).collect()
        };
        assert!(got(": held").len() > 5, "{case}");
        let done = got(": done");
        match own {
            Some(_) => assert_eq!(done, BTreeSet::from([reader]), "{case}"),
            None => assert_eq!(done.len() > 5, of_real, "{case}"),
        }
    }
}

#[test]
fn a_policy_can_name_groups_and_one_that_is_not_there_is_said() {
    for (group, message) in [
        (None, NewsMessage::Sent),
        (Some("no-such-group"), NewsMessage::Refused),
    ] {
        let mut scene = Scene::new(31, 300, |_| {});
        let name = group.map_or_else(|| users_of_jira(&scene).name, String::from);
        scene.policy["report"] = json!({"to": [name], "when": "always"});
        scene.prepare();
        tell(&scene, None);
        scene.started("idle-contractors", true);
        quarter(&scene);
        let Answer::News(news) = scene.order(Command::News {}) else {
            panic!("no news")
        };
        let dry = news
            .items
            .iter()
            .find(|item| item.title.contains("dry run"));
        assert_eq!(dry.expect("news of it").message, message);
        // The settings name nobody.
        let others = news.items.iter().filter(|item| item.report.is_none());
        assert!(
            others
                .into_iter()
                .all(|item| item.message == NewsMessage::Nobody)
        );
    }
}
