//! What the person consents to, and how they are reached.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use dmp_core::account::mail_address;
use dmp_core::record::EmergencyChoices;
use dmp_pages::{OpeningProblem, OpeningStep};
use dmp_service::Stage;
use serde::Deserialize;

use super::traveller::Traveller;
use super::{again, go_to, shown};
use crate::App;

/// The page of the consent.
pub(crate) async fn consent(State(app): State<App>, traveller: Traveller) -> Response {
    if let Err(elsewhere) = traveller.reached(Stage::Consent, Stage::Security) {
        return elsewhere.into_response();
    }
    // Before anything more is typed: whose caisse does not open yet learns the day. Both proofs were given, so it is told to the person.
    let opens = match traveller.desk.holder(&traveller.seen.journey).await {
        Ok(holder) => app.service.opens_yet(holder.caisse.as_ref()),
        Err(error) => Err(error),
    };
    if let Err(error) = opens {
        return traveller.fail(&app, &error);
    }
    let answered = &traveller.seen.journey.answered;
    let step = OpeningStep::Consent { consent: answered.consent_at.is_some(), emergency: answered.emergency };
    shown(traveller.shell(&app), step, None)
}

/// The form of the consent: a box is `on` or absent.
#[derive(Debug, Deserialize)]
pub(crate) struct ConsentForm {
    #[serde(default)]
    csrf: String,
    consent: Option<String>,
    regulation_centre: Option<String>,
    break_glass: Option<String>,
    masked_in_emergency: Option<String>,
}

/// Keeps the consent and the choices for emergencies. Without the tick the choices stay and the question too.
pub(crate) async fn save_consent(State(app): State<App>, traveller: Traveller, Form(form): Form<ConsentForm>) -> Response {
    if let Err(elsewhere) = traveller.check(&form.csrf, Stage::Consent, Stage::Security) {
        return elsewhere.into_response();
    }
    let emergency = EmergencyChoices {
        regulation_centre: form.regulation_centre.is_some(),
        break_glass: form.break_glass.is_some(),
        masked_in_emergency: form.masked_in_emergency.is_some(),
    };
    let consent_at = form.consent.is_some().then(|| app.service.now());
    let kept = traveller.desk.answer(&traveller.seen, Stage::Consent, |answered| {
        (answered.consent_at, answered.emergency) = (consent_at, emergency);
    });
    match kept.await {
        Ok(()) if consent_at.is_none() => {
            shown(traveller.shell(&app), OpeningStep::Consent { consent: false, emergency }, Some(OpeningProblem::ConsentMissing))
        }
        // Who came back to change a choice goes on in order.
        Ok(()) => go_to(Stage::Contact),
        Err(error) => traveller.on(&app, Err(error)).await,
    }
}

/// The page of the contact: what the insurer knows already is filled in.
pub(crate) async fn contact(State(app): State<App>, traveller: Traveller) -> Response {
    if let Err(elsewhere) = traveller.reached(Stage::Contact, Stage::Security) {
        return elsewhere.into_response();
    }
    let journey = &traveller.seen.journey;
    let (email, mobile) = if journey.answered.contact_given {
        (journey.answered.email.clone(), journey.answered.mobile.clone())
    } else {
        match traveller.desk.holder(journey).await {
            Ok(holder) => (holder.contact.email, holder.contact.mobile),
            Err(error) => return traveller.fail(&app, &error),
        }
    };
    let step = OpeningStep::Contact { email: email.unwrap_or_default(), mobile: mobile.unwrap_or_default() };
    shown(traveller.shell(&app), step, None)
}

/// The form of the contact. Either field may be empty.
#[derive(Debug, Deserialize)]
pub(crate) struct ContactForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    mobile: String,
}

/// Keeps addresses.
pub(crate) async fn save_contact(State(app): State<App>, traveller: Traveller, Form(form): Form<ContactForm>) -> Response {
    if let Err(elsewhere) = traveller.check(&form.csrf, Stage::Contact, Stage::Security) {
        return elsewhere.into_response();
    }
    let (email, mobile) = match (read_email(&form.email), read_mobile(&form.mobile)) {
        (Ok(email), Ok(mobile)) => (email, mobile),
        (Err(problem), _) | (_, Err(problem)) => {
            let step = OpeningStep::Contact { email: again(&form.email), mobile: again(&form.mobile) };
            return shown(traveller.shell(&app), step, Some(problem));
        }
    };
    let kept = traveller.desk.answer(&traveller.seen, Stage::Contact, |answered| {
        (answered.contact_given, answered.email, answered.mobile) = (true, email.clone(), mobile.clone());
    });
    let kept = kept.await;
    traveller.on(&app, kept).await
}

pub(crate) fn read_email(typed: &str) -> Result<Option<String>, OpeningProblem> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    mail_address(typed).map(|address| Some(address.to_owned())).ok_or(OpeningProblem::EmailWrong)
}

/// A French mobile number, ten digits that begin with 06 or 07 (EX105), however it is spaced or with its country in front.
pub(crate) fn read_mobile(typed: &str) -> Result<Option<String>, OpeningProblem> {
    let digits: String = typed.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '.' | '-')).take(20).collect();
    if digits.is_empty() {
        return Ok(None);
    }
    let national = digits.strip_prefix("+33").map_or(digits.clone(), |rest| format!("0{rest}"));
    let fits =
        national.len() == 10 && national.bytes().all(|byte| byte.is_ascii_digit()) && (national.starts_with("06") || national.starts_with("07"));
    if fits { Ok(Some(national)) } else { Err(OpeningProblem::MobileWrong) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mobile_number_is_read_however_it_is_spaced() {
        for typed in ["0699887766", "06 99 88 77 66", "06.99.88.77.66", "+33 6 99 88 77 66"] {
            assert_eq!(read_mobile(typed), Ok(Some("0699887766".to_owned())), "{typed}");
        }
        assert_eq!(read_mobile("  "), Ok(None));
        for typed in ["0199887766", "069988776", "06998877666", "06é9887766", "٠٦٩٩٨٨٧٧٦٦"] {
            assert_eq!(read_mobile(typed), Err(OpeningProblem::MobileWrong), "{typed}");
        }
    }

    #[test]
    fn an_address_may_be_missing_and_is_never_half_one() {
        assert_eq!(read_email(" "), Ok(None));
        assert_eq!(read_email(" nadia@courriel.example "), Ok(Some("nadia@courriel.example".to_owned())));
        for typed in ["nadia", "nadia@", "a@b\r\nBcc: c@d.example", "<a@b.example>"] {
            assert_eq!(read_email(typed), Err(OpeningProblem::EmailWrong), "{typed}");
        }
    }
}
