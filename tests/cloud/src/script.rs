//! Things that happen in the middle of a run because a test says so.

use crate::cloud::Cloud;

/// What a script does to the cloud.
type Action = Box<dyn FnOnce(&mut Cloud) + Send>;

/// Actions waiting for their call.
#[derive(Default)]
pub(crate) struct Script(Vec<Cue>);

/// A copy begins without what was planned.
impl Clone for Script {
    fn clone(&self) -> Self {
        Script::default()
    }
}

struct Cue {
    /// The beginning of the operations' names that count.
    operations: String,
    /// How many such calls still pass before the action.
    passing: u64,
    action: Action,
}

impl Cloud {
    /// Does something right before a call: after so many further calls of the operations whose names begin so
    /// (`users.suspend`, `users.`, or nothing for all).
    pub fn after_calls(
        &mut self,
        operations: &str,
        passing: u64,
        action: impl FnOnce(&mut Cloud) + Send + 'static,
    ) {
        self.script.0.push(Cue {
            operations: operations.to_owned(),
            passing,
            action: Box::new(action),
        });
    }

    pub(crate) fn run_script(&mut self, operation: &str) {
        let mut due = Vec::new();
        let mut waiting = Vec::new();
        for mut cue in std::mem::take(&mut self.script.0) {
            if !operation.starts_with(&cue.operations) {
                waiting.push(cue);
            } else if cue.passing == 0 {
                due.push(cue.action);
            } else {
                cue.passing -= 1;
                waiting.push(cue);
            }
        }
        self.script.0 = waiting;
        for action in due {
            action(self);
        }
    }
}
