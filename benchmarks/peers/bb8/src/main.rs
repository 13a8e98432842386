// SPDX-License-Identifier: BSL-1.0
//! bb8's pool.

use bb8::ManageConnection;
use serve::{Pool, Session, Workers};
use std::hint::black_box;

struct Sessions;

impl ManageConnection for Sessions {
    type Connection = Session;
    type Error = std::convert::Infallible;

    async fn connect(&self) -> Result<Session, Self::Error> {
        Ok(Session::default())
    }
    async fn is_valid(&self, _: &mut Session) -> Result<(), Self::Error> {
        Ok(())
    }
    fn has_broken(&self, _: &mut Session) -> bool {
        false
    }
}

struct Peer(bb8::Pool<Sessions>);

impl Pool for Peer {
    async fn new(slots: u32) -> Self {
        Peer(bb8::Pool::builder().max_size(slots).build(Sessions).await.expect("a pool"))
    }
    async fn lend<F: FnOnce() + Send>(&self, then: F) {
        let mut held = self.0.get().await.expect("a session");
        black_box(&mut held).uses += 1;
        then();
    }
}

fn main() {
    serve::serve::<Peer>("bb8", include_str!("../Cargo.lock"), "bb8", Workers::OnePerTask);
}
