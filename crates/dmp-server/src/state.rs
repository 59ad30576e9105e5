//! What every handler can reach.

use std::ops::Deref;
use std::sync::Arc;

use dmp_oidc::RelyingParty;
use dmp_service::{Formats, Service};

use crate::caller::{AccessTokens, Clients, Sessions};
use crate::directory::Directory;
use crate::fhir::RenderCache;
use crate::metrics::Metrics;

/// How this server presents itself.
#[derive(Debug, Clone)]
pub struct AppConfig {
    /// Public address without a trailing slash, `http://127.0.0.1:8080`.
    pub base_url: String,
    /// Test identities may be chosen without proof: only in sandbox mode, only on loopback.
    pub demo: bool,
    /// Version shown in the capability statement.
    pub version: String,
}

impl AppConfig {
    /// Base of the FHIR door.
    pub fn fhir_base(&self) -> String {
        format!("{}/fhir", self.base_url)
    }
}

/// The application: cheap to clone, for every extractor of every request gets its own.
#[derive(Debug, Clone)]
pub struct App(Arc<Parts>);

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// What the application is made of.
#[derive(Debug, Clone)]
pub struct Parts {
    pub(crate) service: Service,
    /// What writes the documents of the acts.
    pub(crate) formats: Arc<dyn Formats>,
    pub(crate) config: Arc<AppConfig>,
    pub(crate) tokens: Arc<AccessTokens>,
    pub(crate) clients: Arc<Clients>,
    pub(crate) sessions: Arc<Sessions>,
    /// The professionals' identity provider, when one is configured.
    pub(crate) oidc: Option<Arc<RelyingParty>>,
    pub(crate) directory: Arc<Directory>,
    pub(crate) metrics: Arc<Metrics>,
    /// Cards of CDS Hooks whose feedback is waited for.
    pub(crate) cards: Arc<crate::cds::Cards>,
    pub(crate) rendered: Arc<RenderCache>,
    /// The capability statement, rendered once.
    pub(crate) metadata: Arc<crate::fhir::Metadata>,
}

impl App {
    /// Puts the doors over the acts.
    pub fn new(service: Service, config: AppConfig, token_key: &[u8; 32], clients: Clients, directory: Directory) -> Self {
        let metadata = Arc::new(crate::fhir::Metadata::render(&config));
        App(Arc::new(Parts {
            tokens: Arc::new(AccessTokens::new(token_key, &config.base_url, service.config().mode)),
            service,
            formats: Arc::new(crate::Codecs::without_hostile()),
            clients: Arc::new(clients),
            sessions: Arc::new(Sessions::default()),
            oidc: None,
            directory: Arc::new(directory),
            metrics: Arc::new(Metrics::default()),
            cards: Arc::default(),
            rendered: Arc::new(RenderCache::default()),
            config: Arc::new(config),
            metadata,
        }))
    }
}

impl App {
    /// Reads and cleans what people add with these codecs; without them nothing opens PDFs or pictures.
    #[must_use]
    pub fn with_formats(mut self, formats: Arc<dyn Formats>) -> Self {
        Arc::make_mut(&mut self.0).formats = formats;
        self
    }
}

impl App {
    /// Lets professionals sign in at an identity provider, which is asked for its addresses and keys meanwhile.
    ///
    /// # Errors
    /// What is wrong with the configuration, in words.
    pub fn with_oidc(mut self, config: dmp_oidc::OidcConfig) -> Result<Self, String> {
        let oidc = Arc::new(RelyingParty::new(config, &format!("{}/pro/oidc/callback", self.config.base_url))?);
        let (ahead, now) = (Arc::clone(&oidc), self.service.now());
        tokio::spawn(async move {
            if let Err(refusal) = ahead.discover(now).await {
                tracing::warn!(oidc.refusal = refusal.code(), oidc.detail = %refusal, "the identity provider is not known yet; the first login asks again");
            }
        });
        Arc::make_mut(&mut self.0).oidc = Some(oidc);
        Ok(self)
    }

    /// Public address, without a trailing slash.
    pub fn base_url(&self) -> &str {
        &self.config.base_url
    }

    /// The acts that the doors ask for: for the worker, which is no door.
    pub fn acts(&self) -> &Service {
        &self.service
    }

    /// The counters of `/metrics`.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// A token for a caller that the program itself vouches for: measures and tests.
    pub fn token_for(&self, caller: &dmp_core::access::Caller, scope: &str) -> Option<String> {
        self.tokens.issue(caller, scope, "self", self.service.now()).ok()
    }
}
