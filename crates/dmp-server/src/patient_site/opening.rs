//! Opening one's own record, and opening it again after closing.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use dmp_core::record::{CANCEL_OPENING_MINUTES, Channel, ConsentEvidence, EmergencyChoices};
use dmp_pages::{NoRecord, OpenForm, OpenProblem, Receipt, Said};
use dmp_service::{NewRecord, PersonRef};
use serde::Deserialize;

use super::BareForm;
use crate::App;
use crate::site::{SignedIn, done, page, page_with};

/// The opening form: a box is `on` or absent.
#[derive(Debug, Deserialize)]
pub(crate) struct OpeningForm {
    #[serde(default)]
    csrf: String,
    consent: Option<String>,
    regulation_centre: Option<String>,
    break_glass: Option<String>,
    masked_in_emergency: Option<String>,
}

/// Opens the record of who is signed in, and shows the receipt.
pub(crate) async fn open(State(app): State<App>, signed_in: SignedIn, Form(form): Form<OpeningForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/", Said::FormExpired);
    }
    let emergency = EmergencyChoices {
        regulation_centre: form.regulation_centre.is_some(),
        break_glass: form.break_glass.is_some(),
        masked_in_emergency: form.masked_in_emergency.is_some(),
    };
    let caller = &signed_in.session.caller;
    if form.consent.is_none() {
        let form = OpenForm { consent: false, emergency, problem: Some(OpenProblem::ConsentMissing) };
        let person = caller.shown_name();
        let shell = signed_in.visitor.bare_shell(&app, "/");
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &NoRecord { shell, person, own: true, may_open: true, form });
    }
    let traits = signed_in.session.person.as_ref().and_then(|ins| app.directory.traits(ins));
    let (Some(ins), Some(traits)) = (signed_in.session.person.clone(), traits) else {
        return signed_in.refuse(&app, &dmp_service::Error::NotFound("record-not-found"));
    };
    let new = NewRecord {
        caisse: app.directory.caisse(&ins),
        ins,
        traits,
        channel: Channel::Online,
        consent: Some(ConsentEvidence::Electronic),
        emergency,
        team_consent: false,
        scheme: None,
        department: None,
        reason: None,
        contact: None,
        representatives: Vec::new(),
    };
    match app.service.create_record(new, caller).await {
        Ok(opened) => {
            let may_undo = app.service.may_cancel_opening(&PersonRef::Record(opened.record), caller).await.unwrap_or(false);
            page(&Receipt {
                shell: signed_in.visitor.bare_shell(&app, "/"),
                person: caller.shown_name(),
                number: opened.receipt,
                at: opened.at,
                channel: Channel::Online,
                by: None,
                structure: None,
                emergency,
                shows_ways_back: false,
                undo_until: may_undo.then(|| opened.at.plus_seconds(60 * CANCEL_OPENING_MINUTES)),
            })
        }
        Err(error) => signed_in.refuse(&app, &error),
    }
}

/// Opens a closed record again: pressing the button is the consent, as its words say.
pub(crate) async fn reopen(State(app): State<App>, signed_in: SignedIn, Form(form): Form<BareForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/", Said::FormExpired);
    }
    let reopened = match signed_in.person() {
        Ok(person) => app.service.reactivate_record(&person, true, &signed_in.session.caller).await,
        Err(error) => Err(error),
    };
    match reopened {
        Ok(_) => done("/", Said::RecordReopened),
        Err(error) => signed_in.refuse(&app, &error),
    }
}
