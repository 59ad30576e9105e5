//! What somebody would see, at `/access/preview`.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use dmp_core::access::{Agreement, Caller, CallerKind, Viewer};
use dmp_core::document::DocumentEntry;
use dmp_core::record::{Authorisation, Record};
use dmp_pages::{DocumentLine, Lang, PreviewPage, Unseen, ViewerLink, tell_apart, viewer_words};
use dmp_service::{Error, Previewed};

use super::journal::{opened, sealed};
use super::perspective;
use crate::App;
use crate::site::{SignedIn, page, query_value};

/// Documents of each list before « Tout montrer ».
const SHOWN: usize = 40;

/// Who the page is about.
#[derive(Debug)]
enum Chosen {
    Role(Viewer, Agreement),
    /// Somebody of the person's list, by account.
    Listed(String),
}

/// Shows the choice, and what the one chosen would see.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn, RawQuery(query): RawQuery) -> Response {
    match preview(&app, &signed_in, query.as_deref().unwrap_or_default()).await {
        Ok(shown) => page(&shown),
        Err(error) => signed_in.fail(&app, &error),
    }
}

fn chosen(app: &App, query: &str) -> Option<Chosen> {
    let agreement = if query_value(query, "agreed") == Some("no") { Agreement::NotGiven } else { Agreement::Given };
    let role = query_value(query, "as").and_then(Viewer::from_code).map(|viewer| Chosen::Role(viewer, agreement));
    role.or_else(|| query_value(query, "who").and_then(|id| opened(app, id)).map(Chosen::Listed))
}

async fn preview(app: &App, signed_in: &SignedIn, query: &str) -> Result<PreviewPage, Error> {
    let (person, caller) = (signed_in.person()?, &signed_in.session.caller);
    let Some(chosen) = chosen(app, query) else {
        let record = app.service.administrative(&person, caller).await?;
        return Ok(nobody(app, signed_in, &record, None));
    };
    let viewer = match &chosen {
        Chosen::Role(viewer, agreement) => viewer.caller(*agreement, app.service.now()).ok_or(Error::NotFound("professional-not-found"))?,
        Chosen::Listed(account) => {
            let record = app.service.administrative(&person, caller).await?;
            let line = record.head.authorisation(account).ok_or(Error::NotFound("professional-not-found"))?;
            listed_caller(app, line)
        }
    };
    let previewed = app.service.preview(&person, caller, &viewer).await?;
    let everything = query_value(query, "all").is_some();
    let (viewers, own) = app.service.preview_summaries(&previewed).await?;
    let blocks = PreviewPage::blocks_of(&viewers, &own, caller.kind == CallerKind::Patient, signed_in.visitor.lang);
    Ok(PreviewPage { blocks, ..filled(app, signed_in, &previewed, &chosen, &viewer, everything) })
}

/// A professional of the list as the caller that they would be: what the directory knows of them besides counts too.
fn listed_caller(app: &App, line: &Authorisation) -> Caller {
    let known = app.directory.professional(&line.account).map(crate::directory::Identity::caller);
    Caller {
        name: Some(line.name.clone()),
        profession: Some(line.profession.clone()),
        structure: known.as_ref().and_then(|caller| caller.structure.clone()).or_else(|| line.structure.clone()),
        ..known.unwrap_or_else(|| Caller::bare(line.account.clone(), CallerKind::Professional))
    }
}

fn nobody(app: &App, signed_in: &SignedIn, record: &Record, chosen: Option<&Chosen>) -> PreviewPage {
    let lang = signed_in.visitor.lang;
    let role = |viewer: Viewer| ViewerLink {
        path: format!("/access/preview?as={}", viewer.code()),
        words: viewer_words(viewer, lang).to_owned(),
        chosen: matches!(chosen, Some(Chosen::Role(one, _)) if *one == viewer),
    };
    let listed = |line: &Authorisation| ViewerLink {
        path: format!("/access/preview?who={}", sealed(app, &line.account)),
        words: line.name.display(),
        chosen: matches!(chosen, Some(Chosen::Listed(account)) if *account == line.account),
    };
    PreviewPage {
        shell: signed_in.visitor.acting_shell(app, "/access/preview", record),
        perspective: perspective(signed_in.session.caller.kind),
        roles: Viewer::ALL.into_iter().map(role).collect(),
        listed: record.head.authorisations.iter().map(listed).collect(),
        viewer: None,
        agreed: true,
        otherwise: None,
        emergency: false,
        opens: Ok(()),
        seen: Vec::new(),
        unseen: Vec::new(),
        seen_count: 0,
        unseen_count: 0,
        everything: None,
        blocks: Vec::new(),
        back: "/access/preview".to_owned(),
    }
}

fn filled(app: &App, signed_in: &SignedIn, made: &Previewed, chosen: &Chosen, viewer: &Caller, everything: bool) -> PreviewPage {
    let lang = signed_in.visitor.lang;
    let empty = nobody(app, signed_in, &made.record, Some(chosen));
    let entry = |id| made.record.entry(id).filter(|entry| entry.status.is_latest());
    let line = |entry: &DocumentEntry| -> DocumentLine { super::home::line(app, signed_in, &made.record, entry) };
    let judged = made.entries.iter().filter_map(|preview| Some((entry(preview.entry)?, preview.listed.and(preview.read))));
    let (mut seen, mut unseen) = (Vec::new(), Vec::new());
    for (entry, answer) in judged {
        match answer {
            Ok(()) => seen.push(entry),
            Err(why) => unseen.push((entry, why)),
        }
    }
    let most = if everything { usize::MAX } else { SHOWN };
    let back = address(app, chosen);
    let mut seen_lines: Vec<DocumentLine> = seen.iter().copied().take(most).map(line).collect();
    let mut unseen_lines: Vec<Unseen> = unseen.iter().take(most).map(|(entry, why)| Unseen { document: line(entry), why: *why }).collect();
    tell_apart(seen_lines.iter_mut().chain(unseen_lines.iter_mut().map(|one| &mut one.document)));
    PreviewPage {
        viewer: Some(name(chosen, viewer, lang)),
        agreed: !matches!(chosen, Chosen::Role(_, Agreement::NotGiven)),
        otherwise: otherwise(chosen),
        emergency: matches!(chosen, Chosen::Role(one, _) if one.is_emergency()),
        opens: made.opens,
        seen_count: seen.len(),
        unseen_count: unseen.len(),
        everything: (!everything && seen.len().max(unseen.len()) > most).then(|| format!("{back}&all=1")),
        seen: seen_lines,
        unseen: unseen_lines,
        back,
        ..empty
    }
}

fn name(chosen: &Chosen, viewer: &Caller, lang: Lang) -> String {
    match chosen {
        Chosen::Role(role, _) => viewer_words(*role, lang).to_owned(),
        Chosen::Listed(_) => viewer.shown_name(),
    }
}

fn address(app: &App, chosen: &Chosen) -> String {
    match chosen {
        Chosen::Role(viewer, Agreement::Given) => format!("/access/preview?as={}", viewer.code()),
        Chosen::Role(viewer, Agreement::NotGiven) => format!("/access/preview?as={}&agreed=no", viewer.code()),
        Chosen::Listed(account) => format!("/access/preview?who={}", sealed(app, account)),
    }
}

/// The same viewer with the other answer; nobody agrees in an emergency, and no agreement lets an insurer in.
fn otherwise(chosen: &Chosen) -> Option<String> {
    match chosen {
        Chosen::Role(viewer, _) if viewer.is_emergency() || viewer.is_never_let_in() => None,
        Chosen::Role(viewer, Agreement::Given) => Some(format!("/access/preview?as={}&agreed=no", viewer.code())),
        Chosen::Role(viewer, Agreement::NotGiven) => Some(format!("/access/preview?as={}", viewer.code())),
        Chosen::Listed(_) => None,
    }
}
