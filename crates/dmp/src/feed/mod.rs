//! `dmp feed`: a hospital's documents and moves into the record, from a folder or from the wire, without a hand. What came is on the disk before it
//! is acknowledged; what was sent is in the journal before its file moves; so an end at any moment loses nothing, and nothing goes twice,
//! since each document and each stay has a name that does not change.

mod compose;
mod desk;
mod folder;
mod journal;
mod key;
mod ledger;
mod link;
mod mllp;
mod options;
mod queue;
mod report;
mod sender;
mod stays;
mod users;

use std::sync::Arc;

use crate::print;
use compose::Defaults;
use desk::Desk;
use folder::Folder;
use link::Link;
pub use options::FeedOptions;
use options::{FeedCommand, FeedRun};
use sender::Sender;

/// Runs the command.
///
/// # Errors
/// In words.
pub async fn run(options: FeedOptions) -> Result<(), String> {
    match options.command {
        Some(FeedCommand::Report(options)) => report::run(&options),
        Some(FeedCommand::Users(options)) => users::run(&options).await,
        Some(FeedCommand::Key(options)) => key::make(&options),
        None => feed(&options.run).await,
    }
}

async fn feed(options: &FeedRun) -> Result<(), String> {
    let link = Link::new(&options.server, options.responsible.as_deref())?;
    let defaults = Defaults { facility_type: options.facility_type.clone(), practice_setting: options.practice_setting.clone() };
    let desk = Arc::new(Desk::open(Folder::open(&options.dir, options.discard_sent)?, defaults)?);
    let (ask, mut stop) = tokio::sync::watch::channel(false);
    tokio::spawn(async move {
        crate::serve::stop_asked().await;
        let _ = ask.send(true);
    });
    let listening = match options.mllp {
        Some(address) => {
            let listener = mllp::Listener::bind(address, &options.mllp_tls).await?;
            print::line(&format!("dmp: MLLP on {}", listener.address()?));
            Some(tokio::spawn(listener.run(Arc::clone(&desk), stop.clone())))
        }
        None => None,
    };
    print::line(&format!("dmp: feeding {} from {}", options.server.server, options.dir.display()));
    let sent = Sender::new(desk, link, options).run(options.once, &mut stop).await;
    if let Some(listening) = listening {
        listening.abort();
    }
    sent
}
