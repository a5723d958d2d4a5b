//! `gendan serve`: the pages, word of the next build, what went wrong shown in the page, and who is turned away. With
//! the real program, over real connections.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail the test")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Nothing here is slow; a machine may be.
const PATIENCE: Duration = Duration::from_secs(120);

/// A small data root with one order.
struct Root(tempfile::TempDir);

impl Root {
    fn new() -> Self {
        let root = Self(tempfile::tempdir().unwrap());
        root.write(
            "gendan.toml",
            "schema = 1\ntimezone = \"Asia/Shanghai\"\n\n[company]\nname = \"Nimbus\"\n",
        );
        root.write("customers/hanse.toml", "name = \"Hanse Licht\"\ncountry = \"DE\"\n");
        root.order("GD26-0001", "Lamps");
        root
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn order(&self, id: &str, goods: &str) {
        let text = format!(
            "customer = \"hanse\"\ncurrency = \"USD\"\n\n[[items]]\nsku = \"L-1\"\nname = \"{goods}\"\nqty = 10\nunit = \"PCS\"\nprice = 2.00\n"
        );
        self.write(&format!("orders/2026/{id}/order.toml"), &text);
    }

    fn git(&self, args: &[&str]) {
        let done = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@x.example", "-c", "init.defaultBranch=main"])
            .args(args)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .current_dir(self.path())
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

/// The program at work; ended when dropped.
struct Preview {
    child: Child,
    address: SocketAddr,
    lines: mpsc::Receiver<String>,
}

fn command(root: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gendan"));
    command.arg("serve").arg("--root").arg(root).args(args);
    command.env_remove("GENDAN_ROOT").stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

impl Preview {
    fn start(root: &Path) -> Self {
        Self::with(root, &["--port", "0", "--as-of", "2026-11-20"])
    }

    /// Up, and the first build over.
    fn with(root: &Path, args: &[&str]) -> Self {
        let mut child = command(root, args).spawn().unwrap();
        let lines = follow(child.stdout.take().unwrap());
        let first = lines.recv_timeout(PATIENCE).unwrap();
        let address = first.split("http://").nth(1).unwrap().split('/').next().unwrap();
        let address: SocketAddr = address.parse().unwrap();
        assert!(address.ip().is_loopback(), "{address}");
        let preview = Self { child, address, lines };
        preview.next();
        preview
    }

    /// What it says next: one line for each build.
    fn next(&self) -> String {
        self.lines.recv_timeout(PATIENCE).unwrap()
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends bytes as they are and returns the whole answer.
    fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request).unwrap();
        Answer::read(stream)
    }

    fn ask(&self, method: &str, path: &str) -> Answer {
        self.raw(format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).as_bytes())
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path)
    }

    /// The name of the state a page was sent with.
    fn state(&self) -> String {
        let page = self.get("/").text();
        page.split("data-now=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    /// What a page hears that waits, once it does.
    fn wait(&self, known: &str) -> mpsc::Receiver<String> {
        let mut stream = self.connect();
        let request = format!("GET /-gendan/wait.js?{known} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).unwrap();
        let (send, receive) = mpsc::channel();
        thread::spawn(move || send.send(Answer::read(stream).text()));
        receive
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn follow(out: ChildStdout) -> mpsc::Receiver<String> {
    let (send, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(out).lines() {
            let Ok(line) = line else { return };
            if send.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

#[derive(Debug)]
struct Answer {
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn read(mut stream: TcpStream) -> Self {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let split = bytes
            .windows(4)
            .position(|part| part == b"\r\n\r\n")
            .unwrap_or_else(|| panic!("no head: {}", String::from_utf8_lossy(&bytes)));
        Self { head: String::from_utf8(bytes[..split].to_vec()).unwrap(), body: bytes[split + 4..].to_vec() }
    }

    fn status(&self) -> u16 {
        self.head.split(' ').nth(1).unwrap().parse().unwrap()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

#[test]
fn the_pages_are_those_of_a_build_with_the_policies_of_the_manual() {
    let preview = Preview::start(&data());
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("public");
    let built = Command::new(env!("CARGO_BIN_EXE_gendan"))
        .args(["build", "--as-of", "2026-11-20", "--root"])
        .arg(data())
        .arg("--out")
        .arg(&site)
        .output()
        .unwrap();
    assert!(built.status.success());

    for (path, file, media_type) in [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/index.html", "index.html", "text/html; charset=utf-8"),
        ("/en/", "en/index.html", "text/html; charset=utf-8"),
        ("/archive/?x=1", "archive/index.html", "text/html; charset=utf-8"),
        ("/style.css", "style.css", "text/css; charset=utf-8"),
        ("/app.js", "app.js", "text/javascript; charset=utf-8"),
        ("/icon.svg", "icon.svg", "image/svg+xml; charset=utf-8"),
        ("/build.json", "build.json", "application/json; charset=utf-8"),
        ("/feed.xml", "feed.xml", "application/xml; charset=utf-8"),
        ("/cal/all.ics", "cal/all.ics", "text/calendar; charset=utf-8"),
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(answer.header("Content-Type"), Some(media_type), "{path}");
        assert_eq!(answer.header("Content-Length").unwrap().parse::<usize>().unwrap(), answer.body.len());
        assert_eq!(answer.header("X-Content-Type-Options"), Some("nosniff"));
        assert_eq!(answer.header("Referrer-Policy"), Some("no-referrer"));
        assert_eq!(answer.header("Cache-Control"), Some("no-store"));
        assert_eq!(answer.header("Cross-Origin-Resource-Policy"), Some("same-origin"));
        let policy = answer.header("Content-Security-Policy").unwrap();
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe"), "{policy}");
        let wanted = fs::read(site.join(file)).unwrap();
        if media_type.starts_with("text/html") {
            let page = answer.text();
            let added: String = page
                .lines()
                .filter(|line| line.contains("/-gendan/"))
                .map(|line| format!("{line}\n"))
                .collect();
            assert_eq!(added.lines().count(), 2, "{added}");
            assert_eq!(
                page.replace(&added, "").into_bytes(),
                wanted,
                "{path} is the built page and the script"
            );
        } else {
            assert_eq!(answer.body, wanted, "{path}");
        }
    }
    let manual = include_str!("../src/exchange/init/files/ci/nginx.conf");
    assert!(manual.contains(preview.get("/").header("Content-Security-Policy").unwrap()));

    let folder = preview.get("/archive");
    assert_eq!((folder.status(), folder.header("Location")), (308, Some("/archive/")));
    let missing = preview.get("/o/NO-SUCH.html");
    assert_eq!(missing.status(), 404);
    assert!(missing.text().contains("没有这一页") && missing.text().contains("There is no such page"));
    let head = preview.ask("HEAD", "/");
    assert_eq!((head.status(), head.body.len()), (200, 0));
    assert_ne!(head.header("Content-Length"), Some("0"));
    for (path, holds) in
        [("/-gendan/preview.js", "gendanPreview"), ("/-gendan/preview.css", "#gendan-preview")]
    {
        assert!(preview.get(path).text().contains(holds), "{path}");
    }
}

#[test]
fn an_edit_is_built_and_the_waiting_page_hears_of_it() {
    let root = Root::new();
    let preview = Preview::start(root.path());
    assert!(!preview.get("/o/GD26-0001.html").text().contains("Lanterns"));
    let before = preview.state();
    let told = preview.wait(&before);
    root.order("GD26-0001", "Lanterns");
    let told = told.recv_timeout(PATIENCE).unwrap();
    assert!(preview.get("/o/GD26-0001.html").text().contains("Lanterns"));
    let after = preview.state();
    assert_ne!(before, after);
    assert_eq!(told, format!("gendanPreview(\"{after}\");\n"));

    preview.next();
    assert_eq!(preview.get("/o/GD26-0002.html").status(), 404);
    let told = preview.wait(&after);
    root.order("GD26-0002", "Bulbs");
    told.recv_timeout(PATIENCE).unwrap();
    preview.next();
    assert!(preview.get("/o/GD26-0002.html").text().contains("Bulbs"), "in a folder that is new");
    assert!(!root.path().join("public").exists(), "nothing is written to where a build goes");
    let names: Vec<_> = fs::read_dir(root.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names.len(), 3, "nor anything else: {names:?}");
}

#[test]
fn a_commit_is_noticed_and_git_at_work_is_not() {
    let root = Root::new();
    root.git(&["init", "-q"]);
    root.git(&["add", "-A"]);
    root.git(&["commit", "-q", "-m", "one"]);
    let preview = Preview::start(root.path());
    assert!(preview.get("/").text().contains("gendan"));
    let before = preview.state();
    root.git(&["commit", "-q", "--allow-empty", "-m", "two"]);
    preview.next();
    let after = preview.state();
    assert_ne!(before, after);

    // Objects, the index and hidden files are no change; the edit after them is the next one.
    root.git(&["hash-object", "-w", "gendan.toml"]);
    root.write(".order.toml.swp", "x");
    root.write("public/index.html", "x");
    root.write("orders/2026/GD26-0001/.~lock", "x");
    thread::sleep(Duration::from_secs(1));
    assert_eq!(preview.state(), after);
    root.order("GD26-0001", "Lanterns");
    preview.next();
    assert_ne!(preview.state(), after);
}

#[test]
fn what_is_wrong_stands_in_the_page_until_it_is_mended() {
    let root = Root::new();
    let good = fs::read_to_string(root.path().join("gendan.toml")).unwrap();
    let preview = Preview::start(root.path());
    let told = preview.wait(&preview.state());
    root.write("gendan.toml", &good.replace("[company]", "[company"));
    told.recv_timeout(PATIENCE).unwrap();
    let said = preview.next();
    assert!(said.contains("gendan.toml"), "{said}");
    let page = preview.get("/o/GD26-0001.html");
    assert_eq!(page.status(), 200, "the site that was built is still there");
    let text = page.text();
    assert!(text.contains("Lamps"));
    assert!(text.contains("id=\"gendan-preview\"") && text.contains("gendan.toml 有错误"), "{text}");
    assert!(text.contains("gendan.toml has errors") && text.contains("[company"), "with the line");

    let told = preview.wait(&preview.state());
    root.write("templates/index.html", "{% if %}");
    root.write("gendan.toml", &good);
    told.recv_timeout(PATIENCE).unwrap();
    preview.next();
    let text = preview.get("/").text();
    assert!(text.contains("模板有错") && text.contains("index.html"), "a template counts too");

    let told = preview.wait(&preview.state());
    fs::remove_file(root.path().join("templates/index.html")).unwrap();
    told.recv_timeout(PATIENCE).unwrap();
    assert!(!preview.get("/").text().contains("gendan-preview\" role"));
}

#[test]
fn broken_from_the_start_it_says_so_and_opens_when_mended() {
    let root = Root::new();
    let good = fs::read_to_string(root.path().join("gendan.toml")).unwrap();
    root.write("gendan.toml", "schema = \n<script>alert(1)</script>\n");
    let preview = Preview::start(root.path());
    let page = preview.get("/o/GD26-0001.html");
    assert_eq!(page.status(), 503);
    let text = page.text();
    assert!(text.contains("网站没有生成") && text.contains("The site was not built"), "{text}");
    assert!(!text.contains("<script>alert") && text.contains("&lt;script&gt;alert"), "{text}");
    let told = preview.wait(&preview.state());
    root.write("gendan.toml", &good);
    told.recv_timeout(PATIENCE).unwrap();
    assert_eq!(preview.get("/o/GD26-0001.html").status(), 200);
}

#[test]
fn only_this_address_is_answered() {
    let root = Root::new();
    let preview = Preview::start(root.path());
    let port = preview.address.port();
    let host =
        |host: &str| preview.raw(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()).status();
    for good in [format!("127.0.0.1:{port}"), format!("localhost:{port}"), format!("[::1]:{port}")] {
        assert_eq!(host(&good), 200, "{good}");
    }
    for bad in
        ["evil.example", &format!("evil.example:{port}"), "127.0.0.1", "", &format!("127.0.0.1:{}", port ^ 1)]
    {
        assert_eq!(host(bad), 403, "{bad}");
    }
    assert_eq!(preview.raw(b"GET / HTTP/1.0\r\n\r\n").status(), 403);
    let foreign = format!(
        "GET /search-data.js HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n\r\n"
    );
    let refused = preview.raw(foreign.as_bytes());
    assert_eq!(refused.status(), 403);
    assert!(!refused.text().contains("GD26"));
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"] {
        let answer = preview.ask(method, "/");
        assert_eq!((answer.status(), answer.header("Allow")), (405, Some("GET, HEAD")), "{method}");
    }
    let body = format!(
        "POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 30000\r\n\r\n{}",
        "x".repeat(30000)
    );
    assert_eq!(
        preview.raw(body.as_bytes()).status(),
        405,
        "the answer arrives although nobody reads the rest"
    );
}

#[test]
fn nothing_outside_the_site_is_served() {
    let root = Root::new();
    let preview = Preview::start(root.path());
    for path in [
        "/../gendan.toml",
        "/../../../../../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/o/..%2f..%2f..%2fetc/passwd",
        "/%252e%252e/etc/passwd",
        "/..\\..\\etc\\passwd",
        "/..%5c..%5cetc%5cpasswd",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/%c0%ae%c0%ae/etc/passwd",
        "/index.html%00.css",
        "/.gendan-site",
        "/%2egendan-site",
        "/C:%5cWindows%5cwin.ini",
        "/-gendan/",
        "/-gendan/../index.html",
    ] {
        let answer = preview.get(path);
        assert!(matches!(answer.status(), 400 | 404), "{path}: {}", answer.head);
        assert!(!answer.text().contains("root:"), "{path}");
    }
    for request in [
        "GET http://127.0.0.1/ HTTP/1.1\r\n",
        "GET etc/passwd HTTP/1.1\r\n",
        "GET * HTTP/1.1\r\n",
        "GET\r\n",
        "\u{16}\u{3}\u{1}\r\n",
    ] {
        let text = format!("{request}Host: {}\r\n\r\n", preview.address);
        assert_eq!(preview.raw(text.as_bytes()).status(), 400, "{request}");
    }
    let huge = format!("GET / HTTP/1.1\r\nHost: {}\r\nX: {}\r\n\r\n", preview.address, "y".repeat(100_000));
    let mut stream = preview.connect();
    drop(stream.write_all(huge.as_bytes()));
    let mut answer = Vec::new();
    // The connection may be reset while it is still being written to; it is not served.
    drop(stream.read_to_end(&mut answer));
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 431"), "{}", String::from_utf8_lossy(&answer));
    assert_eq!(preview.get("/").status(), 200, "and the next one is");
}

#[test]
fn a_slow_client_holds_up_nobody_and_too_many_are_turned_away() {
    let root = Root::new();
    let preview = Preview::start(root.path());
    let mut slow: Vec<TcpStream> = (0..63)
        .map(|n| {
            let mut stream = preview.connect();
            stream.write_all(b"GET / HT").unwrap();
            // Each is accepted before the next one comes.
            if n % 8 == 0 {
                thread::sleep(Duration::from_millis(20));
            }
            stream
        })
        .collect();
    assert_eq!(preview.get("/").status(), 200, "63 half requests");
    slow.extend((0..20).map(|_| preview.connect()));
    thread::sleep(Duration::from_millis(300));
    let mut refused = 0;
    for stream in &mut slow[63..] {
        stream.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
        let mut start = [0; 12];
        refused += usize::from(stream.read_exact(&mut start).is_ok() && &start == b"HTTP/1.1 503");
    }
    assert!(refused >= 15, "{refused} of 20 turned away");
    drop(slow);
    let last = (0..200).find_map(|_| {
        thread::sleep(Duration::from_millis(50));
        let mut stream = preview.connect();
        let request = format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address);
        stream.write_all(request.as_bytes()).ok()?;
        let mut start = [0; 12];
        (stream.read_exact(&mut start).is_ok() && &start == b"HTTP/1.1 200").then_some(())
    });
    assert!(last.is_some(), "their places are given back");
}

#[test]
fn a_port_that_is_taken_is_said_with_what_to_do() {
    let root = Root::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let done = command(root.path(), &["--port", &port, "--lang", "both"]).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(said.contains(&port) && said.contains("--port 0") && said.contains("in use"), "{said}");
    let nowhere = root.path().join("nowhere");
    let done = command(&nowhere, &["--port", "0"]).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn the_end_is_clean() {
    let root = Root::new();
    let temporary = tempfile::tempdir().unwrap();
    for signal in ["-INT", "-TERM"] {
        let mut child =
            command(root.path(), &["--port", "0"]).env("TMPDIR", temporary.path()).spawn().unwrap();
        let lines = follow(child.stdout.take().unwrap());
        lines.recv_timeout(PATIENCE).unwrap();
        lines.recv_timeout(PATIENCE).unwrap();
        let folders: Vec<PathBuf> =
            fs::read_dir(temporary.path()).unwrap().map(|e| e.unwrap().path()).collect();
        assert_eq!(folders.len(), 1, "{folders:?}");
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&folders[0]).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "nobody else may read it");
        let killed = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{signal}");
        assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0, "nothing is left");
    }
}

#[test]
fn a_folder_of_ones_own_is_kept_and_not_watched() {
    let root = Root::new();
    let out = root.path().join("preview");
    #[expect(clippy::disallowed_methods, reason = "how long a build takes here")]
    let start = std::time::Instant::now();
    let args = ["--port", "0", "--as-of", "2026-11-20", "-o", out.to_str().unwrap()];
    let preview = Preview::with(root.path(), &args);
    let longest = start.elapsed() * 3 + Duration::from_secs(1);
    assert!(out.join("index.html").is_file());
    assert!(preview.lines.recv_timeout(longest).is_err(), "its own output is no change");
    drop(preview);
    assert!(out.join("index.html").is_file());
}

/// 2026-11-20 in Shanghai for two more seconds, then the next day.
fn near_midnight() -> chrono::DateTime<chrono::Utc> {
    use std::sync::OnceLock;
    use std::time::Instant;
    static START: OnceLock<Instant> = OnceLock::new();
    #[expect(clippy::disallowed_methods, reason = "the test plays the clock")]
    let start = START.get_or_init(Instant::now);
    let begin = chrono::DateTime::parse_from_rfc3339("2026-11-20T15:59:58Z").unwrap().to_utc();
    begin + start.elapsed()
}

#[test]
fn the_day_turns_at_midnight_without_an_edit() {
    use clap::Parser as _;
    use gendan::cli::serve::{Event, preview};
    use gendan::cli::{Cli, Command as Sub, Runner, Surroundings};

    struct Lines(mpsc::Sender<String>);
    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            drop(self.0.send(String::from_utf8_lossy(bytes).into_owned()));
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    let root = Root::new();
    let at = root.path().to_owned();
    let (send, events) = mpsc::channel();
    let stop = send.clone();
    let (said, lines) = mpsc::channel();
    let running = thread::spawn(move || {
        let cli = Cli::parse_from(["gendan", "serve", "--port", "0", "--root", at.to_str().unwrap()]);
        let Sub::Serve(args) = &cli.command else { panic!("not serve") };
        let around = Surroundings {
            here: std::env::temp_dir(),
            env_root: None,
            now: near_midnight(),
            clock: near_midnight,
            color: false,
            terminal: false,
            runner: Runner::None,
        };
        preview(args, &cli.common, &around, &mut Lines(said), (send, &events)).is_ok()
    });
    let mut text = String::new();
    for day in ["2026-11-20", "2026-11-21"] {
        while !text.contains(day) {
            text.push_str(&lines.recv_timeout(PATIENCE).unwrap());
        }
    }
    stop.send(Event::Stop).unwrap();
    assert!(running.join().unwrap());
}
