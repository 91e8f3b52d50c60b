//! Logarithm and exponential of `f32` without branches or tables, so that loops over rows become vector code.
//! Polynomials of the Cephes library (`logf`, `expf`); relative error below 3e-7.

/// What stands for the logarithm of zero; finite, so that sums stay numbers.
pub(super) const NEVER: f32 = -1e30;

/// Natural logarithm of a positive, normal number.
#[inline]
pub(super) fn ln(x: f32) -> f32 {
    const HALF_ROOT: u32 = 0x3f35_04f3;
    let bits = x.to_bits();
    let exponent = (bits.wrapping_sub(HALF_ROOT) as i32) >> 23;
    let t = f32::from_bits(bits.wrapping_sub((exponent << 23) as u32)) - 1.0;
    let z = t * t;
    let mut p = 7.037_683_6e-2;
    p = p * t - 1.151_461e-1;
    p = p * t + 1.167_699_9e-1;
    p = p * t - 1.242_014_1e-1;
    p = p * t + 1.424_932_3e-1;
    p = p * t - 1.666_805_8e-1;
    p = p * t + 2.000_071_4e-1;
    p = p * t - 2.499_999_4e-1;
    p = p * t + 3.333_333e-1;
    t + (p * t * z - 0.5 * z) + exponent as f32 * std::f32::consts::LN_2
}

/// e to the power of x, x at most 80; 0 to seven places under -87.
#[inline]
pub(super) fn exp(x: f32) -> f32 {
    const MAGIC: f32 = 12_582_912.0;
    let x = x.max(-87.0);
    let shifted = x * std::f32::consts::LOG2_E + MAGIC;
    let n = shifted - MAGIC;
    let power = (shifted.to_bits() as i32).wrapping_sub(MAGIC.to_bits() as i32);
    let f = x - n * 0.693_359_4 + n * 2.121_944_4e-4;
    let mut p = 1.987_569_1e-4;
    p = p * f + 1.398_2e-3;
    p = p * f + 8.333_452e-3;
    p = p * f + 4.166_579_6e-2;
    p = p * f + 1.666_666_5e-1;
    p = p * f + 0.5;
    (p * f * f + f + 1.0) * f32::from_bits(((power + 127) << 23) as u32)
}

/// ln(e^a + e^b).
#[inline]
pub(super) fn add_logs(a: f32, b: f32) -> f32 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low < high - 30.0 { high } else { high + ln(1.0 + exp(low - high)) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn logarithm_and_exponential_agree_with_the_library() {
        for step in 1..20_000 {
            let x = step as f32 * 0.37;
            assert!((super::ln(x) - x.ln()).abs() < 2e-6 * x.ln().abs().max(1.0), "ln {x}");
            let y = -(step as f32) * 0.004;
            assert!((super::exp(y) - y.exp()).abs() <= 1e-6 * y.exp(), "exp {y}");
        }
    }
}
