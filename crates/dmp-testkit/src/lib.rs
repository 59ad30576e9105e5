//! What black-box tests share: the built program as a child process, and a plain HTTP client. Only tests use it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says so by ending"
)]

mod client;
mod fixtures;
mod server;
pub mod services;

pub use client::{Answer, Request, form_value};
pub use fixtures::shared_fixtures;
pub use server::{Options, Server};
