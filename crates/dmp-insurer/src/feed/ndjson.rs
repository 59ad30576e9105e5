//! A line of NDJSON: one object, its keys the names of columns.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Column, Fault, Raw};

/// Reads one object.
pub(crate) fn read(record: &str) -> Result<Raw<'_>, Fault> {
    match serde_json::from_str::<Object<'_>>(record) {
        Ok(Object(raw)) => Ok(raw),
        // The visitors below say what is wrong by these words; all else is JSON's own.
        Err(error) => {
            let said = error.to_string();
            let code = ["column-unknown", "column-twice", "value-type"].into_iter().find(|code| said.starts_with(code));
            Err(Fault::whole(code.unwrap_or("record-unreadable")))
        }
    }
}

struct Object<'a>(Raw<'a>);

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor).map(Object)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Raw<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw<'de>, A::Error> {
        let (mut raw, mut seen) = (Raw::default(), Vec::with_capacity(Column::ALL.len()));
        while let Some(Text(key)) = map.next_key::<Text<'de>>()? {
            let column = Column::find(&key).ok_or_else(|| A::Error::custom("column-unknown"))?;
            if seen.contains(&column) {
                return Err(A::Error::custom("column-twice"));
            }
            seen.push(column);
            raw.set(column, map.next_value::<Text<'de>>()?.0);
        }
        Ok(raw)
    }
}

/// A text, a number or a truth value as text; a list of texts with `|` between them.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor).map(Text)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number or a truth value")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(number.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(number.to_string()))
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(if truth { "true" } else { "false" }))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(""))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut joined = String::new();
        while let Some(text) = list.next_element::<Cow<'de, str>>()? {
            if !joined.is_empty() {
                joined.push('|');
            }
            joined.push_str(&text);
        }
        Ok(Cow::Owned(joined))
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(A::Error::custom("value-type"))
    }
}
