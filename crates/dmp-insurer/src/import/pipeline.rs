//! One thread reads blocks, two check and encode them, the caller's puts them into batches in order of the file.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use super::encode::{Encoded, encode};
use crate::area::{Batch, Checkpoint, FileDigest};
use crate::error::at;
use crate::feed::{Block, Rules, Source};
use crate::key::Keys;
use crate::{StagingArea, StagingError};

const CHECKERS: usize = 2;
/// Blocks that wait between two threads.
const WAITING_MAX: usize = 3;
/// Bytes of encoded lines in a batch: about 150,000 lines.
const BATCH_BYTES: usize = 48 << 20;

/// Where encoded blocks go.
pub(super) struct Sink<'a> {
    pub area: &'a StagingArea,
    pub digest: FileDigest,
    pub batch: Batch,
    /// How far the file was read with what is in the batch.
    pub reached: Checkpoint,
    /// Bytes of encoded lines that went into the area.
    pub taken_in: u64,
    pub rejects: Option<&'a mut Box<dyn Write>>,
    /// Gets the position in the file and the lines read.
    pub tell: &'a mut dyn FnMut(u64, u64),
}

impl Sink<'_> {
    fn take(&mut self, encoded: &Encoded) -> Result<(), StagingError> {
        self.batch.extend(&encoded.bytes, &encoded.slices);
        self.reached.position = encoded.position;
        self.reached.line = encoded.line;
        self.reached.read += encoded.read;
        self.reached.rejected += u64::try_from(encoded.rejects.len()).unwrap_or(0);
        if let Some(out) = self.rejects.as_mut() {
            for reject in &encoded.rejects {
                serde_json::to_writer(&mut *out, reject).map_err(at("import.rejects"))?;
                out.write_all(b"\n").map_err(at("import.rejects"))?;
            }
        }
        (self.tell)(self.reached.position, self.reached.read);
        if self.batch.bytes() >= BATCH_BYTES { self.commit(false) } else { Ok(()) }
    }

    /// Commits what waits; `complete` when the file was read to its end.
    pub fn commit(&mut self, complete: bool) -> Result<(), StagingError> {
        // Rejects are on the disk before the place behind them is.
        if let Some(out) = self.rejects.as_mut() {
            out.flush().map_err(at("import.rejects"))?;
        }
        self.reached.complete = complete;
        self.taken_in += u64::try_from(self.batch.bytes()).unwrap_or(0);
        self.area.commit_batch(&mut self.batch, &self.digest, self.reached)
    }
}

/// Reads a file to its end; inside, why it cannot be read further.
pub(super) fn run(source: Source, file: &str, keys: &Keys, rules: Rules, sink: &mut Sink<'_>) -> Result<Result<(), String>, StagingError> {
    std::thread::scope(|scope| {
        let (to_check, blocks) = sync_channel(WAITING_MAX);
        let blocks = Arc::new(Mutex::new(blocks));
        let (to_sink, encoded) = sync_channel(WAITING_MAX);
        let reader = scope.spawn(move || read(source, &to_check));
        for _ in 0..CHECKERS {
            let (blocks, to_sink) = (Arc::clone(&blocks), to_sink.clone());
            scope.spawn(move || check_blocks(&blocks, &to_sink, file, keys, &rules));
        }
        // The threads hold the channels alone: when one side ends, the other one sees it.
        drop((blocks, to_sink));
        let written = write(encoded, sink);
        // A reader of columns that meets a damaged file may panic: the file is to blame.
        let read = reader.join().unwrap_or_else(|_| Err("the file is damaged".to_owned()));
        written.map(|()| read)
    })
}

fn read(mut source: Source, to_check: &SyncSender<(u64, Block)>) -> Result<(), String> {
    let mut number = 0;
    while let Some(block) = source.next()? {
        // Nobody listens any more: the other side has failed and says so.
        if to_check.send((number, block)).is_err() {
            break;
        }
        number += 1;
    }
    Ok(())
}

type Outcome = (u64, Result<Encoded, StagingError>);

fn check_blocks(blocks: &Mutex<Receiver<(u64, Block)>>, to_sink: &SyncSender<Outcome>, file: &str, keys: &Keys, rules: &Rules) {
    loop {
        let next = blocks.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, block)) = next else { return };
        if to_sink.send((number, encode(block, file, keys, rules))).is_err() {
            return;
        }
    }
}

fn write(encoded: Receiver<Outcome>, sink: &mut Sink<'_>) -> Result<(), StagingError> {
    let (mut early, mut next) = (BTreeMap::new(), 0);
    for (number, outcome) in encoded {
        early.insert(number, outcome?);
        while let Some(block) = early.remove(&next) {
            sink.take(&block)?;
            next += 1;
        }
    }
    Ok(())
}
