//! The command line as its users see it: what stands on the standard output and error, and how it exits.

mod documents;
mod evaluations;
mod explanations;
mod exports;
mod run;
mod timetables;
