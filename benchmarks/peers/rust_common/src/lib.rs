// SPDX-License-Identifier: BSL-1.0
//! What the programs of the pools for tokio share: they answer the driver's lines.

mod histogram;

use histogram::Histogram;
use std::future::Future;
use std::io::BufRead;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Barrier;

/// A resource that costs nothing, so that what is measured is its pool.
#[derive(Default)]
pub struct Session {
    pub uses: u64,
}

/// A pool under test.
pub trait Pool: Send + Sync + 'static {
    fn new(slots: u32) -> impl Future<Output = Self> + Send;
    /// Takes a session, counts a use of it, calls `then` while it is held, and gives it back.
    fn lend<F: FnOnce() + Send>(&self, then: F) -> impl Future<Output = ()> + Send;
}

/// How tasks run.
#[derive(Clone, Copy)]
pub enum Workers {
    /// As many worker threads as tasks: a holder that blocks has a thread of its own, as elsewhere.
    OnePerTask,
    /// tokio's default, one worker thread for each core, which is told when a holder is about to block.
    OnePerCore,
}

#[derive(Clone, Copy)]
enum Hold {
    Nothing,
    Compute(Duration),
    Block(Duration, Workers),
}

impl Hold {
    fn hold(self) {
        match self {
            Hold::Nothing => {}
            Hold::Compute(span) => {
                let began = Instant::now();
                while began.elapsed() < span {}
            }
            // The system's own sleep, as in every peer: tokio's cannot sleep for less than a millisecond.
            Hold::Block(span, Workers::OnePerTask) => std::thread::sleep(span),
            Hold::Block(span, Workers::OnePerCore) => tokio::task::block_in_place(|| std::thread::sleep(span)),
        }
    }
}

#[derive(Default)]
struct Log {
    waits: Histogram,
    leases: u64,
}

/// Tasks that take, hold and give back until they are told to stop. `timed`: with the time from asking to having;
/// else in rounds of 500, since a look at the clock takes longer than a lease.
async fn on_tasks<P: Pool>(pool: &Arc<P>, tasks: usize, span: Duration, hold: Hold, timed: bool) -> (Log, Duration) {
    let stop = Arc::new(AtomicBool::new(false));
    let begin = Arc::new(Barrier::new(tasks + 1));
    let mut all = Vec::new();
    for _ in 0..tasks {
        let (pool, stop, begin) = (pool.clone(), stop.clone(), begin.clone());
        all.push(tokio::spawn(async move {
            let mut log = Log::default();
            begin.wait().await;
            while !stop.load(Relaxed) {
                if timed {
                    let (waits, asked) = (&mut log.waits, Instant::now());
                    pool.lend(|| {
                        waits.add(asked.elapsed().as_nanos() as u64);
                        hold.hold();
                    })
                    .await;
                    log.leases += 1;
                } else {
                    for _ in 0..500 {
                        pool.lend(|| {}).await;
                    }
                    log.leases += 500;
                }
            }
            log
        }));
    }
    // A thread of its own keeps the time: the workers may all be busy.
    let clock = std::thread::spawn({
        let stop = stop.clone();
        move || {
            std::thread::sleep(span);
            stop.store(true, Relaxed);
        }
    });
    begin.wait().await;
    let began = Instant::now();
    let mut sum = Log::default();
    for each in all {
        let log = each.await.expect("a task that does not panic");
        sum.waits.merge(&log.waits);
        sum.leases += log.leases;
    }
    let busy = began.elapsed();
    clock.join().expect("a clock that does not panic");
    (sum, busy)
}

async fn run<P: Pool>(pool: &Arc<P>, workload: &str, tasks: usize, span: Duration, workers: Workers) -> (Log, Duration) {
    let hold = match workload {
        "hot_loop" => {
            let (mut counted, busy) = on_tasks(pool, tasks, span * 3 / 4, Hold::Nothing, false).await;
            counted.waits = on_tasks(pool, tasks, span / 4, Hold::Nothing, true).await.0.waits;
            return (counted, busy);
        }
        "short_hold" => Hold::Compute(Duration::from_micros(1)),
        "crowded_computing" => Hold::Compute(Duration::from_micros(5)),
        _ => Hold::Block(Duration::from_micros(100), workers), // long_hold, crowded_blocking
    };
    on_tasks(pool, tasks, span, hold, true).await
}

fn runtime(tasks: usize, workers: Workers) -> Runtime {
    let mut builder = Builder::new_multi_thread();
    if let Workers::OnePerTask = workers {
        builder.worker_threads(tasks);
    }
    builder.enable_time().build().expect("a runtime")
}

/// The version that this program was built with.
fn version<'a>(lock: &'a str, package: &str) -> &'a str {
    let package = format!("name = \"{package}\"\nversion = \"");
    let (_, rest) = lock.split_once(&package).expect("the package in Cargo.lock");
    &rest[..rest.find('"').expect("the end of the version")]
}

/// A peer's main: says who it is, then answers each line `workload threads slots milliseconds` with one of JSON.
/// `lock` is the text of Cargo.lock, which says the version of `package`.
pub fn serve<P: Pool>(id: &str, lock: &str, package: &str, workers: Workers) {
    let version = version(lock, package);
    println!(r#"{{"id": "{id}", "kind": "peer", "version": "{version}", "language": "Rust"}}"#);
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a line");
        let words: Vec<&str> = line.split(' ').collect();
        let number = |i: usize| words[i].parse::<u32>().expect("a number");
        let (tasks, slots) = (number(1) as usize, number(2));
        let span = Duration::from_millis(number(3).into());
        let runtime = runtime(tasks, workers);
        let workload = words[0].to_string();
        let (log, busy) = runtime.block_on(async move {
            let pool = Arc::new(P::new(slots).await);
            run(&pool, &workload, tasks, span / 5, workers).await;
            run(&pool, &workload, tasks, span, workers).await
        });
        println!(
            r#"{{"leases": {}, "busy_ns": {}, "max_ns": {}, "waits": [{}]}}"#,
            log.leases,
            busy.as_nanos(),
            log.waits.longest,
            log.waits.json()
        );
    }
}
