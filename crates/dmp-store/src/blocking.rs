//! Work that would hold up a thread that serves requests.

use crate::StoreError;

/// Runs blocking work on the threads kept for it.
pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, StoreError> + Send + 'static) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(StoreError::fault("blocking", error)),
    }
}
