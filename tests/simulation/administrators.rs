//! What the two administrators order.

use std::collections::BTreeMap;

use cloud::organization::{CONTRACTOR_DOMAINS, Group};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use seatkeeper::app::admin::{Answer, Command, Reply};
use seatkeeper::app::records::{ExemptionSubject, GiveBack, Notices};
use seatkeeper::model::AccountId;

use crate::in_process::World;
use crate::observer::Observer;
use crate::policies::{Names, PolicyText};
use crate::shape::{Repertoire, Shape, one_of};

/// Nobody asks for another run while so many are not over.
const AT_ONCE: usize = 5;

/// The two, and what they have written so far.
#[derive(Clone, Debug)]
pub struct Administrators {
    /// The one who connects, and the one who releases.
    pub accounts: [String; 2],
    policies: usize,
    repertoire: Repertoire,
    names: Names,
    texts: u32,
    exempt: Vec<ExemptionSubject>,
    is_stopped: bool,
    /// What later generations draw besides; none of the first one.
    besides: Option<ChaCha8Rng>,
}

impl Administrators {
    /// They connect the app, write the policies, set the limit and exempt somebody.
    pub fn set_up(world: &World, shape: &Shape, draw: &mut ChaCha8Rng) -> Administrators {
        let (organization_id, accounts) = {
            let cloud = world.cloud.borrow();
            let admins = &cloud.organization().people.org_admins;
            let accounts = [admins[0].clone(), admins[1].clone()];
            (cloud.organization().id.clone(), accounts)
        };
        let key = cloud::admin_api::KeyKind::WithoutScopes;
        let api_key = world.cloud.borrow_mut().create_key(key, &accounts[0]);
        let administrators = Administrators {
            accounts,
            policies: shape.policies,
            repertoire: shape.repertoire,
            names: names_of(world),
            texts: 0,
            exempt: Vec::new(),
            is_stopped: false,
            besides: shape.besides(0xAD),
        };
        let connect = Command::Connect {
            organization_id,
            api_key,
            owner: None,
            expires: None,
        };
        world
            .command(&administrators.accounts[0], connect)
            .unwrap_or_else(|refusal| panic!("{refusal:?}"));
        let _ = draw;
        administrators
    }

    /// The orders of the first day.
    pub fn first_orders(
        &mut self,
        world: &World,
        observer: &mut Observer,
        draw: &mut ChaCha8Rng,
    ) -> Vec<Command> {
        let mut orders: Vec<Command> = (0..self.policies)
            .map(|policy| self.write(policy, observer, draw))
            .collect();
        let percent_per_day = one_of(draw, &[5, 10, 25, 50]);
        orders.push(Command::SetLimits { percent_per_day });
        for _ in 0..3 {
            orders.push(self.exempt(world, draw));
        }
        if self.repertoire == Repertoire::Warnings {
            orders.push(write_to_people(world, draw));
        }
        orders
    }

    fn write(&mut self, policy: usize, observer: &mut Observer, draw: &mut ChaCha8Rng) -> Command {
        self.texts += 1;
        let mut text = PolicyText::draw(draw, self.repertoire, policy, self.texts, &self.names);
        if let Some(besides) = &mut self.besides {
            text = text.of_later_generations(besides);
        }
        observer.policy_written(&text);
        Command::SavePolicy {
            document: text.document().to_string(),
            revision: None,
        }
    }

    fn exempt(&mut self, world: &World, draw: &mut ChaCha8Rng) -> Command {
        let cloud = world.cloud.borrow();
        let organization = cloud.organization();
        let subject = if draw.random_ratio(1, 12) {
            ExemptionSubject::Domain {
                domain: String::from(one_of(draw, &CONTRACTOR_DOMAINS)),
            }
        } else if draw.random_ratio(2, 3) {
            let user = &organization.users[draw.random_range(0..organization.users.len())];
            ExemptionSubject::User {
                account: AccountId(user.account_id.clone()),
            }
        } else {
            let group = &organization.groups[draw.random_range(0..organization.groups.len())];
            ExemptionSubject::Group {
                group: group.id.clone(),
            }
        };
        drop(cloud);
        self.exempt_subject(subject)
    }

    fn exempt_subject(&mut self, subject: ExemptionSubject) -> Command {
        self.exempt.push(subject.clone());
        Command::AddExemption {
            subject,
            reason: String::from("needed"),
            owner: None,
            expires: None,
            policies: None,
        }
    }

    /// Somebody orders something.
    pub fn order(
        &mut self,
        world: &World,
        observer: &mut Observer,
        draw: &mut ChaCha8Rng,
    ) -> (String, Command) {
        if self.repertoire != Repertoire::Plain {
            return self.order_anything(world, observer, draw);
        }
        // Mostly the other one than who wrote the policies.
        let who = self.accounts[usize::from(draw.random_ratio(2, 3))].clone();
        if !Observer::waiting_for_a_person(world).is_empty() && draw.random() {
            return (who, self.go_on(world, draw));
        }
        let command = match draw.random_range(0..24) {
            0..3 => self.exempt(world, draw),
            3 | 4 if !self.exempt.is_empty() => {
                let at = draw.random_range(0..self.exempt.len());
                Command::RemoveExemption {
                    subject: self.exempt.swap_remove(at),
                }
            }
            5 => {
                let policy = draw.random_range(0..self.policies);
                self.write(policy, observer, draw)
            }
            6..10 => Command::StartRun {
                policy: format!("policy-{}", draw.random_range(0..self.policies)),
                dry: draw.random_ratio(1, 3),
            },
            10 => Command::SetLimits {
                percent_per_day: one_of(draw, &[5, 10, 25, 50]),
            },
            11 => {
                self.is_stopped = true;
                Command::SetStopped { stopped: true }
            }
            12 => Command::StartSync {},
            13 => Command::Runs { cursor: None },
            14 => Command::Protected {},
            15 | 16 => return (who, self.undo(observer, draw)),
            _ => return (who, self.go_on(world, draw)),
        };
        (who, command)
    }

    /// The first one mostly asks, the second one mostly decides: whoever has asked for something decides on nothing.
    fn order_anything(
        &mut self,
        world: &World,
        observer: &mut Observer,
        draw: &mut ChaCha8Rng,
    ) -> (String, Command) {
        let [asks, decides] = if draw.random_ratio(1, 24) {
            [&self.accounts[1], &self.accounts[0]]
        } else {
            [&self.accounts[0], &self.accounts[1]]
        };
        let (asks, decides) = (asks.clone(), decides.clone());
        if !Observer::waiting_for_a_person(world).is_empty() && draw.random_ratio(2, 3) {
            return (decides, self.go_on(world, draw));
        }
        let policy = draw.random_range(0..self.policies);
        let command = match draw.random_range(0..28) {
            0 => self.exempt(world, draw),
            1 | 2 if !self.exempt.is_empty() => {
                let at = draw.random_range(0..self.exempt.len());
                Command::RemoveExemption {
                    subject: self.exempt.swap_remove(at),
                }
            }
            3 if draw.random() => self.write(policy, observer, draw),
            4 if draw.random() => Command::SetLimits {
                percent_per_day: one_of(draw, &[5, 10, 25, 50]),
            },
            3..12 | 21..26 if Observer::active(world).len() < AT_ONCE => Command::StartRun {
                policy: format!("policy-{policy}"),
                dry: draw.random_ratio(1, 6),
            },
            12 => {
                self.is_stopped = true;
                Command::SetStopped { stopped: true }
            }
            13 | 14 => Self::abort(world, observer, draw),
            15 => self.exempt_somebody_planned(world, observer, draw),
            16..20 => self.undo(observer, draw),
            20 => Command::StartSync {},
            _ => return (decides, self.go_on(world, draw)),
        };
        (asks, command)
    }

    /// Ends a run at work.
    fn abort(world: &World, observer: &Observer, draw: &mut ChaCha8Rng) -> Command {
        let at_work = observer.wanting(world);
        if at_work.is_empty() {
            return Command::Overview {};
        }
        Command::AbortRun {
            run: one_of(draw, &at_work),
            reason: String::from("something else matters more"),
        }
    }

    /// Exempts somebody between the plan and the action.
    fn exempt_somebody_planned(
        &mut self,
        world: &World,
        observer: &Observer,
        draw: &mut ChaCha8Rng,
    ) -> Command {
        let planned = observer.planned_people(world);
        if planned.is_empty() {
            return Command::Overview {};
        }
        self.exempt_subject(ExemptionSubject::User {
            account: AccountId(one_of(draw, &planned)),
        })
    }

    fn undo(&self, observer: &Observer, draw: &mut ChaCha8Rng) -> Command {
        let runs = observer.runs_that_acted();
        if runs.is_empty() {
            return Command::Overview {};
        }
        let steps = if draw.random() {
            Vec::new()
        } else {
            vec![draw.random_range(0..4)]
        };
        Command::UndoRun {
            run: one_of(draw, &runs),
            steps,
            dry: draw.random_ratio(1, 3),
            reason: String::from("a mistake"),
        }
    }

    /// What is needed for anything to go on: a release, a rejection, or a look.
    pub fn go_on(&mut self, world: &World, draw: &mut ChaCha8Rng) -> Command {
        if self.is_stopped && draw.random_ratio(1, 4) {
            self.is_stopped = false;
            return Command::SetStopped { stopped: false };
        }
        let waiting = Observer::waiting_for_a_person(world);
        if waiting.is_empty() || draw.random_ratio(1, 8) {
            return Command::Overview {};
        }
        let (run, stored) = waiting[draw.random_range(0..waiting.len())].clone();
        let reason = String::from("looked at it");
        if draw.random_ratio(1, 20) {
            return Command::AbortRun { run, reason };
        }
        if draw.random_ratio(1, 5) {
            Command::RejectRun { run, reason }
        } else if !stored["approvalWanted"].is_null() && draw.random_ratio(5, 6) {
            let steps = stored["plan"]["steps"].as_u64().unwrap_or_default();
            let last = u32::try_from(steps).unwrap_or_default().max(1);
            let count = draw.random_range(0..3);
            let mut hold_out: Vec<u32> = (0..count).map(|_| draw.random_range(0..last)).collect();
            // To hold everybody out is refused.
            hold_out.truncate(usize::try_from(last - 1).unwrap_or_default());
            Command::ApproveRun {
                run,
                reason,
                hold_out,
            }
        } else {
            Command::ReleaseRun { run, reason }
        }
    }

    /// What follows from an answer: a suspect reading is looked at and accepted, by the first one, so that the second one may
    /// still decide on the runs that rest on it.
    pub fn follow(&self, reply: &Reply) -> Option<(String, Command)> {
        let Reply::Answer(answer) = reply else {
            return None;
        };
        let Answer::Overview(overview) = &**answer else {
            return None;
        };
        let snapshot = overview.reading.snapshot.as_ref()?;
        let is_open = !snapshot.suspicions.is_empty() && snapshot.accepted.is_none();
        is_open.then(|| {
            let accept = Command::AcceptSnapshot {
                snapshot: snapshot.id.clone(),
                reason: String::from("people were on holiday"),
            };
            (self.accounts[0].clone(), accept)
        })
    }
}

/// What policies can name here.
fn names_of(world: &World) -> Names {
    let cloud = world.cloud.borrow();
    let organization = cloud.organization();
    let is_open = |group: &&Group| group.is_modifiable() && group.directory == 0;
    let open = organization.groups.iter().filter(is_open);
    Names {
        hosts: organization.sites.iter().map(|site| site.host()).collect(),
        groups: open.map(|group| group.id.clone()).collect(),
    }
}

/// People are written to from an issue of its own.
fn write_to_people(world: &World, draw: &mut ChaCha8Rng) -> Command {
    let issue = world.cloud.borrow_mut().make_issue("LIFE", "Access");
    Command::SetNotices {
        notices: Some(Notices {
            issue,
            everybody_browses: Some(true),
            contact: None,
            most_warned: one_of(draw, &[1, 5, 100]),
            link_days: None,
            keep_days: Some(one_of(draw, &[2, 10])),
            keep_times: Some(2),
            give_back: one_of(draw, &[None, Some(GiveBack::Restore), Some(GiveBack::Ask)]),
            reports: None,
            policies: Vec::new(),
            tell_restored: false,
            restored_words: BTreeMap::new(),
        }),
    }
}
