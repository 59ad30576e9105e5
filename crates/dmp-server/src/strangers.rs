//! How often doors that anybody may knock at are asked in a minute: from one address, and about one account. Whoever asks more often waits,
//! the same whether what they ask about is there or not. What protects a code or a link is counted durably by its act; this keeps work away.
//!
//! The memory is bounded and small: two rows of counters, in each of which a key has a place that nobody outside can reckon. Strangers who
//! share a place in one row hardly ever share the other, and the smaller count holds.

use std::hash::{BuildHasher, Hash, RandomState};
use std::net::{IpAddr, SocketAddr};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::{ConnectInfo, FromRequestParts, MatchedPath, Request, State};
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use dmp_core::Moment;
use dmp_pages::{ErrorPage, Site};

use crate::App;
use crate::share;
use crate::site::{Visitor, page_with};

/// Forms that somebody fills in whom nobody knows yet: opening a record, signing in, the code of a link.
const DOORS: [&str; 8] =
    ["/opening", "/opening/code", "/opening/card", "/signin/start", "/signin/code", "/signin/passkey", "/share/open/{id}", "/shl/{id}"];

/// What an installation allows.
#[derive(Debug, Clone)]
pub struct StrangerLimits {
    /// Requests of one address in a minute; 0: as many as they like.
    pub per_address: u32,
    /// Requests about one account or link in a minute; 0: as many as they like.
    pub per_account: u32,
    /// The header in which a proxy before this server says who asked; its last word counts. `None`: who is connected.
    pub address_header: Option<HeaderName>,
}

impl Default for StrangerLimits {
    fn default() -> Self {
        StrangerLimits { per_address: 120, per_account: 10, address_header: None }
    }
}

/// What was asked in this minute.
#[derive(Debug, Default)]
pub(crate) struct Strangers {
    limits: StrangerLimits,
    addresses: Counts,
    accounts: Counts,
    turned_away: AtomicU64,
}

impl Strangers {
    pub fn new(limits: StrangerLimits) -> Self {
        Strangers { limits, ..Strangers::default() }
    }

    /// Requests turned away since the start.
    pub fn turned_away(&self) -> u64 {
        self.turned_away.load(Ordering::Relaxed)
    }

    /// Counts a request of an address. `Some`: so many seconds to wait.
    fn of_address(&self, address: Option<IpAddr>, now: Moment) -> Option<u32> {
        self.waits(self.addresses.count(&address.map(network), self.limits.per_address, now))
    }

    /// Counts a request about an account or a link, as it was typed. `Some`: so many seconds to wait. `browser`: what the browser shows of
    /// earlier sign-ins: a stranger's tries do not keep the person out of their own.
    pub fn about(&self, door: &str, typed: &str, browser: Option<&str>, now: Moment) -> Option<u32> {
        let typed: String = typed.chars().filter(|sign| !sign.is_whitespace()).take(TYPED_MAX).flat_map(char::to_lowercase).collect();
        self.waits(self.accounts.count(&(door, typed, browser), self.limits.per_account, now))
    }

    fn waits(&self, seconds: Option<u32>) -> Option<u32> {
        if seconds.is_some() {
            self.turned_away.fetch_add(1, Ordering::Relaxed);
        }
        seconds
    }
}

/// Characters that tell one account from another.
const TYPED_MAX: usize = 128;

/// Requests by key in one minute.
#[derive(Debug, Default)]
struct Counts {
    rows: [RandomState; 2],
    minute: Mutex<Minute>,
}

#[derive(Debug, Default)]
struct Minute {
    number: i64,
    counts: [Vec<u32>; 2],
}

/// Counters of a row: 64 KiB.
const PLACES: usize = 1 << 14;

impl Counts {
    /// Counts one; `Some` when there were too many in this minute: the seconds until the next.
    fn count(&self, key: &impl Hash, most: u32, now: Moment) -> Option<u32> {
        if most == 0 {
            return None;
        }
        let (number, second) = (now.as_seconds().div_euclid(60), now.as_seconds().rem_euclid(60));
        let mut minute = self.minute.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if minute.number != number || minute.counts.iter().any(Vec::is_empty) {
            *minute = Minute { number, counts: [vec![0; PLACES], vec![0; PLACES]] };
        }
        let mut asked = u32::MAX;
        for (row, counts) in self.rows.iter().zip(&mut minute.counts) {
            let place = usize::try_from(row.hash_one(key) % PLACES as u64).unwrap_or_default();
            if let Some(count) = counts.get_mut(place) {
                *count = count.saturating_add(1);
                asked = asked.min(*count);
            }
        }
        (asked > most).then(|| u32::try_from(60 - second).unwrap_or(60))
    }
}

/// One household or company has a whole network of IPv6 addresses (RFC 6177): the first half of the address counts.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => six.to_ipv4_mapped().map_or_else(|| IpAddr::V6((u128::from(six) >> 64 << 64).into()), IpAddr::V4),
    }
}

/// Who asks, as far as it can be known. SECURITY: the header is believed only where the installation says that a proxy sets it.
fn address(limits: &StrangerLimits, headers: &HeaderMap, extensions: &Extensions) -> Option<IpAddr> {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    let told = limits.address_header.as_ref().and_then(|name| {
        let last = headers.get_all(name).iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim();
        last.parse().ok().or_else(|| last.parse::<SocketAddr>().ok().map(|address| address.ip()))
    });
    told.or(peer)
}

/// Stands before the doors.
pub(crate) async fn meet(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned()).unwrap_or_default();
    if request.method() != Method::POST || !DOORS.contains(&path.as_str()) {
        return next.run(request).await;
    }
    let now = app.service.now();
    let whence = address(&app.strangers.limits, request.headers(), request.extensions());
    let link = path.ends_with("{id}").then(|| request.uri().path().to_owned());
    let waits = app.strangers.of_address(whence, now).or_else(|| app.strangers.about(&path, link.as_deref()?, None, now));
    let Some(seconds) = waits else { return next.run(request).await };
    if path == "/shl/{id}" {
        return share::waiting(seconds);
    }
    let (mut parts, _) = request.into_parts();
    let Ok(visitor) = Visitor::from_request_parts(&mut parts, &app).await;
    turned_away(&app, &visitor, seconds)
}

/// The page for whoever asks too often.
pub(crate) fn turned_away(app: &App, visitor: &Visitor, seconds: u32) -> Response {
    let status = StatusCode::TOO_MANY_REQUESTS;
    let (shell, home) = (visitor.shell(app, Site::Public, "/"), "/".to_owned());
    let page = ErrorPage { shell, status: status.as_u16(), words: None, code: None, incident: None, home };
    let mut response = page_with(status, &page);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment::from_seconds(6_000);

    fn strangers() -> Strangers {
        Strangers::new(StrangerLimits { per_address: 3, per_account: 2, ..StrangerLimits::default() })
    }

    fn ip(text: &str) -> Option<IpAddr> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn an_address_asks_so_often_in_a_minute_and_another_is_not_kept_out() {
        let strangers = strangers();
        for _ in 0..3 {
            assert_eq!(strangers.of_address(ip("192.0.2.1"), NOW), None);
        }
        assert_eq!(strangers.of_address(ip("192.0.2.1"), NOW.plus_seconds(20)), Some(40));
        assert_eq!(strangers.of_address(ip("::ffff:192.0.2.1"), NOW), Some(60), "the same address");
        assert_eq!(strangers.of_address(ip("192.0.2.2"), NOW), None);
        assert_eq!(strangers.of_address(ip("192.0.2.1"), NOW.plus_seconds(60)), None, "the next minute begins anew");
        assert_eq!(strangers.turned_away(), 2);
    }

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let strangers = strangers();
        for host in ["1", "2", "dead:beef"] {
            assert_eq!(strangers.of_address(ip(&format!("2001:db8:0:1::{host}")), NOW), None);
        }
        assert!(strangers.of_address(ip("2001:db8:0:1::4"), NOW).is_some());
        assert_eq!(strangers.of_address(ip("2001:db8:0:2::4"), NOW), None);
    }

    #[test]
    fn an_account_is_asked_about_so_often_however_it_is_typed_and_a_known_browser_has_its_own_share() {
        let strangers = strangers();
        assert_eq!(strangers.about("/signin/start", "Claire.Exemple", None, NOW), None);
        assert_eq!(strangers.about("/signin/start", " claire.exemple ", None, NOW), None);
        assert_eq!(strangers.about("/signin/start", "CLAIRE.EXEMPLE", None, NOW), Some(60));
        assert_eq!(strangers.about("/signin/start", "claire.exemple", Some("word"), NOW), None);
        assert_eq!(strangers.about("/signin/start", "somebody.else", None, NOW), None);
        assert_eq!(strangers.about("/opening", "claire.exemple", None, NOW), None, "another door");
    }

    #[test]
    fn zero_is_no_limit_and_the_memory_does_not_grow() {
        let free = Strangers::new(StrangerLimits { per_address: 0, per_account: 0, ..StrangerLimits::default() });
        assert!((0..10_000).all(|_| free.of_address(ip("192.0.2.1"), NOW).is_none() && free.about("/opening", "1", None, NOW).is_none()));
        let strangers = strangers();
        for number in 0..50_000_u32 {
            strangers.of_address(Some(IpAddr::V4(number.into())), NOW);
        }
        let minute = strangers.addresses.minute.lock().unwrap();
        assert!(minute.counts.iter().all(|row| row.len() == PLACES));
    }

    #[test]
    fn of_a_thousand_quiet_addresses_none_is_kept_out_by_a_loud_one() {
        let strangers = strangers();
        for _ in 0..10_000 {
            strangers.of_address(ip("203.0.113.7"), NOW);
        }
        let kept_out = (0..1_000_u32).filter(|number| strangers.of_address(Some(IpAddr::V4((0x0a00_0000 + number).into())), NOW).is_some()).count();
        assert!(kept_out <= 1, "{kept_out}");
    }

    #[test]
    fn a_proxy_is_believed_only_where_it_was_named() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", HeaderValue::from_static("10.0.0.1, 192.0.2.9"));
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo::<SocketAddr>("198.51.100.1:4000".parse().unwrap()));
        let plain = StrangerLimits::default();
        assert_eq!(address(&plain, &headers, &extensions), ip("198.51.100.1"));
        let behind = StrangerLimits { address_header: Some(HeaderName::from_static("x-forwarded-for")), ..plain };
        assert_eq!(address(&behind, &headers, &extensions), ip("192.0.2.9"), "what the nearest proxy saw, not what the stranger wrote");
        headers.append("x-forwarded-for", HeaderValue::from_static("nonsense"));
        assert_eq!(address(&behind, &headers, &extensions), ip("198.51.100.1"));
    }
}
