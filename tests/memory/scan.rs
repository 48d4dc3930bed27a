//! Looks for texts in this process's writable memory, without becoming a place where they are found.

use std::fs::File;
use std::ops::Range;
use std::os::unix::fs::FileExt;

/// What is looked for is held only under this mask.
const MASK: u8 = 0x55;

/// How much is read at a time.
const CHUNK: usize = 1 << 20;

/// A text that stands nowhere in this process, unless somebody else put it there.
pub struct Needle(Vec<u8>);

impl Needle {
    /// Takes over a text that came masked.
    pub fn masked(masked: Vec<u8>) -> Self {
        Self(masked)
    }

    fn starts(&self, memory: &[u8]) -> bool {
        memory.len() >= self.0.len() && memory.iter().zip(&self.0).all(|(seen, masked)| seen ^ MASK == *masked)
    }
}

/// How often each stands in writable memory.
pub fn count(needles: &[Needle]) -> Vec<usize> {
    let memory = File::open("/proc/self/mem").unwrap();
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
    let mut chunk = vec![0; CHUNK];
    // What was read last is no copy that anybody else holds.
    let own = chunk.as_ptr().addr() as u64..(chunk.as_ptr().addr() + CHUNK) as u64;
    let mut counts = vec![0; needles.len()];
    for region in maps.lines().filter_map(writable) {
        for part in [region.start..region.end.min(own.start), region.start.max(own.end)..region.end] {
            count_in(&memory, part, &mut chunk, needles, &mut counts);
        }
    }
    chunk.fill(0);
    counts
}

fn count_in(memory: &File, part: Range<u64>, chunk: &mut [u8], needles: &[Needle], counts: &mut [usize]) {
    let is_first =
        std::array::from_fn::<_, 256, _>(|byte| needles.iter().any(|needle| needle.0[0] ^ MASK == byte as u8));
    let longest = needles.iter().map(|needle| needle.0.len()).max().unwrap_or(1);
    let mut at = part.start;
    while at < part.end {
        let wanted = chunk.len().min(usize::try_from(part.end - at).unwrap());
        // Pages that are only reserved cannot be read.
        let Ok(length) = memory.read_at(&mut chunk[..wanted], at) else { return };
        // What lies across the end is found next time, once.
        let is_last = at + length as u64 >= part.end || length < longest;
        let step = if is_last { length } else { length - longest + 1 };
        for (place, byte) in chunk[..step].iter().enumerate() {
            if is_first[usize::from(*byte)] {
                for (needle, count) in needles.iter().zip(&mut *counts) {
                    *count += usize::from(needle.starts(&chunk[place..length]));
                }
            }
        }
        if step == 0 {
            return;
        }
        at += step as u64;
    }
}

/// The text under the mask, or from under it.
pub fn mask(text: &[u8]) -> Vec<u8> {
    text.iter().map(|byte| byte ^ MASK).collect()
}

/// A region that can be written.
fn writable(line: &str) -> Option<Range<u64>> {
    let (range, rest) = line.split_once(' ')?;
    let (start, end) = range.split_once('-')?;
    let number = |digits| u64::from_str_radix(digits, 16).unwrap();
    rest.starts_with("rw").then(|| number(start)..number(end))
}
