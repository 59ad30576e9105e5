//! "I do not know this person": the person asks, a named operator looks and answers.

use std::sync::Arc;

use dmp_core::Moment;
use dmp_core::access::{Act, Caller};
use dmp_core::audit::{Chain, Leaf};
use dmp_core::record::{AccessReport, Head, Notice, NoticeKind, Record, ReportAnswer, ReportFinding, ReportState, ReportStep};
use dmp_store::{Change, Expected};

use crate::judge::{Asked, judged_again_when_stale};
use crate::pointers::{self, Pointer};
use crate::{Error, PersonRef, Service};

/// What an operator sees of a report before taking it up: no name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportLine {
    pub number: String,
    pub state: ReportState,
    pub sent_at: Moment,
    pub due: Moment,
}

impl Service {
    /// Sends a report about a professional of the journal.
    ///
    /// # Errors
    /// [`Error::NotFound`] `professional-not-found` when the caller's journal does not know that account; [`Error::Conflict`] `report-open`,
    /// `too-many-reports`; refusals of the law.
    pub async fn report_access(&self, person: &PersonRef, account: &str, words: &str, caller: &Caller) -> Result<AccessReport, Error> {
        judged_again_when_stale!(self.report_once(person, account, words, caller).await)
    }

    async fn report_once(&self, person: &PersonRef, account: &str, words: &str, caller: &Caller) -> Result<AccessReport, Error> {
        let asked = Asked { act: Act::ReportAccess, caller, now: self.clock.now() };
        let record = self.record_of(person, &asked).await?;
        let facts = self.facts(&record, &asked).concerning(account, None, &record.head, caller, asked.now);
        let decision = self.ask(&asked, &facts);
        if !decision.is_permitted() {
            return Err(self.refuse(&record, &asked, &decision, None).await?);
        }
        let (newest, chain) = self.newest_shown(&record, caller, account, asked.now).await?.ok_or(Error::NotFound("professional-not-found"))?;
        let waiting = || record.head.reports.iter().filter(|report| report.state() != ReportState::Answered);
        if waiting().any(|report| report.account == account && report.sent_by == caller.account) {
            return Err(Error::Conflict("report-open"));
        }
        if waiting().count() >= WAITING_MAX {
            return Err(Error::Conflict("too-many-reports"));
        }
        let report = AccessReport {
            number: self.report_number(),
            account: account.to_owned(),
            name: newest.caller.name.clone(),
            profession: newest.caller.profession.clone(),
            structure: newest.caller.structure.clone(),
            words: Some(words.trim().chars().take(WORDS_MAX).collect::<String>()).filter(|words| !words.is_empty()),
            sent_by: caller.account.clone(),
            sent_at: asked.now,
            taken_at: None,
            answer: None,
            secret: chain == Chain::Secret,
        };
        let mut head = record.head.clone();
        head.reports.push(report.clone());
        pointers::tell(self, REPORTS_ACCOUNT, Pointer::Report, &record, &asked).await?;
        let leaf = Leaf { about: Some(report.name.clone()), chain, ..self.leaf(&asked, &decision, None) };
        self.store.commit(record.key, Expected::Version(record.version), vec![Change::PutHead(Box::new(head))], vec![leaf]).await?;
        Ok(report)
    }

    fn report_number(&self) -> String {
        let bytes = self.random.bytes16("access report");
        let digits: String = bytes.iter().take(5).map(|byte| format!("{byte:02X}")).collect();
        format!("S-{digits}")
    }

    /// Every report of this store, by number: for the operator, who learns no name from it.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn reports(&self) -> Result<Vec<ReportLine>, Error> {
        let mut lines = Vec::new();
        for record in self.records_with_reports().await? {
            lines.extend(record.head.reports.iter().map(|report| ReportLine {
                number: report.number.clone(),
                state: report.state(),
                sent_at: report.sent_at,
                due: report.due(),
            }));
        }
        lines.sort_by_key(|line| (line.state == ReportState::Answered, line.due));
        Ok(lines)
    }

    /// Takes a report up, and shows it: who looked, and what the person wrote.
    ///
    /// # Errors
    /// [`Error::NotFound`] `report-not-found`; [`Error::Conflict`] `report-answered`; refusals of the law.
    pub async fn take_report(&self, number: &str, caller: &Caller) -> Result<AccessReport, Error> {
        self.step_report(number, &ReportStep::Take, caller).await
    }

    /// Answers a report. The person is told that there is an answer.
    ///
    /// # Errors
    /// As [`Service::take_report`].
    pub async fn answer_report(&self, number: &str, finding: ReportFinding, words: &str, caller: &Caller) -> Result<AccessReport, Error> {
        let words = words.trim().chars().take(WORDS_MAX).collect();
        let answer = ReportAnswer { at: self.clock.now(), finding, words, by: caller.shown_name() };
        self.step_report(number, &ReportStep::Answer(answer), caller).await
    }

    async fn step_report(&self, number: &str, step: &ReportStep, caller: &Caller) -> Result<AccessReport, Error> {
        judged_again_when_stale!(self.step_report_once(number, step, caller).await)
    }

    async fn step_report_once(&self, number: &str, step: &ReportStep, caller: &Caller) -> Result<AccessReport, Error> {
        let asked = Asked { act: Act::HandleReport, caller, now: self.clock.now() };
        let of_number = |record: &Arc<Record>| record.head.reports.iter().any(|report| report.number == number);
        let record = self.records_with_reports().await?.into_iter().find(of_number).ok_or(Error::NotFound("report-not-found"))?;
        let decision = self.ask(&asked, &self.facts(&record, &asked));
        if !decision.is_permitted() {
            return Err(self.refuse(&record, &asked, &decision, None).await?);
        }
        let mut head: Head = record.head.clone();
        let kept = head.reports.iter_mut().find(|report| report.number == number).ok_or(Error::NotFound("report-not-found"))?;
        let report = kept.step(step.clone(), asked.now)?;
        *kept = report.clone();
        if report.state() == ReportState::Answered {
            head.notices.push(Notice {
                kind: NoticeKind::ReportAnswered,
                at: asked.now,
                by: caller.shown_name(),
                read: false,
                secret: report.secret,
            });
        }
        let chain = if report.secret { Chain::Secret } else { Chain::Main };
        let leaf = Leaf { about: Some(report.name.clone()), chain, ..self.leaf(&asked, &decision, None) };
        self.store.commit(record.key, Expected::Version(record.version), vec![Change::PutHead(Box::new(head))], vec![leaf]).await?;
        Ok(report)
    }

    /// The reports that a reader may see, as lines of the journal: a minor's own about secret care are the minor's alone.
    pub fn reports_shown<'r>(&self, record: &'r Record, caller: &Caller) -> Vec<&'r AccessReport> {
        let reading = Asked { act: Act::ReadJournal, caller, now: self.clock.now() };
        let facts = self.facts(record, &reading);
        let (open, secret) = (self.ask(&reading, &facts).is_permitted(), self.may_read_secret_lines(&reading, &facts));
        record.head.reports.iter().filter(|report| if report.secret { secret } else { open }).collect()
    }

    async fn records_with_reports(&self) -> Result<Vec<Arc<Record>>, Error> {
        let mut records = Vec::new();
        for key in pointers::found(self, REPORTS_ACCOUNT, Pointer::Report).await? {
            records.extend(self.load(key).await?.filter(|record| !record.head.reports.is_empty()));
        }
        Ok(records)
    }
}

/// The account whose chain says in which records there are reports.
const REPORTS_ACCOUNT: &str = "system:access-reports";
/// Reports of one record that wait at once: more of them help nobody.
const WAITING_MAX: usize = 20;
/// Characters of what the person or the operator writes.
const WORDS_MAX: usize = 1_000;
