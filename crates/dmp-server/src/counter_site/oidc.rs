//! Agents sign in through the provider of their insurer: it says that they are agents of the counter, their number and their name.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use dmp_core::access::{Caller, CallerKind};
use dmp_core::identity::{StructIdNat, Structure};
use dmp_oidc::{Agent, Callback, CounterOidcConfig, RelyingParty};
use dmp_pages::{Site, StructureRefused};

use crate::App;
use crate::pro_site::{browser_of, depart, let_in, refused_by};
use crate::site::{self, Visitor};

/// Where an agent begins.
const HOME: &str = "/accueil";

/// The provider of one insurer.
#[derive(Debug)]
pub(crate) struct CounterProvider {
    pub party: RelyingParty,
    config: CounterOidcConfig,
    structure: Structure,
}

impl CounterProvider {
    /// A provider of the agents of one *caisse*.
    ///
    /// # Errors
    /// What is wrong with the configuration, in words.
    pub fn new(config: &CounterOidcConfig, base_url: &str) -> Result<Self, String> {
        let id = StructIdNat::parse(&config.structure).map_err(|_| "structure: is no national identifier of a structure")?;
        let party = RelyingParty::of_counter(config, &format!("{base_url}/accueil/oidc/{}/callback", config.id))?;
        Ok(CounterProvider { party, config: config.clone(), structure: Structure { id, name: config.structure_name.trim().to_owned() } })
    }

    /// Where a sign-in begins.
    pub fn start_path(&self) -> String {
        format!("/accueil/oidc/{}/start", self.config.id)
    }

    /// What names it in our addresses.
    pub fn id(&self) -> &str {
        &self.config.id
    }

    /// An agent as a caller. Their number is theirs at this *caisse* alone.
    fn caller(&self, agent: Agent) -> Caller {
        let account = format!("agent:{}:{}", self.structure.id.as_str(), agent.number);
        Caller { name: Some(agent.name), structure: Some(self.structure.clone()), ..Caller::bare(account, CallerKind::Agent) }
    }
}

/// Sends the browser to the provider of an insurer.
pub(crate) async fn start(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Response {
    match app.counter_oidc.iter().find(|one| one.id() == id) {
        Some(provider) => depart(&app, &visitor, &provider.party).await,
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Judges what the browser brings back, and opens a session for an agent.
///
/// SECURITY: logins wait at the provider where they began, as for those of structures. Who is no agent is let in nowhere.
pub(crate) async fn callback(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    headers: HeaderMap,
    Query(callback): Query<Callback>,
) -> Response {
    let Some(provider) = app.counter_oidc.iter().find(|one| one.id() == id) else { return StatusCode::NOT_FOUND.into_response() };
    match provider.party.finish_agent(callback, browser_of(&headers), &provider.config, app.service.now()).await {
        Ok(Some(agent)) => let_in(&app, &visitor, provider.caller(agent), HOME).await,
        Ok(None) => no_agent(&app, &visitor, provider),
        Err(refusal) => refused_by(&app, &visitor, &refusal, Some(&provider.structure)),
    }
}

/// Somebody of the insurer who may not work at the counter: a page that says whom to ask.
fn no_agent(app: &App, visitor: &Visitor, provider: &CounterProvider) -> Response {
    tracing::warn!(oidc.refusal = "no-agent", oidc.provider = %provider.id(), "nobody signed in");
    let page = StructureRefused {
        shell: visitor.shell(app, Site::Public, "/signin"),
        provider: provider.party.name().to_owned(),
        structure: provider.structure.name.clone(),
        contact: provider.config.contact.clone(),
        at_counter: true,
    };
    site::page_with(StatusCode::FORBIDDEN, &page)
}
