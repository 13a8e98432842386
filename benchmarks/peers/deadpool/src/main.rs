// SPDX-License-Identifier: BSL-1.0
//! deadpool's managed pool. With the argument `usual` on tokio's default runtime.

use deadpool::managed::{Manager, Metrics, Pool as Deadpool, RecycleResult};
use serve::{Pool, Session, Workers};
use std::hint::black_box;

struct Sessions;

impl Manager for Sessions {
    type Type = Session;
    type Error = std::convert::Infallible;

    async fn create(&self) -> Result<Session, Self::Error> {
        Ok(Session::default())
    }
    async fn recycle(&self, _: &mut Session, _: &Metrics) -> RecycleResult<Self::Error> {
        Ok(())
    }
}

struct Peer(Deadpool<Sessions>);

impl Pool for Peer {
    async fn new(slots: u32) -> Self {
        Peer(Deadpool::builder(Sessions).max_size(slots as usize).build().expect("a pool"))
    }
    async fn lend<F: FnOnce() + Send>(&self, then: F) {
        let mut held = self.0.get().await.expect("a session");
        black_box(&mut held).uses += 1;
        then();
    }
}

fn main() {
    let (id, workers) = match std::env::args().nth(1).as_deref() {
        Some("usual") => ("deadpool, a worker per core", Workers::OnePerCore),
        _ => ("deadpool", Workers::OnePerTask),
    };
    serve::serve::<Peer>(id, include_str!("../Cargo.lock"), "deadpool", workers);
}
