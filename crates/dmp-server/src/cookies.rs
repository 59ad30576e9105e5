//! Cookies that no other site can set: over https each of ours that decides something is `__Host-…`, which a browser takes from this very host
//! alone, for the whole of it (RFC 6265bis 4.1.3.2). A neighbour domain that shares our parent can then put none of its own in their place.
//!
//! Inside, a cookie has its plain name: the sign is put on as the answer leaves, and taken off as the request comes in. A cookie of ours without
//! the sign is nobody's there.

use axum::http::{HeaderMap, HeaderValue, header};

const SIGN: &str = "__Host-";
/// How the names of our cookies begin.
const OURS: &str = "dmp_";
/// Cookies that decide nothing: language and display.
const PLAIN: [&str; 2] = ["dmp_lang", "dmp_display"];

fn is_guarded(name: &str) -> bool {
    name.starts_with(OURS) && !PLAIN.contains(&name)
}

/// Takes the sign off cookies that come in, and drops those that lack it.
pub(crate) fn take_in(headers: &mut HeaderMap) {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).map(str::trim).filter_map(|pair| {
        let (name, _) = pair.split_once('=')?;
        match pair.strip_prefix(SIGN) {
            Some(rest) if name.strip_prefix(SIGN).is_some_and(is_guarded) => Some(rest),
            _ => (!is_guarded(name)).then_some(pair),
        }
    });
    let kept = pairs.collect::<Vec<_>>().join("; ");
    headers.remove(header::COOKIE);
    if let Ok(value) = HeaderValue::from_str(&kept)
        && !kept.is_empty()
    {
        headers.insert(header::COOKIE, value);
    }
}

/// Puts the sign on cookies that leave.
pub(crate) fn send_out(headers: &mut HeaderMap) {
    let signed = |value: &HeaderValue| {
        let line = value.to_str().ok()?;
        let (name, _) = line.split_once('=')?;
        let guarded = is_guarded(name) && line.contains("; Secure") && line.contains("; Path=/;");
        guarded.then(|| HeaderValue::from_str(&format!("{SIGN}{line}")).ok()).flatten()
    };
    let lines: Vec<HeaderValue> = headers.get_all(header::SET_COOKIE).iter().map(|value| signed(value).unwrap_or_else(|| value.clone())).collect();
    headers.remove(header::SET_COOKIE);
    headers.extend(lines.into_iter().map(|line| (header::SET_COOKIE, line)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn came(line: &'static str) -> String {
        let mut headers = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(line))]);
        take_in(&mut headers);
        headers.get(header::COOKIE).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    #[test]
    fn a_cookie_of_a_neighbour_is_not_ours() {
        assert_eq!(came("dmp_session=theirs; __Host-dmp_session=ours; dmp_lang=fr"), "dmp_session=ours; dmp_lang=fr");
        assert_eq!(came("dmp_session=theirs; dmp_known=theirs"), "");
        assert_eq!(came("__Host-other=1; other=2; __Host-dmp_lang=en"), "__Host-other=1; other=2; __Host-dmp_lang=en");
    }

    #[test]
    fn what_leaves_over_https_is_signed_and_nothing_else() {
        let lines = [
            ("dmp_session=a; Path=/; HttpOnly; SameSite=Strict; Secure", true),
            ("dmp_session=a; Path=/; HttpOnly; SameSite=Strict", false),
            ("dmp_lang=fr; Path=/; Max-Age=31536000; SameSite=Lax", false),
        ];
        for (line, expected) in lines {
            let mut headers = HeaderMap::from_iter([(header::SET_COOKIE, HeaderValue::from_static(line))]);
            send_out(&mut headers);
            assert_eq!(headers.get(header::SET_COOKIE).unwrap().to_str().unwrap().starts_with(SIGN), expected, "{line}");
        }
    }
}
