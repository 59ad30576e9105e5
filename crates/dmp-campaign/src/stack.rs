//! A disk whose power can be cut: a file served by nbdkit with a write-back cache, seen through nbdfuse and a loop
//! device as ext4. Ending nbdkit at once forgets whatever nobody flushed.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Programs of the stack, and where Debian keeps them.
const PROGRAMS: [(&str, &str); 5] =
    [("nbdkit", "nbdkit"), ("nbdfuse", "libnbd-bin"), ("losetup", "mount"), ("mount", "mount"), ("mkfs.ext4", "e2fsprogs")];
const WAIT_MAX: Duration = Duration::from_secs(20);

/// Why the stack cannot run here; `None` when it can.
pub fn why_not() -> Option<String> {
    for (program, package) in PROGRAMS {
        if Command::new("which").arg(program).stdout(Stdio::null()).status().is_ok_and(|status| !status.success()) {
            return Some(format!("`{program}` is missing (Debian package {package})"));
        }
    }
    let user = Command::new("id").arg("-u").output().ok()?;
    if String::from_utf8_lossy(&user.stdout).trim() != "0" {
        return Some("mounting needs root".to_owned());
    }
    (!Path::new("/dev/fuse").exists()).then(|| "there is no /dev/fuse".to_owned())
}

/// An image of a disk, formatted.
pub fn image(path: &Path, mib: u64) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::File::create(path).unwrap().set_len(mib * 1024 * 1024).unwrap();
    assert!(quiet(Command::new("mkfs.ext4").args(["-q", "-F"]).arg(path)), "mkfs.ext4");
}

/// Mounts an image as it is.
pub fn mount(image: &Path, folder: &Path) -> Result<(), String> {
    std::fs::create_dir_all(folder).unwrap();
    if quiet(Command::new("mount").args(["-o", "loop"]).arg(image).arg(folder)) { Ok(()) } else { Err(format!("{} does not mount", image.display())) }
}

/// Takes a folder off, busy or not.
pub fn unmount(folder: &Path) {
    if !quiet(Command::new("umount").arg(folder)) {
        quiet(Command::new("umount").arg("-l").arg(folder));
    }
}

/// The disk with its power on.
#[derive(Debug)]
pub struct Disk {
    nbdkit: Child,
    nbdfuse: Child,
    device: String,
    fuse: PathBuf,
    /// Where the file system is.
    pub folder: PathBuf,
}

impl Disk {
    /// Puts an image behind the stack, and mounts it.
    pub fn on(image: &Path, home: &Path) -> Result<Self, String> {
        let (socket, fuse, folder) = (home.join("nbd.sock"), home.join("nbd"), home.join("mnt"));
        for place in [&fuse, &folder] {
            std::fs::create_dir_all(place).unwrap();
        }
        let _ = std::fs::remove_file(&socket);
        let nbdkit =
            Command::new("nbdkit").arg("-f").arg("-U").arg(&socket).args(["--filter=cache", "file"]).arg(image).arg("cache=writeback").spawn();
        let nbdkit = nbdkit.map_err(|error| format!("nbdkit: {error}"))?;
        wait(|| socket.exists()).ok_or("nbdkit does not listen")?;
        let nbdfuse = Command::new("nbdfuse")
            .arg(&fuse)
            .arg("--unix")
            .arg(&socket)
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("nbdfuse: {error}"))?;
        let file = fuse.join("nbd");
        wait(|| file.metadata().is_ok_and(|metadata| metadata.len() > 0)).ok_or("nbdfuse shows no disk")?;
        let made = Command::new("losetup").args(["--show", "-f"]).arg(&file).output().map_err(|error| error.to_string())?;
        let device = String::from_utf8_lossy(&made.stdout).trim().to_owned();
        if !made.status.success() || device.is_empty() {
            return Err(format!("losetup: {}", String::from_utf8_lossy(&made.stderr)));
        }
        let disk = Disk { nbdkit, nbdfuse, device, fuse, folder };
        if !quiet(Command::new("mount").arg(&disk.device).arg(&disk.folder)) {
            disk.clear();
            return Err("the disk behind nbdkit does not mount".to_owned());
        }
        Ok(disk)
    }

    /// The power goes. What the disk had not been told to flush is gone.
    pub fn cut(&mut self) {
        self.nbdkit.kill().unwrap();
        self.nbdkit.wait().unwrap();
    }

    /// Takes the dead disk away.
    pub fn clear(mut self) {
        let _ = self.nbdkit.kill();
        let _ = self.nbdkit.wait();
        unmount(&self.folder);
        quiet(Command::new("losetup").arg("-d").arg(&self.device));
        if !quiet(Command::new("fusermount3").arg("-u").arg(&self.fuse)) {
            quiet(Command::new("umount").arg("-l").arg(&self.fuse));
        }
        let _ = self.nbdfuse.kill();
        let _ = self.nbdfuse.wait();
    }
}

fn quiet(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

fn wait(ready: impl Fn() -> bool) -> Option<()> {
    let began = Instant::now();
    while began.elapsed() < WAIT_MAX {
        if ready() {
            return Some(());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    None
}
