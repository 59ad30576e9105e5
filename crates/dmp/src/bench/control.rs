//! What the machine can do at best: syncs a second, and a bare server with the same durable append.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Method;
use tokio::sync::{mpsc, oneshot};

use super::load::Shot;

/// Bytes of the append: about a leaf.
const APPEND_BYTES: usize = 300;
/// Requests taken into one sync, as the store takes them.
const BATCH_MAX: usize = 512;

/// Appends of 4 KiB with a sync each, for some seconds.
pub fn fsync_rate(dir: &Path, seconds: u64) -> Result<f64, String> {
    let mut file = File::create(dir.join("fsync")).map_err(|error| error.to_string())?;
    let (began, mut count) = (Instant::now(), 0_u64);
    while began.elapsed() < Duration::from_secs(seconds) {
        file.write_all(&[0; 4096]).and_then(|()| file.sync_data()).map_err(|error| error.to_string())?;
        count += 1;
    }
    Ok(count as f64 / began.elapsed().as_secs_f64())
}

/// The bare server.
#[derive(Debug)]
pub struct Control {
    pub server: String,
}

impl Control {
    /// Starts a server that answers `size` bytes after one durable append.
    pub async fn start(file: &Path, size: usize) -> Result<Self, String> {
        let (sender, receiver) = mpsc::channel(1_024);
        let file = File::create(file).map_err(|error| error.to_string())?;
        std::thread::Builder::new().name("control".to_owned()).spawn(move || append(file, receiver)).map_err(|error| error.to_string())?;
        let body = Bytes::from(vec![b'x'; size]);
        let answer = move || {
            let (sender, body) = (sender.clone(), body.clone());
            async move {
                let (done, durable) = oneshot::channel();
                let sent = sender.send(done).await.is_ok() && durable.await.is_ok();
                if sent { Ok(body) } else { Err(axum::http::StatusCode::INTERNAL_SERVER_ERROR) }
            }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.map_err(|error| error.to_string())?;
        let server = format!("http://{}", listener.local_addr().map_err(|error| error.to_string())?);
        let router = axum::Router::new().route("/", axum::routing::get(answer));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Control { server })
    }

    /// The one request.
    pub fn get(&self) -> Shot {
        Shot { method: Method::GET, path: "/".to_owned(), headers: Vec::new(), body: Bytes::new() }
    }
}

/// Takes one request, then whoever waits, appends for each, syncs once, answers all.
fn append(mut file: File, mut receiver: mpsc::Receiver<oneshot::Sender<()>>) {
    while let Some(first) = receiver.blocking_recv() {
        let mut batch = vec![first];
        while let (true, Ok(next)) = (batch.len() < BATCH_MAX, receiver.try_recv()) {
            batch.push(next);
        }
        let written = batch.iter().try_for_each(|_| file.write_all(&[b'l'; APPEND_BYTES])).and_then(|()| file.sync_data());
        if written.is_err() {
            return;
        }
        for done in batch {
            // Nobody waits any more when the run is over.
            let _ = done.send(());
        }
    }
}
