//! How long a translation is: the ratio of lengths and its spread, learnt from the pairs found so far.

/// Ratio of lengths and spread.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lengths {
    /// Target characters for one source character.
    pub ratio: f32,
    /// Variance of the difference for one character of mean length.
    pub variance: f32,
}

/// Variance before anything is learnt.
const VARIANCE: f32 = 4.0;
/// Median of a squared deviation in units of its variance (chi-square, one degree of freedom).
const MEDIAN_SQUARE: f32 = 0.455;

impl Lengths {
    /// From the whole of both sides.
    pub(super) fn new(source: f32, target: f32) -> Self {
        Self { ratio: target.max(1.0) / source.max(1.0), variance: VARIANCE }
    }

    /// The same with another ratio.
    pub(super) fn with_ratio(self, ratio: f32) -> Self {
        Self { ratio: ratio.clamp(0.05, 20.0), ..self }
    }

    /// From (source length, target length, weight) of the pairs found.
    pub(super) fn learn(&mut self, pairs: &[(f32, f32, f32)]) {
        if pairs.len() < 5 {
            return;
        }
        let mut ratios: Vec<(f32, f32)> = pairs
            .iter()
            .map(|&(source, target, weight)| (target / source.max(1.0), weight * source))
            .collect();
        if let Some(ratio) = median(&mut ratios) {
            self.ratio = ratio.clamp(0.05, 20.0);
        }
        let mut squares: Vec<(f32, f32)> = pairs
            .iter()
            .map(|&(source, target, weight)| {
                let expected = source * self.ratio;
                ((target - expected).powi(2) / (f32::midpoint(target, expected) + 1.0), weight)
            })
            .collect();
        if let Some(square) = median(&mut squares) {
            self.variance = (square / MEDIAN_SQUARE).max(1.0);
        }
    }
}

/// Weighted median.
fn median(values: &mut [(f32, f32)]) -> Option<f32> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let half = values.iter().map(|&(_, weight)| f64::from(weight)).sum::<f64>() / 2.0;
    let mut sum = 0.0;
    values.iter().find_map(|&(value, weight)| {
        sum += f64::from(weight);
        (sum >= half).then_some(value)
    })
}

/// -3 ln(1 + z / 5) - ln(v) / 2, Student's t with five degrees of freedom, from z and v.
#[inline]
pub(super) fn student(expected: f32, length: f32, variance: f32) -> f32 {
    let spread = variance * 0.5 * (expected + length) + 4.0;
    let difference = expected - length;
    let z = 1.0 + (difference * difference / spread).min(1e5) * 0.2;
    -0.5 * super::maths::ln(z * z * z * z * z * z * spread)
}
