//! What a policy must fulfil as a whole, beyond each of its fields.

use super::reader::Reader;
use super::{Condition, Keep, Span, Stage};
use crate::model::{Action, DAY};

/// The least time between an irreversible stage and what comes before it (RULES R12), in seconds.
const LEAST_GRACE: i64 = 7 * DAY;

/// What was read of the fields that bear on each other. Those that could not be read are their own mistakes.
pub(super) struct Whole<'a> {
    pub(super) condition: Option<&'a Condition>,
    pub(super) keep: Option<&'a Keep>,
    /// `None` in the place of a stage that could not be read.
    pub(super) stages: &'a [Option<Stage>],
    pub(super) is_approved: bool,
    pub(super) even_if_active: bool,
}

impl Reader {
    pub(super) fn check_whole(&mut self, whole: &Whole<'_>) {
        self.stages_follow(whole.stages);
        self.irreversible_stages(whole);
        if let Some(keep) = whole.keep {
            self.stages_of_a_pool(keep, whole.stages);
        }
        if whole.even_if_active {
            self.reaches_active_people(whole);
        }
    }

    /// Each stage is later than the one before it, however long its months turn out.
    fn stages_follow(&mut self, stages: &[Option<Stage>]) {
        for (index, pair) in stages.iter().zip(stages.iter().skip(1)).enumerate() {
            let (Some(earlier), Some(later)) = pair else {
                continue;
            };
            if later.after.surely_after(earlier.after) <= 0 {
                let message = format!(
                    "must be later than the stage before it, which is at {}",
                    earlier.after
                );
                let path = format!("$.stages[{}].after", index + 1);
                self.error(&path, "wrong-order", &message);
            }
        }
    }

    /// Nothing that cannot be undone without somebody's approval, nor within a week (RULES R12).
    fn irreversible_stages(&mut self, whole: &Whole<'_>) {
        let mut before = Some(Span::hours(0));
        for (index, stage) in whole.stages.iter().enumerate() {
            let Some(stage) = stage else {
                before = None;
                continue;
            };
            if stage.r#do.iter().any(|action| action.is_irreversible()) {
                if !whole.is_approved {
                    self.error(
                        &format!("$.stages[{index}].do"),
                        "needs-approval",
                        "cannot be undone, so the policy needs `approval`: \"page\" or \"issue\"",
                    );
                }
                let is_too_soon = before.is_some_and(|before| {
                    let grace = stage.after.surely_after(before);
                    let is_in_order = index == 0 || grace > 0;
                    is_in_order && grace < LEAST_GRACE
                });
                if is_too_soon {
                    self.error(
                        &format!("$.stages[{index}].after"),
                        "too-soon",
                        "what cannot be undone must come at least 7 days after the stage before it, or after the beginning",
                    );
                }
            }
            before = Some(stage.after);
        }
    }

    /// A seat pool frees seats of one product on one site, or asks about them (RULES R11).
    fn stages_of_a_pool(&mut self, keep: &Keep, stages: &[Option<Stage>]) {
        let read = stages.iter().enumerate();
        for (index, stage) in read.filter_map(|(index, stage)| Some((index, stage.as_ref()?))) {
            let fits = stage.r#do.iter().all(|action| {
                matches!(action, Action::RemoveAccess | Action::Warn | Action::Review)
            });
            if !fits {
                self.error(
                    &format!("$.stages[{index}].do"),
                    "not-with-keep",
                    "a policy with `keep` can only do warn, review and removeAccess",
                );
            }
            for (name, taken, of_pool) in [
                ("products", &stage.products, &keep.product),
                ("sites", &stage.sites, &keep.site),
            ] {
                if taken
                    .as_ref()
                    .is_some_and(|taken| taken != std::slice::from_ref(of_pool))
                {
                    self.error(
                        &format!("$.stages[{index}].{name}"),
                        "not-with-keep",
                        &format!("must be what `keep` names and nothing else: [\"{of_pool}\"]"),
                    );
                }
            }
        }
    }

    /// RULES R1: only who stands on a list, and never without approval.
    fn reaches_active_people(&mut self, whole: &Whole<'_>) {
        let is_listed = |condition: &Condition| condition.rests_on_a_list();
        if !whole.condition.is_none_or(is_listed) {
            self.error(
                "$.evenIfActive",
                "needs-list",
                "only a policy that means nobody outside of a `listed` list may act on people who are active",
            );
        }
        if !whole.is_approved {
            self.error(
                "$.evenIfActive",
                "needs-approval",
                "a policy that acts on people who are active needs `approval`: \"page\" or \"issue\"",
            );
        }
    }
}
