//! The root of a Merkle tree over leaf digests (RFC 9162 §2.1.1).

use sha2::{Digest, Sha256};

/// The root of a tree over these leaves; of none, the digest of nothing.
pub(crate) fn root(leaves: &[[u8; 32]]) -> [u8; 32] {
    match leaves {
        [] => Sha256::digest([]).into(),
        [leaf] => Sha256::new()
            .chain_update([0])
            .chain_update(leaf)
            .finalize()
            .into(),
        _ => {
            // The left side is the largest power of two that leaves something on the right.
            let split = leaves.len().next_power_of_two() / 2;
            let (left, right) = leaves.split_at(split);
            Sha256::new()
                .chain_update([1])
                .chain_update(root(left))
                .chain_update(root(right))
                .finalize()
                .into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_change_of_place_or_content_shows() {
        let leaves: Vec<[u8; 32]> = (0..7).map(|number| [number; 32]).collect();
        let whole = root(&leaves);
        let mut swapped = leaves.clone();
        swapped.swap(2, 5);
        assert_ne!(root(&swapped), whole);
        assert_ne!(root(&leaves[..6]), whole);
        let mut doubled = leaves.clone();
        doubled.push([6; 32]);
        assert_ne!(root(&doubled), whole);
    }
}
