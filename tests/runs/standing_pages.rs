//! How a person stands in each directory is told by all pages of their roles, and by none of them alone.

use cloud::Response;
use seatkeeper::app::records::RunState;
use seatkeeper::plan::Fate;
use serde_json::{Value, json};

use crate::scene::Scene;
use crate::several_directories::{ACTIVE, effects, line, lines, release, scene};

fn stage(scene: &Scene, account: &str, cursor: &str, data: &Value, next: Option<&str>) {
    let path = format!("users/{account}/role-assignments?limit=100{cursor}");
    let links = next.map_or_else(|| json!({}), |next| json!({ "next": next }));
    let page = Response::json(200, &json!({"data": data, "links": links}));
    scene.world.staged.borrow_mut().push((path, page));
}

#[test]
fn what_stands_on_the_second_page_counts_as_much_as_what_stands_on_the_first() {
    let scene = scene(
        2,
        &json!({"after": "0d", "do": "suspend"}),
        &[
            ("told", &[(0, ACTIVE, 200), (1, ACTIVE, 200)]),
            ("at-odds", &[(0, ACTIVE, 200), (1, ACTIVE, 200)]),
        ],
    );
    let ids: Vec<String> = {
        let cloud = scene.world.cloud.borrow();
        let directories = cloud.organization().directories.iter();
        directories.map(|directory| directory.id.clone()).collect()
    };
    let row = |directory: usize, standing: &str| {
        json!({
            "directoryId": ids[directory], "resourceId": "ari:cloud:jira-software::site/1",
            "userDirectoryStatus": standing, "roles": ["atlassian/user"],
        })
    };
    let second = "&cursor=second";
    stage(
        &scene,
        "told",
        "",
        &json!([row(0, "active")]),
        Some("second"),
    );
    stage(&scene, "told", second, &json!([row(1, "active")]), None);
    let first = json!([row(0, "active"), row(1, "active")]);
    stage(&scene, "at-odds", "", &first, Some("second"));
    stage(
        &scene,
        "at-odds",
        second,
        &json!([row(0, "suspended")]),
        None,
    );
    let held = scene.tick_until_held();
    let planned = lines(&scene, &held);
    for directory in [0, 1] {
        let fate = line(&planned, "told", directory).fate;
        assert_eq!(fate, Fate::Planned, "{directory}");
    }
    let fate = line(&planned, "at-odds", 0).fate;
    assert!(matches!(fate, Fate::Unknown | Fate::Protected), "{fate:?}");
    // From here on everybody stands as the cloud says.
    scene.world.staged.borrow_mut().clear();
    let run = release(&scene, &held);
    assert_eq!(run.state, RunState::Done, "{run:?}");
    let suspended = effects(&scene, "suspended");
    assert!(
        !suspended.contains(&(String::from("at-odds"), Some(0))),
        "{suspended:?}"
    );
}
