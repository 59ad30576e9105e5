//! What a test leaves behind is cleared away by somebody else, since a test may end in any way.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A folder for servers. When the process that made it is gone, the servers whose ids stand in its `pids` file are ended and the folder is removed.
#[derive(Debug)]
pub(super) struct GuardedFolder {
    path: PathBuf,
    /// Reads from us until we are gone, then clears away.
    _guardian: Child,
}

/// Waits for the end of its input, then ends the processes of the list and removes the folder.
const GUARDIAN: &str = r#"
trap "" INT
cat > /dev/null
for pid in $(cat "$0/pids" 2>/dev/null); do kill -QUIT "$pid" 2>/dev/null; done
sleep 1
for pid in $(cat "$0/pids" 2>/dev/null); do kill -KILL "$pid" 2>/dev/null; done
rm -rf "$0"
"#;

impl GuardedFolder {
    /// A fresh folder.
    pub fn new(name: &str) -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("dmp-{name}-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        let mut guardian = Command::new("sh");
        guardian.args(["-c", GUARDIAN]).arg(&path).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        GuardedFolder { _guardian: guardian.spawn().unwrap(), path }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Says which servers are running.
    pub fn note(&self, pids: &[u32]) {
        let list: Vec<String> = pids.iter().map(u32::to_string).collect();
        std::fs::write(self.path.join("pids"), list.join("\n")).unwrap();
    }
}
