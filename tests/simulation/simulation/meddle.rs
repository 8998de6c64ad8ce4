//! What others do about our work: they restore whom we suspended, take it again, and somebody who knows of neither takes our run
//! back; and they deactivate people, rename them, and give them roles.

use chrono::TimeDelta;
use cloud::Time;
use cloud::organization::Standing;
use rand::RngExt;
use seatkeeper::app::admin::Command;

use super::Simulation;
use crate::observer::LinkPurpose;
use crate::shape::{Repertoire, one_of};

/// One of so many things that happen has to do with us, or is of the kind that needs more rights.
const MEDDLING: u32 = 4;

/// What is still to come.
#[derive(Clone, Debug, Default)]
pub(super) struct Meddling {
    coming: Vec<(Time, Coming)>,
}

#[derive(Clone, Debug)]
enum Coming {
    /// Whom somebody restored is suspended again by them.
    Take(String),
    /// Our run that suspended the person is taken back.
    Undo(String),
    /// An account is activated again.
    Activate(String),
}

impl Meddling {
    /// When the next thing comes.
    pub(super) fn next(&self) -> Option<Time> {
        self.coming.iter().map(|(at, _)| *at).min()
    }
}

impl Simulation<'_> {
    /// Something else happens besides, sometimes.
    pub(super) fn meddle(&mut self) {
        let Some(besides) = &mut self.besides else {
            return;
        };
        if !besides.random_ratio(1, MEDDLING) {
            return;
        }
        let now = self.world.cloud.borrow().now();
        if besides.random_ratio(1, 3) {
            let done = self.life.interfere(self.world, besides);
            if let Some(account) = done.deactivated {
                let hours = one_of(besides, &[1, 12, 60]);
                let at = now + TimeDelta::hours(hours);
                self.meddling.coming.push((at, Coming::Activate(account)));
            }
            self.trace.note(now, || done.text);
            self.observer.look(self.world);
            return;
        }
        let ours = self.observer.suspended_by_us();
        if ours.is_empty() {
            return;
        }
        let account = one_of(besides, &ours);
        let hours = one_of(besides, &[1, 6, 30, 60]);
        let reads = besides.random();
        self.stand(&account, Standing::Active);
        let again = (now + TimeDelta::hours(hours), Coming::Take(account));
        self.meddling.coming.push(again);
        if reads {
            let who = self.administrators.accounts[0].clone();
            self.begin_command(&who, Command::StartSync {});
        }
    }

    /// Does what is due.
    pub(super) fn go_on_meddling(&mut self) {
        let now = self.now();
        while let Some(at) = self.meddling.coming.iter().position(|(at, _)| *at <= now) {
            let (_, coming) = self.meddling.coming.swap_remove(at);
            match coming {
                Coming::Take(account) => {
                    self.stand(&account, Standing::Suspended);
                    let hours = self
                        .besides
                        .as_mut()
                        .map_or(0, |besides| one_of(besides, &[1, 6, 30]));
                    let undo = (now + TimeDelta::hours(hours), Coming::Undo(account));
                    self.meddling.coming.push(undo);
                }
                Coming::Undo(account) => self.take_back(&account),
                Coming::Activate(account) => {
                    let _ = self
                        .world
                        .cloud
                        .borrow_mut()
                        .set_account_active(&account, true);
                    self.trace
                        .note(now, || format!("somebody activates {account}"));
                    self.observer.look(self.world);
                }
            }
        }
    }

    fn stand(&mut self, account: &str, standing: Standing) {
        let now = self.now();
        let _ = self
            .world
            .cloud
            .borrow_mut()
            .set_standing(account, standing);
        self.trace
            .note(now, || format!("somebody else sets {account} {standing:?}"));
        self.observer.look(self.world);
    }

    /// By the link that the person has, or by an administrator.
    fn take_back(&mut self, account: &str) {
        let is_pressed = self.shape.repertoire == Repertoire::Warnings
            && self
                .besides
                .as_mut()
                .is_some_and(|besides| besides.random());
        if is_pressed && let Some(mail) = self.observer.last_mail_of(account) {
            self.press_in(mail, Some(LinkPurpose::GiveBack));
            return;
        }
        if let Some(run) = self.observer.run_that_suspended(account) {
            let undo = Command::UndoRun {
                run,
                steps: Vec::new(),
                dry: false,
                reason: String::from("a mistake"),
            };
            let who = self.administrators.accounts[0].clone();
            self.begin_command(&who, undo);
        }
    }
}
