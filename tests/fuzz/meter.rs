//! Whether a claim ends soon and within bounds: the processor's time, because the machine is busy with other things,
//! and the memory asked for, both in proportion to the input.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Bytes that any input may take, and those for each byte of it. A claim keeps several answers at once.
const BYTES: usize = 8 << 20;
const BYTES_PER_BYTE: usize = 1 << 10;
/// Nanoseconds, likewise; with the fuzzer's counters in every branch.
const NANOS: u64 = 300_000_000;
const NANOS_PER_BYTE: u64 = 20_000;

static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

struct Counting;

// SAFETY: every call goes to the system's allocator with the same arguments.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Relaxed) + layout.size();
        MOST.fetch_max(held, Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

pub(crate) fn bounded(data: &[u8], claim: fn(&[u8])) {
    let (held, began) = (HELD.load(Relaxed), processor_time());
    MOST.store(held, Relaxed);
    claim(data);
    let (took, most) = (processor_time() - began, MOST.load(Relaxed).saturating_sub(held));
    let len = data.len();
    assert!(took <= NANOS + NANOS_PER_BYTE * len as u64, "{} ms for {len} bytes", took / 1_000_000);
    assert!(most <= BYTES + BYTES_PER_BYTE * len, "{} KiB held for {len} bytes", most >> 10);
}

/// Of this thread, in nanoseconds.
fn processor_time() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the clock is every Unix's, and the place is ours.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}
