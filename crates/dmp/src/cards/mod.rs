//! The insurer's registry of cards: a file of the sandbox, or the cards of a demonstration.
//!
//! SECURITY: the file stands for a service of the insurer and is read as one, into memory; nothing of it is written anywhere. It may not lie in
//! the data folder, where everything is sealed. In production there is no file: an adapter to the insurer's service takes its place.

mod demo;
mod file;

pub use demo::shown;
pub use file::FileCards;

use crate::commands::ServeOptions;

/// The registry that options name; that of a demonstration without a file. `None`: nobody opens a record online.
///
/// # Errors
/// What is wrong with the file, in words.
pub fn registry(options: &ServeOptions) -> Result<Option<FileCards>, String> {
    let Some(path) = &options.card_registry else { return Ok(options.demo.then(demo::cards)) };
    if options.production {
        return Err("--card-registry is for the sandbox: real cards are asked of the insurer's service".to_owned());
    }
    let absolute = |path: &std::path::Path| std::path::absolute(path).map_err(|error| format!("{}: {error}", path.display()));
    if absolute(path)?.starts_with(absolute(&options.data)?) {
        return Err("the file of cards lies inside the data folder, where everything is sealed: keep it elsewhere".to_owned());
    }
    FileCards::read(path).map(Some)
}
