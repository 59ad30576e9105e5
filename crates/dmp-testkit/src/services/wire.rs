//! A wire to a server that can be cut: connections go through it until somebody cuts them.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// What is to happen on the way.
#[derive(Debug, Default)]
struct Plan {
    /// Connections that are open.
    open: Mutex<Vec<(TcpStream, TcpStream)>>,
    /// Cut when a client sends these bytes: before the server gets them, or after it got them and before its answer.
    trigger: Mutex<Option<(Vec<u8>, Cut)>>,
    cuts: AtomicU64,
}

/// Where a connection is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// The server never gets the request.
    Before,
    /// The server gets the request, the client never gets the answer.
    After,
}

/// A wire on a port of its own.
#[derive(Debug)]
pub struct Wire {
    port: u16,
    plan: Arc<Plan>,
}

impl Wire {
    /// A wire to a port of this machine.
    pub fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let wire = Wire { port: listener.local_addr().unwrap().port(), plan: Arc::default() };
        let plan = Arc::clone(&wire.plan);
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                // Nobody there: the client learns it by the end of its connection.
                if let Ok(server) = TcpStream::connect(("127.0.0.1", server)) {
                    carry(&plan, client, server);
                }
            }
        });
        wire
    }

    /// The port to connect to.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Cuts every open connection now.
    pub fn cut(&self) {
        for (client, server) in self.plan.open.lock().unwrap().drain(..) {
            end(&client, &server);
        }
    }

    /// Cuts the next connection that sends these bytes, once.
    pub fn cut_at(&self, bytes: &[u8], cut: Cut) {
        *self.plan.trigger.lock().unwrap() = Some((bytes.to_vec(), cut));
    }

    /// How often a connection was cut by what it sent.
    pub fn cuts(&self) -> u64 {
        self.plan.cuts.load(Ordering::SeqCst)
    }
}

fn end(client: &TcpStream, server: &TcpStream) {
    for stream in [client, server] {
        let _ = stream.shutdown(Shutdown::Both);
    }
}

fn carry(plan: &Arc<Plan>, client: TcpStream, server: TcpStream) {
    for stream in [&client, &server] {
        stream.set_nodelay(true).unwrap();
    }
    let (mut from_client, mut to_client) = (client.try_clone().unwrap(), client.try_clone().unwrap());
    let (mut from_server, mut to_server) = (server.try_clone().unwrap(), server.try_clone().unwrap());
    plan.open.lock().unwrap().push((client, server));
    let plan = Arc::clone(plan);
    std::thread::spawn(move || {
        let mut buffer = vec![0; 65_536];
        while let Ok(size @ 1..) = from_client.read(&mut buffer) {
            match take(&plan, &buffer[..size]) {
                None if to_server.write_all(&buffer[..size]).is_ok() => {}
                None => break,
                Some(cut) => {
                    if cut == Cut::After {
                        // The client hears no more; the server works on what it got and sees the end afterwards.
                        let _ = from_client.shutdown(Shutdown::Both);
                        let _ = to_server.write_all(&buffer[..size]);
                        let _ = to_server.shutdown(Shutdown::Write);
                    } else {
                        end(&from_client, &to_server);
                    }
                    plan.cuts.fetch_add(1, Ordering::SeqCst);
                    return;
                }
            }
        }
        let _ = to_server.shutdown(Shutdown::Write);
    });
    std::thread::spawn(move || {
        let mut buffer = vec![0; 65_536];
        while let Ok(size @ 1..) = from_server.read(&mut buffer) {
            if to_client.write_all(&buffer[..size]).is_err() {
                // Read on, so that the server is never held up by an answer that nobody takes.
                continue;
            }
        }
        let _ = to_client.shutdown(Shutdown::Both);
    });
}

/// Whether these bytes set off the cut, which then is used up.
fn take(plan: &Plan, bytes: &[u8]) -> Option<Cut> {
    let mut trigger = plan.trigger.lock().unwrap();
    let found = trigger.as_ref().is_some_and(|(wanted, _)| bytes.windows(wanted.len()).any(|window| window == wanted.as_slice()));
    if found { trigger.take().map(|(_, cut)| cut) } else { None }
}
