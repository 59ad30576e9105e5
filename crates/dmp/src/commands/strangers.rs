//! The options of the doors that strangers may ask at.

use clap::Args;

/// How often somebody whom nobody knows may ask: where a record is opened, where people sign in, where a link wants its code.
#[derive(Debug, Clone, Args)]
pub struct StrangerOptions {
    /// Requests of one address in a minute; 0: no limit.
    #[arg(long, default_value_t = 120, value_name = "COUNT")]
    pub strangers_per_address: u32,
    /// Requests about one account or link in a minute; 0: no limit.
    #[arg(long, default_value_t = 10, value_name = "COUNT")]
    pub strangers_per_account: u32,
    /// Header in which the proxy before this server says whose request it is (`x-forwarded-for`: the last word counts). Without it, who is
    /// connected.
    #[arg(long, value_name = "NAME")]
    pub address_header: Option<String>,
}

impl StrangerOptions {
    /// The limits of the doors.
    ///
    /// # Errors
    /// What is wrong with the header's name, in words.
    pub fn limits(&self) -> Result<dmp_server::StrangerLimits, String> {
        let header = self.address_header.as_ref().map(|name| name.parse().map_err(|_| format!("--address-header: `{name}` is no name of a header")));
        Ok(dmp_server::StrangerLimits {
            per_address: self.strangers_per_address,
            per_account: self.strangers_per_account,
            address_header: header.transpose()?,
        })
    }
}
