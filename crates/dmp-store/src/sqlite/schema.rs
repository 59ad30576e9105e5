//! The tables of `record.sqlite`. Clear columns are record keys, chain ids, random ids, versions, key versions, size
//! classes, blob addresses, keyed hashes; everything else is sealed (`docs/store.md`).

use rusqlite::Connection;

use super::connect::fault;
use crate::StoreError;
use crate::recognise::unknown_tables;

/// Version of the tables, kept in `PRAGMA user_version`.
const SCHEMA_VERSION: i64 = 7;

const SCHEMA: &str = "
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE identifier (
    ins_hash BLOB PRIMARY KEY,
    record_key BLOB NOT NULL,
    state INTEGER NOT NULL,         -- 1 claimed, 2 confirmed
    claimed INTEGER NOT NULL        -- number of the start of the program that claimed it
) STRICT, WITHOUT ROWID;
CREATE TABLE opening (
    ins_hash BLOB PRIMARY KEY,
    letter_at INTEGER               -- when the letter was sent; NULL: refused, and nothing more is kept
) STRICT, WITHOUT ROWID;
CREATE TABLE record (
    record_key BLOB PRIMARY KEY,
    version INTEGER NOT NULL,
    head_version INTEGER NOT NULL,  -- version of the record that last put the head
    key_version INTEGER NOT NULL,   -- 0 once the person's key was erased
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE entry (
    record_key BLOB NOT NULL,
    entry_id BLOB NOT NULL,
    version INTEGER NOT NULL,       -- version of the record that last put the entry
    key_version INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (record_key, entry_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE member (
    record_key BLOB NOT NULL,
    kind INTEGER NOT NULL,          -- 1 submission set, 2 folder
    id BLOB NOT NULL,
    version INTEGER NOT NULL,
    key_version INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (record_key, kind, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE content (
    id INTEGER PRIMARY KEY,
    record_key BLOB NOT NULL,
    address BLOB NOT NULL,
    key_version INTEGER NOT NULL,
    size_class INTEGER NOT NULL,    -- KiB of the sealed bytes
    sealed BLOB                     -- NULL: the bytes lie in a file
) STRICT;
CREATE UNIQUE INDEX content_place ON content (address, record_key);
CREATE TABLE locator (
    unique_hash BLOB PRIMARY KEY,
    record_key BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE chain (
    chain_id BLOB PRIMARY KEY,      -- keyed hash: says neither whose chain nor which
    sequence INTEGER NOT NULL,
    hash BLOB NOT NULL,
    mac BLOB NOT NULL,              -- keyed hash over the head
    sealed BLOB NOT NULL            -- whose chain it is
) STRICT, WITHOUT ROWID;
CREATE TABLE leaf (
    id INTEGER PRIMARY KEY,
    chain_id BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    account_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX leaf_place ON leaf (chain_id, sequence);
CREATE INDEX leaf_account ON leaf (account_hash, chain_id);
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    record_key BLOB NOT NULL,
    version INTEGER NOT NULL,
    key_version INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE TABLE notice (
    record_key BLOB NOT NULL,
    id BLOB NOT NULL,
    slot INTEGER NOT NULL,          -- 1 mail, 2 letter, 3 given up
    due INTEGER NOT NULL,           -- seconds: when it may go, or may be tried again
    tries INTEGER NOT NULL,
    leased_until INTEGER NOT NULL,  -- microseconds; 0: nobody has it
    key_version INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (record_key, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_due ON notice (slot, due);
CREATE TABLE clock (
    record_key BLOB PRIMARY KEY,
    version INTEGER NOT NULL,       -- version of the record that it was reckoned from
    due INTEGER,                    -- seconds: the end of an hour
    told INTEGER NOT NULL           -- microseconds: until when it has told
) STRICT, WITHOUT ROWID;
CREATE INDEX clock_due ON clock (due) WHERE due IS NOT NULL;
";

/// What version 4 added: what was read in documents.
const EXTRACTS: &str = "
CREATE TABLE extract (
    record_key BLOB NOT NULL,
    entry_id BLOB NOT NULL,
    key_version INTEGER NOT NULL,
    extractor INTEGER NOT NULL,     -- version of what read the document
    sealed BLOB NOT NULL,           -- the facts
    PRIMARY KEY (record_key, entry_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE extract_text (
    record_key BLOB NOT NULL,
    entry_id BLOB NOT NULL,
    key_version INTEGER NOT NULL,
    extractor INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (record_key, entry_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE reading (
    record_key BLOB PRIMARY KEY,
    generation INTEGER NOT NULL,    -- how often the extracts of the record have changed
    wanted INTEGER,                 -- version of the record with something new to read; NULL: all is read
    leased_until INTEGER NOT NULL,  -- microseconds; 0: nobody reads
    refresh_due INTEGER NOT NULL    -- seconds: when the insurer's lines are drawn next
) STRICT, WITHOUT ROWID;
CREATE TABLE saving (
    day INTEGER PRIMARY KEY,        -- days since 1970
    exams INTEGER NOT NULL,         -- exams not done twice; which ones is kept nowhere
    low INTEGER NOT NULL,           -- cents
    middle INTEGER NOT NULL,
    high INTEGER NOT NULL
) STRICT;
CREATE INDEX reading_wanted ON reading (leased_until) WHERE wanted IS NOT NULL;
CREATE INDEX reading_refresh ON reading (refresh_due);
";

/// What version 5 added: small things of accounts.
const NOTES: &str = "
CREATE TABLE note (
    note_hash BLOB PRIMARY KEY,     -- keyed hash: says neither what it is about nor whose it is
    version INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
";

/// What version 6 added: when a note that nobody came back for may go.
const DUE_NOTES: &str = "
ALTER TABLE note ADD COLUMN due INTEGER;    -- seconds: the end of an hour; NULL: it stays until it is removed
CREATE INDEX note_due ON note (due) WHERE due IS NOT NULL;
";

/// What version 7 added: statistics and the ledger of remuneration.
const STATISTICS: &str = "
CREATE TABLE deed (
    record_key BLOB NOT NULL,
    deed_id BLOB NOT NULL,          -- random
    sealed BLOB NOT NULL,           -- what a commit did, until it is counted
    PRIMARY KEY (record_key, deed_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE tally (
    name TEXT NOT NULL,
    day INTEGER NOT NULL,           -- days since 1970, Paris
    channel TEXT NOT NULL,
    department TEXT NOT NULL,
    caisse TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (name, day, channel, department, caisse)
) STRICT, WITHOUT ROWID;
CREATE TABLE mark (
    mark_hash BLOB PRIMARY KEY,     -- keyed hash: that somebody did something in a month
    month INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE ledger (
    line_hash BLOB PRIMARY KEY,     -- keyed hash: what it is for
    month INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_month_lines ON ledger (month);
CREATE TABLE ledger_month (
    month INTEGER PRIMARY KEY,
    state INTEGER NOT NULL,         -- 1 proposed, 2 closed
    sealed BLOB NOT NULL
) STRICT;
";

/// What was kept before version 4 is read then.
const READ_ALL: &str = "INSERT INTO reading (record_key, generation, wanted, leased_until, refresh_due) SELECT record_key, 0, version, 0, 0 FROM record WHERE key_version > 0;";

/// Makes the tables in a new database, brings those of the four versions before to this one; refuses those of any other.
pub(crate) fn prepare(connection: &Connection) -> Result<(), StoreError> {
    let place = "schema.prepare";
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(fault(place))?;
    match version {
        SCHEMA_VERSION => Ok(()),
        6 => {
            let script = format!("BEGIN IMMEDIATE; {STATISTICS} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;");
            connection.execute_batch(&script).map_err(fault(place))
        }
        5 => {
            let script = format!("BEGIN IMMEDIATE; {DUE_NOTES} {STATISTICS} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;");
            connection.execute_batch(&script).map_err(fault(place))
        }
        4 => {
            let script = format!("BEGIN IMMEDIATE; {NOTES} {DUE_NOTES} {STATISTICS} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;");
            connection.execute_batch(&script).map_err(fault(place))
        }
        3 => {
            let script =
                format!("BEGIN IMMEDIATE; {EXTRACTS} {NOTES} {DUE_NOTES} {STATISTICS} {READ_ALL} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;");
            connection.execute_batch(&script).map_err(fault(place))
        }
        0 => {
            let script =
                format!("BEGIN IMMEDIATE; {SCHEMA} {EXTRACTS} {NOTES} {DUE_NOTES} {STATISTICS} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;");
            connection.execute_batch(&script).map_err(fault(place))
        }
        other => Err(unknown_tables(other, SCHEMA_VERSION)),
    }
}
