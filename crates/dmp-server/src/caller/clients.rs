//! Registered software of organisations (SMART backend services), with their public keys.

use std::collections::HashMap;
use std::sync::Mutex;

use jsonwebtoken::jwk::JwkSet;
use serde::Deserialize;

/// A registered client.
#[derive(Debug, Clone, Deserialize)]
pub struct Client {
    pub client_id: String,
    /// Name shown in the journal.
    pub software: String,
    /// National identifier of the structure that runs it.
    pub structure_id: String,
    pub structure_name: String,
    /// Scopes it may ask for.
    pub scope: String,
    /// Its public keys, inline. SECURITY: keys are never fetched from an address that a caller gives.
    #[serde(default = "no_keys")]
    pub jwks: JwkSet,
    /// SHA-256 of its certificates, hexadecimal. Where there is one, nothing is answered to it but over TLS with one of them (RFC 8705).
    #[serde(default)]
    pub certificates: Vec<String>,
    /// Origins (`https://host`) of its pages: they may show the frame with the summary, and send calls that open without a question.
    #[serde(default)]
    pub embeds: Vec<String>,
}

fn no_keys() -> JwkSet {
    JwkSet { keys: Vec::new() }
}

impl Client {
    /// Whether it may speak over a connection with this certificate (`None`: without one).
    pub fn speaks_over(&self, peer: Option<&str>) -> bool {
        self.certificates.is_empty() || peer.is_some_and(|peer| self.has_certificate(peer))
    }

    /// Whether this is one of its certificates.
    pub fn has_certificate(&self, peer: &str) -> bool {
        self.certificates.iter().any(|known| known.replace(':', "").eq_ignore_ascii_case(peer))
    }
}

/// The register of clients.
#[derive(Debug, Default)]
pub struct Clients {
    clients: Vec<Client>,
    /// Assertions seen, until they expire: each is good once.
    seen: Mutex<HashMap<String, i64>>,
}

/// Assertions remembered against replay; past it those that expired are forgotten, and if none did, no more are taken.
const SEEN_MAX: usize = 200_000;

impl Clients {
    /// A register of the given clients.
    pub fn new(clients: Vec<Client>) -> Self {
        Clients { clients, seen: Mutex::default() }
    }

    /// The same, once each origin was looked at.
    ///
    /// # Errors
    /// Which client is wrong, and what about it.
    pub fn checked(clients: Vec<Client>) -> Result<Self, String> {
        // SECURITY: they stand in a policy that browsers read: an origin and nothing else, of TLS or of this very machine.
        let safe = |origin: &String| crate::apps::is_web(origin) && crate::apps::origin_of(origin).as_ref() == Some(origin);
        match clients.iter().find(|client| !client.embeds.iter().all(safe)) {
            Some(client) => Err(format!("client {}: embeds are origins, https://host or http on loopback, without a path", client.client_id)),
            None => Ok(Clients::new(clients)),
        }
    }

    /// The origins of all registered software.
    pub(crate) fn origins(&self) -> impl Iterator<Item = &str> {
        self.clients.iter().flat_map(|client| &client.embeds).map(String::as_str)
    }

    /// Whether a page of this origin belongs to registered software.
    pub(crate) fn knows_origin(&self, origin: &str) -> bool {
        self.origins().any(|known| known == origin)
    }

    /// The client with this identifier.
    pub fn get(&self, client_id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.client_id == client_id)
    }

    /// Whether a structure keeps a directory of its users here: software of it is registered for that by name. Then nobody acts for it who is
    /// not in the directory.
    pub fn keeps_directory(&self, structure_id: &str) -> bool {
        self.directory_of(structure_id).is_some()
    }

    /// The name of a structure that does.
    pub(crate) fn directory_of(&self, structure_id: &str) -> Option<&str> {
        let keeps = |scope: &str| scope.split_ascii_whitespace().any(|one| one.split_once('/').is_some_and(|(_, rest)| rest.starts_with("User.")));
        let keeper = self.clients.iter().find(|client| client.structure_id == structure_id && keeps(&client.scope));
        keeper.map(|client| client.structure_name.as_str())
    }

    /// Whether an assertion is used for the first time. `expires` and `now` in seconds since the epoch.
    pub fn first_use(&self, client_id: &str, assertion_id: &str, expires: i64, now: i64) -> bool {
        let Ok(mut seen) = self.seen.lock() else { return false };
        if seen.len() >= SEEN_MAX {
            seen.retain(|_, expiry| *expiry > now);
        }
        seen.len() < SEEN_MAX && seen.insert(format!("{client_id} {assertion_id}"), expires).is_none()
    }
}
