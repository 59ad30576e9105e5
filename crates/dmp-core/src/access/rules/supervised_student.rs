//! Students work under someone.

use crate::access::{Act, CallerKind, Question, Reason, Verdict};

/// Basis: TRE_G16 (professions in training); supplement 6.3 (a student has the profession's row only under a recorded supervisor).
/// Means: Un étudiant n'agit dans votre dossier que sous la responsabilité d'un professionnel désigné.
/// Example: A medical student without a recorded supervisor may not publish.
pub fn supervised_student(question: &Question<'_>) -> Verdict {
    let caller = question.caller;
    let student = caller.kind == CallerKind::Professional && caller.profession.as_ref().is_some_and(crate::identity::Profession::is_student);
    if student && !caller.supervised && question.act != Act::CheckAccess { Verdict::Forbid(Reason::StudentUnsupervised) } else { Verdict::Silent }
}
