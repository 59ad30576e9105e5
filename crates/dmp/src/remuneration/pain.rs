//! A file of credit transfers for the bank: ISO 20022, pain.001.001.03, in euros under the SEPA scheme.

use std::fmt::Write as _;

use aws_lc_rs::digest::{SHA256, digest};
use dmp_core::Moment;
use dmp_core::remuneration::Iban;
use dmp_core::statistics::{Month, day_text};

use super::totals::euros;

/// A payment to one payee.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    pub payee: &'a str,
    pub name: &'a str,
    pub iban: &'a Iban,
    pub cents: i64,
}

/// The payments of a month.
#[derive(Debug, Clone, Copy)]
pub struct Payments<'a> {
    pub month: Month,
    /// The day on which the bank shall pay.
    pub on: i32,
    pub created: Moment,
    pub debtor: &'a str,
    pub iban: &'a Iban,
    pub orders: &'a [Order<'a>],
}

impl Payments<'_> {
    /// The file. Its number comes from what it pays, so that the bank knows a file that is sent a second time.
    pub fn to_xml(self) -> String {
        let (count, sum) = (self.orders.len(), euros(self.orders.iter().map(|one| one.cents).sum()));
        let id = format!(
            "DMP-{}-{}",
            self.month,
            short(&self.orders.iter().map(|one| format!("{};{};{}\n", one.payee, one.iban.as_str(), one.cents)).collect::<String>())
        );
        let debtor = latin(self.debtor);
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.03\">\n<CstmrCdtTrfInitn>\n",
        );
        let created = self.created.to_rfc3339();
        let created = created.trim_end_matches('Z');
        // Writing into a string does not fail.
        let _ = write!(
            out,
            "<GrpHdr><MsgId>{id}</MsgId><CreDtTm>{created}</CreDtTm><NbOfTxs>{count}</NbOfTxs><CtrlSum>{sum}</CtrlSum><InitgPty><Nm>{debtor}</Nm></InitgPty></GrpHdr>\n\
             <PmtInf><PmtInfId>{id}</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg><NbOfTxs>{count}</NbOfTxs><CtrlSum>{sum}</CtrlSum>\
             <PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf><ReqdExctnDt>{}</ReqdExctnDt><Dbtr><Nm>{debtor}</Nm></Dbtr>\
             <DbtrAcct><Id><IBAN>{}</IBAN></Id></DbtrAcct><DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt><ChrgBr>SLEV</ChrgBr>\n",
            day_text(self.on),
            self.iban.as_str()
        );
        for one in self.orders {
            let _ = writeln!(
                out,
                "<CdtTrfTxInf><PmtId><EndToEndId>DMP-{}-{}</EndToEndId></PmtId><Amt><InstdAmt Ccy=\"EUR\">{}</InstdAmt></Amt>\
                 <Cdtr><Nm>{}</Nm></Cdtr><CdtrAcct><Id><IBAN>{}</IBAN></Id></CdtrAcct><RmtInf><Ustrd>DMP ouvertures {}</Ustrd></RmtInf></CdtTrfTxInf>",
                self.month,
                short(one.payee),
                euros(one.cents),
                latin(if one.name.trim().is_empty() { one.payee } else { one.name }),
                one.iban.as_str(),
                self.month
            );
        }
        out.push_str("</PmtInf>\n</CstmrCdtTrfInitn>\n</Document>\n");
        out
    }
}

/// Reads a file back: how many payments it holds and what they come to, when both equal what its two headings say.
pub fn control(xml: &str) -> Option<(usize, i64)> {
    let values = |tag: &str| -> Vec<String> {
        let opening = format!("<{tag}");
        xml.split(&opening).skip(1).filter_map(|rest| rest.split_once('>')?.1.split('<').next().map(str::to_owned)).collect()
    };
    let cents = |text: &String| text.split_once('.').and_then(|(whole, part)| Some(whole.parse::<i64>().ok()? * 100 + part.parse::<i64>().ok()?));
    let amounts: Vec<i64> = values("InstdAmt").iter().map(cents).collect::<Option<_>>()?;
    let (count, sum) = (amounts.len(), amounts.iter().sum());
    let counts_agree = values("NbOfTxs").iter().all(|told| told.parse() == Ok(count));
    let sums_agree = values("CtrlSum").iter().all(|told| cents(told) == Some(sum));
    (counts_agree && sums_agree).then_some((count, sum))
}

/// Twelve letters that stand for a text.
fn short(text: &str) -> String {
    digest(&SHA256, text.as_bytes()).as_ref().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// A name in the letters that every bank of the scheme takes, seventy at most.
fn latin(text: &str) -> String {
    let plain = |letter: char| match letter {
        'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'À' | 'Â' => 'A',
        'É' | 'È' | 'Ê' => 'E',
        'Î' => 'I',
        'Ô' => 'O',
        'Ç' => 'C',
        '’' => '\'',
        letter if letter.is_ascii_alphanumeric() || "/-?:().,'+ ".contains(letter) => letter,
        _ => ' ',
    };
    let name: String = text.chars().map(plain).take(70).collect();
    let name = name.trim();
    if name.is_empty() { "NOTPROVIDED".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(orders: &[Order<'_>]) -> String {
        let iban = Iban::parse("FR1420041010050500013M02606").unwrap();
        let month = Month::parse("2018-12").unwrap();
        let created = Moment::parse_fhir("2019-01-05T09:00:00Z").unwrap();
        Payments { month, on: 17_911, created, debtor: "Caisse <d’essai> & Cie", iban: &iban, orders }.to_xml()
    }

    #[test]
    fn a_file_adds_up_to_what_it_says_and_one_that_was_changed_does_not() {
        let iban = Iban::parse("DE89370400440532013000").unwrap();
        let orders = [("1990000001", "Pharmacie de l’Étoile", 12_300), ("1990000002", "", 7)];
        let orders = orders.map(|(payee, name, cents)| Order { payee, name, iban: &iban, cents });
        let xml = file(&orders);
        assert_eq!(control(&xml), Some((2, 12_307)));
        assert_eq!(control(&xml.replace(">0.07<", ">0.08<")), None);
        assert_eq!(control(&xml.replacen("<NbOfTxs>2", "<NbOfTxs>3", 1)), None);
        assert!(
            xml.contains("<Nm>Caisse  d'essai    Cie</Nm>") && xml.contains("<Nm>Pharmacie de l'Etoile</Nm>") && xml.contains("<Nm>1990000002</Nm>"),
            "{xml}"
        );
    }

    #[test]
    fn the_same_payments_have_the_same_number_and_others_another() {
        let iban = Iban::parse("DE89370400440532013000").unwrap();
        let order = |cents| [Order { payee: "1", name: "a", iban: &iban, cents }];
        let id = |xml: String| xml.split("<MsgId>").nth(1).unwrap().split('<').next().unwrap().to_owned();
        assert_eq!(id(file(&order(5))), id(file(&order(5))));
        assert_ne!(id(file(&order(5))), id(file(&order(6))));
        assert!(id(file(&order(5))).len() <= 35);
    }
}
