//! Time zones as the JavaScript engine knows them (`Intl`): the core carries no zone database.

use std::cell::RefCell;

use chrono::NaiveDate;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::model::{DAY, HOUR, Time};
use crate::schedule::Zones;

#[wasm_bindgen]
extern "C" {
    /// `Intl.DateTimeFormat`, with what it throws for a zone that it does not know.
    type DateTimeFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str, options: &JsValue) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(structural, method, catch)]
    fn format(this: &DateTimeFormat, milliseconds: f64) -> Result<String, JsValue>;
}

/// The zones of `Intl`. A formatter is costly to make, so each zone's is kept; `None` for a zone that is not known.
#[derive(Default)]
pub struct IntlZones(RefCell<Vec<(String, Option<DateTimeFormat>)>>);

impl Zones for IntlZones {
    fn offset(&self, zone: &str, at: Time) -> Option<i64> {
        let mut known = self.0.borrow_mut();
        if let Some((_, format)) = known.iter().find(|(name, _)| name == zone) {
            return offset(format.as_ref()?, at);
        }
        let format = formatter(zone);
        let found = format.as_ref().and_then(|format| offset(format, at));
        known.push((zone.to_owned(), format));
        found
    }
}

/// A formatter that writes the local time of a zone as six numbers.
fn formatter(zone: &str) -> Option<DateTimeFormat> {
    // `Intl` takes `+02:00` too, which is no zone: it has no summer.
    if !zone.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let options = Object::new();
    for (name, value) in [
        ("timeZone", zone),
        ("hourCycle", "h23"),
        ("year", "numeric"),
        ("month", "numeric"),
        ("day", "numeric"),
        ("hour", "numeric"),
        ("minute", "numeric"),
        ("second", "numeric"),
    ] {
        Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    DateTimeFormat::new("en-US", &options).ok()
}

fn offset(format: &DateTimeFormat, at: Time) -> Option<i64> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "beyond 2^53 lies no date, and the formatter throws"
    )]
    let milliseconds = at.0 as f64 * 1_000.0;
    let local = local_seconds(&format.format(milliseconds).ok()?)?;
    let offset = local.checked_sub(at.0)?;
    // A year before the first is written without its era.
    (offset.abs() < DAY + DAY).then_some(offset)
}

/// Seconds since 1970 of a local time such as `11/21/2026, 13:05:00`.
fn local_seconds(text: &str) -> Option<i64> {
    let [month, day, year, hour, minute, second] = numbers(text);
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    let midnight = date.and_hms_opt(0, 0, 0)?.and_utc().timestamp();
    Some(midnight + i64::from(hour) * HOUR + i64::from(minute) * 60 + i64::from(second))
}

/// The first six numbers in a text.
fn numbers(text: &str) -> [u32; 6] {
    let mut numbers = [0_u32; 6];
    let mut places = numbers.iter_mut();
    let mut place = None;
    for sign in text.bytes() {
        if !sign.is_ascii_digit() {
            place = None;
            continue;
        }
        if place.is_none() {
            place = places.next();
        }
        if let Some(number) = &mut place {
            **number = number
                .saturating_mul(10)
                .saturating_add(u32::from(sign - b'0'));
        }
    }
    numbers
}
