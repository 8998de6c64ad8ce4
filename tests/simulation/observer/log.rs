//! The stored log, read entry by entry as it grows: the chain computed again, and intents paired with outcomes.

use chrono::TimeDelta;
use cloud::{Cloud, Time};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::effects::{is_of_several, takes_access};
use super::{KNOWN_SECONDS, Observer, Open, RunSeen, time_of};
use crate::in_process::World;

/// What the log says of whom Atlassian did not answer about: nothing is done to them.
const UNASKED: [&str; 3] = [
    "asking what may be done with an account",
    "reading a person's roles",
    "it is not known whether",
];

/// How far the log was read.
#[derive(Clone, Debug)]
pub struct Reader {
    seq: u64,
    hash: String,
}

impl Default for Reader {
    fn default() -> Reader {
        Reader {
            seq: 0,
            hash: "0".repeat(64),
        }
    }
}

/// Whom an entry is about.
fn subjects(entry: &Value) -> impl Iterator<Item = &str> {
    let many = entry["subjects"].as_array().into_iter().flatten();
    many.chain([&entry["subject"]]).filter_map(Value::as_str)
}

fn sha256(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Reader {
    /// The entries since, each with its time of reading; or what does not fit.
    fn read(&mut self, cloud: &Cloud) -> Result<Vec<Value>, String> {
        let now = cloud.now();
        let stored = cloud.stored();
        let Some(head) = stored.entity_value("chain", "head", now) else {
            return Ok(Vec::new());
        };
        let newest = head["seq"].as_u64().unwrap_or_default();
        let mut entries = Vec::new();
        while self.seq < newest {
            let seq = self.seq + 1;
            let entity = stored
                .entity_value("audit", &format!("{seq:010}"), now)
                .ok_or_else(|| {
                    format!("the log's entry {seq} is missing, its head says {newest}")
                })?;
            let (text, hash) = (
                entity["entry"].as_str().unwrap_or_default(),
                &entity["hash"],
            );
            entries.push(self.follow(seq, text, hash.as_str().unwrap_or_default())?);
        }
        if self.seq != newest || head["hash"] != self.hash.as_str() {
            return Err(format!(
                "the log's head {head} does not belong to its last entry {}",
                self.seq
            ));
        }
        Ok(entries)
    }

    fn follow(&mut self, seq: u64, text: &str, hash: &str) -> Result<Value, String> {
        let entry: Value =
            serde_json::from_str(text).map_err(|error| format!("entry {seq}: {error}"))?;
        let previous = entry["previous"].as_str().unwrap_or_default();
        if previous != self.hash {
            return Err(format!(
                "entry {seq} follows {previous}, not the entry before it"
            ));
        }
        if sha256(text) != hash {
            return Err(format!("the hash of entry {seq} is not that of its text"));
        }
        let canonical = entry.to_string();
        if entry["seq"] != seq || canonical != text {
            return Err(format!(
                "entry {seq} has another number or is not in canonical form: {text}"
            ));
        }
        self.seq = seq;
        self.hash = hash.to_owned();
        Ok(entry)
    }
}

impl Observer {
    /// Reads what the log has gained.
    pub(super) fn read_log(&mut self, world: &World) {
        let (now, read) = {
            let cloud = world.cloud.borrow();
            (cloud.now(), self.log.read(&cloud))
        };
        match read {
            Ok(entries) => {
                for entry in entries {
                    self.record.entry(|| json!({"entry": entry}));
                    self.hear(world, &entry, now);
                }
            }
            Err(why) => self.broken(now, why),
        }
    }

    fn hear(&mut self, world: &World, entry: &Value, now: Time) {
        let run = entry["run"].as_str().unwrap_or_default();
        match entry["action"].as_str().unwrap_or_default() {
            "start-run" | "undo-run" => {
                let seen = RunSeen {
                    started: now,
                    frozen: None,
                    population: 0,
                    released: None,
                    approved: None,
                    aborted: None,
                    ended: None,
                    is_dry: entry["reason"]
                        .as_str()
                        .is_some_and(|reason| reason.starts_with("dry run")),
                };
                self.runs.insert(run.to_owned(), seen);
            }
            "freeze-plan" => {
                let population = self.population();
                if let Some(seen) = self.runs.get_mut(run) {
                    seen.frozen = Some(now);
                    seen.population = population;
                }
                self.note_entries(world, run);
            }
            "set-limits" | "remove-exemption" if entry["outcome"] == "done" => {
                self.note_loosening(entry, now)
            }
            "accept-snapshot" => self.note_acceptance(entry, now),
            "approve-run" => {
                if let Some(seen) = self.runs.get_mut(run) {
                    seen.approved = Some(now);
                }
                self.judge_decider(world, entry, now);
            }
            "release-run" => {
                self.judge_decider(world, entry, now);
                if let Some(seen) = self.runs.get_mut(run) {
                    seen.released = Some(now);
                }
                let text = entry["policyHash"].as_str().unwrap_or_default();
                self.released_texts.insert(text.to_owned());
            }
            "reject-run" | "expire-run" => {
                if let Some(seen) = self.runs.get_mut(run) {
                    seen.ended = Some(now);
                }
            }
            "end-run" => {
                if let Some(seen) = self.runs.get_mut(run) {
                    seen.ended = Some(now);
                }
                self.note_let_go(world, run);
                self.look_for_the_missed(world, run, now);
                self.look_for_the_withheld(world, run, now);
            }
            "keep-access" => self.hear_of_link(entry, now),
            "ask-back" => self.hear_of_wish(entry, now),
            _ if entry["outcome"] == "intent" => {
                let action = entry["action"].as_str().unwrap_or_default();
                for subject in subjects(entry) {
                    let stage = self.stage_of(world, subject, run, action);
                    self.intend(subject, run, (action, stage), now);
                }
            }
            _ if entry["subject"].is_string() => self.hear_of_person(world, entry, now),
            _ => {}
        }
    }

    fn hear_of_person(&mut self, world: &World, entry: &Value, now: Time) {
        let subject = entry["subject"].as_str().unwrap_or_default();
        let run = entry["run"].as_str().unwrap_or_default();
        let outcome = entry["outcome"].as_str().unwrap_or_default();
        let action = entry["action"].as_str().unwrap_or_default();
        if run.is_empty() {
            return;
        }
        if matches!(outcome, "done" | "already" | "not-done" | "failed") {
            let reason = entry["reason"].as_str().unwrap_or_default();
            self.close(subject, run, (action, outcome, reason), now);
        }
        let reason = entry["reason"].as_str().unwrap_or_default();
        if matches!(outcome, "skipped" | "not-done")
            && UNASKED.iter().any(|words| reason.contains(words))
        {
            self.unasked.insert((run.to_owned(), subject.to_owned()));
        }
        if action == "warn" && matches!(outcome, "done" | "failed") {
            self.note_answer(subject, run, outcome == "done");
        }
        if outcome == "done" {
            self.note_told(subject, run);
            self.note_done(world, subject, run, action, now);
        }
    }

    fn intend(
        &mut self,
        subject: &str,
        run: &str,
        (action, stage): (&str, Option<usize>),
        now: Time,
    ) {
        let open = Open {
            run: run.to_owned(),
            action: action.to_owned(),
            since: now,
            stage,
            effects: 0,
        };
        // Runs of which one takes nothing may meet at a person (RULES R7).
        let others = self
            .open
            .iter()
            .filter(|((account, _), _)| account == subject);
        let clashing = others
            .filter(|((_, other), open)| {
                other == run || (takes_access(&open.action) && takes_access(action))
            })
            .map(|((_, other), _)| other.clone());
        for other in clashing.collect::<Vec<_>>() {
            self.broken(
                now,
                format!("a second intent for {subject} by {run}; that by {other} has no outcome"),
            );
        }
        self.open.insert((subject.to_owned(), run.to_owned()), open);
    }

    fn close(
        &mut self,
        subject: &str,
        run: &str,
        (action, outcome, reason): (&str, &str, &str),
        now: Time,
    ) {
        let Some(open) = self.open.remove(&(subject.to_owned(), run.to_owned())) else {
            self.broken(
                now,
                format!("the outcome {outcome} for {subject} by {run}, which has no intent"),
            );
            return;
        };
        if open.run != run || open.action != action {
            self.broken(
                now,
                format!(
                    "the intent for {subject} by {} has its outcome by {run}",
                    open.run
                ),
            );
        }
        // It may have been done, and is taken back as if it was.
        if outcome == "failed" && reason.contains("cannot be seen") {
            self.credited.insert((run.to_owned(), subject.to_owned()));
        }
        // What somebody else does in between can be told from our own act by nobody.
        if self.is_disturbed(subject, open.since - TimeDelta::seconds(KNOWN_SECONDS)) {
            if outcome == "done" && open.effects == 0 {
                self.credited.insert((run.to_owned(), subject.to_owned()));
            }
            return;
        }
        let fits = match (outcome, is_of_several(action)) {
            ("done", false) => open.effects == 1,
            ("done", true) => open.effects >= 1,
            // Of a message whose answer was lost nobody knows whether it was sent.
            ("failed", false) if action == "warn" => open.effects <= 1,
            // Some of several changes may have been made before one was refused.
            ("failed", true) => true,
            // Nobody can tell where Atlassian neither answers nor shows it; that is what is said then.
            ("failed", false) if reason.contains("cannot be seen") => open.effects <= 1,
            _ => open.effects == 0,
        };
        if !fits {
            let effects = open.effects;
            self.broken(
                now,
                format!(
                    "the outcome {outcome} for {subject} by {run} stands for {effects} effects"
                ),
            );
        }
    }

    /// Whether the log's own time of a run is what a release needs.
    pub(super) fn freeze_time(&self, run: &str, stored: &Value) -> Option<Time> {
        let seen = self.runs.get(run)?;
        seen.frozen.or_else(|| time_of(&stored["now"]))
    }
}
