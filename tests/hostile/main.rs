//! Peers that mean harm or have lost their mind: every stage of the check against every fault, as far as the two
//! go together, over real sockets.
//!
//! A cell is one stage and one fault. In each, the check ends by itself, in the stage named and with the finding named;
//! the report is whole, small and harmless; and the peer got nothing that it should not have. All cells run before
//! the test fails, so that one run shows every cell that is wrong.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

#[path = "../check/bench.rs"]
#[allow(dead_code, reason = "shared with the tests of the check")]
mod bench;
mod cell;
mod connection;
mod dialogue;
mod discovery;
mod encryption;
#[path = "../check/harmless.rs"]
mod harmless;
mod http;
mod login;
mod memory;
mod smtp;
mod whole;

use cell::Matrix;

#[tokio::test(flavor = "multi_thread")]
async fn every_stage_withstands_every_fault() {
    let mut matrix = Matrix::default();
    connection::cells(&mut matrix);
    smtp::cells(&mut matrix);
    encryption::cells(&mut matrix);
    login::cells(&mut matrix);
    discovery::cells(&mut matrix);
    matrix.run().await;
    memory::stays_below(150);
}
