//! What the tests use of the machine, installed when it is not there and can be.

use crate::shell;

/// Debian packages by the program that they bring.
const PACKAGES: [(&str, &str); 5] = [
    ("xmllint", "libxml2-utils"),
    ("node", "nodejs"),
    // The disk whose power is cut.
    ("nbdkit", "nbdkit"),
    ("nbdfuse", "libnbd-bin"),
    ("fusermount3", "fuse3"),
];

/// Installs what is missing. Without the right to install, says so loudly: the tests that need it say that they skip.
pub fn all() {
    let missing: Vec<&str> = PACKAGES.iter().filter(|(program, _)| !shell::has(program)).map(|(_, package)| *package).collect();
    if !missing.is_empty() {
        let arguments: Vec<&str> = ["install", "-y", "-qq"].into_iter().chain(missing.iter().copied()).collect();
        let installed = shell::run("apt-get", &["update", "-qq"]).and_then(|()| shell::run("apt-get", &arguments));
        if let Err(why) = installed {
            eprintln!("MISSING: {} ({why}); tests that need them will say that they are skipped", missing.join(", "));
        }
    }
}
