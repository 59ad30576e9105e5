//! `dmp sandbox`: who can be chosen in a running demonstration, and tokens for them.

use bytes::Bytes;
use http::Method;

use crate::commands::{IdentitiesOptions, TokenOptions};
use crate::http::{Connection, form_value};
use crate::print;

/// Lists the test identities.
pub async fn identities(options: IdentitiesOptions) -> Result<(), String> {
    let mut connection = Connection::open(&options.server).await?;
    let answer = connection.send(Method::GET, "/sandbox/identities", &[], Bytes::new()).await?;
    if !answer.status.is_success() {
        return Err(format!("{} is not a demonstration: {}", options.server, answer.status));
    }
    let identities: Vec<serde_json::Value> = serde_json::from_slice(&answer.body).map_err(|error| error.to_string())?;
    if options.json {
        print::json(&identities);
        return Ok(());
    }
    for one in &identities {
        let text = |name: &str| one.get(name).and_then(serde_json::Value::as_str).unwrap_or("-").to_owned();
        print::line(&format!("{:<22} {:<14} {:<28} {:<17} {}", text("name"), text("kind"), text("display_name"), text("ins"), text("what_for")));
    }
    Ok(())
}

/// Prints a token.
pub async fn token(options: TokenOptions) -> Result<(), String> {
    let mut connection = Connection::open(&options.server).await?;
    let mut form = format!("as={}", form_value(&options.identity));
    for (name, value) in [("purpose", &options.purpose), ("reason", &options.reason)] {
        if let Some(value) = value {
            form.push_str(&format!("&{name}={}", form_value(value)));
        }
    }
    for (name, set) in [("secret", options.secret), ("consent_now", options.consent_now)] {
        if set {
            form.push_str(&format!("&{name}=true"));
        }
    }
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let answer = connection.send(Method::POST, "/sandbox/token", &headers, form.into()).await?;
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    if !answer.status.is_success() {
        return Err(format!("no token: {} {}", answer.status, text.trim()));
    }
    if options.json {
        print::json(&serde_json::json!({ "identity": options.identity, "access_token": text }));
    } else {
        print::line(&text);
    }
    Ok(())
}
