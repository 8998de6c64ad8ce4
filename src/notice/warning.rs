//! The warning: the one message that every later action of a policy waits for (RULES R3).

use super::mail::Mail;
use super::next_step::next_step;
use super::template::fill;
use super::words::{Language, capital};
use crate::model::Time;
use crate::policy::Policy;

/// Whom a warning tells what.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// The stage that warns, from 0.
    pub stage: u32,
    /// When the warning is sent.
    pub now: Time,
    /// The language of the person's profile.
    pub language: Language,
    /// The person's name as others see it.
    pub name: Option<&'a str>,
    /// When the person was last seen, if ever.
    pub seen: Option<Time>,
    /// Why the policy means them, in one sentence of the core.
    pub reason: &'a str,
    /// Whom to ask.
    pub contact: Option<&'a str>,
    /// Where the person can say that the access is still needed.
    pub keep_link: Option<&'a str>,
    /// Where the person can get the access back once it was taken.
    pub back_link: Option<&'a str>,
    /// Whether the same may have been sent before, and nobody knows.
    pub is_again: bool,
}

/// The message, worded by the stage's template or by the language's own. A template's first line is the subject.
pub fn warning(telling: &Telling<'_>) -> Mail {
    let language = telling.language;
    let next = next_step(telling.policy, telling.stage, telling.now);
    let step = next.as_ref().map(|next| next.words(language));
    let date = next.as_ref().map(|next| next.until.date());
    let seen = match telling.seen {
        Some(seen) => seen.date(),
        None => String::from(language.never()),
    };
    let reason = capital(telling.reason);
    let values = [
        ("name", telling.name),
        ("step", step.as_deref()),
        ("date", date.as_deref()),
        ("seen", Some(seen.as_str())),
        ("reason", Some(reason.as_str())),
        ("policy", Some(telling.policy.name.as_str())),
        ("contact", telling.contact),
        ("keepLink", telling.keep_link),
        ("backLink", telling.back_link),
    ];
    let stage = usize::try_from(telling.stage).ok();
    let stage = stage.and_then(|stage| telling.policy.stages.get(stage));
    let own = stage.and_then(|stage| stage.template.as_deref());
    let own = own.map(|own| own.split_once('\n').unwrap_or((own, "")));
    let (subject, text) =
        own.unwrap_or_else(|| (language.warning_subject(), language.warning_text()));
    let mut lines = fill(text, &values);
    if telling.is_again {
        lines.insert(0, String::from(language.again()));
    }
    Mail::of(fill(subject, &values).concat(), &lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::read;

    fn policy(template: &str) -> Policy {
        let template = if template.is_empty() {
            String::new()
        } else {
            format!(r#","template":{}"#, serde_json::json!(template))
        };
        let text = format!(
            r#"{{"version":1,"id":"p","name":"Idle","match":{{"all":[{{"status":["active"]}}]}},
            "stages":[{{"after":"0d","do":"warn"{template}}},{{"after":"14d","do":"suspend"}}]}}"#
        );
        read(&text).unwrap()
    }

    fn telling(policy: &Policy) -> Telling<'_> {
        Telling {
            policy,
            stage: 0,
            now: Time::parse("2026-11-21T12:00:00Z").unwrap(),
            language: Language::English,
            name: Some("Ada <b>"),
            seen: None,
            reason: "last seen 120 days ago",
            contact: None,
            keep_link: Some("https://acme.example/x?t=1&l=2"),
            back_link: None,
            is_again: false,
        }
    }

    #[test]
    fn a_warning_says_what_comes_when_and_how_to_keep_the_access() {
        let policy = policy("");
        let mail = warning(&telling(&policy));
        assert_eq!(
            mail.subject,
            "Your access is about to end: your access is suspended, not before 2026-12-05"
        );
        assert_eq!(
            mail.text,
            "Hello Ada <b>,\n\nLast seen 120 days ago. Not before 2026-12-05, your access is suspended.\n\n\
             If you still need it, keep your access here: https://acme.example/x?t=1&l=2\n\
             To sign in and open a page of the product once is enough, too.\n"
        );
        assert_eq!(
            mail.html,
            "<p>Hello Ada &lt;b&gt;,</p><p>Last seen 120 days ago. Not before 2026-12-05, your access is suspended.</p>\
             <p>If you still need it, keep your access here: <a href=\"https://acme.example/x?t=1&amp;l=2\">https://acme.example/x?t=1&amp;l=2</a></p>\
             <p>To sign in and open a page of the product once is enough, too.</p>"
        );
    }

    #[test]
    fn the_way_back_is_told_where_there_is_one() {
        let policy = policy("");
        for (language, sentence) in [
            (
                Language::English,
                "for 90 days after it has ended, it comes back here: https://acme.example/b",
            ),
            (
                Language::German,
                "bis 90 Tage nach dem Ende bekommen Sie ihn hier zurück: https://acme.example/b",
            ),
        ] {
            let mail = warning(&Telling {
                language,
                back_link: Some("https://acme.example/b"),
                ..telling(&policy)
            });
            assert!(mail.text.contains(sentence), "{}", mail.text);
        }
        assert!(!warning(&telling(&policy)).text.contains("90"));
    }

    #[test]
    fn it_is_said_in_the_persons_language() {
        for (locale, language) in [
            (Some("de_DE"), Language::German),
            (Some("DE"), Language::German),
            (Some("de-AT"), Language::German),
            (Some("dev"), Language::English),
            (Some("fr_FR"), Language::English),
            (Some(""), Language::English),
            (None, Language::English),
        ] {
            assert_eq!(Language::of_locale(locale), language, "{locale:?}");
        }
        let policy = policy("");
        let mail = warning(&Telling {
            language: Language::German,
            is_again: true,
            ..telling(&policy)
        });
        assert_eq!(
            mail.subject,
            "Ihr Zugang endet bald: Ihr Zugang wird gesperrt, frühestens am 2026-12-05"
        );
        assert!(mail.text.starts_with(
            "Diese Nachricht haben Sie vielleicht schon einmal bekommen.\nGuten Tag Ada <b>,"
        ));
        assert!(
            mail.text.contains("(zuletzt gesehen: nie)"),
            "{}",
            mail.text
        );
    }

    #[test]
    fn a_template_of_the_policy_words_it_and_its_first_line_is_the_subject() {
        let policy = policy("About {policy}\nDear {name}: {policy}. {contact}\nUntil {date}.");
        let mail = warning(&telling(&policy));
        assert_eq!(mail.subject, "About Idle");
        assert_eq!(mail.text, "Until 2026-12-05.");
        let mail = warning(&Telling {
            contact: Some("it@acme.example"),
            ..telling(&policy)
        });
        assert_eq!(
            mail.text,
            "Dear Ada <b>: Idle. it@acme.example\nUntil 2026-12-05."
        );
    }
}
