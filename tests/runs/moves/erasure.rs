//! Personal data of moves (RULES R16).

use cloud::organization::AccountStatus;
use cloud::switches::InvitationLands;
use seatkeeper::app::admin::Command;
use seatkeeper::model::DAY;

use super::{begin, movable, moves, pass, scene, tick_after};

#[test]
fn whoever_is_moved_is_reported_and_erased() {
    let scene = scene(28, InvitationLands::AtOnce);
    let account = movable(&scene).remove(0);
    begin(&scene, &account);
    let gone = scene
        .world
        .cloud
        .borrow_mut()
        .change_user(&account, |user| {
            user.memberships.clear();
            user.accesses.clear();
            user.account_status = AccountStatus::Closed;
        });
    gone.expect("a person");
    pass(&scene, 60);
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
    assert_eq!(moves(&scene).len(), 1);
    tick_after(&scene, 8 * DAY);
    let was_reported = scene.world.cloud.borrow().reported().contains_key(&account);
    assert!(was_reported, "nobody was asked about them");
    assert_eq!(moves(&scene), []);
}
