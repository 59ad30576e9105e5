//! What the browser says of a ceremony (WebAuthn §5.8.1, CollectedClientData), as it was signed.

use serde::Deserialize;

use crate::{Ceremony, Refusal};

/// The members that are judged; others may come.
#[derive(Deserialize)]
struct ClientData {
    r#type: String,
    challenge: String,
    origin: String,
    #[serde(rename = "crossOrigin", default)]
    cross_origin: bool,
}

/// Judges type and origin, and gives the challenge (WebAuthn §7.1 steps 7 to 9, §7.2 steps 11 to 13).
pub(crate) fn challenge_of(json: &[u8], ceremony: Ceremony, origin: &str) -> Result<String, Refusal> {
    let data: ClientData = serde_json::from_slice(json).map_err(|_| Refusal::Unreadable("client data"))?;
    if data.r#type != ceremony.client_type() {
        return Err(Refusal::Elsewhere("type"));
    }
    // SECURITY: letter by letter; another port or a prefix is another site.
    if data.origin != origin {
        return Err(Refusal::Elsewhere("origin"));
    }
    // Our pages stand in no frame.
    if data.cross_origin {
        return Err(Refusal::Elsewhere("frame"));
    }
    Ok(data.challenge)
}
