//! What all fuzz targets share: the claims, and the measure of what keeping to them costs.

mod claims;
mod meter;

/// Holds `data` against the claim of this name, within its bounds of time and memory.
///
/// # Panics
/// When it does not hold. That is what the fuzzer looks for.
pub fn hold(name: &str, data: &[u8]) {
    let (_, claim) = claims::ALL.iter().find(|(n, _)| *n == name).expect("every target has a claim");
    meter::bounded(data, *claim);
}
