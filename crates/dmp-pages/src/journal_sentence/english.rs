//! The English clause after the date.

use dmp_core::audit::made;

use super::*;

/// "Dr Anne MODÈLE (doctor) read your document “…”: you gave your authorisation."
pub(super) fn clause(line: &JournalLine, perspective: Perspective) -> String {
    if let Some(told) = share::clause_en(line, &subject(line, perspective)) {
        return told;
    }
    let who = subject(line, perspective);
    let deed = deed(line, perspective);
    match &line.outcome {
        Outcome::Done => format!("{who} {} {}{}", deed.past, deed.rest, ending(line, perspective)),
        Outcome::Refused(reason) => {
            let why = refusal_words(*reason, line, perspective, Lang::En);
            let how = match () {
                () if line.is_break_glass() => " in an emergency (break-glass)",
                () if line.is_regulation_centre() => " for the SAMU emergency call centre",
                () => "",
            };
            format!("{who} asked to {} {}{how}. Refused: {why}.{}", deed.base, deed.rest, motive(line))
        }
    }
}

fn ending(line: &JournalLine, perspective: Perspective) -> String {
    if line.is_break_glass() {
        return format!(" in an emergency, without authorisation (break-glass).{}", motive(line));
    }
    if line.is_regulation_centre() {
        return " during a call to the SAMU emergency call centre.".to_owned();
    }
    match ground_words(line, perspective, Lang::En).filter(|_| !line.by_reader) {
        Some(ground) => format!(": {ground}."),
        None => ".".to_owned(),
    }
}

fn motive(line: &JournalLine) -> String {
    match line.words.as_deref().map(|words| words.trim().trim_end_matches('.')) {
        Some(words) if line.is_break_glass() && !words.is_empty() => format!(" Reason given: “{words}”."),
        _ => String::new(),
    }
}

fn subject(line: &JournalLine, perspective: Perspective) -> String {
    if line.is_you(perspective) {
        return "you".to_owned();
    }
    if let Some(app) = &line.app {
        if line.kind == CallerKind::Professional {
            let place = line.place(Lang::En).map(|place| format!(" ({place})")).unwrap_or_default();
            return format!("{}{place}, with the app “{}”,", line.name.trim(), app.name.en);
        }
        let since = dates::date(app.since, Lang::En);
        let by = match (line.kind, perspective) {
            (CallerKind::Patient, Perspective::Person) => "which you allowed".to_owned(),
            (_, _) => format!("allowed by {}", line.name.trim()),
        };
        return format!("the app “{}”, {by} on {since},", app.name.en);
    }
    let name = if line.name.trim().is_empty() { "someone without a known name" } else { line.name.trim() };
    let with = |quality: &str| match &line.structure {
        Some(structure) if structure != name => format!("{name} ({quality}, {structure})"),
        _ => format!("{name} ({quality})"),
    };
    match (line.kind, perspective) {
        (CallerKind::Patient, _) => format!("{name} (whose record this is)"),
        (CallerKind::Representative, Perspective::Person) => format!("{name}, who represents you,"),
        (CallerKind::Representative, Perspective::Other) => format!("{name}, who represents the person,"),
        (CallerKind::Helper, Perspective::Person) => format!("{name}, who helps you,"),
        (CallerKind::Helper, Perspective::Other) => format!("{name}, who helps the person,"),
        (CallerKind::Professional, _) => line.place(Lang::En).map_or_else(|| name.to_owned(), |place| format!("{name} ({place})")),
        (CallerKind::Organization, _) => format!("the establishment {}", line.structure.as_deref().unwrap_or(name)),
        (CallerKind::Agent, _) => with("health insurance counter"),
        (CallerKind::Insurer, _) => with("insurer"),
        (CallerKind::Mutual, _) => with("mutual insurer"),
        (CallerKind::Employer, _) => with("employer"),
        (CallerKind::Operator, _) => with("operation of the service"),
        (CallerKind::Automaton, _) if line.name.trim().is_empty() => "the service, automatically,".to_owned(),
        (CallerKind::Automaton, _) => format!("the service, automatically ({name}),"),
        (CallerKind::ReimbursementFeed, _) => "the health insurance, automatically,".to_owned(),
    }
}

/// What was done: "read", "read", "your document …".
struct Deed {
    past: &'static str,
    base: &'static str,
    rest: String,
}

fn deed(line: &JournalLine, perspective: Perspective) -> Deed {
    let person = perspective == Perspective::Person;
    let your = if person { "your" } else { "the" };
    let record = format!("{your} record");
    let document = match &line.document {
        Some(title) => format!("{your} document “{title}”"),
        None => format!("a document of {record}"),
    };
    let about = line.about.as_deref().map(str::trim).filter(|about| !about.is_empty()).unwrap_or("someone");
    let own_right = line.kind == CallerKind::Professional && line.about.as_deref().is_none_or(|about| about == line.name);
    let (past, base, rest) = match line.act {
        Act::CheckAccess if line.made(made::ACTING) => ("began", "begin", format!("to act in {record}")),
        Act::CheckAccess => ("checked", "check", format!("whether access to {record} is open")),
        Act::List if line.made(made::SUMMARY) => ("read", "read", format!("the summary of {record}{}", count(line))),
        Act::List if line.made(made::SEARCH) => ("searched", "search", format!("the texts of {record}{}", count(line))),
        Act::List if line.made(made::NEWS) => ("saw", "see", format!("what is new in {record}{}", count(line))),
        Act::List if line.made(made::ORDERS) => ("checked", "check", format!("in {record} whether an exam was done lately{}", count(line))),
        Act::List => ("saw", "see", format!("the list of {your} documents{}", count(line)).replace("of the documents", "of documents")),
        Act::Consult => ("read", "read", document),
        Act::Publish => ("added", "add", format!("{} to {record}", titled(line, "the document", "a document"))),
        Act::Replace => ("added", "add", format!("{} to {record}", titled(line, "a new version of the document", "a new version of a document"))),
        Act::Mask => ("hid", "hide", format!("{document} from professionals")),
        Act::Unmask => ("made", "make", format!("{document} visible to professionals again")),
        Act::ShowToPatient => ("made", "make", format!("{document} visible to {}", if person { "you" } else { "the person" })),
        Act::ShowToRepresentatives => ("made", "make", format!("{document} visible to {your} legal representatives")),
        Act::Delete => ("deleted", "delete", document),
        Act::Archive => ("archived", "archive", document),
        Act::Unarchive => ("took", "take", format!("{document} out of the archive")),
        Act::Authorise if own_right => ("recorded", "record", format!("{your} authorisation to read {record}")),
        Act::Authorise => ("authorised", "authorise", format!("{about} to read {record}")),
        Act::Revoke => ("withdrew", "withdraw", format!("the authorisation of {about} to read {record}")),
        Act::Block => ("blocked", "block", format!("the access of {about} to {record}")),
        Act::Unblock => ("unblocked", "unblock", format!("{about}, without giving access back")),
        Act::DeclareMedecinTraitant if own_right => ("recorded", "record", "their role as médecin traitant (regular doctor)".to_owned()),
        Act::DeclareMedecinTraitant => ("declared", "declare", format!("{about} as médecin traitant (regular doctor)")),
        Act::NameAdministrator => ("entrusted", "entrust", format!("{about} with administering {record}")),
        Act::SetConsents => ("changed", "change", format!("{your} consents to access")),
        Act::SetEmergencyChoices => ("changed", "change", format!("{your} choices for emergencies")),
        Act::ReadJournal => ("looked at", "look at", format!("the list of accesses to {record}")),
        Act::CreateRecord => ("created", "create", format!("{record}{}", agreed(line))),
        Act::ReactivateRecord => ("reopened", "reopen", record),
        Act::CloseRecord => ("closed", "close", record),
        Act::ReadAdministrative => ("read", "read", format!("{your} administrative data, without any health data")),
        Act::DeclareEpisode => ("declared", "declare", format!("an episode of care by {}", line.about.as_deref().unwrap_or("a care team"))),
        Act::EndEpisode => ("declared", "declare", "the end of an episode of care".to_owned()),
        Act::OpposeEpisode => ("refused", "refuse", format!("a care team the access to {record}")),
        Act::RecordTeamConsent => ("recorded", "record", format!("{} to care teams", if person { "your consent" } else { "the person's consent" })),
        Act::DeclareRepresentative => ("recorded", "record", format!("{about} as a legal representative")),
        Act::EndRepresentation => ("ended", "end", format!("the legal representation by {about}")),
        Act::InviteHelper => ("invited", "invite", format!("{about} to help {}", if person { "you" } else { "the person" })),
        Act::AcceptInvitation => ("accepted", "accept", "an invitation to help or to represent".to_owned()),
        Act::DeclineInvitation => ("declined", "decline", "an invitation to help or to represent".to_owned()),
        Act::EndHelper => ("ended", "end", format!("the help of {about}")),
        Act::EndMedecinTraitant => ("took", "take", format!("the role of médecin traitant (regular doctor) from {about}")),
        Act::UpdateContact => ("changed", "change", format!("{your} contact data")),
        Act::ChangeCredentials => ("changed", "change", format!("{your} means of signing in")),
        Act::HandOutCodes => {
            let holder = line.about.as_deref().unwrap_or("a person");
            ("handed", "hand", format!("{holder} face to face a sheet of sign-in codes{}", line.checked_by()))
        }
        Act::DownloadAll => ("downloaded", "download", format!("a copy of all of {record}")),
        Act::Share => ("shared", "share", format!("a part of {record}")),
        Act::ReportDeath => ("recorded", "record", "a death: the record is frozen".to_owned()),
        Act::WithdrawDeathReport => ("took", "take", "back a death that was recorded by mistake".to_owned()),
        Act::SuspendRecord => ("suspended", "suspend", format!("access to {record}")),
        Act::ObjectToSuspension => ("objected", "object", format!("to the suspension of {record}")),
        Act::LiftSuspension => ("lifted", "lift", format!("the suspension of {record}")),
        Act::RequestDestruction => ("asked for", "ask for", format!("the destruction of {record} in the archive")),
        Act::DestroyRecord => ("destroyed", "destroy", format!("the content of {record} in the archive")),
        Act::ProposeIdentityChange => ("proposed", "propose", format!("a correction of {your} identity")),
        Act::CorrectIns => ("corrected", "correct", format!("{your} INS number{}", proposer(line))),
        Act::MergeRecords => ("joined", "join", format!("{record} with a second record of the same person{}", proposer(line))),
        Act::UnmergeRecords => ("separated", "separate", format!("{record} from a record that had been joined to it{}", proposer(line))),
        Act::RecordLetter => ("sent", "send", format!("the letter that announces the opening of {record}")),
        Act::AllowApp => ("allowed", "allow", format!("the app “{about}” to read {record}")),
        Act::WithdrawApp if line.is_used_twice() => ("lost", "lose", format!("its access to {record}, as one of its keys was used twice")),
        Act::WithdrawApp if line.app.is_some() => ("gave up", "give up", format!("its access to {record}")),
        Act::WithdrawApp => ("took", "take", format!("the access to {record} away from the app “{about}”")),
        Act::ConnectApp => ("opened", "open", format!("a connection to {record} for one hour at most")),
        Act::RequestCorrection => ("asked for", "ask for", format!("the correction of an error in {document}")),
        Act::WithdrawCorrection => ("took back", "take back", format!("a request to correct {document}")),
        Act::SeeCorrection => ("read", "read", format!("a request to correct {document}")),
        Act::AnswerCorrection => ("answered", "answer", format!("a request to correct {document}")),
        Act::ObjectToOpening => ("refused", "refuse", format!("the opening of {record}")),
        Act::ReportAccess => ("reported", "report", format!("an access by {about} to be checked")),
        Act::HandleReport => ("looked into", "look into", format!("{} about an access by {about}", if person { "your report" } else { "a report" })),
        Act::MaskAll => ("changed", "change", format!("whether professionals see all of {your} documents")),
        Act::OrderPaper => ("asked for", "ask for", format!("a copy of {record} on paper")),
        Act::SendPaper => ("printed", "print", format!("the copy of {record} that was asked for on paper")),
        Act::ProposeCampaign => ("proposed", "propose", "a campaign of invitations".to_owned()),
        Act::ConfirmCampaign => ("confirmed", "confirm", "a campaign of invitations".to_owned()),
        Act::StopCampaign => ("stopped", "stop", "a campaign of invitations".to_owned()),
        Act::ReadCampaigns => ("read", "read", "the list of campaigns of invitations".to_owned()),
        Act::CancelOpening => ("took", "take", format!("back the opening of {record}, made by mistake")),
        Act::ImportRecord => {
            ("made", "make", format!("{record} of a copy that {} had kept{}", if person { "you" } else { "the person" }, count(line)))
        }
    };
    Deed { past, base, rest }
}

/// Who agreed to an opening for the person.
fn agreed(line: &JournalLine) -> String {
    line.about.as_deref().map(|name| format!(", with the consent of {name}")).unwrap_or_default()
}

/// "the document “Title”" or "a document".
fn titled(line: &JournalLine, named: &str, unnamed: &str) -> String {
    line.document.as_ref().map_or_else(|| unnamed.to_owned(), |title| format!("{named} “{title}”"))
}

/// The first of the two persons of a change of identity.
fn proposer(line: &JournalLine) -> String {
    line.about.as_deref().map(|name| format!(", proposed by {name}")).unwrap_or_default()
}

pub(super) fn count(line: &JournalLine) -> String {
    match line.count.filter(|_| !line.is_refused()) {
        None => String::new(),
        Some(0) => " (no document)".to_owned(),
        Some(1) => " (1 document)".to_owned(),
        Some(number) => format!(" ({number} documents)"),
    }
}
