//! What happened, step by step, for whoever must find out why: kept only when a seed is lived a second time.

use cloud::Time;

/// How many steps a failing seed prints.
const PRINTED: usize = 60;

/// The steps so far, if they are kept.
#[derive(Debug, Default)]
pub struct Trace {
    steps: Option<Vec<String>>,
}

impl Trace {
    /// One that keeps its steps, or one that does not.
    pub fn new(is_kept: bool) -> Trace {
        Trace {
            steps: is_kept.then(Vec::new),
        }
    }

    /// Notes a step. The text is made only where it is kept.
    pub fn note(&mut self, at: Time, text: impl FnOnce() -> String) {
        if let Some(steps) = &mut self.steps {
            steps.push(format!("{} {}", at.format("%Y-%m-%d %H:%M:%S%.3f"), text()));
        }
    }

    /// The last steps, for reading.
    pub fn last(&self) -> String {
        let steps = self.steps.as_deref().unwrap_or_default();
        steps[steps.len().saturating_sub(PRINTED)..].join("\n")
    }

    /// All steps.
    pub fn all(&self) -> String {
        self.steps.as_deref().unwrap_or_default().join("\n")
    }
}
