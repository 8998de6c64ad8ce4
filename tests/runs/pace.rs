//! What one invocation learns of Atlassian's limits holds for the next.

use cloud::faults::{FaultKind, Faults};
use cloud::forge::Outcome;

use crate::in_process::Ending;
use crate::scene::Scene;

fn searches(scene: &Scene) -> usize {
    let traffic = scene.world.traffic.borrow();
    let searches = traffic
        .iter()
        .filter(|(request, _)| request.path.ends_with("/users/search"));
    searches.count()
}

#[test]
fn a_call_that_was_refused_is_not_made_again_before_its_time() {
    let scene = Scene::new(300, 400, |_| {});
    scene.prepare();
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    let refusal = Faults::planned("users.search", FaultKind::TooManyRequests);
    scene.world.cloud.borrow_mut().set_faults(refusal);
    let delivery = scene.world.cloud.borrow_mut().next_delivery();
    let delivery = delivery.expect("a job");
    let before = searches(&scene);
    // The clock stands still: a second delivery comes long before the minute is over.
    for attempt in 0..2 {
        match scene.world.deliver(&delivery.invocation) {
            Outcome::Retry { after_seconds, .. } => assert!((2..=63).contains(&after_seconds)),
            other => panic!("attempt {attempt}: {other:?}"),
        }
        assert_eq!(searches(&scene), before + 1, "attempt {attempt}");
    }
    scene.world.cloud.borrow_mut().set_faults(Faults::default());
    let cloud = &scene.world.cloud;
    cloud
        .borrow()
        .clock()
        .advance(std::time::Duration::from_secs(64));
    scene.world.deliver(&delivery.invocation);
    assert!(searches(&scene) > before + 1);
}
