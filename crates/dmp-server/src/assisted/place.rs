//! Where a record is opened with its person, and by whom.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Redirect;
use dmp_core::access::CallerKind;
use dmp_core::identity::Ins;
use dmp_core::record::Contact;
use dmp_pages::{Shell, Site};
use dmp_service::{CardHolder, Error};

use crate::App;
use crate::site::SignedIn;

/// Somebody who opens records with people: at their own site, and nowhere else.
#[derive(Debug)]
pub(crate) struct Place {
    pub signed_in: SignedIn,
    /// `/pro/open` or `/accueil/ouvrir`.
    pub base: &'static str,
}

impl FromRequestParts<App> for Place {
    type Rejection = Redirect;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Redirect> {
        let signed_in = SignedIn::from_request_parts(parts, app).await?;
        let of_health = signed_in.session.caller.profession.as_ref().is_some_and(|profession| profession.system() == "G15");
        let (base, home) = match signed_in.session.caller.kind {
            // SECURITY: the identity behind a card is for who may open a record with its person, and for nobody else of the practice.
            CallerKind::Professional if !of_health => return Err(Redirect::to("/pro")),
            CallerKind::Professional => ("/pro/open", "/pro"),
            CallerKind::Agent => ("/accueil/ouvrir", "/accueil"),
            CallerKind::Patient
            | CallerKind::Representative
            | CallerKind::Helper
            | CallerKind::Organization
            | CallerKind::Insurer
            | CallerKind::Mutual
            | CallerKind::Employer
            | CallerKind::Operator
            | CallerKind::Automaton
            | CallerKind::ReimbursementFeed => return Err(Redirect::to("/")),
        };
        if parts.uri.path().starts_with(base) { Ok(Place { signed_in, base }) } else { Err(Redirect::to(home)) }
    }
}

impl Place {
    pub fn is_counter(&self) -> bool {
        self.signed_in.session.caller.kind == CallerKind::Agent
    }

    /// The frame of a screen: as every page of this site, but without the keys of the keyboard, which would run where one types.
    pub fn shell(&self, app: &App, path: &str) -> Shell {
        let site = if self.is_counter() { Site::Counter } else { Site::Professional };
        self.signed_in.visitor.shell(app, site, &format!("{}{path}", self.base))
    }
}

/// Whether cards can be read at all here.
pub(super) fn knows_cards(app: &App) -> bool {
    app.opening.is_some() || !app.directory.all().is_empty()
}

/// Who the insurer says that this is. In a demonstration without cards, what its directory says.
pub(super) async fn known(app: &App, ins: &Ins) -> Result<Option<CardHolder>, Error> {
    if let Some(desk) = &app.opening {
        return desk.known(ins).await;
    }
    let traits = app.directory.traits(ins);
    Ok(traits.map(|traits| CardHolder { traits, contact: Contact::default(), caisse: app.directory.caisse(ins) }))
}
