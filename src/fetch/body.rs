//! Reads bodies: chunk by chunk, counted after decompression, so that a small answer that
//! unfolds into gigabytes costs no more than the cap.

use std::time::Duration;

use reqwest::Response;
use tokio::time::{Instant, timeout_at};

use super::trouble;
use crate::model::{Cause, Failure};

/// The whole decoded body, or `TooLarge` as soon as it is known to exceed the cap.
pub(super) async fn read(mut response: Response, cap: u64) -> Result<Vec<u8>, Failure> {
    if response.content_length().is_some_and(|length| length > cap) {
        return Err(too_large(cap));
    }
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if fits(&bytes, &chunk, cap) => bytes.extend_from_slice(&chunk),
            Ok(Some(_)) => return Err(too_large(cap)),
            Ok(None) => return Ok(bytes),
            Err(error) => return Err(trouble::explain(&error, response.url())),
        }
    }
}

/// The start of a decoded body, as far as it fits and arrives in time.
pub(super) async fn read_start(mut response: Response, cap: u64, patience: Duration) -> Vec<u8> {
    let deadline = Instant::now() + patience;
    let mut bytes = Vec::new();
    while let Ok(Ok(Some(chunk))) = timeout_at(deadline, response.chunk()).await {
        if !fits(&bytes, &chunk, cap) {
            break;
        }
        bytes.extend_from_slice(&chunk);
    }
    bytes
}

fn fits(bytes: &[u8], chunk: &[u8], cap: u64) -> bool {
    let length = bytes.len().saturating_add(chunk.len());
    u64::try_from(length).is_ok_and(|length| length <= cap)
}

fn too_large(cap: u64) -> Failure {
    Failure { cause: Cause::TooLarge, detail: format!("the body is larger than {cap} bytes") }
}
