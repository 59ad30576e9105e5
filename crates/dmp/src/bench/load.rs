//! Clients on kept-alive connections that ask until the time is over.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Method;

use crate::http::Connection;

/// A request to send.
#[derive(Debug, Clone)]
pub struct Shot {
    pub method: Method,
    pub path: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Bytes,
}

/// A load on one server.
#[derive(Debug, Clone)]
pub struct Load {
    pub server: String,
    pub clients: usize,
    pub seconds: u64,
}

/// What a load measured.
#[derive(Debug)]
pub struct Figures {
    pub requests: u64,
    took: Duration,
    cpu: Duration,
    latencies: Vec<u32>,
}

impl Figures {
    /// Answers a second.
    pub fn per_second(&self) -> f64 {
        self.requests as f64 / self.took.as_secs_f64()
    }

    /// A quantile of the latency in milliseconds.
    pub fn quantile_ms(&self, quantile: f64) -> f64 {
        let place = ((self.latencies.len() as f64 - 1.0) * quantile).max(0.0) as usize;
        self.latencies.get(place).map_or(0.0, |micros| f64::from(*micros) / 1_000.0)
    }

    /// CPU time of the whole process, clients and server together, for each request.
    pub fn cpu_ms_per_request(&self) -> f64 {
        self.cpu.as_secs_f64() * 1_000.0 / self.requests.max(1) as f64
    }
}

impl Load {
    /// Asks until the time is over. Any answer that is not a success ends the run with its words.
    pub async fn run(&self, shot: impl Fn(usize, u64) -> Shot) -> Result<Figures, String> {
        let deadline = Instant::now() + Duration::from_secs(self.seconds);
        let (cpu, began) = (cpu_time(), Instant::now());
        let clients = (0..self.clients).map(|client| self.client(client, deadline, &shot));
        let mut latencies = Vec::new();
        for done in futures::future::join_all(clients).await {
            latencies.extend(done?);
        }
        latencies.sort_unstable();
        Ok(Figures { requests: latencies.len() as u64, took: began.elapsed(), cpu: cpu_time().saturating_sub(cpu), latencies })
    }

    async fn client(&self, client: usize, deadline: Instant, shot: &impl Fn(usize, u64) -> Shot) -> Result<Vec<u32>, String> {
        let mut connection = Connection::open(&self.server).await?;
        let mut latencies = Vec::new();
        let mut number = 0;
        while Instant::now() < deadline {
            let shot = shot(client, number);
            number += 1;
            let headers: Vec<(&str, &str)> = shot.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let began = Instant::now();
            let answer = connection.send(shot.method, &shot.path, &headers, shot.body).await?;
            if !answer.status.is_success() {
                return Err(format!("{}: {} {}", shot.path, answer.status, String::from_utf8_lossy(&answer.body)));
            }
            latencies.push(u32::try_from(began.elapsed().as_micros()).unwrap_or(u32::MAX));
        }
        Ok(latencies)
    }
}

/// User and system time of this process, from the kernel's own account (clock ticks of 10 ms).
fn cpu_time() -> Duration {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_ascii_whitespace().collect();
    let ticks = |place: usize| fields.get(place).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    Duration::from_millis((ticks(11) + ticks(12)) * 10)
}
