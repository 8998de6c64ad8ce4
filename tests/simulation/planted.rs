//! The proof that the simulation can fail: every fault that is planted in the app breaks a promise within some seeds.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use seatkeeper::planted::{FAULTS, Fault, plant};

use crate::seeds::try_live;
use crate::shape::Shape;

/// Within so many seeds a fault must be found.
const SEEDS: u64 = 300;

/// The faults to plant: all, or the one that `FAULT` names.
fn chosen() -> Vec<Fault> {
    let name = std::env::var("FAULT").unwrap_or_default();
    let is_chosen = |fault: &Fault| name.is_empty() || format!("{fault:?}") == name;
    FAULTS.into_iter().filter(is_chosen).collect()
}

/// The life in which a fault shows soon.
fn where_it_shows(fault: Fault) -> fn(u64) -> Shape {
    match fault {
        Fault::ApprovalIgnored
        | Fault::HeldOutIgnored
        | Fault::StageTooEarly
        | Fault::ChainNotLeft
        | Fault::ConfirmIgnored
        | Fault::PolicyLimitIgnored
        | Fault::AbortIgnored
        | Fault::OthersForgotten => Shape::busy,
        Fault::MessageRepeated
        | Fault::UnreachableWarned
        | Fault::LinkForgotten
        | Fault::LinkUsedTwice
        | Fault::WarningNotNoted
        | Fault::LinkEndIgnored => Shape::warning,
        _ => Shape::rough,
    }
}

/// The first promise that a seed breaks, with or without a fault.
fn broken(seed: u64, fault: Option<Fault>, shape: fn(u64) -> Shape) -> Option<String> {
    plant(fault);
    let lived = try_live(&shape(seed), false);
    plant(None);
    match lived {
        Ok(lived) => lived.violations.first().cloned(),
        Err(panic) => Some(panic),
    }
}

/// The first seed that fails by a planted fault, and only by it.
fn find(fault: Fault) -> Option<(u64, String)> {
    let shape = where_it_shows(fault);
    (1..=SEEDS).find_map(|seed| {
        let found = broken(seed, Some(fault), shape)?;
        let without = broken(seed, None, shape);
        assert_eq!(without, None, "seed {seed} without {fault:?}");
        Some((seed, found))
    })
}

#[test]
fn every_planted_fault_is_found() {
    let faults = chosen();
    let next = AtomicUsize::new(0);
    let unfound = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(fault) = faults.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match find(*fault) {
                        Some((seed, broken)) => {
                            println!("{fault:?}: found by seed {seed}: {broken}")
                        }
                        None => unfound.lock().expect("the list").push(*fault),
                    }
                }
            });
        }
    });
    let unfound = unfound.into_inner().expect("the list");
    assert!(unfound.is_empty(), "{unfound:?}");
}
