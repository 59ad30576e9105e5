//! What the record remembers of every act: one leaf an act, in the act's own commit.

mod leaf;

pub use leaf::{Chain, Leaf, LeafApp, LeafCaller, LeafObject, Outcome, made, shared};
