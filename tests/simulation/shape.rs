//! What a seed draws: an organization, a horizon, the answers to the open questions, and how rough the weather is.

use cloud::faults::Faults;
use cloud::limits::Latency;
use cloud::switches::Switches;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// Every so-many-th seed lives for a year; the others for some weeks.
const YEARS: u64 = 250;

/// One of so many seeds lives with policies that do everything; the others suspend and remove access, at once.
const EVERYTHING: u64 = 2;

/// One of so many seeds lives with policies that warn first.
const WARNINGS: u64 = 8;

/// One of so many seeds lives calmly for two months with everything: long enough for chains to end.
const CALM: u64 = 20;

/// One of so many lives with warnings is long enough for links to grow older than their end.
const LONG: u64 = 4;

/// What a life holds besides what the first ones did. They are drawn from streams of their own, so that a fixture of an earlier
/// generation lives exactly as it did.
///
/// 1: links that give back, several warnings in a row, refusals, mail that is switched off, links after their end, and others
/// who deactivate, rename, give roles, and take again what was given back.
const GENERATION: u32 = 1;

/// What the administrators use of the app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Repertoire {
    /// Policies of one stage that suspend or remove access, releases, undo.
    #[default]
    Plain,
    /// Chains of stages, approvals, readings that must confirm each other, and every action.
    Everything,
    /// The same, each with a warning before.
    Warnings,
}

/// One simulated life of the app, drawn from a seed. A fixture holds a whole one, so that later drawings change nothing about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Shape {
    /// What everything else is drawn from.
    pub seed: u64,
    /// How many accounts there are.
    pub users: usize,
    /// In how many directories.
    pub directories: usize,
    /// How many days the life lasts.
    pub days: u32,
    /// Something happens outside every so many minutes at most.
    pub minutes: u32,
    /// How many policies there are.
    pub policies: usize,
    /// What they do.
    #[serde(default)]
    pub repertoire: Repertoire,
    /// Which generation it is of.
    #[serde(default)]
    pub generation: u32,
    /// How long calls take.
    pub latency: Latency,
    /// Whether the standard rate limits hold.
    pub limited: bool,
    /// One of so many polls kills, gives up or delays an invocation; 0 for none.
    pub trouble: u32,
    /// The answers to the open questions.
    pub switches: Switches,
    /// What goes wrong while there is a storm.
    pub faults: Faults,
}

impl Shape {
    /// The same life with troubles and disturbances without end: for faults that show only where several things go wrong.
    #[cfg(feature = "planted-faults")]
    pub fn rough(seed: u64) -> Shape {
        let shape = Shape::of(seed, Repertoire::Plain);
        Shape {
            trouble: 150,
            minutes: 120,
            policies: 3,
            days: shape.days.min(9),
            faults: Faults {
                operations: vec![String::from("users.suspend")],
                server_error_before: 0.1,
                cut_before: 0.1,
                forbidden: 0.0,
                duplicate_delivery: 0.4,
                ..shape.faults
            },
            ..shape
        }
    }

    /// A life with everything, in which much happens.
    #[cfg(feature = "planted-faults")]
    pub fn busy(seed: u64) -> Shape {
        Shape {
            minutes: 60,
            policies: 3,
            days: 9,
            ..Shape::of(seed, Repertoire::Everything)
        }
    }

    /// A life with warnings, in which much happens.
    #[cfg(feature = "planted-faults")]
    pub fn warning(seed: u64) -> Shape {
        Shape {
            minutes: 60,
            policies: 3,
            days: 9,
            trouble: 240,
            ..Shape::of(seed, Repertoire::Warnings)
        }
    }

    /// Draws a shape. The same seed gives the same one.
    pub fn from_seed(seed: u64) -> Shape {
        let repertoire = if seed % WARNINGS == WARNINGS / 2 {
            Repertoire::Warnings
        } else if seed.is_multiple_of(EVERYTHING) {
            Repertoire::Everything
        } else {
            Repertoire::Plain
        };
        let shape = Shape::of(seed, repertoire);
        if seed % CALM == 6 {
            Shape::calm(shape)
        } else if repertoire == Repertoire::Warnings && (seed / WARNINGS).is_multiple_of(LONG) {
            Shape::long(shape)
        } else {
            shape
        }
    }

    /// A life with warnings in which links grow old, and little happens on one day.
    fn long(shape: Shape) -> Shape {
        Shape {
            minutes: shape.minutes.max(900),
            days: shape.days.max(30),
            ..shape
        }
    }

    /// A stream for what later generations draw besides; none of the first one.
    pub fn besides(&self, what: u64) -> Option<ChaCha8Rng> {
        (self.generation > 0).then(|| ChaCha8Rng::seed_from_u64(self.seed ^ (what << 32)))
    }

    /// A long life in which little happens outside and no invocation is killed.
    fn calm(shape: Shape) -> Shape {
        Shape {
            minutes: 5_000,
            policies: 3,
            days: 60,
            trouble: 0,
            ..shape
        }
    }

    fn of(seed: u64, repertoire: Repertoire) -> Shape {
        let draw = &mut ChaCha8Rng::seed_from_u64(seed ^ 0x5EED_0F11);
        let is_year = seed.is_multiple_of(YEARS);
        let mut switches = Switches::from_seed(seed);
        // A listing that is cut every half an hour is not what small organizations are about.
        switches.cursor_minutes = 0;
        Shape {
            seed,
            users: draw.random_range(26..=60),
            directories: if draw.random_ratio(1, 3) { 2 } else { 1 },
            days: match repertoire {
                _ if is_year => 365,
                Repertoire::Plain => draw.random_range(3..=9),
                // What cannot be undone comes after a week.
                Repertoire::Everything => draw.random_range(4..=12),
                // So does what comes after several warnings.
                Repertoire::Warnings => draw.random_range(4..=12) + 4,
            },
            minutes: match repertoire {
                _ if is_year => 1_200,
                Repertoire::Plain => 240,
                Repertoire::Everything | Repertoire::Warnings => 180,
            },
            policies: draw.random_range(1..=3),
            repertoire,
            generation: GENERATION,
            latency: one_of(
                draw,
                &[Latency::Off, Latency::Standard, Latency::Api(1_000)],
            ),
            limited: draw.random(),
            trouble: one_of(draw, &[0, 600, 240, 120]),
            switches,
            faults: weather(seed, draw),
        }
    }
}

fn weather(seed: u64, draw: &mut ChaCha8Rng) -> Faults {
    let mut faults = Faults::some(seed);
    let mut roughness = one_of(draw, &[0.0, 0.5, 1.0, 4.0]);
    // Storage and queue are struck in half of the seeds too. A truncated answer of theirs is none that they give.
    if draw.random() {
        faults.operations = vec![String::new()];
        faults.truncated = 0.0;
        roughness /= 4.0;
    }
    for chance in [
        &mut faults.too_many_requests,
        &mut faults.server_error_before,
        &mut faults.server_error_after,
        &mut faults.cut_before,
        &mut faults.cut_after,
        &mut faults.timeout_before,
        &mut faults.timeout_after,
        &mut faults.truncated,
    ] {
        *chance *= roughness;
    }
    let besides = &mut ChaCha8Rng::seed_from_u64(seed ^ 0x0403);
    faults.forbidden = one_of(besides, &[0.0, 0.0, 0.01, 0.05]);
    faults
}

/// One of some, each as likely as the others.
pub fn one_of<T: Clone>(draw: &mut ChaCha8Rng, choices: &[T]) -> T {
    choices[draw.random_range(0..choices.len())].clone()
}
