//! Every block of memory is wiped when it is freed, in each program that this crate is part of: whatever encodes,
//! sends or receives a secret on its way, ours or not, leaves no copy of it behind. Leaves out what is still in use
//! and what other processes hold.

use std::alloc::System;

use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static WIPED_WHEN_FREED: ZeroAlloc<System> = ZeroAlloc(System);
