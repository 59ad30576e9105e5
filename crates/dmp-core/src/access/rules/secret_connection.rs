//! Working on a minor's secret care.

use crate::access::{Act, CallerKind, Question, Reason, Verdict};

/// Basis: EX_0.1-1100 (offered for minors, not for creation), EX_2.1-1050 (only documents invisible to representatives); CSP L.1111-5, R.1111-50.
/// Means: Quand un mineur est soigné en secret, le professionnel ne peut déposer que des documents cachés à ses représentants, ses propres actes leur restent cachés et il ne change rien qu'ils verraient ; lever ce secret est définitif.
/// Example: In a secret connection, a report without INVISIBLE_REPRESENTANTS_LEGAUX is refused; so is adding oneself to the list of professionals, which the parents read.
pub fn secret_connection(question: &Question<'_>) -> Verdict {
    let caller = question.caller;
    if !caller.secret_connection {
        return Verdict::Silent;
    }
    // What must stay secret cannot be worked on by who it is secret from.
    let for_a_minor = question.facts.record.minor && question.act != Act::CreateRecord;
    let in_quality = matches!(caller.kind, CallerKind::Professional | CallerKind::Organization | CallerKind::Patient);
    if !for_a_minor || !in_quality || would_show(question) { Verdict::Forbid(Reason::SecretConnectionOnly) } else { Verdict::Silent }
}

/// Whether representatives would see what the act changes: another document than a secret one, or the record itself (its list of
/// professionals, its teams, its choices), which they read.
fn would_show(question: &Question<'_>) -> bool {
    let act = question.act;
    if act.is_feeding() || act.is_about_an_entry() {
        return !question.facts.entry.as_ref().is_some_and(|entry| entry.invisible_to_representatives);
    }
    !act.is_reading() && !matches!(act, Act::CheckAccess | Act::ReadJournal | Act::ReadAdministrative | Act::DownloadAll)
}
