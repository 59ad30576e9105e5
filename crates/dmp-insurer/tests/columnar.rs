//! Parquet files, written here as a warehouse would.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::path::Path;
use std::sync::Arc;

use dmp_core::identity::Ins;
use dmp_core::reimbursement::{FeedSystem, Line};
use dmp_synth::FeedForm;
use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int32Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use support::{Folder, everything, feed, lines, run};

const SCHEMA: &str = "message lines {
    required binary line_id (UTF8); required binary ins (UTF8); required binary ins_oid (UTF8); required binary kind (UTF8);
    required binary code_system (UTF8); required binary code (UTF8); optional binary label (UTF8); optional binary group_code (UTF8);
    optional binary group_label (UTF8); optional binary components (UTF8); optional binary prescriber_name (UTF8);
    optional binary prescriber_role (UTF8); optional binary prescriber_place (UTF8); optional binary performer_name (UTF8);
    optional binary performer_role (UTF8); optional binary performer_place (UTF8);
    required int32 quantity; required int32 date (DATE); optional int32 until (DATE); optional boolean cancelled;
}";

fn days(when: dmp_core::summary::When) -> i32 {
    dmp_core::summary::When::day(1970, 1, 1).days_until(when).unwrap()
}

/// Optional texts: their values, and for each row whether there is one.
fn optional(texts: &[String]) -> (Vec<ByteArray>, Vec<i16>) {
    let values = texts.iter().filter(|text| !text.is_empty()).map(|text| ByteArray::from(text.as_str())).collect();
    (values, texts.iter().map(|text| i16::from(!text.is_empty())).collect())
}

fn write(path: &Path, groups: &[&[(Ins, Line)]], compression: Compression) {
    let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
    let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
    let mut writer = SerializedFileWriter::new(std::fs::File::create(path).unwrap(), schema, properties).unwrap();
    for rows in groups {
        let column = |text: fn(&Ins, &Line) -> String| rows.iter().map(|(ins, line)| text(ins, line)).collect::<Vec<_>>();
        let required: Vec<Vec<String>> = vec![
            column(|_, line| line.id.clone()),
            column(|ins, _| ins.matricule().to_owned()),
            column(|ins, _| ins.authority().oid().to_owned()),
            column(|_, line| line.kind.code().to_owned()),
            column(|_, line| FeedSystem::find(&line.code.system).unwrap().word().to_owned()),
            column(|_, line| line.code.code.clone()),
        ];
        let others: Vec<Vec<String>> = vec![
            column(|_, line| line.code.display.clone()),
            column(|_, line| line.product.group.as_ref().map(|group| group.code.clone()).unwrap_or_default()),
            column(|_, line| line.product.group.as_ref().map(|group| group.display.clone()).unwrap_or_default()),
            column(|_, line| line.product.components.iter().map(|one| one.display.clone()).collect::<Vec<_>>().join("|")),
            column(|_, line| line.prescriber.name.clone()),
            column(|_, line| line.prescriber.role.clone()),
            column(|_, line| line.prescriber.place.clone()),
            column(|_, line| line.performer.name.clone()),
            column(|_, line| line.performer.role.clone()),
            column(|_, line| line.performer.place.clone()),
        ];
        let mut group = writer.next_row_group().unwrap();
        for texts in required {
            let values: Vec<ByteArray> = texts.iter().map(|text| ByteArray::from(text.as_str())).collect();
            let mut column = group.next_column().unwrap().unwrap();
            column.typed::<ByteArrayType>().write_batch(&values, None, None).unwrap();
            column.close().unwrap();
        }
        for texts in others {
            let (values, levels) = optional(&texts);
            let mut column = group.next_column().unwrap().unwrap();
            column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None).unwrap();
            column.close().unwrap();
        }
        let quantities: Vec<i32> = rows.iter().map(|(_, line)| i32::try_from(line.quantity).unwrap()).collect();
        let dates: Vec<i32> = rows.iter().map(|(_, line)| days(line.date)).collect();
        for values in [quantities, dates] {
            let mut column = group.next_column().unwrap().unwrap();
            column.typed::<Int32Type>().write_batch(&values, None, None).unwrap();
            column.close().unwrap();
        }
        let ends: Vec<i32> = rows.iter().filter_map(|(_, line)| line.until).map(days).collect();
        let levels: Vec<i16> = rows.iter().map(|(_, line)| i16::from(line.until.is_some())).collect();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<Int32Type>().write_batch(&ends, Some(&levels), None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<BoolType>().write_batch(&[], Some(&vec![0; rows.len()]), None).unwrap();
        column.close().unwrap();
        group.close().unwrap();
    }
    writer.close().unwrap();
}

#[test]
fn a_parquet_file_says_the_same_as_a_text() {
    let sent = lines(20, 300);
    let expected = {
        let folder = Folder::new();
        let area = folder.area();
        run(&area, &[&folder.file("a.ndjson", &feed(FeedForm::Ndjson, &sent))]);
        everything(&area, 20)
    };
    for compression in [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::ZSTD(ZstdLevel::default())] {
        let folder = Folder::new();
        let (area, path) = (folder.area(), folder.0.join("a.parquet"));
        write(&path, &[&sent[..1000], &sent[1000..5500], &sent[5500..]], compression);
        let (report, rejects) = run(&area, &[&path]);
        assert_eq!((report.taken, report.rejected, report.unreadable.len()), (6000, 0, 0), "{compression:?} {rejects} {report:?}");
        assert_eq!(everything(&area, 20), expected, "{compression:?}");
    }
}

#[test]
fn a_damaged_parquet_file_never_ends_the_process() {
    let sent = lines(5, 60);
    let folder = Folder::new();
    let good = folder.0.join("good.parquet");
    write(&good, &[&sent], Compression::SNAPPY);
    let bytes = std::fs::read(&good).unwrap();
    let mut refused = 0;
    for place in (0..bytes.len()).step_by(bytes.len() / 40) {
        let mut damaged = bytes.clone();
        damaged[place] ^= 0x55;
        let folder = Folder::new();
        let (area, path) = (folder.area(), folder.0.join("damaged.parquet"));
        std::fs::write(&path, &damaged).unwrap();
        let (report, rejects) = run(&area, &[&path]);
        refused += usize::from(!report.unreadable.is_empty() || report.rejected > 0);
        assert!(!rejects.contains("279035121518989"));
    }
    assert!(refused > 5, "{refused}");
    let cut = folder.0.join("cut.parquet");
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(run(&folder.area(), &[&cut]).0.unreadable.len(), 1);
}
