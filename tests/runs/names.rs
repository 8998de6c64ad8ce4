//! What people are called, asked of Jira for the page and stored nowhere.

use cloud::conformance::Validator;
use cloud::faults::{FaultKind, Faults};
use cloud::organization::Standing;
use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::model::AccountId;

use crate::foreign::set;
use crate::scene::Scene;

const BULK: &str = "/rest/api/3/user/bulk";

fn scene() -> Scene {
    Scene::new(91, 200, |_| {})
}

fn names_of(accounts: &[String]) -> Command {
    Command::NamesOf {
        accounts: accounts.iter().cloned().map(AccountId).collect(),
    }
}

/// Who is named, sorted by account.
fn named(scene: &Scene, by: &str, accounts: &[String]) -> Vec<(String, String)> {
    match scene.world.command(by, names_of(accounts)) {
        Ok(Answer::Names(mut names)) => {
            names.names.sort();
            let pairs = names.names.into_iter();
            pairs.map(|(account, name)| (account.0, name)).collect()
        }
        other => panic!("{other:?}"),
    }
}

/// People of the app's site with their names, sorted by account.
fn people(scene: &Scene, most: usize) -> Vec<(String, String)> {
    let cloud = scene.world.cloud.borrow();
    let organization = cloud.organization();
    let site = organization.sites[0].directory;
    let users = organization.users.iter().filter(|user| user.is_in(site));
    let mut people: Vec<_> = users
        .take(most)
        .map(|user| (user.account_id.clone(), user.name.clone()))
        .collect();
    people.sort();
    people
}

fn accounts(people: &[(String, String)]) -> Vec<String> {
    people.iter().map(|(account, _)| account.clone()).collect()
}

/// Every value and every entry of the log as text.
fn stored(scene: &Scene) -> String {
    let cloud = scene.world.cloud.borrow();
    let (storage, now) = (cloud.stored(), cloud.now());
    let values = storage.plain(now).into_iter();
    let all = values.chain(storage.entity("audit", now));
    all.map(|(key, value)| format!("{key} {value}\n")).collect()
}

#[test]
fn whoever_may_look_sees_the_names_that_jira_shows_and_nothing_of_them_is_stored() {
    let scene = scene();
    let expected = people(&scene, 50);
    let cast = scene.world.cloud.borrow().organization().people.clone();
    for by in [&scene.first, &cast.jira_admins[0]] {
        assert_eq!(named(&scene, by, &accounts(&expected)), expected);
    }
    let some = accounts(&expected[..2]);
    let strange = [&some[0], "nobody", "not an id/../x", "", &some[1]];
    let strange: Vec<String> = strange.iter().map(|id| String::from(*id)).collect();
    assert_eq!(named(&scene, &scene.first, &strange), expected[..2]);
    let stored = stored(&scene);
    assert!(stored.contains("organizationId"), "{stored}");
    for (_, name) in &expected {
        assert!(!stored.contains(name), "{name} is stored");
    }

    let refusal = scene.refused(&cast.ordinary[0], names_of(&some));
    assert_eq!(refusal.code, "not-allowed");
    let many = accounts(&people(&scene, 51));
    assert_eq!(many.len(), 51);
    assert_eq!(scene.refused(&scene.first, names_of(&many)).code, "invalid");
}

#[test]
fn one_call_names_fifty_as_the_document_says() {
    let scene = scene();
    let all = accounts(&people(&scene, 50));
    for asked in [1, 10, 11, 50] {
        let before = scene.world.traffic.borrow().len();
        assert_eq!(named(&scene, &scene.first, &all[..asked]).len(), asked);
        let traffic = scene.world.traffic.borrow();
        let calls = traffic.iter().skip(before);
        assert_eq!(calls.filter(|call| call.0.path == BULK).count(), 1);
    }
    let Ok(validator) = Validator::load() else {
        println!("skipped: no documents");
        return;
    };
    for (request, response) in scene.world.traffic.borrow().iter() {
        if request.path == BULK {
            assert_eq!(validator.check(request, response), Vec::<String>::new());
        }
    }
}

#[test]
fn where_jira_does_not_answer_nobody_has_a_name() {
    let scene = scene();
    let all = people(&scene, 50);
    for kind in [
        FaultKind::ServerErrorBefore,
        FaultKind::TooManyRequests,
        FaultKind::Forbidden,
        FaultKind::CutBefore,
        FaultKind::Truncated,
    ] {
        let faults = Faults::planned("jira.user.bulk", kind);
        scene.world.cloud.borrow_mut().set_faults(faults);
        let left = named(&scene, &scene.first, &accounts(&all));
        assert_eq!(left, [], "{kind:?}");
        scene.world.cloud.borrow_mut().set_faults(Faults::default());
        assert_eq!(named(&scene, &scene.first, &accounts(&all)), all);
    }
    let answer = cloud::Response::json(200, &serde_json::json!([{"accountId": "a"}]));
    let staged = (String::from(BULK), answer);
    scene.world.staged.borrow_mut().push(staged);
    assert_eq!(named(&scene, &scene.first, &accounts(&all)), []);
}

/// Whom mail does not reach, of a person of the site and of nobody.
fn unreached(scene: &Scene, person: &str) -> Vec<String> {
    let asked = names_of(&[person.to_owned(), "nobody".to_owned()]);
    let Answer::Names(names) = scene.order(asked) else {
        panic!("no names")
    };
    names.unreached.into_iter().map(|one| one.0).collect()
}

#[test]
fn whom_mail_does_not_reach_is_told_where_jira_answers() {
    let scene = scene();
    let person = scene.world.cloud.borrow().organization().people.ordinary[0].clone();
    assert_eq!(unreached(&scene, &person), ["nobody"]);
    set(&scene, &person, Standing::Suspended);
    assert_eq!(unreached(&scene, &person), [&person, "nobody"]);
    let faults = Faults::planned("jira.user.bulk", FaultKind::ServerErrorBefore);
    scene.world.cloud.borrow_mut().set_faults(faults);
    assert_eq!(unreached(&scene, &person), Vec::<String>::new());
}
