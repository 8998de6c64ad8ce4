//! The token of a link: what it is for, signed with HMAC-SHA-256 (RULES R17).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::app::records::LINK_DAYS;
use crate::host::Secret;
use crate::json;
use crate::model::{AccountId, DAY, Time};

/// No token is longer: account ids have at most 128 characters, policy ids 64.
const LONGEST: usize = 1_024;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Purpose {
    /// Keeps the access of somebody who was warned.
    Keep,
    /// Gives back what was taken from somebody after a warning.
    Back,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Purpose::Keep => "keep",
            Purpose::Back => "back",
        }
    }
}

/// What a link says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) struct Token {
    pub(in crate::app) purpose: Purpose,
    /// Whose it is.
    pub(in crate::app) account: AccountId,
    /// Which policy warned them.
    pub(in crate::app) policy: String,
    /// At which stage, from 0.
    pub(in crate::app) stage: u32,
    /// When it was made.
    pub(in crate::app) made: Time,
    /// It is worth nothing from then on.
    pub(in crate::app) expires: Time,
    /// Whether its pages are in German.
    pub(in crate::app) german: bool,
}

/// Purpose, account, policy, stage, expiry, language, and when it was made, which older links do not say. A list of values:
/// account ids hold colons, and nothing of them needs a separator here.
#[derive(Serialize, Deserialize)]
struct Claims(
    String,
    AccountId,
    String,
    u32,
    i64,
    String,
    #[serde(default)] Option<i64>,
);

impl Token {
    /// The token as it stands in a link.
    pub(in crate::app) fn signed(&self, key: &Secret) -> String {
        let claims = Claims(
            String::from(self.purpose.name()),
            self.account.clone(),
            self.policy.clone(),
            self.stage,
            self.expires.0,
            String::from(if self.german { "de" } else { "en" }),
            Some(self.made.0),
        );
        let claims = serde_json::to_string(&claims).unwrap_or_default();
        let claims = URL_SAFE_NO_PAD.encode(claims);
        let Some(mac) = mac(key, &claims) else {
            return String::new();
        };
        let mac = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
        format!("{claims}.{mac}")
    }

    /// The token of a link and its id, if its signature is ours; compared in constant time.
    pub(in crate::app) fn verified(text: &str, key: &Secret) -> Option<(Token, String)> {
        let (claims, signature) = split(text)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        mac(key, claims)?.verify_slice(&signature).ok()?;
        // As much of the signature as no two links share.
        let id = signature.get(..12).map(|id| URL_SAFE_NO_PAD.encode(id))?;
        Some((Token::read(claims)?, id))
    }

    /// What a link says of itself, whoever made it: enough to choose the language of a page.
    pub(in crate::app) fn claimed(text: &str) -> Option<Token> {
        Token::read(split(text)?.0)
    }

    fn read(claims: &str) -> Option<Token> {
        let claims = URL_SAFE_NO_PAD.decode(claims).ok()?;
        let claims = String::from_utf8(claims).ok()?;
        let Claims(purpose, account, policy, stage, expires, language, made) =
            json::read(&claims).ok()?;
        let mut purposes = [Purpose::Keep, Purpose::Back].into_iter();
        let purpose = purposes.find(|known| known.name() == purpose)?;
        Some(Token {
            purpose,
            account,
            policy,
            stage,
            made: made.map_or(Time(expires).plus(-i64::from(LINK_DAYS) * DAY), Time),
            expires: Time(expires),
            german: language == "de",
        })
    }
}

fn split(text: &str) -> Option<(&str, &str)> {
    text.split_once('.').filter(|_| text.len() <= LONGEST)
}

/// HMAC-SHA-256 of a text; the key is the secret's text.
pub(in crate::app) fn mac(key: &Secret, text: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.0.as_bytes()).ok()?;
    mac.update(text.as_bytes());
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Secret {
        Secret("0123456789abcdef".into())
    }

    fn token() -> Token {
        Token {
            purpose: Purpose::Keep,
            account: AccountId("557058:2ef060be-4f26-4161-ad40-1a11810b3f15".into()),
            policy: "idle-90".into(),
            stage: 1,
            made: Time(1_794_000_000),
            expires: Time(1_795_000_000),
            german: true,
        }
    }

    #[test]
    fn what_was_signed_is_read_again_and_by_its_own_key_alone() {
        let text = token().signed(&key());
        let (read, id) = Token::verified(&text, &key()).unwrap();
        assert_eq!(read, token());
        assert_eq!(id.len(), 16);
        assert_eq!(Token::claimed(&text), Some(token()));
        assert_eq!(Token::verified(&text, &Secret("another".into())), None);
        assert!(
            text.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        );
    }

    #[test]
    fn a_link_of_before_that_does_not_say_when_it_was_made_lived_for_two_weeks() {
        let claims = r#"["keep","a:b","idle-90",1,1795000000,"de"]"#;
        let claims = URL_SAFE_NO_PAD.encode(claims);
        let signature = mac(&key(), &claims).unwrap().finalize().into_bytes();
        let text = format!("{claims}.{}", URL_SAFE_NO_PAD.encode(signature));
        let (read, _) = Token::verified(&text, &key()).unwrap();
        let expected = Token {
            account: AccountId("a:b".into()),
            made: Time(1_795_000_000 - 14 * 86_400),
            ..token()
        };
        assert_eq!(read, expected);
    }

    #[test]
    fn a_link_is_for_what_it_was_signed_for() {
        let back = Token {
            purpose: Purpose::Back,
            ..token()
        };
        let (keep, back) = (token().signed(&key()), back.signed(&key()));
        let purpose = |text: &str| Token::verified(text, &key()).unwrap().0.purpose;
        assert_eq!(
            (purpose(&keep), purpose(&back)),
            (Purpose::Keep, Purpose::Back)
        );
    }

    #[test]
    fn no_altered_link_is_accepted_whichever_byte_is_changed_to_whatever() {
        let text = token().signed(&key());
        for at in 0..text.len() {
            for byte in 0..=127u8 {
                let mut altered = text.clone().into_bytes();
                if altered[at] == byte {
                    continue;
                }
                altered[at] = byte;
                let altered = String::from_utf8(altered).unwrap();
                assert_eq!(Token::verified(&altered, &key()), None, "{at}: {byte}");
            }
        }
        for end in 0..text.len() {
            let shorter = text.get(..end).unwrap();
            assert_eq!(Token::verified(shorter, &key()), None, "{end}");
        }
        for more in ["A", "=", ".", " ", "AAAA"] {
            assert_eq!(Token::verified(&format!("{text}{more}"), &key()), None);
        }
    }

    #[test]
    fn claims_without_a_signature_of_ours_are_worth_nothing() {
        let (mine, _) = (token(), ());
        let other = Token {
            account: AccountId("another".into()),
            ..token()
        };
        let (mine, other) = (mine.signed(&key()), other.signed(&key()));
        let (_, signature) = mine.split_once('.').unwrap();
        let (claims, _) = other.split_once('.').unwrap();
        assert_eq!(
            Token::verified(&format!("{claims}.{signature}"), &key()),
            None
        );
        for text in ["", ".", "a.b", "e30.e30", &"a".repeat(5_000)] {
            assert_eq!(Token::verified(text, &key()), None, "{text}");
            assert_eq!(Token::claimed(text), None, "{text}");
        }
    }
}
