//! The listener and its connections: on 127.0.0.1 only, a thread each, not more than [`CONNECTIONS`] at once.

use std::io;
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::answer::{Answer, Body};
use super::files::{Found, find};
use super::page;
use super::request::{Refusal, Request, read};
use super::stand::Stand;

/// More connections than any browser opens; further ones are turned away at once. A slow one holds none but its own.
pub const CONNECTIONS: usize = 64;

/// How long a page that waits for the next build is held.
const HELD: Duration = Duration::from_secs(20);

/// While a build exchanges its folders the old site is gone and the new one not there yet, for an instant.
const EXCHANGE: (u32, Duration) = (50, Duration::from_millis(10));

/// A listener at work. Dropped, it stops.
#[derive(Debug)]
pub struct Server {
    address: SocketAddrV4,
    stand: Arc<Stand>,
    stop: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

impl Server {
    /// Listens on a port of 127.0.0.1; 0 is any that is free.
    ///
    /// # Errors
    /// When the port is taken or may not be used.
    pub fn start(port: u16, stand: Arc<Stand>) -> io::Result<Self> {
        let listener = TcpListener::bind(SocketAddrV4::new(Ipv4Addr::LOCALHOST, port))?;
        let address = SocketAddrV4::new(Ipv4Addr::LOCALHOST, listener.local_addr()?.port());
        let stop = Arc::new(AtomicBool::new(false));
        let accepting = {
            let (stand, stop) = (Arc::clone(&stand), Arc::clone(&stop));
            thread::Builder::new().spawn(move || accept(&listener, address.port(), &stand, &stop))?
        };
        Ok(Self { address, stand, stop, accepting: Some(accepting) })
    }

    /// `127.0.0.1:8017`
    #[must_use]
    pub fn address(&self) -> SocketAddrV4 {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        self.stand.close();
        // The listener waits for a connection: here is one.
        if TcpStream::connect(self.address).is_ok()
            && let Some(accepting) = self.accepting.take()
        {
            drop(accepting.join());
        }
    }
}

fn accept(listener: &TcpListener, port: u16, stand: &Arc<Stand>, stop: &AtomicBool) {
    let open = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming() {
        if stop.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else {
            // Out of file handles, most likely: others have to be closed first.
            thread::sleep(Duration::from_millis(50));
            continue;
        };
        let place = Place::take(&open);
        if open.load(Ordering::SeqCst) > CONNECTIONS {
            drop(refuse(Refusal::Late, true).drop_at(&stream));
            continue;
        }
        let stand = Arc::clone(stand);
        // Without a thread there is no answer; the browser asks again.
        drop(thread::Builder::new().spawn(move || {
            let _place = place;
            connection(&stream, port, &stand);
        }));
    }
}

/// One of the connections; given back when dropped, also when its thread fails.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(open: &Arc<AtomicUsize>) -> Self {
        open.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(open))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// One request, one answer. Whoever has gone hears nothing.
fn connection(stream: &TcpStream, port: u16, stand: &Stand) {
    drop(match read(stream, port) {
        Ok(request) => answer(&request, stand).send(stream, request.head),
        Err(Refusal::Gone) => Ok(()),
        Err(refusal) => refuse(refusal, false).send(stream, false),
    });
}

fn answer(request: &Request, stand: &Stand) -> Answer {
    match request.path.as_str() {
        page::SCRIPT => Answer::asset("text/javascript; charset=utf-8", page::SCRIPT_BYTES),
        page::STYLE => Answer::asset("text/css; charset=utf-8", page::STYLE_BYTES),
        page::WAIT => {
            let held = if request.head { Duration::ZERO } else { HELD };
            Answer::asset("text/javascript; charset=utf-8", page::told(&stand.wait(&request.query, held)))
        }
        path => file(path, stand),
    }
}

fn file(path: &str, stand: &Stand) -> Answer {
    // Asked first, so that a page that is exchanged right now is loaded once more rather than not at all.
    let now = stand.now();
    if !now.built {
        return Answer::page("503 Service Unavailable", page::building(&now));
    }
    match find_built(path, stand) {
        Found::File(file, length, media_type) if media_type.starts_with("text/html") => {
            match whole(file, length) {
                Ok(html) => Answer::page("200 OK", page::dress(&html, &now)),
                Err(_) => Answer::page("404 Not Found", page::missing(&now)),
            }
        }
        Found::File(file, length, media_type) => {
            Answer { status: "200 OK", media_type, header: None, body: Body::File(file, length) }
        }
        Found::Folder => Answer {
            header: Some(("Location", format!("{path}/"))),
            ..Answer::text("308 Permanent Redirect", path)
        },
        Found::Missing => Answer::page("404 Not Found", page::missing(&now)),
    }
}

fn find_built(path: &str, stand: &Stand) -> Found {
    let (times, pause) = EXCHANGE;
    for _ in 0..times {
        match find(stand.site(), path) {
            Found::Missing if !stand.site().is_dir() => thread::sleep(pause),
            found => return found,
        }
    }
    Found::Missing
}

fn whole(file: std::fs::File, length: u64) -> io::Result<Vec<u8>> {
    use std::io::Read as _;
    let mut html = Vec::new();
    file.take(length).read_to_end(&mut html)?;
    Ok(html)
}

fn refuse(refusal: Refusal, full: bool) -> Answer {
    let (status, text) = match refusal {
        _ if full => ("503 Service Unavailable", "连接太多，稍后再试 / too many connections, try again"),
        Refusal::Malformed | Refusal::Gone => {
            ("400 Bad Request", "看不懂这个请求 / not a request that is understood")
        }
        Refusal::TooLarge => {
            ("431 Request Header Fields Too Large", "请求头太大 / the head of the request is too large")
        }
        Refusal::Late => ("408 Request Timeout", "请求没有按时到 / the request did not come in time"),
        Refusal::Method => ("405 Method Not Allowed", "只能看，不能改 / for reading only"),
        Refusal::Host => (
            "403 Forbidden",
            "预览只在本机用 http://127.0.0.1 或 http://localhost 打开 / the preview is for this computer, at http://127.0.0.1 or http://localhost",
        ),
        Refusal::Foreign => ("403 Forbidden", "别的网站不能读预览 / another site may not read the preview"),
    };
    let header = (refusal == Refusal::Method).then(|| ("Allow", "GET, HEAD".to_owned()));
    Answer { header, ..Answer::text(status, text) }
}
