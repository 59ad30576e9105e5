//! What a payee is paid for a month: their lines, less what was taken back in earlier months and not yet made up for.

use std::collections::BTreeMap;

use dmp_core::remuneration::{Iban, KeptLine, statements};

/// A payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    pub payee: String,
    pub name: String,
    pub cents: i64,
}

/// The payments of the last of some months, which are all months up to it, in their order. A month that ends below nought is carried over.
pub fn payments(months: &[Vec<KeptLine>]) -> Vec<Payment> {
    let mut carried: BTreeMap<String, i64> = BTreeMap::new();
    let mut paid = Vec::new();
    for lines in months {
        paid.clear();
        for one in statements(lines) {
            let balance = carried.remove(&one.payee).unwrap_or_default() + one.cents();
            if balance > 0 {
                paid.push(Payment { payee: one.payee, name: one.name, cents: balance });
            } else if balance < 0 {
                carried.insert(one.payee, balance);
            }
        }
    }
    paid
}

/// Reads lines `STRUCTURE;IBAN`.
///
/// # Errors
/// The number of the first line that is none, or that names a structure a second time.
pub fn accounts(text: &str) -> Result<BTreeMap<String, Iban>, usize> {
    let mut accounts = BTreeMap::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let (payee, iban) = line.split_once(';').ok_or(number + 1)?;
        let iban = Iban::parse(iban).map_err(|_| number + 1)?;
        if payee.trim().is_empty() || accounts.insert(payee.trim().to_owned(), iban).is_some() {
            return Err(number + 1);
        }
    }
    Ok(accounts)
}

#[cfg(test)]
mod tests {
    use dmp_core::record::Channel;
    use dmp_core::remuneration::LineKind;
    use dmp_core::statistics::Payee;

    use super::*;

    fn line(payee: &str, cents: i64) -> KeptLine {
        let payee = Payee { account: payee.to_owned(), structure: None };
        KeptLine { kind: LineKind::Opening, day: 1, opened: 1, channel: Channel::Pharmacy, cents, payee, receipt: String::new() }
    }

    #[test]
    fn what_was_taken_back_is_made_up_for_before_anything_is_paid() {
        let months = [vec![line("a", -200), line("b", 100)], vec![line("a", 100)], vec![line("a", 300), line("b", 100)]];
        let paid = |until: usize| payments(&months[..until]).into_iter().map(|one| (one.payee, one.cents)).collect::<Vec<_>>();
        assert_eq!(paid(1), [("b".to_owned(), 100)]);
        assert_eq!(paid(2), []);
        assert_eq!(paid(3), [("a".to_owned(), 200), ("b".to_owned(), 100)]);
    }

    #[test]
    fn an_account_that_is_wrong_or_comes_twice_is_told_by_its_line() {
        let good = "1990000001;FR14 2004 1010 0505 0001 3M02 606\n";
        assert_eq!(accounts(good).unwrap().len(), 1);
        assert_eq!(accounts(&format!("{good}1990000002;FR15 2004 1010 0505 0001 3M02 606")).unwrap_err(), 2);
        assert_eq!(accounts(&format!("{good}{good}")).unwrap_err(), 2);
    }
}
