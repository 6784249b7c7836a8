//! What the scripted server answers, and in what manner.

use std::{io::Write, time::Duration};

use super::server::Request;

/// One answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(String, Vec<u8>)>,
    pub(super) body: Vec<u8>,
    pub(super) manner: Manner,
}

/// How an answer is sent.
#[derive(Clone, Copy, Debug)]
pub(super) enum Manner {
    /// At once, with its length.
    Whole,
    /// The head at once, then a byte at a time with this pause.
    Drip(Duration),
    /// Its full length declared, only so many bytes sent, then closed.
    Cut(usize),
    /// The body alone, status line and all, then closed.
    Raw,
    /// Nothing, ever.
    Hold,
    /// Nothing, and the connection closed.
    Close,
}

impl Answer {
    /// An answer of this status without a body.
    pub(crate) fn status(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new(), manner: Manner::Whole }
    }

    /// 200 with a document.
    pub(crate) fn ok(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::status(200).header("content-type", content_type).body(body)
    }

    /// A redirect.
    pub(crate) fn redirect(status: u16, location: &str) -> Self {
        Self::status(status).header("location", location)
    }

    /// These very bytes, status line included.
    pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { manner: Manner::Raw, ..Self::status(0) }.body(bytes)
    }

    /// No answer: the connection stays open and silent.
    pub(crate) fn hold() -> Self {
        Self { manner: Manner::Hold, ..Self::status(0) }
    }

    /// No answer: the connection is closed.
    pub(crate) fn close() -> Self {
        Self { manner: Manner::Close, ..Self::status(0) }
    }

    /// Adds a header, verbatim.
    pub(crate) fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.into(), value.as_ref().to_vec()));
        self
    }

    /// Adds an `ETag`, verbatim; requests that send it back get 304.
    pub(crate) fn etag(self, value: impl AsRef<[u8]>) -> Self {
        self.header("etag", value)
    }

    /// Adds a `Last-Modified`, verbatim; requests that send it back get 304.
    pub(crate) fn last_modified(self, value: impl AsRef<[u8]>) -> Self {
        self.header("last-modified", value)
    }

    /// Sets the body.
    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Compresses the body with gzip and says so.
    pub(crate) fn gzipped(mut self) -> Self {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&self.body).unwrap();
        self.body = encoder.finish().unwrap();
        self.header("content-encoding", "gzip")
    }

    /// Sends the body a byte at a time.
    pub(crate) fn drip(self, pause: Duration) -> Self {
        Self { manner: Manner::Drip(pause), ..self }
    }

    /// Declares the whole body, sends this much of it and closes.
    pub(crate) fn cut(self, length: usize) -> Self {
        Self { manner: Manner::Cut(length), ..self }
    }

    fn value(&self, name: &str) -> Option<&[u8]> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_slice())
    }

    /// Turns a 200 into 304 when the request's validators are exactly this answer's: one that
    /// differs, or that was never given out, makes the request unconditional, as with nginx.
    pub(super) fn unless_unchanged(self, request: &Request) -> Self {
        let pairs = [("if-none-match", "etag"), ("if-modified-since", "last-modified")];
        let sent = pairs.iter().filter(|(asked, _)| request.header(asked).is_some()).count();
        let right = pairs
            .iter()
            .filter(|(asked, given)| {
                request.header(asked).is_some_and(|value| Some(value) == self.value(given))
            })
            .count();
        if self.status != 200 || sent == 0 || sent != right {
            return self;
        }
        Self { status: 304, body: Vec::new(), manner: Manner::Whole, ..self }
    }

    /// Status line and headers.
    pub(super) fn head(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} Scripted\r\n", self.status).into_bytes();
        for (name, value) in &self.headers {
            head.extend_from_slice(name.as_bytes());
            head.extend_from_slice(b": ");
            head.extend_from_slice(value);
            head.extend_from_slice(b"\r\n");
        }
        let counted = ["content-length", "transfer-encoding"];
        if !counted.iter().any(|name| self.value(name).is_some()) && self.status != 304 {
            head.extend_from_slice(format!("content-length: {}\r\n", self.body.len()).as_bytes());
        }
        head.extend_from_slice(b"\r\n");
        head
    }
}
