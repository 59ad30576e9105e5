//! Figures that the project is held to.

/// Prints figures.
pub fn run(_names: &[String]) -> Result<(), String> {
    Err("no figure is defined yet".to_owned())
}
