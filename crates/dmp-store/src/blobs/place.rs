//! Where large contents lie: a folder, or a bucket of an object store.

use std::path::PathBuf;
use std::str::FromStr;

/// Where contents over the inline bound lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlobPlace {
    /// A folder of this machine, or one that all machines share.
    Folder(PathBuf),
    /// A bucket of an S3.
    Bucket(Bucket),
}

/// A bucket of an S3. Endpoint, region and credentials come from the environment (`AWS_*`) unless given.
#[derive(Clone, PartialEq, Eq)]
pub struct Bucket {
    pub name: String,
    /// Path inside the bucket; may be empty.
    pub prefix: String,
    /// Settings by their `AWS_*` names, in place of the environment's.
    pub settings: Vec<(String, String)>,
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // SECURITY: settings hold credentials.
        write!(f, "s3://{}/{}", self.name, self.prefix)
    }
}

impl FromStr for BlobPlace {
    type Err = String;

    /// `s3://bucket/prefix`, or a folder.
    fn from_str(text: &str) -> Result<Self, String> {
        let Some(place) = text.strip_prefix("s3://") else {
            return if text.contains("://") { Err("wants s3://bucket/prefix or a folder".to_owned()) } else { Ok(BlobPlace::Folder(text.into())) };
        };
        let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
        // SECURITY: credentials in an address would end in logs and process lists.
        if name.is_empty() || name.contains(['@', ':', '?']) || prefix.contains(['?', '#']) {
            return Err("wants s3://bucket/prefix; endpoint and credentials come from AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, …".to_owned());
        }
        Ok(BlobPlace::Bucket(Bucket { name: name.to_owned(), prefix: prefix.trim_matches('/').to_owned(), settings: Vec::new() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_bucket_or_a_folder() {
        assert_eq!("/var/blobs".parse(), Ok(BlobPlace::Folder("/var/blobs".into())));
        let Ok(BlobPlace::Bucket(bucket)) = "s3://dmp/one/two/".parse() else { panic!("no bucket") };
        assert_eq!((bucket.name.as_str(), bucket.prefix.as_str()), ("dmp", "one/two"));
        for wrong in ["s3://", "s3://id:secret@dmp/one", "gs://dmp/one", "s3://dmp/one?key=secret"] {
            assert!(wrong.parse::<BlobPlace>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn credentials_are_not_shown() {
        let settings = vec![("AWS_SECRET_ACCESS_KEY".to_owned(), "hush".to_owned())];
        let bucket = Bucket { name: "dmp".to_owned(), prefix: "one".to_owned(), settings };
        assert_eq!(format!("{bucket:?}"), "s3://dmp/one");
    }
}
