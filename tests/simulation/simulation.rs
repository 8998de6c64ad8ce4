//! One life: the scheduler that decides from a seed what happens next, and lets the observer look after each step.

mod meddle;
mod press;

use chrono::TimeDelta;
use cloud::faults::Faults;
use cloud::forge::Outcome;
use cloud::{Time, limits::Limits};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use seatkeeper::app::WorkOutcome;
use seatkeeper::app::admin::Command;
use serde_json::Value;

use crate::administrators::Administrators;
use crate::in_process::World;
use crate::invocation::{Ended, GRACE_SECONDS, Invocation, What};
use crate::life::Life;
use crate::observer::{Call, Observer, Tally};
use crate::shape::{Repertoire, Shape};
use crate::trace::Trace;

/// The most jobs that the platform lets run side by side here.
const SIDE_BY_SIDE: usize = 2;
/// One of so many steps of a busy life is somebody else's.
const MEANWHILE: u32 = 60;
/// How much more happens while somebody is acted on.
const HASTE: u32 = 6;
/// For so many minutes after an intent; else an intent that waits for a dead worker's lease would make a crowd.
const HASTE_MINUTES: i64 = 10;
/// The most that the administrators order on one day. What they order makes steps, and steps bring more orders while somebody is
/// acted on: without an end to that a life may stay in one crowd for months (seed 250 had nine million steps).
const ORDERS_A_DAY: u32 = 25;
/// Steps within two days after which a life is taken to hang; a whole year in trouble may take some millions.
const PATIENCE: u64 = 2_000_000;
/// The schedule's interval, in minutes.
const TICK_MINUTES: i64 = 5;

/// What a life counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    pub steps: u64,
    pub kills: u64,
    pub faults: u64,
    pub effects: u64,
    pub tally: Tally,
}

/// How a life ended.
pub struct Lived {
    pub counted: Counted,
    pub violations: Vec<String>,
    pub trace: Trace,
    pub observer: Observer,
}

struct Simulation<'w> {
    world: &'w World,
    shape: &'w Shape,
    draw: ChaCha8Rng,
    running: Vec<Invocation<'w>>,
    administrators: Administrators,
    life: Life,
    observer: Observer,
    trace: Trace,
    counted: Counted,
    /// A time of the last days, and how many steps there were until then.
    patient_since: (Time, u64),
    numbers: u64,
    /// The number of the one that made the last step.
    turn: u64,
    next_tick: Time,
    next_work: Time,
    next_event: Time,
    /// How much was ordered since the last morning.
    ordered: u32,
    /// Whether nobody disturbs any more: everything must come to its end.
    is_calm: bool,
    /// What later generations draw besides; none of the first one.
    besides: Option<ChaCha8Rng>,
    meddling: meddle::Meddling,
}

/// Lives a shape to its end, or to the first broken promise.
pub fn live(shape: &Shape, is_recorded: bool) -> Lived {
    let world = World::new(shape.seed, shape.users, |options| {
        options.directories = shape.directories;
        options.switches = shape.switches.clone();
        options.latency = shape.latency;
        options.limits = if shape.limited {
            Limits::default()
        } else {
            Limits::none()
        };
    });
    let mut draw = ChaCha8Rng::seed_from_u64(shape.seed ^ 0x11FE);
    let administrators = Administrators::set_up(&world, shape, &mut draw);
    let spared: &[String] = match shape.repertoire {
        Repertoire::Plain => &[],
        Repertoire::Everything | Repertoire::Warnings => &administrators.accounts,
    };
    let life = Life::new(&world, spared, &mut draw);
    let observer = Observer::new(&world, &administrators.accounts[0], is_recorded);
    let now = world.cloud.borrow().now();
    let mut simulation = Simulation {
        world: &world,
        shape,
        running: Vec::new(),
        life,
        administrators,
        observer,
        trace: Trace::new(is_recorded),
        counted: Counted::default(),
        patient_since: (now, 0),
        numbers: 0,
        turn: 0,
        next_tick: now,
        next_work: now + TimeDelta::hours(3),
        next_event: now + TimeDelta::hours(1),
        ordered: 0,
        is_calm: false,
        draw,
        besides: shape.besides(0xBE),
        meddling: meddle::Meddling::default(),
    };
    simulation.run(now + TimeDelta::days(i64::from(shape.days)));
    simulation.counted.effects = world.cloud.borrow().effects().len() as u64;
    simulation.counted.tally = simulation.observer.tally;
    Lived {
        counted: simulation.counted,
        violations: simulation.observer.violations.clone(),
        trace: simulation.trace,
        observer: simulation.observer,
    }
}

impl<'w> Simulation<'w> {
    fn now(&self) -> Time {
        self.world.cloud.borrow().now()
    }

    fn run(&mut self, end: Time) {
        for command in
            self.administrators
                .first_orders(self.world, &mut self.observer, &mut self.draw)
        {
            let who = self.administrators.accounts[0].clone();
            self.begin_command(&who, command);
            self.drain();
        }
        while self.now() < end && self.goes_on() {
            self.step();
        }
        self.calm_down();
    }

    fn goes_on(&mut self) -> bool {
        let now = self.now();
        if now - self.patient_since.0 > TimeDelta::days(2) {
            self.patient_since = (now, self.counted.steps);
        }
        if self.counted.steps - self.patient_since.1 > PATIENCE {
            self.observer
                .violations
                .push(format!("{now}: no end of steps"));
        }
        self.observer.violations.is_empty()
    }

    /// Without faults and disturbances everything comes to its end.
    fn calm_down(&mut self) {
        self.is_calm = true;
        self.counted.faults += self.world.cloud.borrow().faults_struck();
        self.world.cloud.borrow_mut().set_faults(Faults::default());
        self.world.cloud.borrow_mut().set_outgoing_mail(true);
        let who = self.administrators.accounts[1].clone();
        self.begin_command(&who, Command::SetStopped { stopped: false });
        let end = self.now() + TimeDelta::days(2);
        while self.goes_on() && self.now() < end {
            self.step();
            let is_quiet = self.running.is_empty()
                && self.world.cloud.borrow().queue_state().outstanding == 0
                && !self.observer.is_anything_under_way(self.world);
            if is_quiet {
                break;
            }
        }
        if self.observer.violations.is_empty() {
            self.observer.expect_rest(self.world);
        }
    }

    /// The next thing that happens.
    fn step(&mut self) {
        self.counted.steps += 1;
        self.deliver();
        if self.running.is_empty() {
            self.pass_time();
            return;
        }
        // Where somebody is just acted on, more happens at the same time.
        let minutes = match self.shape.repertoire {
            Repertoire::Plain => None,
            Repertoire::Everything | Repertoire::Warnings => Some(HASTE_MINUTES),
        };
        let haste = if self.observer.is_somebody_acting(self.now(), minutes) {
            HASTE
        } else {
            1
        };
        if !self.is_calm && self.draw.random_ratio(1, MEANWHILE / haste) {
            self.meanwhile();
        }
        if self.end_the_overdue() {
            return;
        }
        let Some(at) = self.whose_turn() else {
            self.pass_time();
            return;
        };
        let trouble = (self.shape.trouble / haste).max(1);
        if !self.is_calm && self.shape.trouble > 0 && self.draw.random_ratio(1, trouble) {
            self.trouble(at);
        } else {
            self.poll(at);
        }
    }

    /// Who makes the next step: often the same as before, so that one may get far while another waits.
    fn whose_turn(&mut self) -> Option<usize> {
        let now = self.now();
        if let Some(urgent) = self.running.iter().position(|one| one.is_urgent(now)) {
            return Some(urgent);
        }
        let is_awake = |at: &usize| self.running[*at].is_awake(now);
        let awake: Vec<usize> = (0..self.running.len()).filter(is_awake).collect();
        let same = awake
            .iter()
            .find(|at| self.running[**at].number == self.turn);
        let at = match same {
            Some(at) if self.draw.random_ratio(7, 8) => *at,
            _ if awake.is_empty() => return None,
            _ => awake[self.draw.random_range(0..awake.len())],
        };
        self.turn = self.running[at].number;
        Some(at)
    }

    fn poll(&mut self, at: usize) {
        let now = self.now();
        let ended = self.running[at].poll(now);
        let running = &self.running[at];
        let call = match &running.what {
            What::Job { queue, run, .. } => Some(Call {
                invocation: running.number,
                queue: queue.name(),
                ends: running.ends,
                run: run.clone(),
            }),
            _ => None,
        };
        self.observer.after_step(self.world, call.as_ref());
        if let Some(ended) = ended {
            let invocation = self.running.remove(at);
            self.finish(&invocation, ended);
        }
        if self.running.is_empty() {
            self.observer.expect_jobs(self.world);
        }
    }

    fn finish(&mut self, invocation: &Invocation<'w>, ended: Ended) {
        let now = self.now();
        self.trace.note(now, || {
            let text = format!("{ended:?}");
            format!(
                "{} ends: {}",
                invocation.name(),
                text.chars().take(200).collect::<String>()
            )
        });
        match (&invocation.what, ended) {
            (What::Job { delivery, .. }, Ended::Job(outcome)) if !invocation.given_up => {
                let outcome = match outcome {
                    WorkOutcome::Done => Outcome::Done,
                    WorkOutcome::Retry { after_seconds } => Outcome::Retry {
                        after_seconds,
                        reason: String::new(),
                        data: Value::Null,
                    },
                };
                self.world.cloud.borrow_mut().finish(*delivery, outcome);
            }
            (What::Command { command }, Ended::Reply(reply)) => {
                self.observer.answered(self.world, command, &reply);
                if let Some((account, next)) = self.administrators.follow(&reply) {
                    self.begin_command(&account, next);
                }
            }
            (What::Link { used }, Ended::Link(output)) => {
                self.observer.link_answered(*used, output, now);
            }
            (What::Tick, Ended::Tick(Err(why))) => {
                self.trace.note(now, || format!("the tick failed: {why}"));
            }
            _ => {}
        }
    }

    /// Kills, gives up, or delays an invocation.
    fn trouble(&mut self, at: usize) {
        let now = self.now();
        let name = self.running[at].name();
        match self.draw.random_range(0..4) {
            0 | 1 => {
                self.trace.note(now, || format!("{name} is killed"));
                self.kill(at);
            }
            2 if self.running[at].is_job() && !self.running[at].given_up => {
                self.trace
                    .note(now, || format!("{name} is given up and goes on"));
                self.give_up(at);
            }
            _ if !self.running[at].is_sending() => {
                let longest = if self.running[at].given_up {
                    1_500
                } else {
                    300
                };
                let seconds = if self.draw.random() { 20 } else { longest };
                let until = now + TimeDelta::seconds(self.draw.random_range(1..=seconds));
                self.trace
                    .note(now, || format!("{name} sleeps until {until}"));
                self.running[at].sleep(until);
            }
            _ => {}
        }
    }

    fn kill(&mut self, at: usize) {
        self.counted.kills += 1;
        let invocation = self.running.remove(at);
        if let What::Job { delivery, .. } = invocation.what
            && !invocation.given_up
        {
            self.world
                .cloud
                .borrow_mut()
                .finish(delivery, Outcome::Killed);
        }
        if self.running.is_empty() {
            self.observer.expect_jobs(self.world);
        }
    }

    /// The platform takes the invocation for ended and delivers its job again; it goes on all the same, for a while.
    fn give_up(&mut self, at: usize) {
        self.counted.kills += 1;
        let now = self.now();
        let invocation = &mut self.running[at];
        invocation.give_up();
        if let What::Job { delivery, .. } = invocation.what {
            self.world
                .cloud
                .borrow_mut()
                .finish(delivery, Outcome::Killed);
        }
        if !invocation.is_sending() && self.draw.random() {
            let seconds = self.draw.random_range(600..2_400);
            invocation.sleep(now + TimeDelta::seconds(seconds));
        }
    }

    /// Ends whatever the platform would have ended by now.
    fn end_the_overdue(&mut self) -> bool {
        let now = self.now();
        let overdue = self.running.iter().position(|one| one.is_over(now));
        let Some(at) = overdue else {
            return false;
        };
        let is_late = now >= self.running[at].ends + TimeDelta::seconds(GRACE_SECONDS);
        if self.running[at].is_job() && !self.running[at].given_up && !is_late && self.draw.random()
        {
            self.give_up(at);
        } else {
            let name = self.running[at].name();
            self.trace
                .note(now, || format!("{name} has used up its time"));
            self.kill(at);
        }
        true
    }

    /// Whether as many jobs are under way as the platform lets be.
    fn is_full(&self) -> bool {
        let is_counted = |one: &&Invocation<'_>| one.is_job() && !one.given_up;
        self.running.iter().filter(is_counted).count() >= SIDE_BY_SIDE
    }

    fn deliver(&mut self) {
        if self.is_full() {
            return;
        }
        let delivery = self.world.cloud.borrow_mut().next_delivery();
        let Some(delivery) = delivery else {
            return;
        };
        let now = self.now();
        let number = self.number();
        let invocation = Invocation::job(self.world, number, delivery.id, &delivery.invocation);
        self.trace.note(now, || {
            format!(
                "{} begins: {}",
                invocation.name(),
                delivery.invocation.payload["body"]["job"]
            )
        });
        self.running.push(invocation);
    }

    fn number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    fn begin_command(&mut self, account: &str, command: Command) {
        let now = self.now();
        self.trace
            .note(now, || format!("{account} orders {command:?}"));
        self.observer.ordered(self.world, &command);
        let number = self.number();
        let invocation = Invocation::command(self.world, number, account, &command);
        self.running.push(invocation);
    }

    /// Runs what is under way to its end.
    fn drain(&mut self) {
        while !self.running.is_empty() && self.observer.violations.is_empty() {
            self.poll(0);
        }
    }

    fn tick(&mut self) {
        let number = self.number();
        let invocation = Invocation::tick(self.world, number, 55);
        self.running.push(invocation);
    }

    /// Something happens beside the work.
    fn meanwhile(&mut self) {
        match self.draw.random_range(0..4) {
            0 => self.happen(),
            1 => self.order(),
            2 => self.tick(),
            _ => {
                // Nothing but time, and less of it than a request on its way can bear.
                let seconds = if self.running.iter().any(Invocation::is_sending) {
                    3
                } else {
                    90
                };
                let seconds = self.draw.random_range(0..=seconds);
                let until = self.now() + TimeDelta::seconds(seconds);
                self.advance_to(until);
            }
        }
    }

    fn happen(&mut self) {
        if self.shape.repertoire == Repertoire::Warnings && self.draw.random_ratio(1, 3) {
            self.press();
            return;
        }
        let text = self.life.happen(self.world, &mut self.draw);
        let now = self.now();
        self.trace.note(now, || text);
        self.observer.look(self.world);
        self.meddle();
    }

    fn order(&mut self) {
        if self.ordered >= ORDERS_A_DAY {
            return;
        }
        self.ordered += 1;
        let (who, command) =
            self.administrators
                .order(self.world, &mut self.observer, &mut self.draw);
        self.begin_command(&who, command);
    }

    fn advance_to(&self, to: Time) {
        self.world.cloud.borrow().clock().advance_to(to);
    }

    /// Nobody can make a step: time passes until something happens.
    fn pass_time(&mut self) {
        // While as many jobs as may are asleep, what waits for delivery makes nothing happen.
        let queued = self.world.cloud.borrow().next_event_at();
        let queued = queued.filter(|_| !self.is_full());
        let wakes = self.running.iter().filter_map(|one| one.asleep_until);
        let mut next = self.next_tick;
        for other in queued.into_iter().chain(wakes) {
            next = next.min(other);
        }
        if !self.is_calm {
            next = next.min(self.next_work).min(self.next_event);
            next = next.min(self.meddling.next().unwrap_or(next));
        }
        self.advance_to(next);
        let now = self.now();
        if now >= self.next_tick {
            self.next_tick = now + self.until_next_tick();
            self.tick();
        }
        if self.is_calm {
            return;
        }
        self.go_on_meddling();
        if now >= self.next_work {
            self.next_work = now + TimeDelta::hours(24);
            self.ordered = 0;
            self.turn_the_weather();
            self.life.work(self.world, &mut self.draw);
            self.observer.look(self.world);
        }
        if now >= self.next_event {
            let minutes = self.draw.random_range(1..=self.shape.minutes);
            self.next_event = now + TimeDelta::minutes(i64::from(minutes));
            match self.draw.random_range(0..16) {
                0..8 => self.happen(),
                8..15 => self.order(),
                _ => self.jump(),
            }
        }
    }

    /// The clock jumps, and somebody comes upon an old message: one in four jumps is longer than a link lives that keeps an access.
    fn jump(&mut self) {
        let now = self.now();
        let mut days = self.draw.random_range(1..4);
        let is_warning = self.shape.repertoire == Repertoire::Warnings;
        let besides = self.besides.as_mut().filter(|_| is_warning);
        let is_long = besides.is_some_and(|besides| besides.random_ratio(1, 4));
        if is_long {
            days += 12;
        }
        self.trace
            .note(now, || format!("the clock jumps by {days} days"));
        self.advance_to(now + TimeDelta::days(days));
        if is_long {
            self.press();
        }
    }

    /// One day is stormy, another is not.
    fn turn_the_weather(&mut self) {
        let is_stormy = self.draw.random_ratio(2, 3);
        let faults = if is_stormy {
            Faults {
                seed: self.draw.random(),
                ..self.shape.faults.clone()
            }
        } else {
            Faults::default()
        };
        let is_mail_on = self
            .besides
            .as_mut()
            .is_none_or(|besides| besides.random_ratio(5, 6));
        let mut cloud = self.world.cloud.borrow_mut();
        self.counted.faults += cloud.faults_struck();
        cloud.set_faults(faults);
        cloud.set_outgoing_mail(is_mail_on);
    }

    /// Idle time is passed over quickly: the schedule fires seldom then, as if many of its invocations were lost.
    fn until_next_tick(&mut self) -> TimeDelta {
        let is_busy = self.world.cloud.borrow().queue_state().outstanding > 0
            || self.observer.is_anything_under_way(self.world);
        if is_busy {
            return TimeDelta::minutes(TICK_MINUTES);
        }
        let minutes = 60 + self.draw.next_u32() % 300;
        TimeDelta::minutes(i64::from(minutes))
    }
}
