//! Notices: what people are told, as a text from a template, without anybody to send it.
//!
//! A template is plain text with variables in braces. A line that names a variable without a value is left out, so one template
//! serves people with and without it. What a variable stands for is data: it can bring neither another variable nor markup.

mod mail;
mod news;
mod next_step;
mod restored;
mod template;
mod warning;
mod words;

pub use mail::Mail;
pub use news::{News, news, report};
pub use next_step::{last_warning, taken_next};
pub use restored::{Returning, restored, unknown_in_restored};
pub use template::unknown_variable;
pub use warning::{Telling, warning};
pub use words::{Language, capital};
