//! Random identifiers that stand inside the store. What leaves it is sealed (see `dmp-service`).

use serde::{Deserialize, Serialize};

macro_rules! random_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub [u8; 16]);

        impl $name {
            /// Thirty-two lowercase hexadecimal digits.
            pub fn to_hex(self) -> String {
                self.0.iter().map(|byte| format!("{byte:02x}")).collect()
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), self.to_hex())
            }
        }
    };
}

random_id! {
    /// 128 random bits that name a person's record: the distribution key of the cluster, a pseudonym in logs.
    RecordKey
}
random_id! {
    /// 128 random bits that name a document entry, a submission set or a folder inside one record.
    EntryId
}
random_id! {
    /// 128 random bits that name stored content; never reused.
    BlobAddress
}
random_id! {
    /// 128 random bits that name what the person allowed one app, inside one record.
    GrantId
}

impl EntryId {
    /// As an RFC 4122 version 4 UUID URN, the form of an XDS `entryUUID` or `logicalId`.
    pub fn to_urn_uuid(self) -> String {
        urn_uuid(self.0)
    }
}

/// Formats 16 bytes as `urn:uuid:…` with the version 4 and variant bits set.
pub fn urn_uuid(bytes: [u8; 16]) -> String {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = bytes;
    let g = (g & 0x0f) | 0x40;
    let i = (i & 0x3f) | 0x80;
    format!("urn:uuid:{a:02x}{b:02x}{c:02x}{d:02x}-{e:02x}{f:02x}-{g:02x}{h:02x}-{i:02x}{j:02x}-{k:02x}{l:02x}{m:02x}{n:02x}{o:02x}{p:02x}")
}
