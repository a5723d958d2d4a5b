//! What is sent back, and with which headers.

use std::fs::File;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use super::deadline::Deadline;

/// As the manual recommends for a web server: nothing comes from elsewhere, nothing runs but the site's own script.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A browser that takes nothing for so long has gone.
const STALLED: Duration = Duration::from_secs(10);

/// However slowly it reads, it does not read for ever.
const LONGEST: Duration = Duration::from_secs(300);

/// Rest of a request that is read away, so that closing does not take the answer back.
const REST: usize = 64 * 1024;

/// What is sent.
#[derive(Debug)]
pub enum Body {
    /// Bytes.
    Bytes(Vec<u8>),
    /// A file of the site as it lies there, and its length.
    File(File, u64),
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// `200 OK`
    pub status: &'static str,
    /// `text/html; charset=utf-8`
    pub media_type: &'static str,
    /// One more header: `Allow`, `Location`.
    pub header: Option<(&'static str, String)>,
    /// What is sent.
    pub body: Body,
}

impl Answer {
    /// A page.
    #[must_use]
    pub fn page(status: &'static str, html: Vec<u8>) -> Self {
        Self { status, media_type: "text/html; charset=utf-8", header: None, body: Body::Bytes(html) }
    }

    /// A line of plain text.
    #[must_use]
    pub fn text(status: &'static str, text: &str) -> Self {
        let body = Body::Bytes(format!("{text}\n").into_bytes());
        Self { status, media_type: "text/plain; charset=utf-8", header: None, body }
    }

    /// A file that comes with the program.
    #[must_use]
    pub fn asset(media_type: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { status: "200 OK", media_type, header: None, body: Body::Bytes(bytes.into()) }
    }

    fn length(&self) -> u64 {
        match &self.body {
            Body::Bytes(bytes) => bytes.len() as u64,
            Body::File(_, length) => *length,
        }
    }

    fn head(&self) -> String {
        let (status, media_type, length) = (self.status, self.media_type, self.length());
        let mut head = format!(
            "HTTP/1.1 {status}\r\n\
             Content-Type: {media_type}\r\n\
             Content-Length: {length}\r\n\
             Content-Security-Policy: {POLICY}\r\n\
             X-Content-Type-Options: nosniff\r\n\
             Referrer-Policy: no-referrer\r\n\
             Cross-Origin-Resource-Policy: same-origin\r\n\
             Cache-Control: no-store\r\n\
             X-Robots-Tag: noindex, nofollow\r\n\
             Connection: close\r\n"
        );
        if let Some((name, value)) = &self.header {
            // A value is a path that was found or a fixed word; a line break would begin a header of somebody's choice.
            let value: String = value.chars().filter(|c| !c.is_control()).collect();
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        head
    }

    /// Sends it and closes the connection.
    ///
    /// # Errors
    /// When the other side has gone or takes nothing.
    pub fn send(self, stream: &TcpStream, head_only: bool) -> io::Result<()> {
        self.write(stream, head_only)?;
        close(stream)
    }

    /// Sends a short one and waits for nothing: whoever asks next is not to be kept waiting by whoever is turned away.
    ///
    /// # Errors
    /// When the other side has gone.
    pub fn drop_at(self, stream: &TcpStream) -> io::Result<()> {
        self.write(stream, false)
    }

    fn write(self, stream: &TcpStream, head_only: bool) -> io::Result<()> {
        stream.set_write_timeout(Some(STALLED))?;
        let deadline = Deadline::after(LONGEST);
        put(stream, self.head().as_bytes(), deadline)?;
        if !head_only {
            match self.body {
                Body::Bytes(bytes) => put(stream, &bytes, deadline)?,
                Body::File(file, length) => {
                    let mut file = file.take(length);
                    let mut chunk = vec![0; 64 * 1024];
                    loop {
                        let n = file.read(&mut chunk)?;
                        if n == 0 {
                            break;
                        }
                        put(stream, chunk.get(..n).unwrap_or_default(), deadline)?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn put(mut stream: &TcpStream, mut bytes: &[u8], deadline: Deadline) -> io::Result<()> {
    while !bytes.is_empty() {
        if deadline.left().is_none() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        match stream.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(n) => bytes = bytes.get(n..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Says that nothing more comes, and reads away what the other side still sends: a connection that is closed with
/// something unread is reset, and the answer may be lost with it.
fn close(mut stream: &TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    let deadline = Deadline::after(Duration::from_secs(1));
    let mut rest = 0;
    let mut chunk = [0; 4096];
    while let Some(left) = deadline.left().filter(|_| rest < REST) {
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut chunk) {
            Ok(0) | Err(_) => break,
            Ok(n) => rest += n,
        }
    }
    Ok(())
}
