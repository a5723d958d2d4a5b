//! What a browser asks for: the head of a request, read within bounds and looked at for who asks.

use std::io::{self, Read};
use std::net::TcpStream;
use std::time::Duration;

use super::deadline::Deadline;

/// No browser sends more to an address that sets no cookies.
pub const MAX_HEAD: usize = 16 * 1024;

/// Likewise.
const MAX_HEADERS: usize = 64;

/// A browser sends the head of a request at once.
const PATIENCE: Duration = Duration::from_secs(10);

/// A request that may be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// `HEAD`: the answer goes without its body.
    pub head: bool,
    /// What stands after the host, as it came: `/o/GD26-0117.html`.
    pub path: String,
    /// What stands after the first `?`; empty without one.
    pub query: String,
}

/// Why a request gets no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is no HTTP.
    Malformed,
    /// Its head is larger than [`MAX_HEAD`] or has too many lines.
    TooLarge,
    /// It did not come in time.
    Late,
    /// Neither `GET` nor `HEAD`.
    Method,
    /// It is meant for another host.
    Host,
    /// The page of another site asks for it.
    Foreign,
    /// The client went away without asking for anything.
    Gone,
}

/// Reads one request. What follows its head is not read.
///
/// # Errors
/// See [`Refusal`].
pub fn read(stream: &TcpStream, port: u16) -> Result<Request, Refusal> {
    let deadline = Deadline::after(PATIENCE);
    let mut head = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        // Browsers open connections ahead of need; one that was not used is closed without a word.
        let late = if head.is_empty() { Refusal::Gone } else { Refusal::Late };
        let left = deadline.left().ok_or(late)?;
        stream.set_read_timeout(Some(left)).map_err(|_| Refusal::Gone)?;
        let mut reader = stream;
        let n = match reader.read(&mut chunk) {
            Ok(0) if head.is_empty() => return Err(Refusal::Gone),
            Ok(0) => return Err(Refusal::Malformed),
            Ok(n) => n,
            Err(error) => match error.kind() {
                io::ErrorKind::Interrupted => continue,
                io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => return Err(late),
                _ => return Err(Refusal::Gone),
            },
        };
        head.extend(chunk.iter().take(n));
        if let Some(request) = parse(&head, port)? {
            return Ok(request);
        }
        if head.len() >= MAX_HEAD {
            return Err(Refusal::TooLarge);
        }
    }
}

/// The request, once its head is complete.
///
/// # Errors
/// When it is none, or may not be answered.
pub fn parse(bytes: &[u8], port: u16) -> Result<Option<Request>, Refusal> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    match parsed.parse(bytes) {
        Ok(httparse::Status::Complete(length)) if length > MAX_HEAD => return Err(Refusal::TooLarge),
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(Refusal::TooLarge),
        Err(_) => return Err(Refusal::Malformed),
    }
    let values = |name: &str| -> Vec<&[u8]> {
        let named = parsed.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
        named.map(|header| header.value).collect()
    };
    // First who asks, then for what: a stranger learns nothing.
    match *values("host") {
        [host] if is_ours(host, port) => {}
        [_] | [] => return Err(Refusal::Host),
        _ => return Err(Refusal::Malformed),
    }
    if is_foreign(&values("sec-fetch-site"), &values("sec-fetch-mode")) {
        return Err(Refusal::Foreign);
    }
    let head = match parsed.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err(Refusal::Method),
    };
    // Nobody's proxy: a target that names a host is not answered.
    let target = parsed.path.filter(|target| target.starts_with('/')).ok_or(Refusal::Malformed)?;
    let target = target.split('#').next().unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Ok(Some(Request { head, path: path.to_owned(), query: query.to_owned() }))
}

/// The names of this address. `localhost` resolves to `::1` first on some systems, and its browsers come here next.
fn is_ours(host: &[u8], port: u16) -> bool {
    let Ok(host) = std::str::from_utf8(host) else { return false };
    let host = host.trim_matches([' ', '\t']).to_ascii_lowercase();
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| {
        host.strip_prefix(name).is_some_and(|rest| {
            rest.strip_prefix(':').map_or(rest.is_empty() && port == 80, |p| p == port.to_string())
        })
    })
}

/// Browsers say whose page asks. Following a link to here is fine; loading from here into another page is not.
fn is_foreign(site: &[&[u8]], mode: &[&[u8]]) -> bool {
    let own = site.iter().all(|value| matches!(*value, b"same-origin" | b"none"));
    !own && *mode != [b"navigate".as_slice()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(text: &str) -> Result<Option<Request>, Refusal> {
        parse(text.as_bytes(), 8017)
    }

    fn with_host(host: &str) -> Result<Option<Request>, Refusal> {
        ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"))
    }

    #[test]
    fn only_the_names_of_this_address_are_answered() {
        for good in ["127.0.0.1:8017", "localhost:8017", "LOCALHOST:8017", "[::1]:8017"] {
            assert!(with_host(good).unwrap().is_some(), "{good}");
        }
        for bad in [
            "",
            "evil.example",
            "evil.example:8017",
            "127.0.0.1",
            "127.0.0.1:8018",
            "127.0.0.1:08017",
            "127.0.0.1.evil.example:8017",
            "localhost.evil.example:8017",
            "localhost:8017.evil.example",
            "localhost:8017@evil.example",
            "0.0.0.0:8017",
            "127.0.0.2:8017",
            "[::]:8017",
        ] {
            assert_eq!(with_host(bad), Err(Refusal::Host), "{bad}");
        }
        assert_eq!(ask("GET / HTTP/1.0\r\n\r\n"), Err(Refusal::Host), "no host at all");
        let twice = "GET / HTTP/1.1\r\nHost: localhost:8017\r\nHost: evil.example\r\n\r\n";
        assert_eq!(ask(twice), Err(Refusal::Malformed));
        let usual = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        assert!(parse(usual.as_bytes(), 80).unwrap().is_some(), "port 80 is not written");
    }

    #[test]
    fn another_sites_page_may_link_to_here_but_load_nothing() {
        let from = |site: &str, mode: &str| {
            ask(&format!(
                "GET /search-data.js HTTP/1.1\r\nHost: localhost:8017\r\nSec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\n\r\n"
            ))
        };
        assert!(from("same-origin", "no-cors").unwrap().is_some());
        assert!(from("none", "navigate").unwrap().is_some());
        assert!(from("cross-site", "navigate").unwrap().is_some());
        for (site, mode) in
            [("cross-site", "no-cors"), ("same-site", "cors"), ("cross-site", ""), ("?", "no-cors")]
        {
            assert_eq!(from(site, mode), Err(Refusal::Foreign), "{site} {mode}");
        }
        let bare = "GET / HTTP/1.1\r\nHost: localhost:8017\r\nSec-Fetch-Site: cross-site\r\n\r\n";
        assert_eq!(ask(bare), Err(Refusal::Foreign));
    }

    #[test]
    fn the_target_is_a_path_of_this_host() {
        let target = |text: &str| ask(&format!("GET {text} HTTP/1.1\r\nHost: localhost:8017\r\n\r\n"));
        let good = target("/o/A.html?x=1?y#z").unwrap().unwrap();
        assert_eq!((good.path.as_str(), good.query.as_str(), good.head), ("/o/A.html", "x=1?y", false));
        for bad in ["http://evil.example/", "*", "evil", "../x"] {
            assert_eq!(target(bad), Err(Refusal::Malformed), "{bad}");
        }
        for method in ["POST", "PUT", "OPTIONS", "CONNECT", "get"] {
            let text = format!("{method} / HTTP/1.1\r\nHost: localhost:8017\r\n\r\n");
            assert_eq!(ask(&text), Err(Refusal::Method), "{method}");
        }
        assert!(ask("HEAD / HTTP/1.1\r\nHost: localhost:8017\r\n\r\n").unwrap().unwrap().head);
    }

    #[test]
    fn a_head_that_is_no_http_or_too_large_is_refused_and_half_a_one_waited_for() {
        assert_eq!(ask("GET / HTTP/1.1\r\nHost: local"), Ok(None));
        assert_eq!(ask("\u{16}\u{3}\u{1}"), Err(Refusal::Malformed), "TLS");
        let many = "X: y\r\n".repeat(MAX_HEADERS);
        let text = format!("GET / HTTP/1.1\r\nHost: localhost:8017\r\n{many}\r\n");
        assert_eq!(ask(&text), Err(Refusal::TooLarge));
    }
}
