//! What every handler can reach.

use std::ops::Deref;
use std::sync::Arc;

use dmp_oidc::RelyingParty;
use dmp_service::{CardRegistry, CodeMailer, Formats, OpeningDesk, Service};

use crate::apps::Apps;
use crate::caller::{AccessTokens, Clients, KeptForms, ProvenSubjects, Sessions};
use crate::directory::Directory;
use crate::fhir::RenderCache;
use crate::mailbox::SandboxMailbox;
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
    /// Apps that a person may let in.
    pub(crate) apps: Arc<Apps>,
    pub(crate) sessions: Arc<Sessions>,
    /// The professionals' identity provider, when one is configured.
    pub(crate) oidc: Option<Arc<RelyingParty>>,
    /// Those of structures, each for the users of its directory.
    pub(crate) structure_oidc: Arc<Vec<crate::pro_site::StructureProvider>>,
    pub(crate) counter_oidc: Arc<Vec<crate::counter_site::CounterProvider>>,
    /// The persons' identity provider, when one is configured.
    pub(crate) person_oidc: Option<Arc<RelyingParty>>,
    /// Who proved at it who they are, and waits for an account.
    pub(crate) proven: Arc<ProvenSubjects>,
    /// Forms whose session had ended when they were sent.
    pub(crate) kept: Arc<KeptForms>,
    /// `None` where browsers know no passkeys.
    pub(crate) passkeys: Option<Arc<dmp_passkey::RelyingParty>>,
    pub(crate) directory: Arc<Directory>,
    /// What sends codes by mail; `None`: nothing does.
    pub(crate) mailer: Option<Arc<dyn CodeMailer>>,
    /// Where people open their record themselves; `None`: nowhere.
    pub(crate) opening: Option<Arc<OpeningDesk>>,
    /// The mailbox of a demonstration.
    pub(crate) mailbox: Option<Arc<SandboxMailbox>>,
    pub(crate) metrics: Arc<Metrics>,
    /// Files that professionals are about to deposit.
    pub(crate) deposits: Arc<crate::pro_site::Deposits>,
    /// Cards of CDS Hooks whose feedback is waited for.
    pub(crate) cards: Arc<crate::cds::Cards>,
    pub(crate) rendered: Arc<RenderCache>,
    /// Addresses of links that led nowhere, counted.
    pub(crate) wrong_links: Arc<crate::share::WrongLinks>,
    /// How often strangers have asked in this minute.
    pub(crate) strangers: Arc<crate::strangers::Strangers>,
    /// What the service costs, when its operator says so.
    pub(crate) costs: Option<Arc<dmp_core::statistics::Costs>>,
    /// The capability statement, rendered once.
    pub(crate) metadata: Arc<crate::fhir::Metadata>,
}

impl App {
    /// Puts the doors over the acts.
    pub fn new(service: Service, config: AppConfig, token_key: &[u8; 32], clients: Clients, directory: Directory) -> Self {
        let metadata = Arc::new(crate::fhir::Metadata::render(&config));
        let metrics = Arc::new(Metrics::default());
        let acts = service.clone();
        metrics.also(move || acts.guesses().figures(acts.config().mode));
        App(Arc::new(Parts {
            tokens: Arc::new(AccessTokens::new(token_key, &config.base_url, service.config().mode)),
            service,
            formats: Arc::new(crate::Codecs::without_hostile()),
            clients: Arc::new(clients),
            apps: Arc::default(),
            sessions: Arc::new(Sessions::default()),
            oidc: None,
            structure_oidc: Arc::default(),
            counter_oidc: Arc::default(),
            person_oidc: None,
            proven: Arc::default(),
            kept: Arc::default(),
            passkeys: dmp_passkey::RelyingParty::new(&config.base_url, &passkey_key(token_key)).map(Arc::new),
            directory: Arc::new(directory),
            mailer: None,
            opening: None,
            mailbox: None,
            metrics,
            deposits: Arc::default(),
            cards: Arc::default(),
            rendered: Arc::new(RenderCache::default()),
            wrong_links: Arc::default(),
            strangers: Arc::default(),
            costs: None,
            config: Arc::new(config),
            metadata,
        }))
    }
}

/// A key of its own for the challenges of passkeys.
fn passkey_key(token_key: &[u8; 32]) -> [u8; 32] {
    use aws_lc_rs::hmac;
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, token_key), b"passkey challenges");
    let mut key = [0; 32];
    for (to, from) in key.iter_mut().zip(tag.as_ref()) {
        *to = *from;
    }
    key
}

impl App {
    /// Reads and cleans what people add with these codecs; without them nothing opens PDFs or pictures.
    #[must_use]
    pub fn with_formats(mut self, formats: Arc<dyn Formats>) -> Self {
        Arc::make_mut(&mut self.0).formats = formats;
        self
    }

    /// Lets persons sign in at an identity provider of theirs.
    ///
    /// # Errors
    /// What is wrong with the configuration, in words.
    pub fn with_person_oidc(mut self, config: dmp_oidc::OidcConfig) -> Result<Self, String> {
        let oidc = RelyingParty::new(config, &format!("{}/signin/oidc/callback", self.config.base_url))?;
        Arc::make_mut(&mut self.0).person_oidc = Some(Arc::new(oidc));
        Ok(self)
    }

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

    /// Lets users of structures sign in at the providers of their structures, for the structures whose directory is kept here.
    ///
    /// # Errors
    /// What is wrong with which configuration, in words. SECURITY: an issuer speaks for one structure: what it calls its users would otherwise be
    /// looked for in another directory, where it may be somebody else.
    pub fn with_structure_oidc(mut self, configs: &[dmp_oidc::StructureOidcConfig]) -> Result<Self, String> {
        let mut providers: Vec<crate::pro_site::StructureProvider> = Vec::new();
        let professionals = self.oidc.as_ref().map(|oidc| oidc.issuer().to_owned());
        for config in configs {
            let provider = crate::pro_site::StructureProvider::new(config, &self.clients, &self.config.base_url);
            let provider = provider.map_err(|why| format!("{}: {why}", config.id))?;
            let mut issuers = providers.iter().map(|known| known.party.issuer()).chain(professionals.as_deref());
            if issuers.any(|known| known == provider.party.issuer()) {
                return Err(format!("{}: issuer: another provider has it", config.id));
            }
            if providers.iter().any(|known| known.id == provider.id) {
                return Err(format!("{}: id: another provider has it", config.id));
            }
            providers.push(provider);
        }
        Arc::make_mut(&mut self.0).structure_oidc = Arc::new(providers);
        Ok(self)
    }

    /// Lets agents of the insurer sign in at its provider.
    ///
    /// # Errors
    /// What is wrong with which configuration, in words. SECURITY: an issuer speaks for one house, and never for professionals and agents alike.
    pub fn with_counter_oidc(mut self, configs: &[dmp_oidc::CounterOidcConfig]) -> Result<Self, String> {
        let mut providers: Vec<crate::counter_site::CounterProvider> = Vec::new();
        for config in configs {
            let provider = crate::counter_site::CounterProvider::new(config, &self.config.base_url);
            let provider = provider.map_err(|why| format!("{}: {why}", config.id))?;
            let others = self.oidc.iter().map(|oidc| oidc.issuer()).chain(self.structure_oidc.iter().map(|known| known.party.issuer()));
            if others.chain(providers.iter().map(|known| known.party.issuer())).any(|known| known == provider.party.issuer()) {
                return Err(format!("{}: issuer: another provider has it", config.id));
            }
            if providers.iter().any(|known| known.id() == provider.id()) {
                return Err(format!("{}: id: another provider has it", config.id));
            }
            providers.push(provider);
        }
        Arc::make_mut(&mut self.0).counter_oidc = Arc::new(providers);
        Ok(self)
    }

    /// Sends codes by a mailer of the installation.
    #[must_use]
    pub fn with_mailer(mut self, mailer: Arc<dyn CodeMailer>) -> Self {
        let parts = Arc::make_mut(&mut self.0);
        parts.service = parts.service.clone().with_mailer(Arc::clone(&mailer));
        parts.mailer = Some(mailer);
        self
    }

    /// Lets strangers ask so often, and no more.
    #[must_use]
    pub fn with_strangers(mut self, limits: crate::StrangerLimits) -> Self {
        let strangers = Arc::new(crate::strangers::Strangers::new(limits));
        Arc::make_mut(&mut self.0).strangers = Arc::clone(&strangers);
        self.metrics.also(move || vec![("dmp_strangers_turned_away_total", strangers.turned_away())]);
        self
    }

    /// Keeps codes in a mailbox that a page of the demonstration shows.
    #[must_use]
    pub fn with_mailbox(mut self) -> Self {
        let mailbox = Arc::new(SandboxMailbox::default());
        Arc::make_mut(&mut self.0).mailbox = Some(Arc::clone(&mailbox));
        self.with_mailer(mailbox)
    }

    /// The desk at which people open their records, where there is one.
    pub fn opening_desk(&self) -> Option<Arc<OpeningDesk>> {
        self.opening.clone()
    }

    /// Lets people open their record themselves, when there is something that sends codes.
    #[must_use]
    pub fn with_opening(mut self, registry: Arc<dyn CardRegistry>) -> Self {
        if let Some(mailer) = self.mailer.clone() {
            let desk = OpeningDesk::new(self.service.clone(), registry, mailer);
            let (tally, mode) = (desk.tally(), self.service.config().mode);
            self.metrics.also(move || tally.figures(mode));
            Arc::make_mut(&mut self.0).opening = Some(Arc::new(desk));
        }
        self
    }

    /// The same, with apps that persons may let in.
    #[must_use]
    pub fn with_apps(mut self, apps: Apps) -> Self {
        Arc::make_mut(&mut self.0).apps = Arc::new(apps);
        self
    }

    /// Tells what the service costs by record.
    #[must_use]
    pub fn with_costs(mut self, costs: dmp_core::statistics::Costs) -> Self {
        Arc::make_mut(&mut self.0).costs = Some(Arc::new(costs));
        self
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
