//! placeholder
pub fn run(_b: &std::path::Path, _p: u32, _s: u64, _o: bool) -> bool { false }
