//! Texts of errors.

use crate::Lang;
use crate::lang::texts;

texts! {
    /// Error page.
    ErrorTexts {
        what_to_do: "Que faire", "What to do";
        home: "Revenir au début", "Back to the start";
        incident: "Numéro d'incident, à donner si vous demandez de l'aide", "Incident number, to give if you ask for help";
        code: "Code", "Code";
    }
}

/// What happened.
pub fn title(status: u16, lang: Lang) -> &'static str {
    let (fr, en) = match status {
        400 | 422 => ("Cette demande n'a pas été comprise", "This request was not understood"),
        401 => ("Il faut d'abord entrer", "Please sign in first"),
        403 => ("Cette page ne vous est pas ouverte", "This page is not open to you"),
        404 => ("Il n'y a rien à cette adresse", "There is nothing at this address"),
        405 => ("Cette adresse ne s'ouvre pas directement", "This address cannot be opened directly"),
        409 => ("Quelqu'un d'autre a changé le dossier entre-temps", "Someone else changed the record meanwhile"),
        410 => ("Ce document n'est plus là", "This document is no longer here"),
        413 => ("C'est trop grand", "This is too large"),
        415 => ("Cet envoi n'est pas un formulaire de ce site", "What was sent is no form of this site"),
        429 => ("Trop de demandes à la fois", "Too many requests at once"),
        503 => ("Le service est momentanément indisponible", "The service is unavailable for the moment"),
        _ => ("Quelque chose n'a pas marché", "Something went wrong"),
    };
    lang.pick(fr, en)
}

/// Before the first day of a *caisse*: what happened, and what to do.
pub fn not_yet(lang: Lang) -> (&'static str, &'static str) {
    let happened = lang.pick("Ce dossier ne s'ouvre pas encore", "This record does not open yet");
    let to_do = lang.pick(
        "Aucun dossier n'est ouvert. D'ici là, rien ne change pour les soins ni pour les remboursements.",
        "No record is opened. Until then nothing changes in care or in reimbursements.",
    );
    (happened, to_do)
}

/// What to do about an address of nothing, for who is not signed in.
pub fn nothing_here(lang: Lang) -> &'static str {
    lang.pick("L'adresse est peut-être incomplète ou ancienne. Partez du début.", "The address may be incomplete or old. Start from the beginning.")
}

/// What to do about it.
pub fn advice(status: u16, lang: Lang) -> &'static str {
    let (fr, en) = match status {
        400 | 422 => (
            "Revenez à la page précédente, vérifiez ce que vous avez écrit, puis recommencez. Rien n'a été changé.",
            "Go back to the previous page, check what you wrote, then try again. Nothing was changed.",
        ),
        401 => ("La session est peut-être terminée. Entrez de nouveau.", "The session may have ended. Sign in again."),
        403 => (
            "Vérifiez que la session est bien à votre nom. Le refus est noté dans le journal du dossier.",
            "Check that the session is under your own name. The refusal is noted in the record's journal.",
        ),
        404 => (
            "L'adresse est peut-être incomplète, ou le document n'est pas visible pour vous. Partez de la liste des documents.",
            "The address may be incomplete, or the document is not visible to you. Start from the list of documents.",
        ),
        405 => (
            "Elle reçoit ce qu'une page du site lui envoie. Partez de la page d'accueil. Rien n'a été changé.",
            "It takes what a page of the site sends to it. Start from the first page. Nothing was changed.",
        ),
        409 => (
            "Rien n'a été changé. Regardez l'état actuel, puis recommencez si c'est encore utile.",
            "Nothing was changed. Look at the present state, then try again if it is still useful.",
        ),
        410 => ("Il a été supprimé par la personne qui l'avait déposé. Adressez-vous à elle.", "It was deleted by who had added it. Ask them."),
        413 => ("Envoyez un document plus petit, ou réduisez la recherche.", "Send a smaller document, or narrow the search."),
        415 => (
            "Revenez à la page précédente, puis recommencez. Rien n'a été changé.",
            "Go back to the previous page, then try again. Nothing was changed.",
        ),
        429 | 503 => ("Attendez une minute, puis recommencez. Rien n'a été perdu.", "Wait a minute, then try again. Nothing was lost."),
        _ => (
            "Recommencez dans un moment. Si cela se répète, demandez de l'aide en donnant le numéro ci-dessous.",
            "Try again in a moment. If it happens again, ask for help and give the number below.",
        ),
    };
    lang.pick(fr, en)
}
