//! Log lines on standard error: structured, without any personal data.

use tracing_subscriber::EnvFilter;

use crate::commands::LogForm;

/// Starts logging for the life of the process.
pub fn start(form: LogForm) {
    let filter = EnvFilter::builder().parse_lossy("warn,dmp=info,dmp_server=info,dmp_service=info,dmp_store=info");
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match form {
        LogForm::Text => lines.with_target(false).init(),
        LogForm::Json => lines.json().init(),
        LogForm::Off => {}
    }
}
