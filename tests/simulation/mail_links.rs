//! The links in the mail of a simulated life.

use crate::deeds::BACK;
use crate::in_process::World;
use crate::observer::LinkPurpose;

/// The tokens of the links in a mail, each with what its sentence says that it is for.
pub fn links_in(world: &World, mail: usize) -> Vec<(LinkPurpose, String)> {
    let cloud = world.cloud.borrow();
    let text = cloud
        .inbox()
        .get(mail)
        .and_then(|mail| mail.text.as_deref());
    let mut links = Vec::new();
    for line in text.unwrap_or_default().lines() {
        let Some((before, token)) = line.split_once("?t=") else {
            continue;
        };
        let (sentence, _) = before.split_once("https://").unwrap_or((before, ""));
        let purpose = match sentence == BACK {
            true => LinkPurpose::GiveBack,
            false => LinkPurpose::Keep,
        };
        links.push((purpose, token.trim().to_owned()));
    }
    links
}
