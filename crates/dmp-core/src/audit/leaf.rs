//! A leaf of the journal. Sealed in the store; a leaf means *released*, or *refused*.

use serde::{Deserialize, Serialize};

use crate::access::{Act, CallerKind, Reason};
use crate::document::TypeCode;
use crate::ids::{EntryId, GrantId};
use crate::moment::Moment;
use crate::record::AppName;

/// The two chains of a record. Representatives read the main one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Chain {
    Main,
    /// A minor's secret care.
    Secret,
}

/// Who acted, as they were then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeafCaller {
    pub account: String,
    pub kind: CallerKind,
    /// Name as shown to people.
    pub name: String,
    /// Profession key `G15/10`, when a professional.
    pub profession: Option<String>,
    /// Name of the structure, when there is one.
    pub structure: Option<String>,
    /// Software that carried the act, `name version`.
    pub software: Option<String>,
    /// The app of the person's side that asked, when it was one.
    pub app: Option<LeafApp>,
}

/// An app, as it was allowed then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeafApp {
    pub grant: GrantId,
    pub name: AppName,
    pub since: Moment,
}

/// The document that the act was about. Named only to a reader who may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeafObject {
    pub entry: EntryId,
    pub type_code: TypeCode,
    pub title: String,
}

/// What came of the act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Done, or released.
    Done,
    Refused(Reason),
}

/// One act, remembered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaf {
    pub at: Moment,
    pub chain: Chain,
    pub caller: LeafCaller,
    pub act: Act,
    /// Access mode code of TRE_R248.
    pub mode: String,
    /// The reason given in break-glass; of what the software did on a date, the code of why ([`DatedAct`](crate::record::DatedAct)).
    pub words: Option<String>,
    pub outcome: Outcome,
    pub object: Option<LeafObject>,
    /// How many documents a list released.
    pub count: Option<u32>,
    /// Names of the rules that made the decision.
    pub rules: Vec<String>,
    /// Who it was done to, when the act is about a professional (authorise, block). Of a list: what was made of the documents in it
    /// ([`made`]); `None`: they were listed.
    pub about: Option<String>,
}

/// What was done with a link to a part of the record ([`Act::Share`]): stands in [`Leaf::about`], the link's label in [`Leaf::words`]. Who opened
/// it stands as the caller, under the name that they gave themselves.
pub mod shared {
    pub const CREATED: &str = "share-created";
    pub const STOPPED: &str = "share-stopped";
    pub const OPENED: &str = "share-opened";
    /// A document that an opening gave.
    pub const GAVE: &str = "share-gave";
    pub const CODE_WRONG: &str = "share-code-wrong";
    /// Begins the account of whoever opens a link; the link's name follows.
    pub const ACCOUNT: &str = "share:";
}

/// What a list of documents was made into.
pub mod made {
    /// The summary of the record, in any of its forms.
    pub const SUMMARY: &str = "summary";
    /// A search in the texts.
    pub const SEARCH: &str = "search";
    /// Of a check of access: somebody switched to this record, to act for its holder.
    pub const ACTING: &str = "acting";
    /// The check of orders: was this exam done lately.
    pub const ORDERS: &str = "orders";
    /// The worklist of a professional: what came into the record since they last read in it.
    pub const NEWS: &str = "news";
}
