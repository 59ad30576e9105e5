//! `dmp serve`: opens the store, fills a demonstration, listens, stops gracefully.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use dmp_core::Mode;
use dmp_core::record::Regime;
use dmp_core::territory::Phase;
use dmp_server::{App, AppConfig, Apps, Client, Clients, Directory};
use dmp_service::{ReadingDesk, Service};
use dmp_store::{OperatedStore, Sealing, Syncs};

use crate::commands::{RegimeOption, ServeOptions, StoreOptions};
use crate::notices::{Duty, SmtpCodes, Worker};
use crate::peers::{PeerFiles, Peers};
use crate::{cards, clock, demo, invitations, mutual, open, print, reading, reimbursements, statistics};

/// Runs until a stop is asked.
pub async fn run(options: ServeOptions) -> Result<(), String> {
    let mode = open::mode(options.production);
    if options.demo && !options.listen.ip().is_loopback() {
        return Err("a demonstration listens on loopback only: use --listen 127.0.0.1:PORT".to_owned());
    }
    arm(&options, mode)?;
    let store_options = StoreOptions {
        data: Some(options.data.clone()),
        database: options.database.clone(),
        root_key: options.root_key.clone(),
        production: options.production,
        json: false,
    };
    let sealing = if options.sealing_off { Sealing::Off } else { Sealing::On };
    let syncs = if options.synchronous_off { Syncs::Off } else { Syncs::On };
    let mut store = open::store_with(&store_options, sealing, syncs).await?;
    let swept = store.sweep_claims().await.map_err(|error| error.to_string())?;
    if swept > 0 {
        tracing::info!(claims.swept = swept, "half-made creations ended");
    }
    let listener = tokio::net::TcpListener::bind(options.listen).await.map_err(|error| format!("cannot listen on {}: {error}", options.listen))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    if options.demo && demo::is_empty(&*store).await? {
        drop(store);
        demo::fill(&options).await?;
        store = open::store_with(&store_options, sealing, syncs).await?;
    }
    let app = app(&options, &store, &store_options, &address.to_string())?;
    let worker = worker(&options, &store, &app)?;
    let mutual = over_tls(&options, &app).await?;
    counters(&options, &app).await?;
    announce(&options, &address.to_string());
    let (ask, stop) = tokio::sync::watch::channel(false);
    let desk = ReadingDesk::new(app.acts().clone(), reading::codecs()?);
    let read = tokio::spawn(reading::run(desk, stop.clone()));
    let inviting = app.opening_desk().map(|desk| {
        let looked = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&looked);
        app.metrics().also(move || vec![("dmp_invitations_steps_total", counted.load(Ordering::Relaxed))]);
        tokio::spawn(invitations::work(desk, looked, stop.clone()))
    });
    let counting = tokio::spawn(statistics::run(app.acts().clone(), statistics::tariffs(options.statistics.tariffs.as_deref())?, stop.clone()));
    let telling = tokio::spawn(write_sent(app.acts().clone(), stop.clone()));
    let working = tokio::spawn(async move { worker.run(stop).await });
    let doors = dmp_server::router(app).into_make_service_with_connect_info::<std::net::SocketAddr>();
    let served = axum::serve(listener, doors).with_graceful_shutdown(stop_asked()).await;
    if let Some(mutual) = mutual {
        mutual.abort();
    }
    let _ = ask.send(true);
    working.await.map_err(|error| error.to_string())?;
    read.await.map_err(|error| error.to_string())?;
    if let Some(inviting) = inviting {
        inviting.await.map_err(|error| error.to_string())?;
    }
    counting.await.map_err(|error| error.to_string())?;
    telling.await.map_err(|error| error.to_string())?;
    served.map_err(|error| error.to_string())?;
    print::line("stopped");
    Ok(())
}

/// Writes down what came of deposits, until a stop is asked and once more.
async fn write_sent(acts: Service, mut stop: tokio::sync::watch::Receiver<bool>) {
    while !*stop.borrow() {
        let _ = tokio::time::timeout(SENT_EVERY, stop.changed()).await;
        acts.write_sent().await;
    }
}

/// How long what came of a deposit may wait to be written.
const SENT_EVERY: std::time::Duration = std::time::Duration::from_secs(10);

/// The second listener, for who shows a certificate.
async fn over_tls(options: &ServeOptions, app: &App) -> Result<Option<tokio::task::JoinHandle<()>>, String> {
    let files = (&options.mtls_cert, &options.mtls_key, &options.mtls_client_ca);
    let (Some(address), (Some(certificate), Some(key), Some(ca))) = (options.mtls_listen, files) else { return Ok(None) };
    if options.demo && !address.ip().is_loopback() {
        return Err("a demonstration listens on loopback only: use --mtls-listen 127.0.0.1:PORT".to_owned());
    }
    let peers = Arc::new(Peers::open(PeerFiles {
        certificate: certificate.clone(),
        key: key.clone(),
        client_ca: ca.clone(),
        revoked: options.mtls_crl.clone(),
        expired: options.mtls_crl_expired,
    })?);
    let listener = tokio::net::TcpListener::bind(address).await.map_err(|error| format!("cannot listen on {address}: {error}"))?;
    let bound = listener.local_addr().map_err(|error| error.to_string())?;
    let listener = mutual::MutualListener::over(listener, peers)?;
    print::line(&format!("dmp: over TLS, with certificates, on https://{bound}"));
    let service = mutual::told(app.clone());
    Ok(Some(tokio::spawn(async move {
        let _ = axum::serve(listener, service).await;
    })))
}

/// Listens for whoever reads the counters, until the program ends.
async fn counters(options: &ServeOptions, app: &App) -> Result<(), String> {
    let Some(place) = options.metrics else { return Ok(()) };
    let listener = tokio::net::TcpListener::bind(place).await.map_err(|error| format!("cannot listen on {place} for --metrics: {error}"))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    print::line(&format!("dmp: metrics on http://{address}/metrics"));
    let router = dmp_server::metrics_router(app.clone());
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(error = %error, "counters are not served any more");
        }
    });
    Ok(())
}

fn arm(options: &ServeOptions, mode: Mode) -> Result<(), String> {
    let Some(text) = &options.fail_point else { return Ok(()) };
    let (name, count) = text.split_once(':').ok_or("--fail-point wants NAME:N")?;
    let count = count.parse().map_err(|_| "--fail-point wants NAME:N with a number")?;
    if mode == Mode::Production || !dmp_store::fail_point::arm(name, count) {
        return Err(format!("no fail point `{name}`, or not in sandbox mode"));
    }
    Ok(())
}

/// The worker. Without a mail server it does what falls due on a date and no more: notices wait in the outbox; the inbox shows them all the same.
fn worker(options: &ServeOptions, store: &Arc<dyn OperatedStore>, app: &App) -> Result<Worker, String> {
    let duty = if options.mail.smtp.is_some() { Duty::Everything } else { Duty::Dates };
    let worker = Worker::new(store, app.acts().clone(), duty, &options.mail, app.base_url())?;
    let tally = worker.tally();
    app.metrics().also(move || match duty {
        Duty::Everything => [tally.dates().as_slice(), &tally.figures()].concat(),
        Duty::Dates => tally.dates().to_vec(),
    });
    Ok(worker)
}

fn app(options: &ServeOptions, store: &Arc<dyn OperatedStore>, store_options: &StoreOptions, address: &str) -> Result<App, String> {
    let config = AppConfig {
        base_url: options.base_url.clone().unwrap_or_else(|| format!("http://{address}")),
        demo: options.demo,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let clients = match &options.clients {
        Some(path) => Clients::checked(read_json::<Vec<Client>>(path)?).map_err(|wrong| format!("{}: {wrong}", path.display()))?,
        None => Clients::default(),
    };
    let directory = if options.demo { Directory::new(demo::identities()) } else { Directory::default() };
    let mut law = open::config(store_options)?;
    law.regime = match options.regime {
        RegimeOption::A => Regime::A,
        RegimeOption::B => Regime::B,
    };
    law.phase = options.pilot.as_deref().map(pilot_phase).transpose()?;
    let mode = open::mode(options.production);
    let clock = clock::of(options.clock_shift.as_ref(), mode)?;
    let codecs = reading::codecs()?;
    let acts = open::service_at(store, law, clock);
    let acts = match reimbursements::insurer(&options.insurer, &codecs, mode, options.demo.then_some(options.patients))? {
        Some(insurer) => acts.with_insurer(insurer),
        None => acts,
    };
    let apps = match &options.apps {
        Some(path) => Apps::new(read_json(path)?).map_err(|wrong| format!("{}: {wrong}", path.display()))?,
        None => Apps::new(if options.demo { vec![demo::app(), demo::practice_app()] } else { Vec::new() })?,
    };
    let base_url = config.base_url.clone();
    let app = App::new(acts, config, &store.derive("access tokens"), clients, directory).with_apps(apps).with_formats(codecs);
    let app = app.with_strangers(options.strangers.limits()?);
    let app = match &options.costs {
        Some(path) => app.with_costs(statistics::costs(path)?),
        None => app,
    };
    let app = match SmtpCodes::start(&options.mail, &base_url)? {
        Some(codes) => app.with_mailer(Arc::new(codes)),
        None if options.demo => app.with_mailbox(),
        None => app,
    };
    let app = match &options.person_oidc {
        Some(path) => app.with_person_oidc(read_json(path)?).map_err(|error| format!("{}: {error}", path.display()))?,
        None => app,
    };
    let app = match cards::registry(options)? {
        Some(cards) => app.with_opening(Arc::new(cards)),
        None => app,
    };
    let app = match &options.oidc {
        Some(path) => app.with_oidc(read_json(path)?).map_err(|error| format!("{}: {error}", path.display()))?,
        None => app,
    };
    let structures = options.structure_oidc.iter().map(|path| read_json(path)).collect::<Result<Vec<_>, _>>()?;
    let app = app.with_structure_oidc(&structures).map_err(|error| format!("--structure-oidc: {error}"))?;
    let counters = options.counter_oidc.iter().map(|path| read_json(path)).collect::<Result<Vec<_>, _>>()?;
    app.with_counter_oidc(&counters).map_err(|error| format!("--counter-oidc: {error}"))
}

/// The first days of the *caisses*.
fn pilot_phase(path: &Path) -> Result<Phase, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Phase::parse(&text).map_err(|wrong| format!("{}: {wrong}", path.display()))
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

fn announce(options: &ServeOptions, address: &str) {
    print::line(&format!("dmp: listening on http://{address}"));
    if options.demo {
        print::line(&format!("  the person's site        http://{address}/"));
        print::line(&format!("  the professional's site  http://{address}/pro"));
        print::line(&format!("  FHIR                     http://{address}/fhir/metadata"));
        print::line("  test identities (all invented):");
        for one in demo::identities() {
            print::line(&format!("    {:<22} {}", one.handle, one.what_for_fr));
        }
        print::line(&format!("  opening one's own record http://{address}/opening, with a code from http://{address}/sandbox/mailbox"));
        for (what_for, number, serial) in cards::shown() {
            print::line(&format!("    {number} card {serial}  {what_for}"));
        }
    }
}

/// SIGINT or SIGTERM.
pub async fn stop_asked() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = interrupt.await;
        }
    }
}
