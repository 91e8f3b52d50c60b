//! A client that writes bytes to a socket, so that it can also write what no decent client would; and gates to talk to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use recto::serve::wire::OnError;
use recto::serve::{Access, Engine, Limits, Newsroom, Setup};

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// A connection that stays open between requests.
pub(crate) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("the gate listens");
        stream.set_read_timeout(Some(Duration::from_mins(1))).expect("a timeout");
        Self(BufReader::new(stream))
    }

    pub(crate) fn write(&mut self, bytes: impl AsRef<[u8]>) -> std::io::Result<()> {
        self.0.get_mut().write_all(bytes.as_ref())
    }

    /// The next answer; none where the connection is closed.
    pub(crate) fn read(&mut self) -> Option<Answer> {
        let mut line = String::new();
        if self.0.read_line(&mut line).unwrap_or(0) == 0 {
            return None;
        }
        let status = line.split(' ').nth(1).expect("a status").parse().expect("a number");
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).expect("a header");
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            headers.push((name.to_owned(), value.trim().to_owned()));
        }
        let answer = Answer { status, headers, body: String::new() };
        let length = answer.header("content-length").map_or(0, |length| length.parse().expect("a length"));
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).expect("the body");
        Some(Answer { body: String::from_utf8(body).expect("UTF-8"), ..answer })
    }

    pub(crate) fn post(&mut self, path: &str, body: &str) -> Answer {
        self.write(request("POST", path, "content-type: application/json\r\n", body)).expect("it is taken");
        self.read().expect("an answer")
    }
}

/// A request with its length.
pub(crate) fn request(method: &str, path: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n{headers}content-length: {length}\r\n\r\n{body}")
}

pub(crate) fn post(address: SocketAddr, path: &str, body: &str) -> Answer {
    Connection::open(address).post(path, body)
}

pub(crate) fn get(address: SocketAddr, path: &str) -> Answer {
    get_with(address, path, "")
}

pub(crate) fn get_with(address: SocketAddr, path: &str, headers: &str) -> Answer {
    let mut connection = Connection::open(address);
    connection.write(request("GET", path, headers, "")).expect("it is taken");
    connection.read().expect("an answer")
}

/// A gate in this process.
pub(crate) struct Gate {
    pub(crate) address: SocketAddr,
    pub(crate) log: Arc<Mutex<String>>,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Gate {
    pub(crate) fn start(change: impl FnOnce(&mut Setup)) -> Self {
        let log = Arc::new(Mutex::new(String::new()));
        let lines = Arc::clone(&log);
        let mut setup = Setup {
            engine: Arc::new(newsroom()),
            access: Access::default(),
            on_error: OnError::Block,
            limits: Limits { workers: 2, ..Limits::default() },
            journal: Arc::new(move |line| {
                let mut lines = lines.lock().expect("the log");
                lines.push_str(line);
                lines.push('\n');
            }),
        };
        change(&mut setup);
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let (tell, told) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
            let runtime = runtime.expect("a runtime");
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
                tell.send(listener.local_addr().expect("an address")).expect("somebody waits");
                let stop = async {
                    let _ = stopped.await;
                };
                recto::serve::serve(listener, setup, stop).await;
            });
            runtime.shutdown_background();
        });
        let address = told.recv().expect("an address");
        Self { address, log, stop: Some(stop), thread: Some(thread) }
    }

    pub(crate) fn with_engine(engine: impl Engine, limits: Limits) -> Self {
        Self::start(|setup| {
            setup.engine = Arc::new(engine);
            setup.limits = limits;
        })
    }

    /// Asks it to stop, without waiting.
    pub(crate) fn ask_to_stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }

    pub(crate) fn wait(&mut self) {
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the gate ends");
        }
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.ask_to_stop();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

pub(crate) fn newsroom() -> Newsroom {
    Newsroom::new(recto::pipeline::Checker::default(), || "2026-05-01T10:00:00Z".into())
}

/// The binary as a gate.
pub(crate) struct Process {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
    said: Option<JoinHandle<String>>,
}

impl Process {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("recto"))
            .args(["serve", "--on-error", "block", "--bind", "127.0.0.1:0"])
            .args(arguments)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary");
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut first = String::new();
        lines.read_line(&mut first).expect("a line");
        let address = first.trim().rsplit("http://").next().expect("an address");
        let address = address.parse().unwrap_or_else(|error| panic!("{error}: {first}"));
        let said = std::thread::spawn(move || {
            let mut rest = String::new();
            lines.read_to_string(&mut rest).expect("text");
            rest
        });
        Self { child, address, said: Some(said) }
    }

    /// Stops it as an init system would: its status and its log.
    pub(crate) fn stop(mut self) -> (Option<i32>, String) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill").success());
        let status = self.child.wait().expect("it ends");
        (status.code(), self.said.take().expect("not asked yet").join().expect("the log"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
