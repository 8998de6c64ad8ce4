//! A domain that the organization loses between the plan and the action: whose account is not its own any more, or whose new
//! address would not be, is let be (RULES R10).

use cloud::Response;
use cloud::organization::AccountStatus;
use seatkeeper::app::admin::Errand;
use seatkeeper::app::records::RunState;
use seatkeeper::plan::Fate;
use serde_json::json;

use crate::by_hand::{act_on, approve, begun, even_if_active, managed, scene};
use crate::scene::Scene;

fn set_email() -> Errand {
    Errand::SetEmail {
        emails: vec![String::from("one@acme.example")],
    }
}

fn deactivate() -> Errand {
    Errand::Stage {
        stage: json!({"after": "0d", "do": "deactivate"}).to_string(),
    }
}

fn effects(scene: &Scene) -> usize {
    let cloud = scene.world.cloud.borrow();
    let effects = cloud.effects().iter();
    effects.filter(|effect| effect.key_owner.is_some()).count()
}

#[test]
fn no_address_of_a_domain_is_set_that_is_not_verified_any_more() {
    let scene = scene(51);
    let owner = managed(&scene, |user| !user.synced)[0].clone();
    let run = begun(&scene, act_on(std::slice::from_ref(&owner), set_email()));
    assert_eq!(run.counts.planned, 1, "{:?}", scene.lines(&run));
    let none = Response::json(200, &json!({"data": [], "links": {}}));
    let staged = (String::from("/domains"), none);
    scene.world.staged.borrow_mut().push(staged);
    let done = approve(&scene, &run);
    assert_eq!(done.state, RunState::Done, "{done:?}");
    let line = scene.lines(&done).remove(0).person;
    assert_eq!(line.fate, Fate::Skipped, "{line:?}");
    assert!(line.reason.contains("no verified domain"), "{line:?}");
    let cloud = scene.world.cloud.borrow();
    assert_eq!(cloud.meter().calls_of("accounts.setEmail"), 0);
}

#[test]
fn nothing_is_done_to_an_account_that_is_not_the_organizations_own_any_more() {
    for errand in [set_email(), Errand::RevokeTokens {}, deactivate()] {
        let scene = scene(52);
        let owners = managed(&scene, |user| !user.synced && user.tokens.is_some());
        let chosen = std::slice::from_ref(&owners[0]);
        let run = begun(&scene, even_if_active(act_on(chosen, errand.clone())));
        assert_eq!(run.counts.planned, 1, "{:?}", scene.lines(&run));
        let release = |user: &mut cloud::organization::User| user.managed = false;
        scene
            .world
            .cloud
            .borrow_mut()
            .change_user(&owners[0], release)
            .expect("a person");
        let before = effects(&scene);
        let done = approve(&scene, &run);
        assert_eq!(done.state, RunState::Done, "{errand:?}: {done:?}");
        let line = scene.lines(&done).remove(0).person;
        assert_eq!(line.fate, Fate::Skipped, "{errand:?}: {line:?}");
        assert_eq!(effects(&scene), before, "{errand:?}");
        let cloud = scene.world.cloud.borrow();
        let user = cloud.organization().user(&owners[0]).expect("a person");
        assert_eq!(user.account_status, AccountStatus::Active);
        assert!(
            user.tokens
                .as_ref()
                .is_some_and(|tokens| !tokens.is_empty())
        );
    }
}
