//! Servers that tests start by themselves: PostgreSQL, an S3, a mail server, a wire that can be cut. On loopback, in folders of their own, ended with the
//! process that started them.

mod certificate;
mod guard;
mod mail;
mod object_store;
mod postgres;
mod wire;

pub use mail::{MailServer, Received};
pub use object_store::ObjectStore;
pub use postgres::{Database, PASSWORD, Postgres, Stop};
pub use wire::{Cut, Wire};

use std::net::TcpListener;

/// A port that is free now.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
