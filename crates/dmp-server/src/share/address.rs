//! The addresses of a link.

use dmp_core::RecordKey;
use dmp_core::record::{Share, ShareKind};
use dmp_interop::shl::{Flag, Payload};
use dmp_service::{Error, IdKind};

use crate::App;

/// Where a link leads.
pub(crate) struct Addresses {
    /// The page of this site that opens it without an app.
    pub page: String,
    /// That page, and behind it the link for apps: what is sent and scanned. A telephone's camera opens the page; an app reads the rest, which
    /// no server sees.
    pub link: String,
}

impl Addresses {
    /// Of a link of a record.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when this server's own address is too long for such links.
    pub fn of(app: &App, record: RecordKey, share: &Share) -> Result<Self, Error> {
        let (base, ids) = (&app.config.base_url, app.service.ids());
        let manifest = format!("{base}/shl/{}", ids.seal_share(IdKind::Share, record, share));
        let page = format!("{base}/share/open/{}", ids.seal_share(IdKind::SharePage, record, share));
        let flags: &[Flag] = match (share.kind, share.passcode.is_some()) {
            // What it gives changes with the record; it is printed once.
            (ShareKind::Emergency, _) => &[Flag::LongTerm],
            (_, true) => &[Flag::Passcode],
            (_, false) => &[],
        };
        let payload = Payload { url: &manifest, key: &share.key.0, flags, expires_at: share.expires_at, label: &share.label };
        let link = payload.link_at(&page).ok_or_else(|| Error::Unavailable("the server's address is too long for a link".to_owned()))?;
        Ok(Addresses { page, link })
    }
}
