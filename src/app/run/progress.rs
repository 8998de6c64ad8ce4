//! How far a run has come: small values beside the immutable plan. What is settled lies in windows of some steps each, so
//! that a commit writes the one it changes and not all of them.

mod tried;
mod window;

use serde::{Deserialize, Serialize};

pub(super) use self::tried::{IN_A_ROW, Went};
use self::window::{Window, count_up, counted, mark};
use crate::app::commit::Change;
use crate::app::documents::{decode, encode, load_value, set_value};
use crate::app::worker::{WorkError, Worker};
use crate::host::{Host, StorageError, Write};
use crate::model::{GroupId, Time};
use crate::plan::{Counts, DirectRole, Fate};

/// So many steps are in a window: with every one taking several direct roles it still fits into one value.
const WINDOW: u32 = 200;
/// So many windows are written in one transaction, with as many entries as one takes.
pub(super) const WINDOWS_A_WRITE: usize = 2;
/// So many are written in one transaction without entries.
pub(super) const WINDOWS_ALONE: usize = 8;

/// How far a run has come. A step is known by its place among the plan's steps.
#[derive(Debug, Default)]
pub(in crate::app) struct Progress {
    base: Base,
    windows: Vec<Window>,
    /// Windows that were changed since they were stored.
    changed: Vec<usize>,
}

/// What is not settled, and what concerns the whole run.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Base {
    windows: u32,
    /// Steps whose intent is in the log and whose outcome is not.
    open: Vec<(u32, Open)>,
    /// In how many values the addresses of the plan's people are while it is executed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    addresses: Option<u32>,
    /// When calls were last about to be made: none was made much later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    opened: Option<Time>,
    /// How the last calls went, a letter for each, the newest last.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    tried: String,
    /// How many letters were before these.
    #[serde(default, skip_serializing_if = "is_none")]
    forgotten: u32,
}

/// A step between intent and outcome.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Open {
    /// When the call was accepted, if it was.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub(super) accepted: Option<Time>,
    /// How often the call was made without a clear answer.
    #[serde(rename = "n", default, skip_serializing_if = "is_none")]
    pub(super) attempts: u32,
    /// When that was, last.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub(super) called: Option<Time>,
    /// Of a message: no call was made for it since it was opened, for sure.
    #[serde(rename = "h", default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) held_back: bool,
    /// Where its call is among those that were tried.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    place: Option<u32>,
    /// The status of its last answer.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub(super) http: Option<u16>,
    /// The id that the other side gave to the request.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub(super) request: Option<String>,
}

fn is_none(number: &u32) -> bool {
    *number == 0
}

/// A longer id of a request is none.
const LONGEST_ID: usize = 128;

const VERIFIED: u8 = b'v';
const ACTED: u8 = b'a';
const SKIPPED: u8 = b's';
/// Let be while an intent was out, and not seen done: what a call of it did may have been undone by somebody else.
const DOUBTFUL: u8 = b'd';
const FAILED: u8 = b'f';
/// Failed, and perhaps done all the same.
const UNCLEAR: u8 = b'u';
/// Not so any more, whatever came of its calls: an undo has nothing of it to give back.
const GONE: u8 = b't';
/// Some acts were done; the next one surely was not, and was not tried.
const PARTLY: u8 = b'p';
/// Some acts were done; the next one was clearly refused.
const BROKEN: u8 = b'b';
const UNSETTLED: u8 = b'.';

/// Where a step ended.
fn fate_of(letter: u8) -> Fate {
    match letter {
        VERIFIED => Fate::Verified,
        ACTED | PARTLY => Fate::Acted,
        SKIPPED | DOUBTFUL => Fate::Skipped,
        FAILED | UNCLEAR | BROKEN | GONE => Fate::Failed,
        _ => Fate::Planned,
    }
}

/// Whether a step was done by how it ended, or something may have been done for it.
fn perhaps_acted(letter: u8) -> bool {
    matches!(
        letter,
        VERIFIED | ACTED | PARTLY | BROKEN | UNCLEAR | DOUBTFUL | GONE
    )
}

/// The window of a step, and its place there.
fn place(step: u32) -> (usize, u32) {
    let window = usize::try_from(step / WINDOW).unwrap_or(usize::MAX);
    (window, step % WINDOW)
}

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Done and read back, all of it.
    Verified,
    /// Accepted, and not read back.
    Acted,
    /// Some acts were done; the next one was let be.
    Partly,
    /// Some acts were done; the next one was clearly refused.
    Broken,
    /// Let be.
    Skipped,
    /// Let be while its intent was out, and not seen done.
    Doubtful,
    /// Clearly refused.
    Refused,
    /// Failed without a clear answer: perhaps done all the same.
    Unclear,
    /// Failed, and not so any more whatever came of its calls: taken back by somebody else, if it ever was done.
    Gone,
}

/// What an act of several changes surely left as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Untouched {
    /// Groups of the act.
    pub(super) groups: Vec<GroupId>,
    /// All of its direct roles but so many of the first.
    pub(super) revoked: usize,
}

impl Progress {
    /// Reads a run's progress.
    pub(in crate::app) async fn load(
        host: &impl Host,
        run: &str,
    ) -> Result<Progress, StorageError> {
        let base: Base = load_value(host, &key(run)).await?.unwrap_or_default();
        let keys: Vec<String> = (0..base.windows).map(|w| window_key(run, w)).collect();
        let mut windows = Vec::with_capacity(keys.len());
        for (key, text) in keys.iter().zip(host.get(&keys).await?) {
            windows.push(match text {
                Some(text) => decode(key, &text)?,
                None => Window::default(),
            });
        }
        Ok(Progress {
            base,
            windows,
            changed: Vec::new(),
        })
    }

    /// The writes of what was changed since [`Progress::stored`].
    pub(super) fn writes(&self, run: &str) -> Result<Vec<Write>, StorageError> {
        let mut writes = vec![set_value(key(run), &self.base)?];
        for number in &self.changed {
            if let Some(window) = self.windows.get(*number) {
                let number = u32::try_from(*number).unwrap_or(u32::MAX);
                writes.push(Write::Set {
                    key: window_key(run, number),
                    value: encode(window)?,
                });
            }
        }
        Ok(writes)
    }

    /// Every key that it is stored under, the one last that leads to the others.
    pub(super) fn keys(&self, run: &str) -> Vec<String> {
        let windows = 0..self.base.windows;
        let mut keys: Vec<String> = windows.map(|window| window_key(run, window)).collect();
        keys.push(key(run));
        keys
    }

    /// To be told once the writes are committed.
    pub(super) fn stored(&mut self) {
        self.changed.clear();
    }

    /// Stores windows until no more are left than there is room for beside the entries of a commit.
    pub(super) async fn make_room<H: Host>(
        &mut self,
        worker: &Worker<'_, H>,
        run: &str,
        room: usize,
    ) -> Result<(), WorkError> {
        while self.changed.len() > room {
            let later = self
                .changed
                .split_off(self.changed.len().min(WINDOWS_ALONE));
            let writes = self.writes(run)?;
            worker
                .commit(async || {
                    let change = Change {
                        writes: writes.clone(),
                        ..Change::default()
                    };
                    Ok((change, ()))
                })
                .await?;
            self.changed = later;
        }
        Ok(())
    }

    fn letter(&self, step: u32) -> Option<u8> {
        let (window, place) = self.window(step)?;
        window.letter(place)
    }

    /// Where a step ended; `Planned` while it has not.
    pub(in crate::app) fn fate(&self, step: u32) -> Fate {
        self.letter(step).map_or(Fate::Planned, fate_of)
    }

    /// Whether a step was done, or something may have been done for it.
    pub(in crate::app) fn may_have_acted(&self, step: u32) -> bool {
        self.letter(step).is_some_and(perhaps_acted)
            || self.open(step).is_some()
            || self.acts_changed(step) > 0
    }

    /// Whether nobody knows if the last act that was tried for a step was done.
    pub(super) fn is_unclear(&self, step: u32) -> bool {
        let is_out = |open: &Open| open.accepted.is_none() && !open.held_back;
        self.letter(step) == Some(UNCLEAR) || self.open(step).is_some_and(is_out)
    }

    /// What there is to say about a step.
    pub(in crate::app) fn note(&self, step: u32) -> Option<&str> {
        let (window, place) = place(step);
        self.windows.get(window)?.note(place)
    }

    /// Whether a text is said about any step.
    pub(super) fn says(&self, text: &str) -> bool {
        let is_it = |said: &String| said == text;
        self.windows
            .iter()
            .any(|window| window.texts.iter().any(is_it))
    }

    /// Whether a step's message was surely not sent although its intent is out.
    pub(super) fn was_held_back(&self, step: u32) -> bool {
        self.open(step).is_some_and(|open| open.held_back)
    }

    /// A step's intent that is out.
    pub(super) fn open(&self, step: u32) -> Option<&Open> {
        let mut open = self.base.open.iter();
        let (_, open) = open.find(|(number, _)| *number == step)?;
        Some(open)
    }

    /// Forgets which steps are open: a fault that is planted.
    pub(super) fn forget_open(&mut self) {
        self.base.open.clear();
    }

    /// Opens a step, or changes what is known of an open one.
    pub(super) fn open_with(&mut self, step: u32, change: impl FnOnce(&mut Open)) {
        let open = &mut self.base.open;
        if !open.iter().any(|(number, _)| *number == step) {
            open.push((step, Open::default()));
        }
        if let Some((_, open)) = open.iter_mut().find(|(number, _)| *number == step) {
            change(open);
        }
    }

    /// When calls were last about to be made.
    pub(super) fn opened(&self) -> Option<Time> {
        self.base.opened
    }

    /// Notes that calls are about to be made.
    pub(super) fn opened_at(&mut self, now: Time) {
        self.base.opened = Some(now);
    }

    /// Notes what the last call for a step was answered, if its intent is out.
    pub(super) fn answered(&mut self, step: u32, http: Option<u16>, request: Option<String>) {
        let mut open = self.base.open.iter_mut();
        if let Some((_, open)) = open.find(|(number, _)| *number == step) {
            open.http = http;
            open.request = request.filter(|id| id.len() <= LONGEST_ID);
        }
    }

    /// Steps whose intent is out.
    pub(super) fn open_steps(&self) -> impl Iterator<Item = u32> {
        self.base.open.iter().map(|(step, _)| *step)
    }

    /// Whether a message is out for which no call was made.
    pub(super) fn holds_back(&self) -> bool {
        self.base.open.iter().any(|(_, open)| open.held_back)
    }

    /// Whether any intent is out.
    pub(in crate::app) fn is_anything_out(&self) -> bool {
        !self.base.open.is_empty()
    }

    fn window(&self, step: u32) -> Option<(&Window, u32)> {
        let (window, place) = place(step);
        Some((self.windows.get(window)?, place))
    }

    /// Changes the window of a step.
    fn change(&mut self, step: u32, change: impl FnOnce(&mut Window, u32)) {
        let (window, place) = place(step);
        while self.windows.len() <= window {
            self.windows.push(Window::default());
        }
        self.base.windows = u32::try_from(self.windows.len()).unwrap_or(u32::MAX);
        if let Some(window) = self.windows.get_mut(window) {
            change(window, place);
        }
        if !self.changed.contains(&window) {
            self.changed.push(window);
        }
    }

    /// How many acts of a step are done, or passed over.
    pub(in crate::app) fn acts_done(&self, step: u32) -> u32 {
        let window = self.window(step);
        window.map_or(0, |(window, place)| counted(&window.acts_done, place))
    }

    /// How many acts of a step changed something.
    pub(super) fn acts_changed(&self, step: u32) -> u32 {
        let window = self.window(step);
        let passed = window.map_or(0, |(window, place)| counted(&window.acts_passed, place));
        self.acts_done(step).saturating_sub(passed.count_ones())
    }

    /// The acts of a step of an undo that nobody has to do again, by their places: what was done, and what somebody else had
    /// changed since the run that is taken back.
    pub(super) fn acts_for_good(&self, step: u32) -> impl Iterator<Item = usize> {
        let (passed, changed) = self.window(step).map_or((0, 0), |(window, place)| {
            let passed = counted(&window.acts_passed, place);
            (passed, counted(&window.acts_changed_since, place))
        });
        let open = passed & !changed;
        let acts = 0..self.acts_done(step);
        acts.filter(move |act| open.checked_shr(*act).unwrap_or_default() & 1 == 0)
            .filter_map(|act| usize::try_from(act).ok())
    }

    /// How many acts of a step were done, or may have been: what an undo takes back.
    pub(in crate::app) fn acts_perhaps_done(&self, step: u32, acts: usize) -> usize {
        let done = usize::try_from(self.acts_done(step)).unwrap_or(acts);
        match self.letter(step) {
            Some(VERIFIED) => acts,
            Some(ACTED | UNCLEAR) => acts.min(done + 1),
            _ if self.open(step).is_some() => acts.min(done + 1),
            _ => done,
        }
    }

    /// How many acts of a step a call was perhaps made for: what somebody else's deeds must not be taken for.
    pub(super) fn acts_perhaps_tried(&self, step: u32, acts: usize) -> usize {
        let done = self.acts_perhaps_done(step, acts);
        match self.letter(step) {
            Some(DOUBTFUL | GONE) => acts.min(done + 1),
            _ => done,
        }
    }

    /// Notes that there is nothing to do for an act of a step, perhaps because somebody else changed it, and others are to
    /// come.
    pub(super) fn act_passed(&mut self, step: u32, is_changed_since: bool) {
        let act = self.acts_done(step);
        self.change(step, |window, place| {
            mark(&mut window.acts_passed, place, act);
            if is_changed_since {
                mark(&mut window.acts_changed_since, place, act);
            }
        });
        self.act_done(step);
    }

    /// Notes that one more act of a step is done, and others are to come.
    pub(super) fn act_done(&mut self, step: u32) {
        self.note_tried(step, PARTLY);
        self.change(step, |window, place| count_up(&mut window.acts_done, place));
        self.base.open.retain(|(number, _)| *number != step);
    }

    /// The direct roles that a step took.
    pub(in crate::app) fn roles(&self, step: u32) -> &[DirectRole] {
        let Some((window, place)) = self.window(step) else {
            return &[];
        };
        let mut roles = window.roles.iter();
        roles
            .find(|(number, _)| *number == place)
            .map_or(&[], |(_, roles)| roles)
    }

    /// Notes the direct roles that a step takes.
    pub(super) fn takes_roles(&mut self, step: u32, roles: Vec<DirectRole>) {
        if roles.is_empty() && self.roles(step).is_empty() {
            return;
        }
        self.change(step, |window, place| {
            window.roles.retain(|(number, _)| *number != place);
            if !roles.is_empty() {
                window.roles.push((place, roles));
            }
        });
    }

    /// Groups that the last act of a step surely left as they were, though others of it may be changed.
    pub(super) fn untouched(&self, step: u32) -> &[GroupId] {
        let Some((window, place)) = self.window(step) else {
            return &[];
        };
        let mut untouched = window.untouched.iter();
        untouched
            .find(|(number, _)| *number == place)
            .map_or(&[], |(_, groups)| groups)
    }

    /// Notes what the last act of a step surely left as it was.
    pub(super) fn leaves(&mut self, step: u32, untouched: &Untouched) {
        let revoked = self.roles(step).get(..untouched.revoked);
        if let Some(revoked) = revoked.map(<[DirectRole]>::to_vec) {
            self.takes_roles(step, revoked);
        }
        if !untouched.groups.is_empty() {
            let groups = untouched.groups.clone();
            self.change(step, |window, place| window.untouched.push((place, groups)));
        }
    }

    /// In how many values the addresses are.
    pub(super) fn addresses(&self) -> Option<u32> {
        self.base.addresses
    }

    /// Notes where the addresses are; none once they are deleted.
    pub(super) fn has_addresses(&mut self, parts: Option<u32>) {
        self.base.addresses = parts;
    }

    /// Notes where a step ended. One that failed without a clear answer may be done all the same.
    pub(super) fn settle(&mut self, step: u32, end: End, note: Option<String>) {
        let letter = match end {
            End::Verified => VERIFIED,
            End::Acted => ACTED,
            End::Partly => PARTLY,
            End::Broken => BROKEN,
            End::Skipped => SKIPPED,
            End::Doubtful => DOUBTFUL,
            End::Refused => FAILED,
            End::Unclear => UNCLEAR,
            End::Gone => GONE,
        };
        self.note_tried(step, letter);
        self.change(step, |window, place| window.settle(place, letter, note));
        self.base.open.retain(|(number, _)| *number != step);
    }

    /// How many of some steps can be settled in one transaction: it has room for two windows beside the entries.
    pub(super) fn fitting(steps: impl Iterator<Item = u32>) -> usize {
        let mut windows: Vec<usize> = Vec::with_capacity(WINDOWS_A_WRITE);
        let fits = |step: u32| {
            let (window, _) = place(step);
            let is_new = !windows.contains(&window);
            if is_new {
                windows.push(window);
            }
            windows.len() <= WINDOWS_A_WRITE
        };
        steps.map(fits).take_while(|fits| *fits).count()
    }

    /// The steps that are not settled, in order.
    pub(super) fn unsettled(&self, steps: u32) -> impl Iterator<Item = u32> {
        (0..steps).filter(|step| self.fate(*step) == Fate::Planned)
    }

    fn letters(&self) -> impl Iterator<Item = u8> {
        self.windows
            .iter()
            .flat_map(|window| window.settled.bytes())
    }

    /// A plan's counts with what has become of its steps.
    pub(in crate::app) fn counts(&self, planned: Counts) -> Counts {
        let mut counts = planned;
        for letter in self.letters() {
            let counter = match fate_of(letter) {
                Fate::Verified => {
                    counts.verified += 1;
                    &mut counts.acted
                }
                Fate::Acted => &mut counts.acted,
                Fate::Skipped => &mut counts.skipped,
                Fate::Failed => &mut counts.failed,
                _ => continue,
            };
            *counter += 1;
            counts.planned = counts.planned.saturating_sub(1);
        }
        counts
    }

    /// From how many people something was taken, or may have been.
    pub(super) fn perhaps_acted(&self) -> u32 {
        let acted = self.letters().filter(|letter| perhaps_acted(*letter));
        u32::try_from(acted.count()).unwrap_or(u32::MAX)
    }
}

fn key(run: &str) -> String {
    format!("run:{run}:progress")
}

fn window_key(run: &str, window: u32) -> String {
    format!("run:{run}:progress:{window}")
}

#[cfg(test)]
mod sizes;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tried_tests;
