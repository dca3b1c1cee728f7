//! Telling whether leaves and versions agree without keeping either in memory.

use vocab::Id;

use crate::audit::digest;

const BUCKETS: usize = 4_096;

/// Sums of digests by record: two sides that hold the same entries have the same sums, in
/// whatever order they came.
pub(super) struct Buckets(Vec<[u64; 4]>);

impl Buckets {
    pub(super) fn new() -> Self {
        Self(vec![[0; 4]; BUCKETS])
    }

    pub(super) fn of(record: Id) -> usize {
        let bytes = record.as_bytes();
        (usize::from(bytes[14]) << 8 | usize::from(bytes[15])) % BUCKETS
    }

    pub(super) fn add(&mut self, entry: &digest::Entry<'_>) {
        for (sum, part) in self.0[Self::of(entry.record)]
            .iter_mut()
            .zip(entry.hash().chunks_exact(8))
        {
            *sum = sum.wrapping_add(u64::from_be_bytes(part.try_into().unwrap_or_default()));
        }
    }

    /// The buckets whose sums differ, in order.
    pub(super) fn differing(&self, other: &Self) -> Vec<usize> {
        (0..BUCKETS)
            .filter(|bucket| self.0[*bucket] != other.0[*bucket])
            .collect()
    }
}
