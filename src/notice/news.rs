//! The message to administrators about what is new.

use super::mail::{Mail, one_line};

/// One piece of news.
#[derive(Clone, Copy, Debug)]
pub struct News<'a> {
    /// In one line.
    pub title: &'a str,
    /// What else there is to say.
    pub text: &'a str,
}

/// One message about some pieces of news, the oldest first, with the log's head: its newest entry's number and hash. Whoever
/// keeps the message can tell later whether the log was cut (RULES R14).
pub fn news(pieces: &[News<'_>], (number, hash): (u32, &str)) -> Mail {
    let first = pieces.first().map_or("", |piece| piece.title);
    let subject = match pieces.len() {
        0 | 1 => format!("Seatkeeper: {first}"),
        count => format!("Seatkeeper: {first}, and {} more", count.saturating_sub(1)),
    };
    let mut lines = Vec::new();
    for piece in pieces {
        lines.push(one_line(piece.title));
        lines.push(one_line(piece.text));
        lines.push(String::new());
    }
    lines.push(anchor((number, hash)));
    Mail::of(one_line(&subject), &lines)
}

/// The report of one run, line by line, with the log's head.
pub fn report(title: &str, lines: &[String], head: (u32, &str)) -> Mail {
    let mut all: Vec<String> = lines.iter().map(|line| one_line(line)).collect();
    all.push(anchor(head));
    Mail::of(one_line(&format!("Seatkeeper: report of {title}")), &all)
}

fn anchor((number, hash): (u32, &str)) -> String {
    format!("The log's newest entry when this was written: {number}:{hash}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_the_first_piece_and_counts_the_others() {
        let one = News {
            title: "Idle: held",
            text: "Too many <people>\nat once.",
        };
        let mail = news(&[one], (7, "ab"));
        assert_eq!(mail.subject, "Seatkeeper: Idle: held");
        assert_eq!(
            mail.text,
            "Idle: held\nToo many <people> at once.\n\nThe log's newest entry when this was written: 7:ab"
        );
        assert!(mail.html.contains("Too many &lt;people&gt; at once."));
        let mail = news(&[one, one, one], (7, "ab"));
        assert_eq!(mail.subject, "Seatkeeper: Idle: held, and 2 more");
    }
}
