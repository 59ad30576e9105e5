//! The first days of the *caisses*, in words: told before anybody types.

use dmp_core::calendar::spoken;
use dmp_pages::Lang;

use crate::App;

/// Name and first day of each *caisse* that has one of its own, and everybody's day. Empty when everybody's records open.
pub(crate) fn first_days(app: &App, lang: Lang) -> (Vec<(String, String)>, Option<String>) {
    let words = |day| spoken(day, lang.into());
    let Some(phase) = app.service.config().phase.as_ref().filter(|phase| !phase.is_over(app.service.now())) else { return (Vec::new(), None) };
    let (days, general) = phase.days();
    (days.map(|(caisse, day)| (format!("{} ({})", caisse.name(), caisse.code()), words(day))).collect(), general.map(words))
}

/// The same as lines.
pub(crate) fn lines(app: &App, lang: Lang) -> Vec<String> {
    let (days, general) = first_days(app, lang);
    let everybody = general.map(|day| format!("{} {day}", lang.pick("Toutes les autres caisses :", "All other caisses:")));
    days.into_iter().map(|(caisse, day)| format!("{caisse} – {day}")).chain(everybody).collect()
}
