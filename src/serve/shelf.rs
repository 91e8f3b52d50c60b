//! Requests that can be asked about again, in memory alone: what is not published is not written down. A report is made
//! anew from its request, so that it knows what was decided since.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use sha2::{Digest, Sha256};

/// What a request asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Check,
    Compare,
}

/// The latest requests, up to so many bytes.
pub(super) struct Shelf {
    limit: usize,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    bytes: usize,
    order: VecDeque<String>,
    requests: BTreeMap<String, (Kind, Bytes)>,
}

impl Shelf {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, kept: Mutex::default() }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a request and names it: the same request by the same name.
    pub(super) fn keep(&self, kind: Kind, body: &Bytes) -> String {
        let mut hash = Sha256::new();
        hash.update([kind as u8]);
        hash.update(body);
        let id: String = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let mut kept = self.kept();
        if body.len() > self.limit || kept.requests.contains_key(&id) {
            return id;
        }
        // Not a slice of a larger buffer, which would be kept whole.
        let body = Bytes::copy_from_slice(body);
        kept.bytes += body.len();
        kept.order.push_back(id.clone());
        kept.requests.insert(id.clone(), (kind, body));
        while kept.bytes > self.limit {
            let Some(oldest) = kept.order.pop_front() else { break };
            if let Some((_, body)) = kept.requests.remove(&oldest) {
                kept.bytes -= body.len();
            }
        }
        id
    }

    /// The request of a name, while it is kept.
    pub(super) fn find(&self, id: &str) -> Option<(Kind, Bytes)> {
        self.kept().requests.get(id).cloned()
    }

    /// How many are kept, and their bytes.
    pub(super) fn size(&self) -> (usize, usize) {
        let kept = self.kept();
        (kept.order.len(), kept.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_first() {
        let shelf = Shelf::new(10);
        let body = |text: &'static str| Bytes::from_static(text.as_bytes());
        let first = shelf.keep(Kind::Check, &body("12345"));
        assert_eq!(shelf.keep(Kind::Check, &body("12345")), first);
        assert_ne!(shelf.keep(Kind::Compare, &body("1234")), first);
        assert_eq!(shelf.size(), (2, 9));
        let third = shelf.keep(Kind::Check, &body("abcdef"));
        assert_eq!((shelf.find(&first), shelf.size()), (None, (2, 10)));
        assert_eq!(shelf.find(&third), Some((Kind::Check, body("abcdef"))));
        let large = shelf.keep(Kind::Check, &body("more than ten"));
        assert_eq!(shelf.find(&large), None);
    }
}
