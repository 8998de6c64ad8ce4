//! The message that an access is back.

use super::mail::Mail;
use super::template::{fill, first_other};
use super::words::Language;
use crate::policy::Template;

/// The variables of this message.
const VARIABLES: [&str; 3] = ["name", "contact", "policy"];

/// Whom the message that an access is back tells what.
#[derive(Clone, Copy, Debug)]
pub struct Returning<'a> {
    /// The language of the person's profile, such as `de_DE`.
    pub locale: Option<&'a str>,
    /// The person's name as others see it.
    pub name: Option<&'a str>,
    /// Whom to ask.
    pub contact: Option<&'a str>,
    /// The name of the policy whose doing was taken back, if it was one.
    pub policy: Option<&'a str>,
}

/// Tells a person that they can sign in again as before, in the organization's own words or in the language's. The first line
/// of own words is the subject.
pub fn restored(returning: &Returning<'_>, own: Option<&Template>) -> Mail {
    let values = [
        ("name", returning.name),
        ("contact", returning.contact),
        ("policy", returning.policy),
    ];
    let (usual_subject, usual_text) = Language::of_locale(returning.locale).restored();
    let own = own.map(|own| own.of(returning.locale));
    let own = own.map(|own| own.split_once('\n').unwrap_or((own, "")));
    let (subject, text) = own.unwrap_or((usual_subject, usual_text));
    let mut subject = fill(subject, &values).concat();
    // A variable without a value took its line with it; no message goes without a subject.
    if subject.is_empty() {
        subject = String::from(usual_subject);
    }
    Mail::of(subject, &fill(text, &values))
}

/// The first name in braces of own words that is no variable of this message.
pub fn unknown_in_restored(text: &str) -> Option<&str> {
    first_other(text, &VARIABLES)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn it_says_so_in_the_persons_language_and_whom_to_ask() {
        let returning = Returning {
            locale: None,
            name: Some("Ada"),
            contact: Some("it@acme.example"),
            policy: Some("Idle contractors"),
        };
        let mail = restored(&returning, None);
        assert_eq!(mail.subject, "You have your access back");
        assert_eq!(
            mail.text,
            "Hello Ada,\n\nYou have your access back. You can sign in as before.\n\nQuestions? it@acme.example"
        );
        let german = Returning {
            locale: Some("de_DE"),
            contact: None,
            ..returning
        };
        let mail = restored(&german, None);
        assert_eq!(mail.subject, "Sie haben Ihren Zugang wieder");
        assert!(!mail.text.contains("Fragen"), "{}", mail.text);
    }

    #[test]
    fn an_organizations_own_words_go_before_and_no_message_is_without_a_subject() {
        let own = |text: &str| Template::One(String::from(text));
        let returning = Returning {
            locale: Some("fr_FR"),
            name: Some("Ada"),
            contact: None,
            policy: None,
        };
        let french = BTreeMap::from([
            (String::from("default"), String::from("Back\nHello {name}")),
            (
                String::from("fr"),
                String::from("De retour\nBonjour {name},\n{policy} {contact}\nAu revoir"),
            ),
        ]);
        for (own, subject, text) in [
            (
                Template::Each(french),
                "De retour",
                "Bonjour Ada,\nAu revoir",
            ),
            (own("Back, {name}\nHello"), "Back, Ada", "Hello"),
            (own("{policy}\nHello"), "You have your access back", "Hello"),
        ] {
            let mail = restored(&returning, Some(&own));
            assert_eq!((mail.subject.as_str(), mail.text.as_str()), (subject, text));
        }
    }

    #[test]
    fn a_variable_of_another_message_is_unknown() {
        assert_eq!(
            unknown_in_restored("{name} {keepLink} {seen}"),
            Some("keepLink")
        );
        assert_eq!(unknown_in_restored("{name} {contact} {policy}"), None);
    }
}
