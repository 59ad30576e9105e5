//! The edges of the process: time and randomness, always passed as arguments.

use dmp_core::Moment;

/// What time it is.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The present moment.
    fn now(&self) -> Moment;
}

/// Where fresh identifiers come from.
pub trait Random: Send + Sync + std::fmt::Debug {
    /// Sixteen fresh bytes. `purpose` says what for, so that a test can give the same bytes to two worlds.
    fn bytes16(&self, purpose: &str) -> [u8; 16];
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
    fn now(&self) -> Moment {
        Moment::from(jiff::Timestamp::now())
    }
}

/// The random source of the crypto library.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn bytes16(&self, _purpose: &str) -> [u8; 16] {
        let mut bytes = [0; 16];
        // The library documents that filling from the process-wide generator does not fail after
        // start-up; a zero block would be refused as already claimed rather than reused.
        let _ = aws_lc_rs::rand::fill(&mut bytes);
        bytes
    }
}
