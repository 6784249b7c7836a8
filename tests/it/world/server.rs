//! A scripted HTTP/1.1 server on loopback: it plays courts, newsrooms and whatever else a test
//! asks over the network.
//!
//! It runs on a thread of its own, so that plain and async tests and child processes can all ask
//! it. It is strict where servers in the wild are strict: a conditional request gets its 304 only
//! when every validator sent is byte for byte the one that was given out.

use std::{
    collections::{HashMap, VecDeque},
    io,
    net::SocketAddr,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};

use super::answer::{Answer, Manner};

/// What one request said.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    /// `GET`, `POST` and so on.
    pub(crate) method: String,
    /// Path and query as they stood in the request line.
    pub(crate) target: String,
    /// Names in lower case, values verbatim, in the order sent.
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    /// The body, by `Content-Length`.
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The first value of a header, verbatim.
    pub(crate) fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_slice())
    }

    /// The first value of a header as text, `""` where there is none.
    pub(crate) fn text(&self, name: &str) -> String {
        self.header(name).map(|value| String::from_utf8_lossy(value).into()).unwrap_or_default()
    }

    /// The target without its query.
    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }
}

type Script = Box<dyn Fn(&Request) -> Answer + Send + Sync>;

#[derive(Default)]
struct Shared {
    pages: Mutex<HashMap<String, VecDeque<Answer>>>,
    requests: Mutex<Vec<Request>>,
    accepts: AtomicUsize,
    script: Option<Script>,
}

/// The running server; it stops when dropped.
pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    _stop: oneshot::Sender<()>,
}

impl Server {
    /// A server without pages: everything is 404 until [`Server::put`].
    pub(crate) fn start() -> Self {
        Self::run(Shared::default())
    }

    /// A server whose every answer is worked out from the request.
    pub(crate) fn answering(script: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        Self::run(Shared { script: Some(Box::new(script)), ..Shared::default() })
    }

    fn run(shared: Shared) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(shared);
        let (stop, stopped) = oneshot::channel();
        let world = Arc::clone(&shared);
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(async {
                let listener = TcpListener::from_std(listener).unwrap();
                tokio::select! {
                    () = accept(listener, world) => {}
                    _ = stopped => {}
                }
            });
        });
        Self { address, shared, _stop: stop }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of a path, as `http://127.0.0.1:PORT/path`.
    pub(crate) fn url(&self, path: &str) -> url::Url {
        format!("http://{}{path}", self.address).parse().unwrap()
    }

    /// Gives a path (with or without a query) this answer from now on.
    pub(crate) fn put(&self, path: &str, answer: Answer) {
        self.queue(path, [answer]);
    }

    /// Gives a path these answers one after the other; the last one stays.
    pub(crate) fn queue(&self, path: &str, answers: impl IntoIterator<Item = Answer>) {
        lock(&self.shared.pages).insert(path.into(), answers.into_iter().collect());
    }

    /// Every request so far, oldest first.
    pub(crate) fn requests(&self) -> Vec<Request> {
        lock(&self.shared.requests).clone()
    }

    /// How many connections were opened.
    pub(crate) fn accepts(&self) -> usize {
        self.shared.accepts.load(Ordering::SeqCst)
    }
}

impl Shared {
    fn answer(&self, request: &Request) -> Answer {
        if let Some(script) = &self.script {
            return script(request);
        }
        let mut pages = lock(&self.pages);
        let path =
            if pages.contains_key(&request.target) { &request.target } else { request.path() };
        let Some(answers) = pages.get_mut(path) else { return Answer::status(404) };
        let answer = if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() };
        answer.unwrap_or_else(|| Answer::status(404)).unless_unchanged(request)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap()
}

async fn accept(listener: TcpListener, world: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        world.accepts.fetch_add(1, Ordering::SeqCst);
        let world = Arc::clone(&world);
        tokio::spawn(async move {
            // A client that hangs up is part of many tests.
            let _hung_up = converse(stream, &world).await;
        });
    }
}

/// Answers one request after the other until the client or an answer ends the connection.
async fn converse(mut stream: TcpStream, world: &Shared) -> io::Result<()> {
    let mut unread = Vec::new();
    while let Some(request) = read_request(&mut stream, &mut unread).await? {
        let last = request.text("connection").eq_ignore_ascii_case("close");
        let answer = world.answer(&request);
        let head_only = request.method == "HEAD";
        lock(&world.requests).push(request);
        if !send(&mut stream, &answer, head_only).await? || last {
            break;
        }
    }
    stream.shutdown().await
}

async fn read_request(stream: &mut TcpStream, unread: &mut Vec<u8>) -> io::Result<Option<Request>> {
    let head = loop {
        if let Some(end) = unread.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(unread).await? == 0 {
            return Ok(None);
        }
    };
    let mut request = read_head(&unread[..head]);
    unread.drain(..head + 4);
    let length = request.text("content-length").parse().unwrap_or(0);
    while unread.len() < length {
        if stream.read_buf(unread).await? == 0 {
            return Ok(None);
        }
    }
    request.body = unread.drain(..length).collect();
    Ok(Some(request))
}

fn read_head(head: &[u8]) -> Request {
    let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let first = String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
    let mut words = first.split(' ').map(str::to_owned);
    let header = |line: &[u8]| {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let name = String::from_utf8_lossy(&line[..colon]).to_ascii_lowercase();
        Some((name, line[colon + 1..].trim_ascii().to_vec()))
    };
    Request {
        method: words.next().unwrap_or_default(),
        target: words.next().unwrap_or_default(),
        headers: lines.filter_map(header).collect(),
        body: Vec::new(),
    }
}

/// Sends an answer; `false` when the connection cannot carry another one.
async fn send(stream: &mut TcpStream, answer: &Answer, head_only: bool) -> io::Result<bool> {
    let body: &[u8] = if head_only { &[] } else { &answer.body };
    match answer.manner {
        Manner::Whole => {
            stream.write_all(&answer.head()).await?;
            stream.write_all(body).await?;
            Ok(true)
        }
        Manner::Raw => {
            stream.write_all(body).await?;
            Ok(false)
        }
        Manner::Drip(pause) => {
            stream.write_all(&answer.head()).await?;
            for byte in body {
                stream.write_all(std::slice::from_ref(byte)).await?;
                tokio::time::sleep(pause).await;
            }
            Ok(true)
        }
        Manner::Cut(length) => {
            stream.write_all(&answer.head()).await?;
            stream.write_all(&body[..length.min(body.len())]).await?;
            Ok(false)
        }
        Manner::Hold => {
            tokio::time::sleep(Duration::from_hours(1)).await;
            Ok(false)
        }
        Manner::Close => Ok(false),
    }
}
