//! Exchanging the code that the browser brought back for tokens (OpenID Connect Core 1.0 §3.1.3; RFC 6749 §4.1.3; RFC 7636).

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{Method, StatusCode};
use serde::Deserialize;
use url::form_urlencoded;

use crate::metadata::{Endpoints, SecretPlace};
use crate::transport::{Answer, Transport, is_of_type};
use crate::{OidcConfig, Refusal};

/// What a code is exchanged for (OpenID Connect Core 1.0 §3.1.3.3). SECURITY: no `Debug`, so that tokens never show themselves in a log.
#[derive(Deserialize)]
pub(crate) struct Tokens {
    pub access_token: String,
    token_type: String,
    pub id_token: Option<String>,
}

/// RFC 6749 §5.2.
#[derive(Deserialize)]
struct TokenError {
    error: String,
}

/// What a code is exchanged with (RFC 6749 §4.1.3, RFC 7636 §4.5).
pub(crate) struct Code<'c> {
    pub code: &'c str,
    pub verifier: &'c str,
    pub redirect: &'c str,
}

/// The challenge of a verifier, method S256 (RFC 7636 §4.2).
pub(crate) fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()))
}

impl Code<'_> {
    /// Asks for the tokens (OpenID Connect Core 1.0 §3.1.3.1).
    ///
    /// # Errors
    /// [`Refusal::CodeRefused`], or [`Refusal::Unavailable`] with why.
    pub async fn exchange(&self, transport: &Transport, endpoints: &Endpoints, config: &OidcConfig) -> Result<Tokens, Refusal> {
        let request = self.request(endpoints.secret_place, config)?;
        read(&transport.send(&endpoints.token, request).await?)
    }

    fn request(&self, place: SecretPlace, config: &OidcConfig) -> Result<http::Request<Bytes>, Refusal> {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code").append_pair("code", self.code);
        form.append_pair("code_verifier", self.verifier).append_pair("redirect_uri", self.redirect);
        if place == SecretPlace::Body {
            form.append_pair("client_id", &config.client_id).append_pair("client_secret", &config.client_secret);
        }
        let mut request = http::Request::new(Bytes::from(form.finish()));
        *request.method_mut() = Method::POST;
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        if place == SecretPlace::Header {
            headers.insert(AUTHORIZATION, basic(config)?);
        }
        Ok(request)
    }
}

/// `client_secret_basic`: both parts are written as in a form before they are joined (RFC 6749 §2.3.1).
fn basic(config: &OidcConfig) -> Result<HeaderValue, Refusal> {
    let written = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let pair = format!("{}:{}", written(&config.client_id), written(&config.client_secret));
    let value = HeaderValue::from_str(&format!("Basic {}", STANDARD.encode(pair)));
    let mut value = value.map_err(|_| Refusal::Unavailable("our client_secret cannot be shown".to_owned()))?;
    value.set_sensitive(true);
    Ok(value)
}

/// RFC 6749 §5. The bytes that cannot be read may hold a token: they are not told.
fn read(answer: &Answer) -> Result<Tokens, Refusal> {
    let unreadable = || Refusal::Unavailable("its token answer cannot be read".to_owned());
    if answer.status() != StatusCode::OK {
        let refused: TokenError = serde_json::from_slice(answer.body()).map_err(|_| unreadable())?;
        return Err(match refused.error.as_str() {
            "invalid_client" => Refusal::Unavailable("it does not accept our client_id with our client_secret".to_owned()),
            _ => Refusal::CodeRefused,
        });
    }
    if !is_of_type(answer, "application/json") {
        return Err(unreadable());
    }
    let tokens: Tokens = serde_json::from_slice(answer.body()).map_err(|_| unreadable())?;
    // Another type would have to be shown in another way (RFC 6749 §7.1; OpenID Connect Core 1.0 §3.1.3.3).
    if !tokens.token_type.eq_ignore_ascii_case("Bearer") {
        return Err(Refusal::Unavailable("its access token is not of type Bearer".to_owned()));
    }
    Ok(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7636, appendix B.
    #[test]
    fn the_challenge_of_a_verifier_is_that_of_the_standard() {
        assert_eq!(challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
