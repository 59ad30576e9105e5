//! The keys of an app: a code, an access token, a refresh token. Each is the name of a grant, sealed under a key of the store; what it is good for is
//! read from the record each time, so that taking an access back needs no list of tokens.

use dmp_core::{GrantId, Moment, RecordKey};
use dmp_service::{IdKind, IdSealer};

/// How access tokens of apps begin, so that no other token is taken for one.
const PREFIX: &str = "app_";

/// How those of apps that a professional launched begin.
const PRACTICE_PREFIX: &str = "pro_";

/// Whether a bearer token is one of an app of the person.
pub(crate) fn is_app_token(token: &str) -> bool {
    token.starts_with(PREFIX)
}

/// Whether a bearer token is one of an app that a professional launched.
pub(crate) fn is_practice_token(token: &str) -> bool {
    token.starts_with(PRACTICE_PREFIX)
}

/// An authorization code of an app that a professional launched.
pub(super) fn practice_code(ids: &IdSealer, grant: GrantId, account: &str) -> String {
    ids.seal(IdKind::PracticeCode, &[grant.0.as_slice(), account.as_bytes()].concat())
}

/// The access and the account of such a code of ours.
pub(super) fn open_practice_code(ids: &IdSealer, code: &str) -> Option<(GrantId, String)> {
    practice_named(&ids.open(IdKind::PracticeCode, code)?)
}

/// What the access token of such an app says. When it ends stands in the account's note, which is read at each use.
#[derive(Debug, Clone)]
pub(crate) struct PracticeKey {
    pub grant: GrantId,
    pub account: String,
}

impl PracticeKey {
    /// As a bearer token.
    pub fn seal(&self, ids: &IdSealer) -> String {
        format!("{PRACTICE_PREFIX}{}", ids.seal(IdKind::PracticeAccess, &[self.grant.0.as_slice(), self.account.as_bytes()].concat()))
    }

    /// From a bearer token of ours.
    pub fn open(ids: &IdSealer, token: &str) -> Option<Self> {
        let (grant, account) = practice_named(&ids.open(IdKind::PracticeAccess, token.strip_prefix(PRACTICE_PREFIX)?)?)?;
        Some(PracticeKey { grant, account })
    }
}

fn practice_named(plain: &[u8]) -> Option<(GrantId, String)> {
    let (grant, account) = plain.split_first_chunk::<16>()?;
    Some((GrantId(*grant), String::from_utf8(account.to_vec()).ok()?))
}

/// An authorization code.
pub(super) fn code(ids: &IdSealer, record: RecordKey, grant: GrantId) -> String {
    ids.seal(IdKind::AppCode, &[record.0, grant.0].concat())
}

/// The grant of a code of ours.
pub(super) fn open_code(ids: &IdSealer, code: &str) -> Option<(RecordKey, GrantId)> {
    let plain = ids.open(IdKind::AppCode, code)?;
    let (record, grant, rest) = named(&plain)?;
    rest.is_empty().then_some((record, grant))
}

/// A refresh token, by its number.
pub(super) fn refresh(ids: &IdSealer, record: RecordKey, grant: GrantId, number: u32) -> String {
    ids.seal(IdKind::AppRefresh, &[record.0.as_slice(), &grant.0, &number.to_be_bytes()].concat())
}

/// The grant and the number of a refresh token of ours.
pub(super) fn open_refresh(ids: &IdSealer, token: &str) -> Option<(RecordKey, GrantId, u32)> {
    let plain = ids.open(IdKind::AppRefresh, token)?;
    let (record, grant, rest) = named(&plain)?;
    Some((record, grant, u32::from_be_bytes(rest.try_into().ok()?)))
}

/// What an access token says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AccessKey {
    pub record: RecordKey,
    pub grant: GrantId,
    expires: i64,
}

impl AccessKey {
    /// A key that lasts so many seconds.
    pub fn new(record: RecordKey, grant: GrantId, now: Moment, seconds: i64) -> Self {
        AccessKey { record, grant, expires: now.as_seconds() + seconds }
    }

    /// As a bearer token.
    pub fn seal(self, ids: &IdSealer) -> String {
        format!("{PREFIX}{}", ids.seal(IdKind::AppAccess, &[self.record.0.as_slice(), &self.grant.0, &self.expires.to_be_bytes()].concat()))
    }

    /// From a bearer token of ours.
    pub fn open(ids: &IdSealer, token: &str) -> Option<Self> {
        let plain = ids.open(IdKind::AppAccess, token.strip_prefix(PREFIX)?)?;
        let (record, grant, rest) = named(&plain)?;
        Some(AccessKey { record, grant, expires: i64::from_be_bytes(rest.try_into().ok()?) })
    }

    /// Whether its time is not over.
    pub fn is_current(self, now: Moment) -> bool {
        now.as_seconds() < self.expires
    }
}

/// The record and the grant at the head of a plain text, and what follows.
fn named(plain: &[u8]) -> Option<(RecordKey, GrantId, &[u8])> {
    let (record, rest) = plain.split_at_checked(16)?;
    let (grant, rest) = rest.split_at_checked(16)?;
    Some((RecordKey(record.try_into().ok()?), GrantId(grant.try_into().ok()?), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_opens_as_one_of_another_kind() {
        let (ids, record, grant) = (IdSealer::new(&[3; 32]), RecordKey([1; 16]), GrantId([2; 16]));
        let now = Moment::from_seconds(1_000);
        let access = AccessKey::new(record, grant, now, 60);
        let (code, refresh, token) = (code(&ids, record, grant), refresh(&ids, record, grant, 7), access.seal(&ids));
        assert_eq!(open_code(&ids, &code), Some((record, grant)));
        assert_eq!(open_refresh(&ids, &refresh), Some((record, grant, 7)));
        assert!(AccessKey::open(&ids, &token).is_some_and(|key| key.grant == grant && key.is_current(now) && !key.is_current(now.plus_seconds(60))));
        for other in [&code, &refresh] {
            assert!(AccessKey::open(&ids, other).is_none() && AccessKey::open(&ids, &format!("app_{other}")).is_none());
        }
        assert!(open_code(&ids, &refresh).is_none() && open_refresh(&ids, &code).is_none());
        let (practice, key) = (practice_code(&ids, grant, "ps:8"), PracticeKey { grant, account: "ps:8".to_owned() }.seal(&ids));
        assert_eq!(open_practice_code(&ids, &practice), Some((grant, "ps:8".to_owned())));
        assert!(PracticeKey::open(&ids, &key).is_some_and(|key| key.account == "ps:8" && key.grant == grant));
        assert!(PracticeKey::open(&ids, &practice).is_none() && AccessKey::open(&ids, &key).is_none() && open_code(&ids, &practice).is_none());
        assert!(AccessKey::open(&IdSealer::new(&[4; 32]), &token).is_none(), "a token of another store");
    }
}
