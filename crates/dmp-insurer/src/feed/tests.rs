//! The files and the checks.
