//! *Caisses primaires* and those of overseas, by the three digits that begin their number of a body (`code organisme`).

use super::Department;

/// A *caisse*. Which department it serves follows from its number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Caisse {
    /// Three characters: a department and a digit, `671`; of overseas the department's number, `974`; of Corsica `201` and `202`.
    code: String,
}

/// Why a text is not the number of a *caisse*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaisseFault;

impl std::fmt::Display for CaisseFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a caisse is three digits: its department and its number within it, such as 671")
    }
}

impl std::error::Error for CaisseFault {}

impl Caisse {
    /// Reads the number of a *caisse*.
    ///
    /// # Errors
    /// [`CaisseFault`] for anything but three digits that lead to a department.
    pub fn parse(text: &str) -> Result<Self, CaisseFault> {
        let code = text.trim();
        if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(CaisseFault);
        }
        let caisse = Caisse { code: code.to_owned() };
        caisse.department().map(|_| caisse).ok_or(CaisseFault)
    }

    /// Its number.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The department that it serves.
    pub fn department(&self) -> Option<Department> {
        match self.code.as_str() {
            "201" => Department::of("2A"),
            "202" => Department::of("2B"),
            code if code.starts_with("97") => Department::of(code),
            code => Department::of(code.get(..2)?),
        }
    }

    /// What people call it: its town or part where a department has several of them, else its department.
    pub fn name(&self) -> &'static str {
        let own = OWN_NAMES.iter().find(|(code, _)| *code == self.code).map(|(_, name)| *name);
        own.or_else(|| self.department().map(|department| department.name)).unwrap_or_default()
    }

    /// The nine of the pilot phase of 2017 and 2018: Bas-Rhin, Bayonne, Côtes-d'Armor, Doubs, Haute-Garonne, Indre-et-Loire, Puy-de-Dôme, Somme,
    /// Val-de-Marne.
    pub fn pilots() -> Vec<Caisse> {
        PILOTS.iter().filter_map(|code| Self::parse(code).ok()).collect()
    }
}

const PILOTS: [&str; 9] = ["671", "641", "221", "251", "311", "371", "631", "801", "941"];
/// Departments with more than one *caisse*.
const OWN_NAMES: [(&str, &str); 9] = [
    ("641", "Bayonne"),
    ("642", "Pau"),
    ("591", "Lille-Douai"),
    ("594", "Hainaut"),
    ("595", "Roubaix-Tourcoing"),
    ("597", "Flandres"),
    ("623", "Côte d’Opale"),
    ("763", "Rouen-Elbeuf-Dieppe"),
    ("764", "Le Havre"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_leads_to_a_department() {
        for (code, department) in [("671", "67"), ("641", "64"), ("201", "2A"), ("974", "974"), ("941", "94")] {
            assert_eq!(Caisse::parse(code).ok().and_then(|one| one.department()).map(|one| one.code), Some(department), "{code}");
        }
    }

    #[test]
    fn what_leads_nowhere_is_no_caisse() {
        for text in ["", "67", "6711", "2A1", "961", "979", "é1"] {
            assert_eq!(Caisse::parse(text), Err(CaisseFault), "{text}");
        }
    }

    #[test]
    fn the_pilots_are_nine_and_two_of_pyrenees_atlantiques_differ() {
        let names: Vec<&str> = Caisse::pilots().iter().map(Caisse::name).collect();
        assert_eq!(
            names,
            ["Bas-Rhin", "Bayonne", "Côtes-d’Armor", "Doubs", "Haute-Garonne", "Indre-et-Loire", "Puy-de-Dôme", "Somme", "Val-de-Marne"]
        );
        assert!(!Caisse::pilots().contains(&Caisse { code: "642".to_owned() }));
    }
}
