//! Many lives, on all processors: counted, and the failing ones lived again with everything recorded.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::{env, fs, thread};

use serde_json::json;

use crate::shape::Shape;
use crate::simulation::{Counted, Lived, live};

/// What `make test` lives.
const SEEDS: u64 = 500;

/// All lives together.
#[derive(Debug, Default)]
pub struct Sum {
    seeds: u64,
    counted: Counted,
    /// Each failing seed with its first broken promise.
    pub failing: Vec<(u64, String)>,
}

/// A number of the environment.
fn number(name: &str, otherwise: u64) -> u64 {
    env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

/// Where everything is written.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/simulation")
}

/// Lives a shape; a panic on the way is a broken promise like any other.
pub fn try_live(shape: &Shape, is_recorded: bool) -> Result<Lived, String> {
    catch_unwind(AssertUnwindSafe(|| live(shape, is_recorded))).map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        format!("a panic: {}", text.unwrap_or_default())
    })
}

/// Lives the seeds that the environment names: `SEEDS` of them from `FIRST_SEED` on.
pub fn live_all() -> Sum {
    let (first, count) = (number("FIRST_SEED", 1), number("SEEDS", SEEDS));
    let keep = env::var("KEEP").is_ok_and(|keep| keep == "1");
    let next = AtomicU64::new(first);
    let sum = Mutex::new(Sum::default());
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= first.saturating_add(count) {
                        break;
                    }
                    let shape = Shape::from_seed(seed);
                    let lived = try_live(&shape, keep);
                    if keep && let Ok(lived) = &lived {
                        write(&shape, lived);
                    }
                    let broken = match lived {
                        Ok(lived) => {
                            sum.lock().expect("the sum").add(&lived.counted);
                            lived.violations.first().cloned()
                        }
                        Err(panic) => Some(panic),
                    };
                    if let Some(broken) = broken {
                        explain(&shape, &broken);
                        sum.lock().expect("the sum").failing.push((seed, broken));
                    }
                }
            });
        }
    });
    let mut sum = sum.into_inner().expect("the sum");
    sum.seeds = count;
    sum.failing.sort();
    sum.write();
    sum
}

/// Lives a failing seed again, prints its last steps, and keeps what was recorded beside a fixture.
pub fn explain(shape: &Shape, broken: &str) {
    let seed = shape.seed;
    // First, since the life of one that goes round for ever is long.
    println!("seed {seed} breaks a promise: {broken}");
    match try_live(shape, true) {
        Ok(lived) => {
            write(shape, &lived);
            println!(
                "seed {seed}, its last steps:\n{}\nseed {seed}: {}\n",
                lived.trace.last(),
                lived.violations.join("\n")
            );
        }
        Err(panic) => println!("seed {seed}: {panic}"),
    }
    println!(
        "to keep it: cp target/simulation/{seed}/fixture.json tests/simulation/fixtures/{seed}.json"
    );
}

fn write(shape: &Shape, lived: &Lived) {
    let folder = folder().join(shape.seed.to_string());
    lived.observer.write(&folder).expect("a folder to write to");
    let fixture = serde_json::to_string_pretty(shape).expect("JSON");
    fs::write(folder.join("fixture.json"), fixture + "\n").expect("a file to write to");
    fs::write(folder.join("trace.txt"), lived.trace.all()).expect("a file to write to");
}

impl Sum {
    fn add(&mut self, counted: &Counted) {
        self.counted.steps += counted.steps;
        self.counted.kills += counted.kills;
        self.counted.faults += counted.faults;
        self.counted.effects += counted.effects;
        self.counted.tally.add(counted.tally);
    }

    /// Writes `summary.json`.
    fn write(&self) {
        let Counted {
            steps,
            kills,
            faults,
            effects,
            tally,
        } = self.counted;
        let summary = json!({
            "seeds": self.seeds, "steps": steps, "kills": kills, "faults": faults, "effects": effects,
            "perfect_ends": tally.perfect_ends, "undos_judged": tally.undos_judged,
            "links_pressed": tally.links_pressed, "links_given_back": tally.links_given_back,
            "warnings": tally.warnings, "violations": self.failing.len(),
        });
        fs::create_dir_all(folder()).expect("a folder to write to");
        fs::write(folder().join("summary.json"), format!("{summary}\n"))
            .expect("a file to write to");
        println!("{summary}");
    }
}
