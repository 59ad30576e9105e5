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
    pub jwks: JwkSet,
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

    /// The client with this identifier.
    pub fn get(&self, client_id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.client_id == client_id)
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
