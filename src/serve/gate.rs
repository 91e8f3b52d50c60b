//! What is shared by all requests: the engine, the limits, and who waits.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

use super::access::Access;
use super::metrics::{Gauges, Metrics};
use super::shelf::Shelf;
use super::wire::OnError;
use super::{Engine, Journal};

/// Bounds on what a request may take. Every one of them holds for everybody.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of a body.
    pub body: usize,
    /// Words of all texts of a request together: the budget of work.
    pub words: usize,
    /// Checks at a time.
    pub workers: usize,
    /// Checks that may wait for a worker; further ones are sent away.
    pub queue: usize,
    /// Open connections; further ones wait to be accepted.
    pub connections: usize,
    /// For the head of a request to arrive, and for the next one on a connection.
    pub header_time: Duration,
    /// For the body to arrive.
    pub body_time: Duration,
    /// For a check, waiting included.
    pub check_time: Duration,
    /// For a client to take what is written to it.
    pub write_time: Duration,
    /// For requests under way when the gate is stopped.
    pub grace: Duration,
    /// Bytes of requests that are kept to be asked about again.
    pub kept: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let workers = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self {
            body: 1 << 20,
            words: 100_000,
            workers,
            queue: 128,
            connections: 256,
            header_time: Duration::from_secs(10),
            body_time: Duration::from_secs(15),
            check_time: Duration::from_secs(20),
            write_time: Duration::from_secs(30),
            grace: Duration::from_secs(25),
            kept: 64 << 20,
        }
    }
}

/// What a gate is made of.
pub struct Setup {
    /// What checks.
    pub engine: Arc<dyn Engine>,
    /// Who may ask.
    pub access: Access,
    /// The verdict on what could not be checked.
    pub on_error: OnError,
    /// Bounds.
    pub limits: Limits,
    /// Where a line a request goes.
    pub journal: Journal,
}

const STARTING: u8 = 0;
const READY: u8 = 1;
const STOPPING: u8 = 2;

/// Why a job has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stopped {
    /// Too many wait already, or it waited too long.
    Busy,
    /// It took too long.
    Time,
    /// It failed in a way that nobody foresaw.
    Panic,
}

/// What is shared by all requests.
pub(super) struct Gate {
    pub(super) engine: Arc<dyn Engine>,
    pub(super) access: Access,
    pub(super) on_error: OnError,
    pub(super) limits: Limits,
    pub(super) journal: Journal,
    pub(super) metrics: Metrics,
    pub(super) shelf: Shelf,
    pub(super) connections: AtomicUsize,
    workers: Arc<Semaphore>,
    waiting: AtomicUsize,
    state: AtomicU8,
}

impl Gate {
    pub(super) fn new(setup: Setup) -> Self {
        let Setup { engine, access, on_error, limits, journal } = setup;
        Self {
            engine,
            access,
            on_error,
            journal,
            metrics: Metrics::default(),
            shelf: Shelf::new(limits.kept),
            connections: AtomicUsize::new(0),
            workers: Arc::new(Semaphore::new(limits.workers.max(1))),
            waiting: AtomicUsize::new(0),
            state: AtomicU8::new(STARTING),
            limits,
        }
    }

    /// From now on requests are welcome.
    pub(super) fn open(&self) {
        let _ = self.state.compare_exchange(STARTING, READY, Ordering::AcqRel, Ordering::Acquire);
    }

    /// From now on nobody should send new ones.
    pub(super) fn close(&self) {
        self.state.store(STOPPING, Ordering::Release);
    }

    /// ok, starting or stopping.
    pub(super) fn status(&self) -> &'static str {
        match self.state.load(Ordering::Acquire) {
            STARTING => "starting",
            READY => "ok",
            _ => "stopping",
        }
    }

    pub(super) fn gauges(&self) -> Gauges {
        let (kept, kept_bytes) = self.shelf.size();
        Gauges {
            running: self.limits.workers.max(1).saturating_sub(self.workers.available_permits()),
            waiting: self.waiting.load(Ordering::Relaxed),
            connections: self.connections.load(Ordering::Relaxed),
            kept,
            kept_bytes,
        }
    }

    /// Does a job on a worker, when one is free. Whatever the job meets, it ends here.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&dyn Engine) -> T + Send + 'static,
    ) -> Result<T, Stopped> {
        let deadline = Instant::now() + self.limits.check_time;
        let permit = if let Ok(permit) = Arc::clone(&self.workers).try_acquire_owned() {
            permit
        } else {
            let _turn = Turn::new(&self.waiting, self.limits.queue).ok_or(Stopped::Busy)?;
            let turn = timeout_at(deadline, Arc::clone(&self.workers).acquire_owned()).await;
            turn.ok().and_then(Result::ok).ok_or(Stopped::Busy)?
        };
        let engine = Arc::clone(&self.engine);
        let task = tokio::task::spawn_blocking(move || {
            // Held until the work ends, though nobody may wait for it any more.
            let _permit = permit;
            catch_unwind(AssertUnwindSafe(|| job(&*engine)))
        });
        match timeout_at(deadline, task).await {
            Ok(Ok(Ok(done))) => Ok(done),
            Ok(_) => Err(Stopped::Panic),
            Err(_) => Err(Stopped::Time),
        }
    }
}

/// A place among those who wait, given back however waiting ends.
struct Turn<'a>(&'a AtomicUsize);

impl<'a> Turn<'a> {
    fn new(waiting: &'a AtomicUsize, most: usize) -> Option<Self> {
        let before = waiting.fetch_add(1, Ordering::AcqRel);
        let turn = Self(waiting);
        (before < most).then_some(turn)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}
