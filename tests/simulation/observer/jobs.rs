//! What is not done has a job out.

use serde_json::Value;

use super::decisions::planned;
use super::{Observer, stored_run};
use crate::in_process::World;

impl Observer {
    /// To be asked while no invocation is under way: every run that wants a job has one, unless the platform gave one of its jobs
    /// up: another of them may have been out then, and nothing new is pushed before the queue is quiet for a while.
    pub fn expect_jobs(&mut self, world: &World) {
        let now = world.cloud.borrow().now();
        for run in self.wanting(world) {
            let cloud = world.cloud.borrow();
            let has_job =
                is_named(cloud.queued_bodies(), &run) || is_named(cloud.bodies_given_up(), &run);
            drop(cloud);
            if !has_job {
                self.broken(now, format!("{run} is not over and has no job"));
            }
        }
    }

    /// The runs that are not over.
    pub fn active(world: &World) -> Vec<String> {
        let cloud = world.cloud.borrow();
        let stored = cloud.stored().plain_value("active-runs", cloud.now());
        let runs = stored.map(|book| book["runs"].clone()).unwrap_or_default();
        let runs = runs.as_array().cloned().unwrap_or_default();
        runs.iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    }

    /// The runs that can only go on by a job.
    pub fn wanting(&self, world: &World) -> Vec<String> {
        let wants = |run: &String| {
            let state = stored_run(world, run).map(|stored| stored["state"].clone());
            let state = state.unwrap_or_default();
            matches!(
                state.as_str(),
                Some("planning" | "ready" | "executing" | "verifying")
            )
        };
        Self::active(world).into_iter().filter(wants).collect()
    }

    /// The runs that wait for a person.
    pub fn waiting_for_a_person(world: &World) -> Vec<(String, Value)> {
        let runs = Self::active(world).into_iter();
        runs.filter_map(|run| Some((run.clone(), stored_run(world, &run)?)))
            .filter(|(_, stored)| {
                matches!(stored["state"].as_str(), Some("held" | "awaiting-approval"))
            })
            .collect()
    }

    /// The people of all plans that are not over.
    pub fn planned_people(&self, world: &World) -> Vec<String> {
        let runs = Self::active(world).into_iter();
        runs.flat_map(|run| planned(world, &run)).collect()
    }

    /// Whether any run is not over and not held.
    pub fn is_anything_under_way(&self, world: &World) -> bool {
        !self.wanting(world).is_empty()
    }
}

fn is_named<'b>(mut bodies: impl Iterator<Item = &'b Value>, run: &str) -> bool {
    bodies.any(|body| body["job"].as_str().is_some_and(|job| job.contains(run)))
}
