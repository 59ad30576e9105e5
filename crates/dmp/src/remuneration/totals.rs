//! Control totals of a month: how many lines, how much, and a digest over all of them.

use aws_lc_rs::digest::{SHA256, digest};
use dmp_core::remuneration::{KeptLine, LineKind};
use dmp_store::LedgerMonth;

/// What the lines of a month come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    pub lines: u64,
    pub cents: i64,
    pub digest: [u8; 32],
}

impl Totals {
    /// Of lines in any order.
    pub fn of(lines: &[KeptLine]) -> Self {
        let text = |line: &KeptLine| {
            let kind = match line.kind {
                LineKind::Opening => "opening",
                LineKind::Reversal => "reversal",
            };
            let structure = line.payee.structure.as_ref().map_or("", |structure| structure.id.as_str());
            format!(
                "{kind};{};{};{};{};{structure};{};{}\n",
                line.day,
                line.opened,
                line.channel.code(),
                line.cents,
                line.payee.account,
                line.receipt
            )
        };
        let mut all: Vec<String> = lines.iter().map(text).collect();
        all.sort_unstable();
        let mut sum = [0; 32];
        sum.iter_mut().zip(digest(&SHA256, all.concat().as_bytes()).as_ref()).for_each(|(to, from)| *to = *from);
        Totals { lines: u64::try_from(lines.len()).unwrap_or(u64::MAX), cents: lines.iter().map(|line| line.cents).sum(), digest: sum }
    }

    /// Whether a month was proposed or closed with these.
    pub fn are_of(&self, stands: &LedgerMonth) -> bool {
        (self.lines, self.cents, self.digest) == (stands.lines, stands.cents, stands.digest)
    }
}

/// Cents as euros, `1.00`.
pub fn euros(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cents_are_written_as_euros() {
        assert_eq!([0, 7, 100, -150, 123_456].map(euros), ["0.00", "0.07", "1.00", "-1.50", "1234.56"]);
    }
}
