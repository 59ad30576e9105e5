//! The door of CDS Hooks: practice software asks while an exam is ordered.

mod client_jwt;
