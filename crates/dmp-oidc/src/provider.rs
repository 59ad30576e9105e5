//! What the provider says of itself: addresses and keys, read when first needed and again each hour.

use std::sync::Arc;

use dmp_core::Moment;
use openidconnect::IssuerUrl;
use openidconnect::core::CoreProviderMetadata;
use tokio::sync::Mutex;

use crate::Refusal;
use crate::transport::Transport;

/// Keys that the provider withdrew are believed no longer than this.
const METADATA_SECONDS: i64 = 3_600;
/// A token under an unknown key makes us read anew, at most this often: anybody can send such a token's code.
const KEYS_AGAIN_SECONDS: i64 = 60;
/// After a failure nobody else waits for the next attempt before this.
const AFTER_FAILURE_SECONDS: i64 = 5;

/// The provider, known or not yet.
pub(crate) struct Provider {
    issuer: IssuerUrl,
    pub transport: Transport,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    metadata: Option<(Moment, Arc<CoreProviderMetadata>)>,
    failed: Option<(Moment, Refusal)>,
}

impl Provider {
    pub fn new(issuer: IssuerUrl, transport: Transport) -> Self {
        Provider { issuer, transport, known: Mutex::default() }
    }

    /// Its addresses and keys.
    pub async fn metadata(&self, now: Moment) -> Result<Arc<CoreProviderMetadata>, Refusal> {
        self.not_older_than(METADATA_SECONDS, now).await
    }

    /// The same for a token whose key is not among those known: keys rotate.
    pub async fn metadata_again(&self, now: Moment) -> Result<Arc<CoreProviderMetadata>, Refusal> {
        self.not_older_than(KEYS_AGAIN_SECONDS, now).await
    }

    async fn not_older_than(&self, seconds: i64, now: Moment) -> Result<Arc<CoreProviderMetadata>, Refusal> {
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
        match CoreProviderMetadata::discover_async(self.issuer.clone(), &self.transport).await {
            Ok(metadata) => {
                let metadata = Arc::new(metadata);
                *known = Known { metadata: Some((now, Arc::clone(&metadata))), failed: None };
                Ok(metadata)
            }
            Err(error) => {
                let refusal = Refusal::Unavailable(format!("discovery: {}", whole(&error)));
                known.failed = Some((now, refusal.clone()));
                Err(refusal)
            }
        }
    }
}

/// An error with its causes in one line.
pub(crate) fn whole(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
