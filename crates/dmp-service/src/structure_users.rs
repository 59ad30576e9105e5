//! The directory that a structure keeps of its own users: who may be named by it, in which units, and who no longer. It is asked at each
//! request, so that whoever is deactivated reads nothing at once, and whoever leaves a unit leaves its teams.
//!
//! Users lie in 256 sealed notes a structure, by the hash of their national identifier: to ask for one is to read one note.

use std::collections::BTreeMap;

use dmp_core::Moment;
use dmp_core::access::{Caller, CallerKind};
use dmp_core::identity::{PersonName, Profession, PsIdNat, StructIdNat};
use dmp_store::{NoteKind, NotePut};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{Error, Service};

/// A user of a structure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StructureUser {
    /// Made of the structure and the national identifier ([`user_id`]).
    pub id: String,
    /// Name at the structure's own identity provider.
    pub user_name: String,
    /// Identifier in the structure's own directory.
    pub external_id: Option<String>,
    pub national_id: PsIdNat,
    pub name: PersonName,
    pub profession: Profession,
    /// TRE_R01.
    pub specialty: Option<String>,
    pub active: bool,
    /// Ids of the units where they work.
    pub units: Vec<String>,
    pub created_at: Moment,
    pub changed_at: Moment,
    /// From 1.
    pub version: u32,
}

/// A unit of a structure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StructureUnit {
    pub id: String,
    /// As moves and declarations name it.
    pub name: String,
    /// Its number, which moves may name instead.
    pub external_id: Option<String>,
    pub created_at: Moment,
    pub changed_at: Moment,
    pub version: u32,
}

/// What the provider of a structure calls a user.
pub enum DirectoryName {
    /// [`StructureUser::external_id`], letter by letter.
    External(String),
    /// [`StructureUser::user_name`], without case.
    User(String),
}

impl std::fmt::Debug for DirectoryName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DirectoryName(…)")
    }
}

impl DirectoryName {
    fn is_of(&self, user: &StructureUser) -> bool {
        match self {
            DirectoryName::External(id) => user.external_id.as_ref() == Some(id),
            DirectoryName::User(name) => user.user_name.to_lowercase() == name.to_lowercase(),
        }
    }
}

/// What a change of a user does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserChange {
    /// It was not there.
    Added,
    Changed,
}

/// Notes of a structure's users.
const PARTS: u8 = u8::MAX;
/// Units of one structure.
const UNITS_MAX: usize = 400;
/// A change that others overtake is tried so often again.
const TRIES: usize = 16;

/// The id of the user of a structure with this national identifier: 32 hexadecimal digits, of which the first two name the part.
pub fn user_id(structure: &StructIdNat, national: &PsIdNat) -> String {
    let text = format!("user\n{}\n{}", structure.as_str(), national.as_str());
    let hash: [u8; 16] = crate::publish::digest(&aws_lc_rs::digest::SHA256, text.as_bytes());
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn part_handle(structure: &StructIdNat, part: &str) -> String {
    format!("{}/{part}", structure.as_str())
}

impl Service {
    /// The user whom a caller is in the directory of the structure that they act for. `None`: nobody there.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn structure_user_of(&self, caller: &Caller) -> Result<Option<StructureUser>, Error> {
        let national = caller.account.strip_prefix("ps:").filter(|_| caller.kind == CallerKind::Professional);
        let named = national.and_then(|id| PsIdNat::parse(id).ok()).zip(caller.structure.as_ref());
        let Some((national, structure)) = named else { return Ok(None) };
        self.structure_user(&structure.id, &user_id(&structure.id, &national)).await
    }

    /// A user by id.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn structure_user(&self, structure: &StructIdNat, id: &str) -> Result<Option<StructureUser>, Error> {
        let Some(part) = id.get(..2) else { return Ok(None) };
        let (_, users) = self.part(structure, part).await?;
        Ok(users.get(id).cloned())
    }

    /// Every user, in the order of their ids.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn structure_users(&self, structure: &StructIdNat) -> Result<Vec<StructureUser>, Error> {
        let mut all = Vec::new();
        for part in 0..=PARTS {
            all.extend(self.part(structure, &format!("{part:02x}")).await?.1.into_values());
        }
        Ok(all)
    }

    /// The one active user of a structure whom its provider calls so. Whom two of them would be is nobody.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn structure_user_named(&self, structure: &StructIdNat, name: &DirectoryName) -> Result<Option<StructureUser>, Error> {
        let mut found = self.structure_users(structure).await?.into_iter().filter(|user| user.active && name.is_of(user));
        let first = found.next();
        Ok(first.filter(|_| found.next().is_none()))
    }

    /// Changes one user, or adds or removes them: `change` gets who is there and gives who shall be.
    ///
    /// # Errors
    /// What `change` gives; [`Error::TooLarge`] when the part is full; [`Error::Busy`] when others keep overtaking.
    pub async fn change_structure_user(
        &self,
        structure: &StructIdNat,
        id: &str,
        change: impl Fn(Option<StructureUser>) -> Result<Option<StructureUser>, Error> + Send + Sync,
    ) -> Result<Option<StructureUser>, Error> {
        let part = id.get(..2).ok_or(Error::NotFound("user-not-found"))?;
        for _ in 0..TRIES {
            let (version, mut users) = self.part(structure, part).await?;
            let next = change(users.get(id).cloned())?;
            match &next {
                Some(user) => drop(users.insert(id.to_owned(), user.clone())),
                None => drop(users.remove(id)),
            }
            if self.put_note_value(NoteKind::StructureUsers, &part_handle(structure, part), version, &users).await? {
                return Ok(next);
            }
        }
        Err(Error::Busy)
    }

    /// The units of a structure.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn structure_units(&self, structure: &StructIdNat) -> Result<Vec<StructureUnit>, Error> {
        Ok(self.note_value(NoteKind::StructureUnits, structure.as_str()).await?.map(|(_, units)| units).unwrap_or_default())
    }

    /// Changes the list of units.
    ///
    /// # Errors
    /// What `change` gives; [`Error::TooLarge`] past 400 units; [`Error::Busy`] when others keep overtaking.
    pub async fn change_structure_units<T: Send>(
        &self,
        structure: &StructIdNat,
        change: impl Fn(&mut Vec<StructureUnit>) -> Result<T, Error> + Send + Sync,
    ) -> Result<T, Error> {
        for _ in 0..TRIES {
            let known = self.note_value::<Vec<StructureUnit>>(NoteKind::StructureUnits, structure.as_str()).await?;
            let (version, mut units) = known.map_or((None, Vec::new()), |(version, units)| (Some(version), units));
            let done = change(&mut units)?;
            if units.len() > UNITS_MAX {
                return Err(Error::TooLarge("too-many-units"));
            }
            if self.put_note_value(NoteKind::StructureUnits, structure.as_str(), version, &units).await? {
                return Ok(done);
            }
        }
        Err(Error::Busy)
    }

    /// The name of the unit that a declaration names, by its name or its number; `None`: the directory has none.
    pub(crate) async fn unit_named(&self, structure: &StructIdNat, text: &str) -> Result<Option<String>, Error> {
        let units = self.structure_units(structure).await?;
        let found = units.iter().find(|unit| unit.name == text).or_else(|| units.iter().find(|unit| unit.external_id.as_deref() == Some(text)));
        Ok(found.map(|unit| unit.name.clone()))
    }

    /// Names of the units where a user works now.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn units_of(&self, structure: &StructIdNat, user: &StructureUser) -> Result<Vec<String>, Error> {
        if user.units.is_empty() {
            return Ok(Vec::new());
        }
        let units = self.structure_units(structure).await?;
        Ok(units.into_iter().filter(|unit| user.units.contains(&unit.id)).map(|unit| unit.name).collect())
    }

    async fn part(&self, structure: &StructIdNat, part: &str) -> Result<(Option<u64>, BTreeMap<String, StructureUser>), Error> {
        let known = self.note_value(NoteKind::StructureUsers, &part_handle(structure, part)).await?;
        Ok(known.map_or((None, BTreeMap::new()), |(version, users)| (Some(version), users)))
    }

    async fn note_value<T: DeserializeOwned>(&self, kind: NoteKind, handle: &str) -> Result<Option<(u64, T)>, Error> {
        let Some(note) = self.store.note(kind, handle).await? else { return Ok(None) };
        let value = postcard::from_bytes(&note.bytes).map_err(|error| Error::Fault(format!("note of a structure: {error}")))?;
        Ok(Some((note.version, value)))
    }

    /// `false`: somebody was faster.
    async fn put_note_value<T: Serialize>(&self, kind: NoteKind, handle: &str, version: Option<u64>, value: &T) -> Result<bool, Error> {
        let bytes = postcard::to_allocvec(value).map_err(|error| Error::Fault(format!("note of a structure: {error}")))?;
        if bytes.len() > NOTE_BYTES_MAX {
            return Err(Error::TooLarge("directory-full"));
        }
        Ok(self.store.put_note(kind, handle, version, Some(&bytes), None).await? != NotePut::Stale)
    }
}

/// What a note holds, at most (`dmp-store/src/notes.rs`).
const NOTE_BYTES_MAX: usize = 64 * 1024;
