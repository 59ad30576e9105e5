//! The hospital's side: an interface engine that sends over MLLP until it is answered, and a colleague who drops files into the folder.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// One sending of a message.
#[derive(Debug, Clone)]
pub struct Sending {
    pub bytes: Vec<u8>,
    pub by_wire: bool,
    /// File name of this copy.
    pub file: String,
}

/// Where the listener is now; it is another one after each end.
#[derive(Debug, Default)]
pub struct Address(Mutex<Option<String>>);

impl Address {
    pub fn set(&self, address: Option<String>) {
        *self.0.lock().unwrap() = address;
    }

    fn get(&self) -> Option<String> {
        self.0.lock().unwrap().clone()
    }
}

/// Sends everything, in the order given, on one line. `false`: told to give up.
pub fn send_all(sendings: &[&Sending], address: &Address, folder: &Path, ended: &AtomicBool) -> bool {
    let mut line: Option<TcpStream> = None;
    for sending in sendings {
        if !sending.by_wire {
            drop_file(folder, &sending.file, &sending.bytes);
            continue;
        }
        let frame = [b"\x0b", sending.bytes.as_slice(), b"\x1c\r"].concat();
        loop {
            if ended.load(Ordering::Relaxed) {
                return false;
            }
            if line.is_none() {
                line = address.get().and_then(|address| TcpStream::connect(address).ok());
            }
            match line.as_mut().and_then(|line| exchange(line, &frame)) {
                Some(answer) if answer.contains("|hl7-later|") => {}
                Some(_) => break,
                // No answer: nothing is known, so it goes again.
                None => line = None,
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
    true
}

fn exchange(line: &mut TcpStream, frame: &[u8]) -> Option<String> {
    line.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    line.write_all(frame).ok()?;
    let mut answer = Vec::new();
    let mut piece = [0; 4096];
    while !answer.ends_with(b"\x1c\r") {
        match line.read(&mut piece).ok()? {
            0 => return None,
            count => answer.extend_from_slice(&piece[..count]),
        }
    }
    Some(String::from_utf8_lossy(&answer).into_owned())
}

fn drop_file(folder: &Path, name: &str, bytes: &[u8]) {
    let beside = folder.join(format!("{name}.part"));
    std::fs::write(&beside, bytes).unwrap();
    std::fs::rename(&beside, folder.join(name)).unwrap();
}
