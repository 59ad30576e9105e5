//! Sharing by a link (SMART Health Links): made and stopped by the person, opened by somebody outside.
//!
//! A link has two addresses, each a secret of its own. The *manifest's* (`/shl/…`) goes to viewers, which learn nothing from what it gives
//! without the link's key, and the key travels in the fragment that no server sees. The *page's* (`/share/open/…`) is for whoever has no such
//! viewer: this server holds the key and shows what it gives as a page. Both seal the same thirty-two random bytes under another label, so that
//! who learns one (a viewer's server, a log) cannot make the other: the manifest's address alone never opens the page.

mod create;
mod open;
mod secret;
mod stop;

use std::sync::Arc;

use dmp_core::record::{Means, Record, Secret, Share, ShareKind, Shared};
use dmp_core::summary::Summary;
use dmp_core::{Moment, RecordKey};

use crate::Consulted;

pub use secret::{SealedFile, fresh_key, seal_file};

/// Which link of which record: what an address of a link opens to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareAddress {
    pub record: RecordKey,
    pub id: Secret,
}

/// What the person wishes of a new link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareWish {
    pub kind: ShareKind,
    pub what: Shared,
    /// In the person's words; cut to what the format takes.
    pub label: String,
    /// How long it lasts; no longer than its kind allows.
    pub seconds: i64,
    /// How often it opens; no more often than its kind allows.
    pub openings_max: u32,
}

/// A link that was made. Its code is told here and never again.
#[derive(Clone)]
pub struct NewLink {
    pub record: RecordKey,
    pub share: Share,
    pub passcode: Option<String>,
}

impl std::fmt::Debug for NewLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewLink").field("record", &self.record).finish_non_exhaustive()
    }
}

/// Somebody outside at the door of a link.
#[derive(Debug, Clone, Copy)]
pub struct Knock<'a> {
    /// Who they say they are.
    pub recipient: &'a str,
    pub passcode: Option<&'a str>,
    pub means: Means,
}

/// What a knock is answered with.
#[derive(Debug, Clone)]
pub enum Knocked {
    Opened(Box<OpenedShare>),
    /// The code is missing or wrong. So many wrong ones may still come.
    WrongCode {
        left: u8,
    },
    /// There is no such link, or it leads nowhere any more: the two are one.
    Gone,
}

/// What an opening gives.
#[derive(Debug, Clone)]
pub struct OpenedShare {
    pub record: Arc<Record>,
    pub share: Share,
    pub at: Moment,
    /// For a summary and for an emergency card.
    pub summary: Option<Arc<Summary>>,
    /// For chosen documents, in the order of the choice.
    pub documents: Vec<Consulted>,
}
