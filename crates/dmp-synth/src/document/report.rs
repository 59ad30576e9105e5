//! Reports of consultations, examinations and operations.

use super::Desk;
use super::tables::TREATMENTS;
use crate::cda::{Header, clinical_document, section};
use crate::course::{Part, Script};

impl Desk<'_> {
    /// A structured report; `measured` adds the measures of the visit and the current treatments.
    pub(super) fn report(&self, header: &Header<'_>, script: &Script, measured: bool) -> Vec<u8> {
        let mut draw = self.draw();
        clinical_document(header, |x| {
            x.within("structuredBody", &[], |x| {
                for (part, lines) in script.parts {
                    let (code, templates) = part.code();
                    let id = draw.uuid();
                    section(x, templates, code, code.1, &id, |x| self.paragraphs(x, lines));
                    if measured && *part == Part::Exam {
                        self.vital_signs(x, &mut draw);
                    }
                }
                if measured && self.course.treatments_on(self.day()).next().is_some() {
                    self.treatments(x, &mut draw, TREATMENTS, ("10160-0", "Traitements"), "Traitements en cours");
                }
            });
        })
    }
}
