//! A synthetic feed of the insurer, written by two threads: one makes the lines of a person, the other one those of their neighbour.

use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::mpsc::sync_channel;

use dmp_core::Moment;
use dmp_synth::{FeedForm, Town, write_header, write_line};

/// Months that the lines lie in.
const MONTHS: i32 = 24;
/// People whose lines are made in one piece.
const PIECE: u32 = 500;
const THREADS: u32 = 2;

/// Writes `each` lines of every person of a town.
pub fn write(out: &Path, people: u32, each: usize, seed: u64, today: Option<&str>) {
    let form = if out.extension().is_some_and(|extension| extension == "csv") { FeedForm::Csv } else { FeedForm::Ndjson };
    let now = today.map_or_else(|| Moment::from(jiff::Timestamp::now()), |day| Moment::parse_fhir(day).expect("a day, YYYY-MM-DD"));
    let town = &Town::new(seed, people, now.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date());
    let mut file = BufWriter::with_capacity(1 << 20, std::fs::File::create(out).expect("the file can be written"));
    write_header(&mut file, form).unwrap();
    std::thread::scope(|scope| {
        // Each thread has a channel of its own, read in turn: the file is the same whoever is faster.
        let channels: Vec<_> = (0..THREADS)
            .map(|thread| {
                let (send, receive) = sync_channel(4);
                scope.spawn(move || {
                    for first in (thread * PIECE..people).step_by(usize::try_from(PIECE * THREADS).unwrap()) {
                        let piece = piece(town, first..people.min(first + PIECE), each, form);
                        if send.send(piece).is_err() {
                            return;
                        }
                    }
                });
                receive
            })
            .collect();
        for piece in 0..people.div_ceil(PIECE) {
            file.write_all(&channels[usize::try_from(piece % THREADS).unwrap()].recv().unwrap()).unwrap();
        }
    });
    file.flush().unwrap();
    println!("lines {} of {people} people in {}", u64::from(people) * u64::try_from(each).unwrap(), out.display());
}

fn piece(town: &Town, people: std::ops::Range<u32>, each: usize, form: FeedForm) -> Vec<u8> {
    let mut bytes = Vec::new();
    for index in people {
        let ins = town.person(index).unwrap().ins;
        for line in town.reimbursements_exactly(index, MONTHS, each) {
            write_line(&mut bytes, form, &ins, &line).unwrap();
        }
    }
    bytes
}
