//! An archive too large for one run: which part a record is in, and the parts put together again. What comes of the parts
//! is what comes of one run, byte for byte, however the archive was split and in whatever order the parts are named.

pub mod answers;
pub mod cells;
pub mod drift;

use std::str::FromStr;

use sha2::{Digest, Sha256};

pub use cells::Cells;

/// One of `count` parts of an archive, by a hash of the records' ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 1.
    index: u64,
    count: u64,
}

impl Shard {
    /// Whether a record is in it. Every record is in exactly one of the `count` shards.
    pub fn holds(self, id: &str) -> bool {
        let mut first = [0; 8];
        first.copy_from_slice(&Sha256::digest(id)[..8]);
        u64::from_be_bytes(first) % self.count == self.index - 1
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts =
            text.split_once('/').and_then(|(index, count)| Some((index.parse().ok()?, count.parse().ok()?)));
        match parts {
            Some((index, count)) if (1..=count).contains(&index) => Ok(Self { index, count }),
            _ => Err("write 1/8, 2/8 … 8/8".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_is_in_one_shard_and_shards_are_even() {
        let shards: Vec<Shard> = (1..=7).map(|nth| format!("{nth}/7").parse().expect("a shard")).collect();
        let mut sizes = [0; 7];
        for nth in 0..7_000 {
            let id = format!("artikel/{nth}");
            let held: Vec<usize> = (0..7).filter(|&shard| shards[shard].holds(&id)).collect();
            assert_eq!(held.len(), 1);
            sizes[held[0]] += 1;
        }
        assert!(sizes.iter().all(|size| (800..1_200).contains(size)), "{sizes:?}");
        for text in ["", "0/3", "4/3", "1", "1/0", "-1/3", "a/b"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
