//! What is stored of a run's progress fits where it is stored.

use super::*;

/// What a value of the key-value store may hold as JSON (RULES R16).
const LARGEST_VALUE: usize = 176 * 1024;

#[test]
fn a_window_has_room_for_what_its_steps_carry() {
    let site = "ari:cloud:jira-software::site/aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
    let role = DirectRole {
        resource: crate::model::Resource(site.into()),
        role: "atlassian/user".into(),
    };
    let mut progress = Progress::default();
    for step in 0..2_000 {
        progress.takes_roles(step, vec![role.clone(); 5]);
        progress.act_passed(step, true);
        progress.act_done(step);
        let said = format!("refused: {step} {}", "why ".repeat(30));
        progress.settle(step, End::Partly, Some(said));
    }
    // A batch whose calls were made, with the longest ids of their requests.
    for step in 2_000..2_100 {
        let accepted = Some(Time(1_795_262_400));
        progress.open_with(step, |open| open.accepted = accepted);
        progress.called(step, Went::Well);
        progress.answered(step, Some(204), Some("r".repeat(LONGEST_ID)));
    }
    for write in progress.writes("r").unwrap() {
        let Write::Set { key, value } = write else {
            panic!("{write:?}")
        };
        assert!(value.len() <= LARGEST_VALUE, "{key}: {}", value.len());
    }
}
