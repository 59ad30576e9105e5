//! What documents say, as structured facts, and the one summary made of them.
//!
//! An [`Extract`] is what one document says: [`Fact`]s, each with its [`Proof`] (where in the document it stands), and the text to search
//! in. Extracts are derived: they can be made again from the documents, they give no right, and each is judged with its document every
//! time it is shown. A [`Summary`] is made of the extracts that one caller may read, after they were judged: what is hidden never meets
//! what is seen.

pub mod analytes;
pub mod edition;
mod extract;
mod fact;
mod lines;
pub mod matters;
mod merge;
pub mod pile;
pub mod printed;
#[cfg(any(test, feature = "samples"))]
pub mod samples;
mod title;
pub mod ucum;
mod when;
pub mod words;

pub use extract::{Extract, Extraction, TextPart};
pub use fact::{
    AbsenceKind, Concept, Criticality, DeviceState, Fact, FactKind, ImagingKind, Medicine, MedicineStage, Observation, ObservationKind,
    ObservationStatus, Party, ProblemState, Proof, Range, RiskKind, Value, What,
};
pub use lines::{Carer, Due, Heading, Knowledge, Line, Missing, MissingKind, News, Point, Series, Source, Summary, SummaryPerson, Trend};
pub use merge::{Bounds, Input, Seen, build, build_within};
pub use title::title;
pub use when::{Period, When};
