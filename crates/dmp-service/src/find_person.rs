//! Finding a person by the five strict traits of their identity, where no number is at hand.
//!
//! All five are needed and all must agree; one record or none is found, and whoever may not ask learns neither. The traits lead to the record by
//! a pointer in a chain of their own, which is named by a keyed hash: no list of names exists anywhere.

use dmp_core::RecordKey;
use dmp_core::access::{Act, Caller};
use dmp_core::identity::{IdentityTraits, Sex};
use dmp_core::summary::words::normal;

use crate::judge::Asked;
use crate::pointers::{self, Pointer};
use crate::{Error, PersonRef, Service};

impl Service {
    /// The record of the one person with these traits, for an address that is opened next. Without one, or with several, a key that names no
    /// record. The leaf is that of a check of access, whatever is found.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn find_by_traits(&self, traits: &IdentityTraits, caller: &Caller) -> Result<RecordKey, Error> {
        let wanted = traits_account(traits);
        let mut found = Vec::new();
        for key in pointers::found(self, &wanted, Pointer::Traits).await? {
            // The traits may have been corrected since, and a record merged into another.
            if let Some(record) = self.load(key).await?.filter(|record| traits_account(&record.head.traits) == wanted)
                && !found.contains(&record.key)
            {
                found.push(record.key);
            }
        }
        let absent = self.absent_key_of(&wanted);
        let key = if let [only] = found.as_slice() { *only } else { absent };
        match self.check_access(&PersonRef::Record(key), caller).await {
            Ok(Some(access)) => Ok(access.record.key),
            Ok(None) | Err(Error::Forbidden(_)) => Ok(absent),
            Err(error) => Err(error),
        }
    }

    /// Leads the traits of a person to their record.
    pub(crate) async fn tell_traits(&self, traits: &IdentityTraits, key: RecordKey, caller: &Caller) -> Result<(), Error> {
        let asked = Asked { act: Act::CheckAccess, caller, now: self.clock.now() };
        pointers::tell_key(self, &traits_account(traits), Pointer::Traits, key, &asked).await
    }
}

/// The name of the chain of these traits: the same however the names are accented, hyphened or cased. Of the first names the first one counts, as
/// for the INS.
fn traits_account(traits: &IdentityTraits) -> String {
    let first = traits.birth_name.given.split([' ', ',']).next().unwrap_or_default();
    let sex = match traits.sex {
        Sex::Female => "F",
        Sex::Male => "M",
        Sex::Unknown => "U",
    };
    let (family, given) = (normal(&traits.birth_name.family), normal(first));
    format!("traits:{family}|{given}|{}|{sex}|{}", traits.birth_date.to_iso(), traits.birth_place.trim().to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use dmp_core::identity::{BirthDate, PersonName};

    use super::*;

    fn traits(given: &str, family: &str) -> IdentityTraits {
        IdentityTraits {
            birth_name: PersonName::new(given, family),
            used_name: None,
            birth_date: BirthDate { year: 1979, month: 3, day: 28 },
            sex: Sex::Female,
            birth_place: "51215".to_owned(),
        }
    }

    #[test]
    fn accents_hyphens_case_and_further_first_names_do_not_count_and_everything_else_does() {
        let one = traits_account(&traits("Élise Marie", "Exemple-Modèle"));
        assert_eq!(one, traits_account(&traits("ELISE", "EXEMPLE MODELE")));
        assert_ne!(one, traits_account(&traits("Élisa", "Exemple-Modèle")));
        let elsewhere = IdentityTraits { birth_place: "51216".to_owned(), ..traits("Élise", "Exemple-Modèle") };
        assert_ne!(one, traits_account(&elsewhere));
        let other_day = IdentityTraits { birth_date: BirthDate { year: 1979, month: 3, day: 0 }, ..traits("Élise", "Exemple-Modèle") };
        assert_ne!(one, traits_account(&other_day));
    }
}
