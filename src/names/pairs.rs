//! The costs of pairs of chunks, in little room: a comparison asks for hundreds, and most are not there.

/// No such pair.
pub(super) const ABSENT: i8 = i8::MAX;

/// The costs of pairs of chunks. Most pairs asked for are not there, which a bit tells that is near at hand.
#[derive(Debug)]
pub(super) struct Pairs {
    /// A bit for each pair, by its hash; of those it lets through some are not there either.
    filter: Vec<u64>,
    /// Open addressing: the two chunks, or [`Pairs::FREE`].
    keys: Vec<u32>,
    costs: Vec<i8>,
}

impl Pairs {
    const FREE: u32 = u32::MAX;

    /// Bits of a hash.
    const BITS: u32 = 16;

    pub(super) fn new(count: usize) -> Self {
        let slots = (count * 2 + 1).next_power_of_two();
        Self {
            filter: vec![0; 1 << (Self::BITS - 6)],
            keys: vec![Self::FREE; slots],
            costs: vec![ABSENT; slots],
        }
    }

    /// What the left chunk contributes to a hash.
    pub(super) fn left(chunk: u16) -> u32 {
        u32::from(chunk).wrapping_mul(0x9E37_79B1) >> (32 - Self::BITS)
    }

    /// What the right chunk contributes.
    pub(super) fn right(chunk: u16) -> u32 {
        u32::from(chunk).wrapping_mul(0x85EB_CA6B) >> (32 - Self::BITS)
    }

    /// How many pairs there are whose cost is not this.
    pub(super) fn count_but(&self, cost: i8) -> usize {
        self.costs.iter().filter(|&&other| other != ABSENT && other != cost).count()
    }

    fn slot(&self, key: u32, hash: u32) -> usize {
        let mask = self.keys.len() - 1;
        let mut at = hash as usize & mask;
        while self.keys[at] != key && self.keys[at] != Self::FREE {
            at = (at + 1) & mask;
        }
        at
    }

    pub(super) fn add(&mut self, left: u16, right: u16, cost: i8) {
        let hash = Self::left(left) ^ Self::right(right);
        self.filter[hash as usize >> 6] |= 1 << (hash & 63);
        let key = u32::from(left) << 16 | u32::from(right);
        let at = self.slot(key, hash);
        self.keys[at] = key;
        self.costs[at] = cost;
    }

    /// The cost of a pair whose hash is at hand, or [`ABSENT`].
    pub(super) fn cost(&self, left: u16, right: u16, hash: u32) -> i8 {
        if self.filter[hash as usize >> 6] & (1 << (hash & 63)) == 0 {
            return ABSENT;
        }
        self.costs[self.slot(u32::from(left) << 16 | u32::from(right), hash)]
    }
}

#[cfg(test)]
mod tests {
    use super::{ABSENT, Pairs};

    #[test]
    fn what_was_added_is_found_and_nothing_else() {
        let mut pairs = Pairs::new(3000);
        let hash = |left, right| Pairs::left(left) ^ Pairs::right(right);
        for number in 0..3000u16 {
            pairs.add(number, number % 70, (number % 100) as i8);
        }
        for number in 0..3000u16 {
            assert_eq!(pairs.cost(number, number % 70, hash(number, number % 70)), (number % 100) as i8);
            assert_eq!(pairs.cost(number, 80, hash(number, 80)), ABSENT);
        }
        assert_eq!(pairs.count_but(7), 2970);
    }
}
