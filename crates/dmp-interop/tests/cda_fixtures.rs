//! The public documents of the ANS, read where they lie: none has an error other than its INS.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests fail by panicking")]

mod cda_support;

use cda_support::documents;
use dmp_core::document::system;
use dmp_interop::cda::{Limits, derive, inspect, rule_family};

#[test]
fn cda_public_documents_have_no_error_but_their_ins() {
    for (name, bytes) in documents() {
        let inspection = inspect(&bytes, Limits::default());
        let errors: Vec<_> = inspection.issues.iter().filter(|issue| issue.is_error() && rule_family(&issue.code) != "ins-key").collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

#[test]
fn cda_public_documents_give_every_metadata() {
    for (name, bytes) in documents() {
        let header = inspect(&bytes, Limits::default()).header.expect("readable");
        let derived = derive(&header);
        assert!(derived.unique_id.as_deref().is_some_and(|id| id.starts_with("urn:oid:")), "{name}");
        assert!(derived.type_code.is_some() && derived.title.is_some() && derived.created_at.is_some(), "{name}");
        assert!(derived.service_start.is_some() && derived.facility_type.is_some() && derived.practice_setting.is_some(), "{name}");
        assert!(derived.legal_authenticator.is_some() && derived.source_patient.is_some() && !derived.authors.is_empty(), "{name}");
        assert_eq!(derived.language.as_deref(), Some("fr-FR"), "{name}");
        assert!([system::TRE_A06, system::IHE_FORMAT].contains(&derived.format.system.as_str()), "{name}: {:?}", derived.format);
    }
}
