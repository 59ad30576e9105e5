//! Apps of the person (SMART App Launch 2.2, standalone launch): the register, the question, the keys, and the page of those that were let in.
//!
//! Besides, apps that a professional launches from the record or from practice software (EHR launch).
//!
//! What an app was allowed stands in the record's head; a key is that grant's name, sealed. Nothing of a launch lives in one process.

mod authorize;
mod keys;
mod page;
mod practice;
mod register;
mod request;
mod scopes;
mod token;
mod waiting;

pub use register::{Apps, RegisteredApp};
pub(crate) use register::{is_web, origin_of};

pub(crate) use authorize::{decide, show as authorize};
pub(crate) use keys::{AccessKey, PracticeKey, is_app_token, is_practice_token};
pub(crate) use page::{show as apps, withdraw};
pub(crate) use token::{revoke, token};
pub(crate) use waiting::{GO_ON, go_on, is_waiting};
