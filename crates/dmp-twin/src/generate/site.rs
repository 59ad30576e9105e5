//! Requests at the two sites.

use super::acts::{LET_IN, account};
use super::{Maker, encoded, part};
use crate::ask::{Ask, Entrance};
use crate::world::{FORM, Whose};

impl Maker<'_> {
    pub(super) fn site(&mut self) -> Ask {
        // Somebody at the site that is not theirs is answered there too.
        let at_home = self.draw.chance(93);
        if self.who.is_professional() == at_home { self.pro_site() } else { self.person_site() }
    }

    fn person_site(&mut self) -> Ask {
        let known = self.known();
        let document = known.document;
        match self.draw.below(17) {
            14 => self.preview(),
            15 => {
                let kind = *self.draw.pick(&["others", "read", "documents", "rights", "emergencies", "refused"]);
                self.unaddressed(&format!("/journal?kind={kind}"))
            }
            16 => self.unaddressed("/relatives"),
            10 | 11 => self.choice(),
            12 => self.unaddressed("/access?said=all-masked"),
            13 => self.paging("/journal?page="),
            0 | 1 => self.unaddressed("/"),
            2 => self.unaddressed("/documents?page=1"),
            3 => {
                let mut ask = self.unaddressed("/journal");
                ask.follow = true;
                ask
            }
            4 => self.unaddressed("/access"),
            5 | 6 => self.made(Entrance::Site, "GET", format!("/documents/{document}")),
            7 if self.draw.chance(40) => {
                let page = *self.draw.pick(&["documents/{}/correction", "added/{}", "added/{}/correct"]);
                self.made(Entrance::Site, "GET", format!("/{}", page.replace("{}", &document)))
            }
            7 => self.made(Entrance::Site, "GET", format!("/documents/{document}/original")),
            _ => {
                let act = *self.draw.pick(&["hide", "show"]);
                let mut ask = self.made(Entrance::Site, "POST", format!("/documents/{document}/{act}"));
                ask.headers.push(("content-type", FORM.to_owned()));
                ask.body = "csrf={csrf}".to_owned();
                ask
            }
        }
    }

    /// What somebody else would see: made of every document that the asker sees, and of no other.
    fn preview(&mut self) -> Ask {
        self.touches = true;
        let viewer = *self.draw.pick(&["doctor", "dentist", "nurse", "psychologist", "emergency-doctor", "samu", "insurer"]);
        let agreed = *self.draw.pick(&["", "&agreed=no"]);
        self.made(Entrance::Site, "GET", format!("/access/preview?as={viewer}{agreed}"))
    }

    /// A page whose address says nothing of what is hidden.
    fn unaddressed(&mut self, path: &str) -> Ask {
        self.touches = false;
        self.made(Entrance::Site, "GET", path.to_owned())
    }

    fn pro_site(&mut self) -> Ask {
        let whose = self.whose();
        let id = self.patient_id(whose);
        let known = self.known();
        match self.draw.below(12) {
            10 => self.find_patient(whose),
            11 => self.threshold(),
            0 => {
                let page =
                    *self.draw.pick(&["", "/summary", "/timeline", "/imaging", "/orders", "/documents?period=all", "/documents?old=1&period=all"]);
                self.unaddressed(&format!("/pro/patients/{id}{page}"))
            }
            1 => {
                let page = *self.draw.pick(&["/pro", "/pro/mine", "/pro/news"]);
                self.unaddressed(page)
            }
            2 | 3 => self.made(Entrance::Site, "GET", format!("/pro/patients/{id}/documents/{}", known.document)),
            4 => self.made(Entrance::Site, "GET", format!("/pro/patients/{id}/documents/{}/original", known.document)),
            _ => {
                let mut filters = Vec::new();
                if self.draw.chance(50) {
                    filters.push(format!("class={}", known.class));
                }
                if self.draw.chance(40) {
                    filters.push(format!("from={}", &known.created[..10]));
                }
                if self.draw.chance(40) {
                    filters.push(format!("until={}", &known.created[..10]));
                }
                if self.draw.chance(50) {
                    filters.push(format!("author={}", encoded(&part(&known.family, self.draw))));
                }
                self.touches &= !filters.is_empty();
                self.made(Entrance::Site, "GET", format!("/pro/patients/{id}/documents?{}", filters.join("&")))
            }
        }
    }

    /// One of the person's forms. Whom a form lets in is nobody who asks: then they would see more, rightly.
    fn choice(&mut self) -> Ask {
        self.touches = false;
        let listed = *self.draw.pick(&["dr-modele", "ide-modele", "dr-cardio", "dr-gyneco"]);
        let other = *self.draw.pick(&["dr-cardio", "dr-gyneco"]);
        let (path, fields) = match self.draw.below(11) {
            0 => ("/access/authorise", format!("rpps={}", self.rpps(LET_IN))),
            1 => ("/access/authorise", "rpps=10000000000".to_owned()),
            2 => ("/access/revoke", format!("professional={}", encoded(&account(listed)))),
            3 => ("/access/block", format!("professional={}", encoded(&account(other)))),
            4 => ("/access/unblock", format!("professional={}", encoded(&account(other)))),
            5 => ("/access/medecin-traitant", format!("professional={}", encoded(&account("dr-gyneco")))),
            6 => ("/access/emergency", "regulation_centre=on&break_glass=on".to_owned()),
            7 => ("/access/team-consent", format!("team_consent={}", self.draw.pick(&["on", "off"]))),
            8 => ("/access/administrator", format!("professional={}", encoded(&account("dr-cardio")))),
            9 => (*self.draw.pick(&["/open", "/reopen"]), "consent=on".to_owned()),
            _ => ("/access/mask-all", "all_masked=off".to_owned()),
        };
        self.form(path.to_owned(), &fields)
    }

    fn form(&mut self, path: String, fields: &str) -> Ask {
        let mut ask = self.made(Entrance::Site, "POST", path);
        ask.headers.push(("content-type", FORM.to_owned()));
        ask.body = if self.draw.chance(95) { format!("csrf={{csrf}}&{fields}") } else { fields.to_owned() };
        ask
    }

    fn find_patient(&mut self, whose: Whose) -> Ask {
        self.touches = whose == Whose::Neighbour;
        let token = self.token(whose);
        let matricule = token.split_once('|').map_or("", |(_, matricule)| matricule).to_owned();
        let typed = if self.draw.chance(85) { matricule } else { matricule.chars().rev().collect() };
        self.form("/pro".to_owned(), &format!("ins={typed}"))
    }

    /// Consent, broken glass and leaving, for Claire alone and by whom she knows already: nobody sees more by it.
    fn threshold(&mut self) -> Ask {
        let id = self.patient_id(Whose::Claire);
        let form = *self.draw.pick(&["consent", "break-glass", "leave"]);
        let fields = match form {
            _ if !self.who.is_insider() => return self.unaddressed(&format!("/pro/patients/{id}")),
            "consent" => *self.draw.pick(&["consent=on", ""]),
            "break-glass" => *self.draw.pick(&["reason=Coma&unable_to_consent=1&immediate_risk=1", "reason=&unable_to_consent=1", "reason=Coma"]),
            _ => "",
        };
        self.touches = false;
        self.form(format!("/pro/patients/{id}/{form}"), fields)
    }
}
