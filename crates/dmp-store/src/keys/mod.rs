//! Keys: the root key in a file outside the data folder, what is derived from it, and the keys of each person in
//! tables of their own.
//!
//! ```text
//! root key (file)
//!  ├─ derived, one label each: INS hash, locator hash, account hash, chain id, chain head, id seal …
//!  └─ wrap key ─┬─ erasure epoch key, replaced monthly, then destroyed ── data key of each person: head, entries, contents
//!               └─ audit epoch key, kept ────────────────────────────── audit key of each person: leaves
//! ```

mod derived;
mod ring;
mod root;

pub(crate) use derived::Derived;
pub(crate) use ring::{FreshKeys, KEY_VERSION, KIND_AUDIT, KIND_PERSON, KeyRing, PersonKeys, Wrapped, WrappedKeys};
pub use root::RootKey;
