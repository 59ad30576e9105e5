//! Registered software of organisations (SMART backend services), with their public keys.

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
}

impl Clients {
    /// A register of the given clients.
    pub fn new(clients: Vec<Client>) -> Self {
        Clients { clients }
    }

    /// The client with this identifier.
    pub fn get(&self, client_id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.client_id == client_id)
    }
}
