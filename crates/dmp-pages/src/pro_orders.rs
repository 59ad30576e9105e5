//! Before ordering an exam: was it done lately.

use askama::Template;

use crate::lang::silent_debug;
use crate::texts::pro_orders::OrdersTexts;
use crate::{ProofLink, Shell};

/// An exam that can be looked for.
#[derive(Clone, PartialEq, Eq)]
pub struct ExamChoice {
    /// Stable word of the table.
    pub code: String,
    pub label: String,
    pub chosen: bool,
}

/// What was found of one exam.
#[derive(Clone)]
pub struct ExamFound {
    pub label: String,
    /// When it was done last, « il y a 12 jours », why it is soon, and the document; `None`: nothing that this professional may read.
    pub done: Option<ExamDone>,
}

/// An exam that was done lately.
#[derive(Clone)]
pub struct ExamDone {
    pub when: String,
    pub days: u32,
    /// One French sentence, and who says so.
    pub basis: String,
    pub source: String,
    pub document: ProofLink,
}

/// The check, at `/pro/patients/{pid}/orders`. Form: `POST` the same (`csrf`, `exam`, several).
#[derive(Clone, Template)]
#[template(path = "pro_orders.html")]
pub struct ProOrders {
    pub shell: Shell,
    pub pid: String,
    pub person: String,
    pub exams: Vec<ExamChoice>,
    /// Of those asked for; `None`: nothing was asked yet.
    pub found: Option<Vec<ExamFound>>,
}

silent_debug!(ExamChoice, ExamFound, ExamDone, ProOrders);

impl ProOrders {
    fn t(&self) -> &'static OrdersTexts {
        OrdersTexts::of(self.shell.lang)
    }

    fn ago(&self, days: &u32) -> String {
        match (self.shell.lang, days) {
            (crate::Lang::Fr, 0) => "aujourd'hui".to_owned(),
            (crate::Lang::En, 0) => "today".to_owned(),
            (crate::Lang::Fr, 1) => "hier".to_owned(),
            (crate::Lang::En, 1) => "yesterday".to_owned(),
            (crate::Lang::Fr, days) => format!("il y a {days}\u{a0}jours"),
            (crate::Lang::En, days) => format!("{days} days ago"),
        }
    }
}
