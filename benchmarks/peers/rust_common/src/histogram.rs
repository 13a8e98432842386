// SPDX-License-Identifier: BSL-1.0

/// The same buckets as in ../../cpp/histogram.hpp.
pub struct Histogram {
    counts: Box<[u64; SIZE]>,
    pub longest: u64,
}

const SIZE: usize = 4352;

impl Histogram {
    pub fn new() -> Self {
        Histogram { counts: Box::new([0; SIZE]), longest: 0 }
    }

    pub fn add(&mut self, time: u64) {
        let shift = (64 - time.leading_zeros()).saturating_sub(8);
        let bucket = shift as usize * 128 + (time >> shift) as usize;
        self.counts[bucket.min(SIZE - 1)] += 1;
        self.longest = self.longest.max(time);
    }

    pub fn merge(&mut self, other: &Histogram) {
        for (mine, others) in self.counts.iter_mut().zip(other.counts.iter()) {
            *mine += others;
        }
        self.longest = self.longest.max(other.longest);
    }

    pub fn json(&self) -> String {
        let used = self.counts.iter().enumerate().filter(|(_, count)| **count != 0);
        used.map(|(bucket, count)| format!("[{bucket},{count}]")).collect::<Vec<_>>().join(",")
    }
}

impl Default for Histogram {
    fn default() -> Self {
        Self::new()
    }
}
