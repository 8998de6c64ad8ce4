//! The message that an access is back.

use super::mail::Mail;
use super::template::fill;
use super::words::Language;

/// Tells a person that they can sign in again as before.
pub fn restored(language: Language, name: Option<&str>, contact: Option<&str>) -> Mail {
    let values = [("name", name), ("contact", contact)];
    let (subject, text) = language.restored();
    Mail::of(String::from(subject), &fill(text, &values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_so_in_the_persons_language_and_whom_to_ask() {
        let mail = restored(Language::English, Some("Ada"), Some("it@acme.example"));
        assert_eq!(mail.subject, "You have your access back");
        assert_eq!(
            mail.text,
            "Hello Ada,\n\nYou have your access back. You can sign in as before.\n\nQuestions? it@acme.example"
        );
        let mail = restored(Language::German, Some("Ada"), None);
        assert_eq!(mail.subject, "Sie haben Ihren Zugang wieder");
        assert!(!mail.text.contains("Fragen"), "{}", mail.text);
    }
}
