//! What many people share, each kept once and referred to by number.

use super::interned::{ABSENT, Interned, hash_of};
use super::record::{AccessKind, Group};
use crate::model::{DirectoryId, GroupId, ProfileField, Resource};

/// The fields of a profile, in the order of [`ProfileField::ALL`].
pub(super) type Profile = [Option<Box<str>>; ProfileField::ALL.len()];

/// Everything that many people share, by kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Dictionary {
    pub(super) directories: Interned<DirectoryId>,
    /// By the number of the directory; those beyond the end have no name.
    pub(super) directory_names: Vec<Option<String>>,
    pub(super) groups: Interned<Group>,
    pub(super) roles: Interned<String>,
    pub(super) accesses: Interned<AccessKind>,
    /// The domains of e-mail addresses, in lower case.
    pub(super) domains: Interned<Box<str>>,
    pub(super) profiles: Interned<Profile>,
}

impl Dictionary {
    pub(super) fn name_directory(&mut self, directory: &DirectoryId, name: &str) {
        let number = self.directories.number(directory);
        let Ok(number) = usize::try_from(number) else {
            return;
        };
        if self.directory_names.len() <= number {
            self.directory_names.resize(number + 1, None);
        }
        if let Some(place) = self.directory_names.get_mut(number) {
            *place = Some(name.to_owned());
        }
    }

    pub(super) fn directory_name(&self, number: u32) -> Option<&str> {
        self.directory_names
            .get(usize::try_from(number).ok()?)?
            .as_deref()
    }

    pub(super) fn group_number(&mut self, id: &str, name: Option<&str>) -> u32 {
        self.groups.number_with(
            hash_of(&(id, name)),
            |known| known.id.as_str() == id && known.name.as_deref() == name,
            || Group {
                id: GroupId(id.to_owned()),
                name: name.map(String::from),
            },
        )
    }

    pub(super) fn access_number(
        &mut self,
        resource: &str,
        product: &str,
        seat: Option<bool>,
    ) -> u32 {
        self.accesses.number_with(
            hash_of(&(resource, product, seat)),
            |known| {
                known.resource.as_str() == resource
                    && known.product == product
                    && known.seat == seat
            },
            || AccessKind {
                resource: Resource(resource.to_owned()),
                product: product.to_owned(),
                seat,
            },
        )
    }

    pub(super) fn domain_number(&mut self, domain: &str) -> u32 {
        if domain.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return self.domain_number(&domain.to_ascii_lowercase());
        }
        self.domains.number_with(
            hash_of(domain),
            |known| **known == *domain,
            || domain.into(),
        )
    }

    pub(super) fn profile_number(
        &mut self,
        profile: &[Option<&str>; ProfileField::ALL.len()],
    ) -> u32 {
        let same = |known: &Profile| {
            known
                .iter()
                .zip(profile)
                .all(|(known, given)| known.as_deref() == *given)
        };
        let owned = || profile.map(|text| text.map(Box::from));
        self.profiles.number_with(hash_of(profile), same, owned)
    }
}

/// The entry of a list by a number that may be [`ABSENT`].
pub(super) fn at<T>(list: &[T], number: u32) -> Option<&T> {
    if number == ABSENT {
        return None;
    }
    list.get(usize::try_from(number).ok()?)
}
