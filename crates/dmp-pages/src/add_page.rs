//! What the person adds: which thing, its form, what became of it, and all that was added.

use askama::Template;
use dmp_core::statement::{Draft, Field, Flaw, Role, StatementKind, Wish};

use crate::lang::silent_debug;
use crate::texts::add::{AddTexts, flaw_words, hint, kind_help, kind_words, label, type_words};
use crate::{DocumentLine, Shell};

/// « Que voulez-vous ajouter ? », at `/add`.
///
/// Links: `/add/{kind}` for each of [`AddPage::kinds`], `/add/file`, `/added`. No form.
#[derive(Clone, Template)]
#[template(path = "add_page.html")]
pub struct AddPage {
    pub shell: Shell,
    /// What this reader may add; a minor writes no directives, nobody writes them for somebody else.
    pub kinds: Vec<StatementKind>,
    pub may_file: bool,
}

impl AddPage {
    fn t(&self) -> &'static AddTexts {
        AddTexts::of(self.shell.lang)
    }

    /// Titles, and the links under each.
    fn groups(&self) -> Vec<(&'static str, Vec<(&'static str, &'static str)>)> {
        let t = self.t();
        let of = |wanted: fn(StatementKind) -> bool| {
            let kinds = self.kinds.iter().filter(|kind| wanted(**kind) && **kind != StatementKind::DirectivesKept);
            kinds.map(|kind| (kind.code(), kind_words(*kind, self.shell.lang))).collect::<Vec<_>>()
        };
        let health = |kind| matches!(kind, StatementKind::Allergy | StatementKind::Medicine | StatementKind::Family);
        let measures = |kind| matches!(kind, StatementKind::Measure(_));
        let wishes =
            |kind| matches!(kind, StatementKind::Contact | StatementKind::Directives | StatementKind::DirectivesKept | StatementKind::Organs);
        let all = vec![(t.health, of(health)), (t.measures, of(measures)), (t.wishes, of(wishes))];
        all.into_iter().filter(|(_, links)| !links.is_empty()).collect()
    }
}

/// How a field is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    Text,
    /// Digits and a comma.
    Number,
    Phone,
    Day,
    Time,
    Area,
    /// Value and words of each answer.
    Choice(Vec<(&'static str, &'static str)>),
    Select(Vec<(&'static str, &'static str)>),
}

/// A field of a form, with what was typed and what is wrong with it.
#[derive(Clone)]
pub struct FieldLine {
    pub field: Field,
    pub label: String,
    pub hint: &'static str,
    pub value: String,
    pub error: Option<String>,
    pub control: Control,
    pub optional: bool,
    /// Words that are offered while typing.
    pub suggestions: Vec<String>,
}

impl FieldLine {
    fn name(&self) -> &'static str {
        self.field.name()
    }

    fn length(&self) -> usize {
        self.field.length_max()
    }

    /// Which elements describe the field.
    fn described(&self) -> String {
        let parts = [(self.error.is_some(), "error"), (!self.hint.is_empty(), "hint")];
        parts.iter().filter(|(is, _)| *is).map(|(_, what)| format!("{}-{what}", self.name())).collect::<Vec<_>>().join(" ")
    }

    fn is(&self, code: &str) -> bool {
        self.value == code
    }
}

/// The form of one statement, at `/add/{kind}`; to correct one, at `/added/{id}/correct`.
///
/// Form: `POST` [`AddForm::action`] (`csrf`, `form`, and the fields of the kind by their names).
#[derive(Clone, Template)]
#[template(path = "add_form.html")]
pub struct AddForm {
    pub shell: Shell,
    pub kind: StatementKind,
    pub action: String,
    /// Sealed name of this form: sent twice it makes one document.
    pub form: String,
    pub draft: Draft,
    pub flaws: Vec<(Field, Flaw)>,
    /// Words offered in the first field.
    pub suggestions: Vec<String>,
    /// It corrects something that was added.
    pub correcting: bool,
}

impl AddForm {
    fn t(&self) -> &'static AddTexts {
        AddTexts::of(self.shell.lang)
    }

    fn title(&self) -> &'static str {
        kind_words(self.kind, self.shell.lang)
    }

    fn help(&self) -> &'static str {
        kind_help(self.kind, self.shell.lang)
    }

    fn fields(&self) -> Vec<FieldLine> {
        let line = |(place, field): (usize, &Field)| {
            let suggestions = if place == 0 { self.suggestions.clone() } else { Vec::new() };
            let optional = is_optional(self.kind, *field);
            field_line(*field, Some(self.kind), (&self.draft, &self.flaws), optional, suggestions, &self.shell)
        };
        self.kind.fields().iter().enumerate().map(line).collect()
    }

    /// Other ways to say the same, as path and words.
    fn instead(&self) -> Vec<(&'static str, &'static str)> {
        let t = self.t();
        match self.kind {
            _ if self.correcting => Vec::new(),
            StatementKind::Directives => vec![("/add/file?type=EXPPAT_3", t.send_file), ("/add/directives-kept", t.say_where)],
            StatementKind::DirectivesKept => vec![("/add/directives", t.write_here), ("/add/file?type=EXPPAT_3", t.send_file)],
            _ => Vec::new(),
        }
    }

    fn is_directives(&self) -> bool {
        matches!(self.kind, StatementKind::Directives | StatementKind::DirectivesKept)
    }
}

/// A form with a file, at `/add/file`; without its file, to correct title, type and date, at `/added/{id}/correct`.
///
/// Form: `POST` [`AddFile::action`], `multipart/form-data` (`csrf`, `form`, `title`, `type`, `day`, `file`, `photo`); without a file the same
/// fields, `application/x-www-form-urlencoded`.
#[derive(Clone, Template)]
#[template(path = "add_file.html")]
pub struct AddFile {
    pub shell: Shell,
    pub action: String,
    pub form: String,
    pub draft: Draft,
    pub flaws: Vec<(Field, Flaw)>,
    /// Types that this reader may file under.
    pub types: Vec<&'static str>,
    pub correcting: bool,
}

impl AddFile {
    fn t(&self) -> &'static AddTexts {
        AddTexts::of(self.shell.lang)
    }

    fn fields(&self) -> Vec<FieldLine> {
        let line = |field: &Field| {
            let mut line = field_line(*field, None, (&self.draft, &self.flaws), !self.correcting, Vec::new(), &self.shell);
            if *field == Field::Type {
                let propose = (!self.correcting).then_some(("", self.t().propose));
                let types = self.types.iter().map(|code| (*code, type_words(code, self.shell.lang)));
                line.control = Control::Select(propose.into_iter().chain(types).collect());
            }
            line
        };
        [Field::Title, Field::Type, Field::Day].iter().map(line).collect()
    }

    /// What is wrong with the file.
    fn file_error(&self) -> Option<String> {
        self.flaws.iter().find(|(field, _)| *field == Field::File).map(|(_, flaw)| flaw_words(*flaw, self.shell.lang))
    }

    /// Something else than the file was wrong: the file has to be chosen again.
    fn is_again(&self) -> bool {
        !self.correcting && !self.flaws.is_empty()
    }

    /// The details stand open when something was typed there or is wrong with it.
    fn is_open(&self) -> bool {
        self.correcting || !self.flaws.iter().all(|(field, _)| *field == Field::File) || self.fields().iter().any(|line| !line.value.is_empty())
    }
}

fn is_optional(kind: StatementKind, field: Field) -> bool {
    match field {
        Field::Reaction | Field::Severity | Field::Since | Field::Time | Field::Dose | Field::Holder | Field::Note | Field::Tie => true,
        Field::Phone => kind != StatementKind::Contact,
        _ => false,
    }
}

fn field_line(
    field: Field,
    kind: Option<StatementKind>,
    (draft, flaws): (&Draft, &[(Field, Flaw)]),
    optional: bool,
    suggestions: Vec<String>,
    shell: &Shell,
) -> FieldLine {
    let lang = shell.lang;
    let t = AddTexts::of(lang);
    let control = match field {
        Field::Value | Field::Second => Control::Number,
        Field::Phone => Control::Phone,
        Field::Day => Control::Day,
        Field::Time => Control::Time,
        Field::Words | Field::Note => Control::Area,
        Field::Severity => Control::Choice(vec![("unknown", t.unknown), ("low", t.low), ("high", t.high)]),
        Field::Wish => Control::Choice(Wish::ALL.map(|wish| (wish.code(), wish_words(wish, t))).to_vec()),
        Field::Role => Control::Choice(Role::ALL.map(|role| (role.code(), role_words(role, t))).to_vec()),
        _ => Control::Text,
    };
    FieldLine {
        field,
        label: label(kind, field, lang),
        hint: hint(kind, field, lang),
        value: draft.get(field).to_owned(),
        error: flaws.iter().find(|(wrong, _)| *wrong == field).map(|(_, flaw)| flaw_words(*flaw, lang)),
        control,
        optional,
        suggestions,
    }
}

fn wish_words(wish: Wish, t: &'static AddTexts) -> &'static str {
    match wish {
        Wish::Agrees => t.organs_yes,
        Wish::Refuses => t.organs_no,
        Wish::Limits => t.organs_some,
    }
}

fn role_words(role: Role, t: &'static AddTexts) -> &'static str {
    match role {
        Role::Call => t.role_call,
        Role::Trust => t.role_trust,
    }
}

/// One thing that was added: who sees it, and what can be done, at `/added/{id}`.
///
/// Links: `/documents/{id}`, `/added/{id}/correct`, `/add`, `/added`, `/`. Forms: `POST /documents/{id}/hide`, `/documents/{id}/show`,
/// `/added/{id}/withdraw` (`csrf`).
#[derive(Clone, Template)]
#[template(path = "added_page.html")]
pub struct AddedPage {
    pub shell: Shell,
    pub document: DocumentLine,
    /// It is a file: title, type and date may have been proposed.
    pub is_file: bool,
    /// Professions that may read it, in words.
    pub professions: Vec<&'static str>,
    /// The whole record is hidden from professionals.
    pub all_masked: bool,
    pub may_correct: bool,
    pub may_withdraw: bool,
}

impl AddedPage {
    fn t(&self) -> &'static AddTexts {
        AddTexts::of(self.shell.lang)
    }

    fn list(&self) -> String {
        self.professions.join(", ")
    }
}

/// A line of what was added.
#[derive(Clone)]
pub struct AddedLine {
    pub document: DocumentLine,
    pub may_correct: bool,
    pub may_withdraw: bool,
}

/// All that was added by the person's side, at `/added`.
///
/// Links: `/documents/{id}`, `/added/{id}/correct`, `/add`. Form: `POST /added/{id}/withdraw` (`csrf`).
#[derive(Clone, Template)]
#[template(path = "added_list.html")]
pub struct AddedList {
    pub shell: Shell,
    /// The reader is the person themself.
    pub own: bool,
    pub lines: Vec<AddedLine>,
}

impl AddedList {
    fn t(&self) -> &'static AddTexts {
        AddTexts::of(self.shell.lang)
    }
}

silent_debug!(AddPage, FieldLine, AddForm, AddFile, AddedPage, AddedLine, AddedList);
