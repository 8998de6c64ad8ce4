//! The organization's black-outs, in which no policy starts a run by itself.

use chrono::Days;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::black_out::{BlackOut, first_free_day};
use super::json::Node;
use super::read::root;
use super::reader::{PolicyError, Reader};
use super::timetable::DEFAULT_ZONE;
use super::write::{Written, list};
use super::write_timetable::black_out;

/// The most windows: all of them stand in the settings.
const MOST_WINDOWS: usize = 50;
/// Windows that follow each other for longer than a year leave no day to run on, whatever comes after.
const LONGEST_DAYS: u64 = 366;

/// `{"zone"?, "except"?}`: windows in which no policy starts a run by itself, besides those of its own schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS),
    ts(type = "{ zone: string; except?: (string | { from: string; to: string })[] }")
)]
pub struct OrganizationBlackOuts {
    /// The IANA name of the zone in which the days begin; `UTC` without it.
    pub zone: String,
    /// The windows.
    pub except: Vec<BlackOut>,
}

impl Default for OrganizationBlackOuts {
    fn default() -> OrganizationBlackOuts {
        OrganizationBlackOuts {
            zone: String::from(DEFAULT_ZONE),
            except: Vec::new(),
        }
    }
}

impl OrganizationBlackOuts {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.except.is_empty()
    }

    /// Reads them from JSON text.
    ///
    /// # Errors
    /// Every mistake with its path: what a schedule's `zone` and `except` may not hold, a zone that is not known, more
    /// than 50 windows, and windows that leave no day free for longer than a year.
    ///
    /// ```
    /// use seatkeeper::policy::OrganizationBlackOuts;
    /// let read = |text| OrganizationBlackOuts::read(text, &|zone| zone == "Europe/Berlin");
    /// assert!(read(r#"{"zone": "Europe/Berlin", "except": ["sat"]}"#).is_ok());
    /// let errors = read(r#"{"zone": "Europe/Atlantis", "except": ["sut"]}"#).unwrap_err();
    /// let paths: Vec<&str> = errors.iter().map(|error| error.path.as_str()).collect();
    /// assert_eq!(paths, ["$.except[0]", "$.zone"]);
    /// ```
    pub fn read(
        document: &str,
        is_zone: &dyn Fn(&str) -> bool,
    ) -> Result<OrganizationBlackOuts, Vec<PolicyError>> {
        let mut reader = Reader::default();
        let root = root(&mut reader, document);
        let (zone, except) = root.map_or((None, None), |root| reader.black_outs_of(&root));
        let read = OrganizationBlackOuts {
            zone: zone.unwrap_or_else(|| String::from(DEFAULT_ZONE)),
            except: except.unwrap_or_default(),
        };
        if !is_zone(&read.zone) {
            let message = format!("the time zone `{}` is not known here", read.zone);
            reader.error("$.zone", "unknown-zone", &message);
        }
        match reader.errors.is_empty() {
            true => Ok(read),
            false => Err(reader.errors),
        }
    }
}

impl Reader {
    /// Zone and windows; `None` for what is absent or wrong.
    fn black_outs_of(&mut self, root: &Node) -> (Option<String>, Option<Vec<BlackOut>>) {
        let Some(fields) = self.fields(root, "$", &["zone", "except"], &[]) else {
            return (None, None);
        };
        let zone = self.field(&fields, "zone", Reader::zone);
        let except = self.field(&fields, "except", |reader, node, path| {
            if let Node::List(windows) = node
                && windows.len() > MOST_WINDOWS
            {
                let message = format!("must hold at most {MOST_WINDOWS} windows");
                reader.error(path, "too-many", &message);
            }
            reader.black_outs(node, path)
        });
        if let Some(windows) = &except {
            self.refuse_no_free_day(windows);
        }
        (zone, except)
    }

    /// Notes the first window of days from whose beginning on no day is free for longer than a year.
    fn refuse_no_free_day(&mut self, windows: &[BlackOut]) {
        // Without a free weekday the reader of the windows has said so already.
        let has_free_weekday = |from| {
            let weekdays = windows
                .iter()
                .filter(|out| matches!(out, BlackOut::Weekday(_)));
            let weekdays: Vec<BlackOut> = weekdays.copied().collect();
            first_free_day(&weekdays, from).is_some()
        };
        for (index, window) in windows.iter().enumerate() {
            let BlackOut::Days { from, .. } = window else {
                continue;
            };
            let latest = from.checked_add_days(Days::new(LONGEST_DAYS));
            let free = first_free_day(windows, *from);
            let is_soon = free.is_some_and(|free| latest.is_none_or(|latest| free <= latest));
            if !is_soon && has_free_weekday(*from) {
                let message = "leaves no day to run on for longer than a year, together with the windows around it";
                self.error(&format!("$.except[{index}]"), "never-runs", message);
                return;
            }
        }
    }
}

impl Serialize for OrganizationBlackOuts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut written = Written::default();
        written.text("zone", &self.zone);
        if !self.is_empty() {
            written.put("except", list(&self.except, black_out));
        }
        written.done().serialize(serializer)
    }
}

/// Stored windows are read by the same rules as written ones; whether their zone is known is for the host to say.
impl<'de> Deserialize<'de> for OrganizationBlackOuts {
    fn deserialize<D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<OrganizationBlackOuts, D::Error> {
        let root = Node::deserialize(deserializer)?;
        let mut reader = Reader::default();
        let (zone, except) = reader.black_outs_of(&root);
        if !reader.errors.is_empty() {
            let mut said = String::from("the black-outs have mistakes");
            for PolicyError { path, message, .. } in &reader.errors {
                said.push_str(&format!("; {path}: {message}"));
            }
            return Err(de::Error::custom(said));
        }
        Ok(OrganizationBlackOuts {
            zone: zone.unwrap_or_else(|| String::from(DEFAULT_ZONE)),
            except: except.unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<OrganizationBlackOuts, Vec<PolicyError>> {
        OrganizationBlackOuts::read(text, &|zone| matches!(zone, "UTC" | "Europe/Berlin"))
    }

    /// So many windows of a day each, no two of them side by side.
    fn days(count: u32) -> String {
        let day = |number: u32| {
            let (month, day) = (number / 14 + 1, number % 14 * 2 + 1);
            format!(r#"{{"from":"2026-{month:02}-{day:02}","to":"2026-{month:02}-{day:02}"}}"#)
        };
        let days: Vec<String> = (0..count).map(day).collect();
        format!(r#"{{"except":[{}]}}"#, days.join(","))
    }

    #[test]
    fn what_is_written_is_what_is_read() {
        for text in [
            r#"{"zone":"UTC"}"#,
            r#"{"zone":"Europe/Berlin","except":["sat","sun",{"from":"2026-12-20","to":"2027-01-03"}]}"#,
        ] {
            let black_outs = read(text).unwrap();
            assert_eq!(serde_json::to_string(&black_outs).unwrap(), text);
            assert_eq!(crate::json::read(text).ok(), Some(black_outs));
        }
        assert_eq!(read("{}"), Ok(OrganizationBlackOuts::default()));
    }

    #[test]
    fn every_mistake_is_said_at_once_with_its_path() {
        let one = |at: &str, code: &str| vec![(at.to_owned(), code.to_owned())];
        for (text, expected) in [
            ("[]", one("$", "wrong-kind")),
            ("{", one("$", "not-json")),
            (r#"{"except":[]}"#, one("$.except", "empty")),
            (
                r#"{"zone":"Europe/Atlantis"}"#,
                one("$.zone", "unknown-zone"),
            ),
            (
                r#"{"except":["mon","tue","wed","thu","fri","sat","sun",{"from":"2026-01-01","to":"2026-01-02"}]}"#,
                one("$.except", "never-runs"),
            ),
            (&days(51), one("$.except", "too-many")),
            (
                r#"{"from":1,"zone":"Europe/Atlantis","except":["sat","sat",{"from":"2026-02-30","to":"2026-03-01"}]}"#,
                vec![
                    ("$.from".into(), "unknown-field".into()),
                    ("$.except[2].from".into(), "wrong-date".into()),
                    ("$.zone".into(), "unknown-zone".into()),
                ],
            ),
        ] {
            let errors = read(text).unwrap_err();
            let found: Vec<(String, String)> = errors
                .into_iter()
                .map(|error| (error.path, error.code))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
        assert_eq!(read(&days(50)).map(|read| read.except.len()), Ok(50));
    }

    #[test]
    fn windows_leave_a_day_free_within_a_year() {
        for (except, is_refused) in [
            // 366 days from the first on, the free day is the 367th.
            (r#"[{"from":"2026-01-01","to":"2027-01-01"}]"#, false),
            (r#"[{"from":"2026-01-01","to":"2027-01-02"}]"#, true),
            (
                r#"[{"from":"2026-07-01","to":"2027-01-02"},{"from":"2026-01-01","to":"2026-06-30"}]"#,
                true,
            ),
            // Friday 2027-01-01 is the last day of the window, the weekend follows.
            (
                r#"["sat","sun",{"from":"2026-01-01","to":"2027-01-01"}]"#,
                true,
            ),
            (r#"["mon",{"from":"2026-01-01","to":"2027-01-01"}]"#, false),
        ] {
            let found = read(&format!(r#"{{"except":{except}}}"#));
            let codes =
                found.map_err(|errors| errors.into_iter().map(|error| error.code).collect());
            let refused: Result<_, Vec<String>> = Err(vec![String::from("never-runs")]);
            assert_eq!(codes.is_err(), is_refused, "{except}");
            assert!(!is_refused || codes == refused, "{except}");
        }
    }
}
