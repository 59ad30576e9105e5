//! Counters for `/metrics` in the Prometheus text form. Labels are route patterns and status classes:
//! never an identifier.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Mutex;
use std::time::Duration;

/// Upper bounds of the latency histogram, in seconds.
const BUCKETS: [f64; 10] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1.0, 5.0];

#[derive(Debug, Default, Clone)]
struct Route {
    by_class: [u64; 6],
    buckets: [u64; BUCKETS.len()],
    count: u64,
    seconds: f64,
}

/// Figures of another part of the program, asked when the page is.
type Figures = Box<dyn Fn() -> Vec<(&'static str, u64)> + Send + Sync>;

/// Requests by route pattern, and counters of other parts.
#[derive(Default)]
pub struct Metrics {
    routes: Mutex<BTreeMap<String, Route>>,
    others: Mutex<Vec<Figures>>,
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Metrics(…)")
    }
}

impl Metrics {
    /// Counts one answered request. `pattern` is the route's pattern, never the address asked.
    pub fn observe(&self, pattern: &str, status: u16, took: Duration) {
        let Ok(mut routes) = self.routes.lock() else { return };
        if !routes.contains_key(pattern) {
            routes.insert(pattern.to_owned(), Route::default());
        }
        let Some(route) = routes.get_mut(pattern) else { return };
        if let Some(class) = route.by_class.get_mut(usize::from(status / 100)) {
            *class += 1;
        }
        let seconds = took.as_secs_f64();
        for (bucket, bound) in route.buckets.iter_mut().zip(BUCKETS) {
            *bucket += u64::from(seconds <= bound);
        }
        route.count += 1;
        route.seconds += seconds;
    }

    /// Shows counters of another part too: names and values, nothing that leads to a person.
    pub fn also(&self, figures: impl Fn() -> Vec<(&'static str, u64)> + Send + Sync + 'static) {
        if let Ok(mut others) = self.others.lock() {
            others.push(Box::new(figures));
        }
    }

    /// The page of `/metrics`.
    pub fn render(&self) -> String {
        let Ok(routes) = self.routes.lock() else { return String::new() };
        let mut out = String::from("# HELP dmp_requests_total Answered requests.\n# TYPE dmp_requests_total counter\n");
        for (pattern, route) in routes.iter() {
            for (class, count) in route.by_class.iter().enumerate().filter(|(_, count)| **count > 0) {
                let _ = writeln!(out, "dmp_requests_total{{route=\"{pattern}\",class=\"{class}xx\"}} {count}");
            }
        }
        out.push_str("# HELP dmp_request_seconds Time to answer.\n# TYPE dmp_request_seconds histogram\n");
        for (pattern, route) in routes.iter() {
            for (count, bound) in route.buckets.iter().zip(BUCKETS) {
                let _ = writeln!(out, "dmp_request_seconds_bucket{{route=\"{pattern}\",le=\"{bound}\"}} {count}");
            }
            let _ = writeln!(out, "dmp_request_seconds_bucket{{route=\"{pattern}\",le=\"+Inf\"}} {}", route.count);
            let _ = writeln!(out, "dmp_request_seconds_sum{{route=\"{pattern}\"}} {}", route.seconds);
            let _ = writeln!(out, "dmp_request_seconds_count{{route=\"{pattern}\"}} {}", route.count);
        }
        for (name, value) in self.others.lock().iter().flat_map(|others| others.iter().flat_map(|figures| figures()).collect::<Vec<_>>()) {
            let _ = writeln!(out, "# TYPE {name} counter\n{name} {value}");
        }
        out
    }
}
