//! The warning: the one message that every later action of a policy waits for (RULES R3).

use super::mail::Mail;
use super::next_step::{NextStep, clause, next_step, product_names, step_before};
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
    /// The language of the person's profile, such as `de_DE`.
    pub locale: Option<&'a str>,
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
    let language = Language::of_locale(telling.locale);
    let (policy, stage) = (telling.policy, telling.stage);
    let next = next_step(policy, stage, telling.now);
    let step = next.as_ref().map(|next| next.words(language));
    let date = next.as_ref().map(|next| next.until.date());
    let product = next.as_ref().and_then(NextStep::products);
    let site = next.as_ref().and_then(NextStep::sites);
    let seen = match telling.seen {
        Some(seen) => seen.date(),
        None => String::from(language.never()),
    };
    let reason = capital(telling.reason);
    let used = policy.r#match.left_by_using();
    let enough = used.as_deref().map(product_names);
    let enough = enough.map(|products| language.enough(&products));
    let before = step_before(policy, stage).filter(|_| next.is_none());
    let ended = before.map(|stage| clause(stage, |action| language.done(action)));
    let values = [
        ("name", telling.name),
        ("step", step.as_deref()),
        ("product", product.as_deref()),
        ("site", site.as_deref()),
        ("date", date.as_deref()),
        ("seen", Some(seen.as_str())),
        ("reason", Some(reason.as_str())),
        ("policy", Some(policy.name.as_str())),
        ("contact", telling.contact),
        ("keepLink", telling.keep_link),
        ("backLink", telling.back_link),
        // Only in the words of a language: whoever writes a template says such things in their own.
        ("enough", enough.as_deref()),
        ("ended", ended.as_deref()),
    ];
    let (usual_subject, usual_text) = match (&next, &ended) {
        (Some(_), _) => (language.warning_subject(), language.warning_text()),
        (None, Some(_)) => language.ended(),
        (None, None) => language.nothing_follows(),
    };
    let stage = usize::try_from(stage).ok();
    let stage = stage.and_then(|stage| policy.stages.get(stage));
    let own = stage.and_then(|stage| stage.template.as_ref());
    let own = own.map(|own| own.of(telling.locale));
    let own = own.map(|own| own.split_once('\n').unwrap_or((own, "")));
    let usual_text = usual_text.replace("{because}", language.because(used.is_some()));
    let (subject, text) = own.unwrap_or((usual_subject, &usual_text));
    let mut lines = fill(text, &values);
    if telling.is_again {
        lines.insert(0, String::from(language.again()));
    }
    let mut subject = fill(subject, &values).concat();
    // A variable without a value took its line with it; no message goes without a subject.
    if subject.is_empty() {
        subject = fill(usual_subject, &values).concat();
    }
    Mail::of(subject, &lines)
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
        of(
            r#"{"idle":{"longerThan":"90d"}}"#,
            &format!(r#"{{"after":"0d","do":"warn"{template}}},{{"after":"14d","do":"suspend"}}"#),
        )
    }

    fn of(condition: &str, stages: &str) -> Policy {
        let text = format!(
            r#"{{"version":1,"id":"p","name":"Idle","match":{condition},"stages":[{stages}]}}"#
        );
        read(&text).unwrap()
    }

    fn telling(policy: &Policy) -> Telling<'_> {
        Telling {
            policy,
            stage: 0,
            now: Time::parse("2026-11-21T12:00:00Z").unwrap(),
            locale: None,
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
             To sign in and open a page once is enough, too.\n"
        );
        assert_eq!(
            mail.html,
            "<p>Hello Ada &lt;b&gt;,</p><p>Last seen 120 days ago. Not before 2026-12-05, your access is suspended.</p>\
             <p>If you still need it, keep your access here: <a href=\"https://acme.example/x?t=1&amp;l=2\">https://acme.example/x?t=1&amp;l=2</a></p>\
             <p>To sign in and open a page once is enough, too.</p>"
        );
    }

    #[test]
    fn the_way_back_is_told_where_there_is_one() {
        let policy = policy("");
        for (locale, sentence) in [
            (
                None,
                "for 90 days after it has ended, it comes back here: https://acme.example/b",
            ),
            (
                Some("de_DE"),
                "bis 90 Tage nach dem Ende bekommen Sie ihn hier zurück: https://acme.example/b",
            ),
        ] {
            let mail = warning(&Telling {
                locale,
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
            locale: Some("de"),
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

    #[test]
    fn nobody_is_told_that_use_is_enough_where_it_is_not() {
        let taking = r#"{"after":"0d","do":"warn"},{"after":"14d","do":"removeAccess",
            "products":["jira-software","confluence"],"sites":["acme.atlassian.net"]}"#;
        let idle = r#"{"idle":{"longerThan":"90d","products":["jira-software","confluence"]}}"#;
        let group = r#"{"group":["externals"]}"#;
        for (condition, locale, is_said, not_said) in [
            (idle, None, "a page of Jira, Confluence once is enough", "{"),
            (
                idle,
                Some("de"),
                "eine Seite von Jira, Confluence zu öffnen",
                "Richtlinie",
            ),
            (
                idle,
                Some("de"),
                "lange nicht genutzt (zuletzt gesehen: nie)",
                "Richtlinie",
            ),
            (group, None, "Last seen 120 days ago.", "enough"),
            (
                group,
                Some("de"),
                "Die Richtlinie „Idle“ gilt für Sie (Begründung auf Englisch: Last seen 120 days ago).",
                "genutzt",
            ),
        ] {
            let policy = of(condition, taking);
            let mail = warning(&Telling {
                locale,
                ..telling(&policy)
            });
            assert!(mail.text.contains(is_said), "{}", mail.text);
            assert!(!mail.text.contains(not_said), "{}", mail.text);
        }
    }

    #[test]
    fn whoever_lost_something_is_told_so_by_a_warning_after_it() {
        let taken = r#"{"after":"0d","do":"warn"},{"after":"14d","do":"removeAccess","products":["confluence"],
            "sites":["acme.atlassian.net"]},{"after":"15d","do":"warn"}"#;
        let policy = of(r#"{"idle":{"longerThan":"90d"}}"#, taken);
        for (locale, subject) in [
            (None, "Your access to Confluence has ended"),
            (Some("de"), "Ihr Zugang zu Confluence ist beendet"),
        ] {
            let mail = warning(&Telling {
                stage: 2,
                locale,
                ..telling(&policy)
            });
            assert_eq!(mail.subject, subject);
            assert!(mail.text.contains(&format!("{subject}.")), "{}", mail.text);
            assert!(!mail.text.contains("http"), "{}", mail.text);
        }
        let only = of(
            r#"{"idle":{"longerThan":"90d"}}"#,
            r#"{"after":"0d","do":"warn"}"#,
        );
        let mail = warning(&telling(&only));
        assert_eq!(mail.subject, "About your access");
        assert_eq!(
            mail.text,
            "Hello Ada <b>,\n\nLast seen 120 days ago.\n\nIf you still need your access, say so here: https://acme.example/x?t=1&l=2\n\
             To sign in and open a page once is enough, too.\n"
        );
    }

    #[test]
    fn no_message_is_without_a_subject_and_each_language_has_its_own_words() {
        let stages = r#"{"after":"0d","do":"warn","template":{"default":"Soon: {step}\nDear {name}, {product} on {site}",
            "fr":"Bientôt\nBonjour {name}"}},{"after":"14d","do":"removeAccess","products":["confluence"],
            "sites":["acme.atlassian.net"]},{"after":"20d","do":"warn","template":"Soon: {step}\nIt is over."}"#;
        let policy = of(r#"{"idle":{"longerThan":"90d"}}"#, stages);
        for (locale, stage, subject, text) in [
            (
                None,
                0,
                "Soon: your access to Confluence ends",
                "Dear Ada <b>, Confluence on acme.atlassian.net",
            ),
            (
                Some("de_DE"),
                0,
                "Soon: Ihr Zugang zu Confluence endet",
                "Dear Ada <b>, Confluence on acme.atlassian.net",
            ),
            (Some("fr_CA"), 0, "Bientôt", "Bonjour Ada <b>"),
            (
                None,
                2,
                "Your access to Confluence has ended",
                "It is over.",
            ),
        ] {
            let mail = warning(&Telling {
                stage,
                locale,
                ..telling(&policy)
            });
            assert_eq!((mail.subject.as_str(), mail.text.as_str()), (subject, text));
        }
    }
}
