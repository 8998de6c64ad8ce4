//! Many random histories against a model that remembers everything.

use super::*;
use crate::model::DAY;

/// What happened to one person, day by day, as somebody would remember it who forgets nothing.
#[derive(Default)]
struct Model {
    /// Every look since the last departure: the day, and whether it was known that they match.
    looks: Vec<(i64, bool)>,
    done: Vec<i64>,
}

impl Model {
    /// Whether a stage is due on a day, from the days since entering and since the stage before.
    fn due(&self, after: &[i64], readings: usize, day: i64) -> Option<u32> {
        let entered = self.looks.iter().find(|(_, known)| *known)?.0;
        let next = self.done.len();
        let limit = *after.get(next)?;
        let mut counted = Vec::new();
        for (day, known) in &self.looks {
            if *known && counted.last().is_none_or(|last| day - last >= 2) {
                counted.push(*day);
            }
        }
        let apart = match next {
            0 => i64::MIN,
            next => self.done[next - 1] + limit - after[next - 1],
        };
        let is_known = self.looks.last()?.1;
        let is_due = day >= entered + limit && day >= apart && counted.len() >= readings;
        (is_known && is_due).then(|| u32::try_from(next).unwrap())
    }
}

#[test]
fn random_histories_are_as_a_model_remembers_them() {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut roll = move |sides: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % sides
    };
    let (mut fired, mut left) = (0, 0);
    for _ in 0..2_000 {
        let readings = 1 + usize::try_from(roll(3)).unwrap();
        let mut after = vec![i64::try_from(roll(5)).unwrap()];
        for _ in 0..roll(3) {
            after.push(after.last().unwrap() + 1 + i64::try_from(roll(9)).unwrap());
        }
        let stages: Vec<String> = after
            .iter()
            .map(|days| format!(r#"{{"after":"{days}d","do":"createIssue"}}"#))
            .collect();
        let policy = policy(&format!(
            r#""confirm":{{"readings":{readings},"apart":"2d"}},"stages":[{}]"#,
            stages.join(",")
        ));
        let (mut model, mut link): (Model, Option<Link>) = (Model::default(), None);
        for day in 100..160 {
            // No run on some days.
            if roll(4) == 0 {
                continue;
            }
            let now = Time(day * DAY);
            let verdict = match roll(20) {
                0 => Truth::False,
                1..=4 => Truth::Unknown,
                _ => Truth::True,
            };
            let sight = Sight {
                now,
                read: now,
                verdict,
                ..at("2026-01-01T00:00:00Z")
            };
            let place = place(&policy, link.as_ref(), &sight);
            match verdict {
                Truth::False => {
                    left += usize::from(place.left.is_some());
                    model = Model::default();
                }
                known => model.looks.push((day, known == Truth::True)),
            }
            let expected = model.due(&after, readings, day);
            let due = match place.standing {
                Standing::Due { stage } => Some(stage),
                _ => None,
            };
            assert_eq!(
                due, expected,
                "day {day} {after:?} {readings} {:?}",
                model.looks
            );
            link = place.link;
            // What is due is done, or fails.
            if let Some(stage) = due
                && roll(3) > 0
            {
                fired += 1;
                model.done.push(day);
                link.as_mut().unwrap().note_done(stage, now);
            }
        }
    }
    assert!(fired > 2_000 && left > 500, "{fired} {left}");
}
