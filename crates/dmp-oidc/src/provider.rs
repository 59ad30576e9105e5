//! What the provider says of itself: addresses and keys, read when first needed and again each hour.

use std::sync::Arc;

use bytes::Bytes;
use dmp_core::Moment;
use http::StatusCode;
use http::header::{ACCEPT, HeaderValue};
use tokio::sync::Mutex;
use url::Url;

use crate::Refusal;
use crate::keys::KeySet;
use crate::metadata::{self, Metadata};
use crate::transport::{Transport, is_of_type};

/// Keys that the provider withdrew are believed no longer than this.
const METADATA_SECONDS: i64 = 3_600;
/// A token under an unknown key makes us read anew, at most this often: anybody can send such a token's code.
const KEYS_AGAIN_SECONDS: i64 = 60;
/// After a failure nobody else waits for the next attempt before this.
const AFTER_FAILURE_SECONDS: i64 = 5;

/// The provider, known or not yet.
pub(crate) struct Provider {
    issuer: String,
    /// Where its discovery document lies.
    document: Url,
    pub transport: Transport,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    metadata: Option<(Moment, Arc<Metadata>)>,
    failed: Option<(Moment, Refusal)>,
}

impl Provider {
    /// A provider of which only the issuer is known (OpenID Connect Discovery 1.0 §4.1).
    ///
    /// # Errors
    /// What is wrong with the issuer, in words.
    pub fn new(issuer: String, transport: Transport) -> Result<Self, url::ParseError> {
        let document = metadata::address(&Url::parse(&issuer)?)?;
        Ok(Provider { issuer, document, transport, known: Mutex::default() })
    }

    /// Its addresses and keys.
    pub async fn metadata(&self, now: Moment) -> Result<Arc<Metadata>, Refusal> {
        self.not_older_than(METADATA_SECONDS, now).await
    }

    /// The same for a token whose key is not among those known: keys rotate.
    pub async fn metadata_again(&self, now: Moment) -> Result<Arc<Metadata>, Refusal> {
        self.not_older_than(KEYS_AGAIN_SECONDS, now).await
    }

    async fn not_older_than(&self, seconds: i64, now: Moment) -> Result<Arc<Metadata>, Refusal> {
        let mut known = self.known.lock().await;
        if let Some((read, metadata)) = &known.metadata
            && now < read.plus_seconds(seconds)
        {
            return Ok(Arc::clone(metadata));
        }
        if let Some((failed, refusal)) = &known.failed
            && now < failed.plus_seconds(AFTER_FAILURE_SECONDS)
        {
            return Err(refusal.clone());
        }
        match self.discover().await {
            Ok(metadata) => {
                let metadata = Arc::new(metadata);
                *known = Known { metadata: Some((now, Arc::clone(&metadata))), failed: None };
                Ok(metadata)
            }
            Err(reason) => {
                let refusal = Refusal::Unavailable(format!("discovery: {reason}"));
                known.failed = Some((now, refusal.clone()));
                Err(refusal)
            }
        }
    }

    /// OpenID Connect Discovery 1.0 §4, and the keys of RFC 7517 §5.
    async fn discover(&self) -> Result<Metadata, String> {
        let document = self.get(&self.document, &["application/json"]).await?;
        let endpoints = metadata::read(&document, &self.issuer)?;
        let keys = self.get(&endpoints.keys, &["application/json", "application/jwk-set+json"]).await;
        let keys = keys.and_then(|keys| KeySet::read(&keys)).map_err(|reason| format!("keys: {reason}"))?;
        Ok(Metadata { endpoints, keys })
    }

    async fn get(&self, url: &Url, media_types: &[&str]) -> Result<Bytes, String> {
        let mut request = http::Request::new(Bytes::new());
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        let answer = self.transport.send(url, request).await.map_err(|error| error.to_string())?;
        if answer.status() != StatusCode::OK {
            return Err(format!("answered {}", answer.status()));
        }
        if !media_types.iter().any(|media_type| is_of_type(&answer, media_type)) {
            return Err("is not JSON".to_owned());
        }
        Ok(answer.into_body())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;
    use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

    use super::*;

    /// A provider that can be up or down, and counts what it is asked.
    #[derive(Default)]
    struct Elsewhere {
        is_up: AtomicBool,
        asked: AtomicU32,
    }

    fn listen() -> (Provider, Arc<Elsewhere>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let elsewhere = Arc::new(Elsewhere::default());
        let (there, itself) = (Arc::clone(&elsewhere), issuer.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let head: Vec<String> = BufReader::new(&stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
                there.asked.fetch_add(1, Ordering::SeqCst);
                let status = if there.is_up.load(Ordering::SeqCst) { "200 OK" } else { "503 Service Unavailable" };
                let body = if head.first().is_some_and(|line| line.contains("/jwks")) {
                    r#"{"keys":[]}"#.to_owned()
                } else {
                    format!(
                        r#"{{"issuer":"{itself}","authorization_endpoint":"{itself}/auth","token_endpoint":"{itself}/token","userinfo_endpoint":"{itself}/me","jwks_uri":"{itself}/jwks"}}"#
                    )
                };
                let answer = format!(
                    "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len()
                );
                (&stream).write_all(answer.as_bytes()).unwrap();
            }
        });
        (Provider::new(issuer, Transport::new(None).unwrap()).unwrap(), elsewhere)
    }

    #[tokio::test]
    async fn a_provider_that_is_down_is_asked_again_later_and_its_keys_are_not_believed_for_ever() {
        let (provider, elsewhere) = listen();
        let at = |seconds: i64| Moment::from_seconds(1_772_543_100 + seconds);
        let asked = || elsewhere.asked.load(Ordering::SeqCst);

        assert!(matches!(provider.metadata(at(0)).await, Err(Refusal::Unavailable(_))));
        elsewhere.is_up.store(true, Ordering::SeqCst);
        assert!(provider.metadata(at(4)).await.is_err() && asked() == 1, "nobody waits for an answer that just failed");
        assert!(provider.metadata(at(5)).await.is_ok() && asked() == 3);

        elsewhere.is_up.store(false, Ordering::SeqCst);
        assert!(provider.metadata(at(3_604)).await.is_ok() && provider.metadata_again(at(64)).await.is_ok() && asked() == 3);
        assert!(provider.metadata(at(3_605)).await.is_err());
    }

    #[tokio::test]
    async fn an_unknown_key_makes_the_keys_be_read_again_once_a_minute() {
        let (provider, elsewhere) = listen();
        let at = |seconds: i64| Moment::from_seconds(1_772_543_100 + seconds);
        elsewhere.is_up.store(true, Ordering::SeqCst);
        for (seconds, asked) in [(0, 2), (59, 2), (60, 4), (61, 4)] {
            provider.metadata_again(at(seconds)).await.unwrap();
            assert_eq!(elsewhere.asked.load(Ordering::SeqCst), asked, "after {seconds} seconds");
        }
    }
}
