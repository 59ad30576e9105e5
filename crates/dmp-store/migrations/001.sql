-- The tables of a store on PostgreSQL. Clear columns are record keys, chain ids, random ids, versions, key versions, size
-- classes, blob addresses, keyed hashes; everything else is sealed (docs/store.md).
--
-- Every primary key begins with the column that would spread its table over a cluster (distribute.citus.sql): the
-- record key, or the looked-up value. No sequences, triggers, or defaults that draw anything: ids, hashes and numbers come
-- from the program. A unit test holds every migration to this.

CREATE SCHEMA dmp;

-- Keys of persons stand apart, for a backup of their own with a shorter life.
CREATE SCHEMA dmp_keys;

CREATE TABLE dmp.migration (
    version BIGINT PRIMARY KEY
);

CREATE TABLE dmp.meta (
    name TEXT PRIMARY KEY,
    value BYTEA NOT NULL
);

CREATE TABLE dmp.counter (
    name TEXT PRIMARY KEY,
    number BIGINT NOT NULL
);

CREATE TABLE dmp.identifier (
    ins_hash BYTEA PRIMARY KEY,
    record_key BYTEA NOT NULL,
    state BIGINT NOT NULL,               -- 1 claimed, 2 confirmed
    claimed BIGINT NOT NULL,             -- number of the start of a program that claimed it
    claimed_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX identifier_claimed ON dmp.identifier (claimed) WHERE state = 1;

-- What is kept of a person without a record: that a letter announced its opening, or that they refused it.
CREATE TABLE dmp.opening (
    ins_hash BYTEA PRIMARY KEY,
    letter_at BIGINT                     -- microseconds; NULL: refused
);

CREATE TABLE dmp.record (
    record_key BYTEA PRIMARY KEY,
    version BIGINT NOT NULL,
    head_version BIGINT NOT NULL,        -- version of the record that last put the head
    key_version BIGINT NOT NULL,         -- 0 once the person's key was erased
    sealed BYTEA NOT NULL
);

CREATE TABLE dmp.entry (
    record_key BYTEA NOT NULL,
    entry_id BYTEA NOT NULL,
    version BIGINT NOT NULL,             -- version of the record that last put the entry
    key_version BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (record_key, entry_id)
);

CREATE TABLE dmp.member (
    record_key BYTEA NOT NULL,
    kind BIGINT NOT NULL,                -- 1 submission set, 2 folder
    id BYTEA NOT NULL,
    version BIGINT NOT NULL,
    key_version BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (record_key, kind, id)
);

CREATE TABLE dmp.content (
    record_key BYTEA NOT NULL,
    address BYTEA NOT NULL,
    key_version BIGINT NOT NULL,
    size_class BIGINT NOT NULL,          -- KiB of the sealed bytes
    sealed BYTEA,                        -- NULL: the bytes lie in a folder or an S3
    PRIMARY KEY (record_key, address)
);

CREATE INDEX content_address ON dmp.content (address) WHERE sealed IS NULL;

CREATE TABLE dmp.locator (
    unique_hash BYTEA PRIMARY KEY,
    record_key BYTEA NOT NULL
);

CREATE TABLE dmp.chain (
    chain_id BYTEA PRIMARY KEY,          -- keyed hash: says neither whose chain nor which
    sequence BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    mac BYTEA NOT NULL,                  -- keyed hash over the head
    sealed BYTEA NOT NULL                -- whose chain it is
);

CREATE TABLE dmp.leaf (
    chain_id BYTEA NOT NULL,
    sequence BIGINT NOT NULL,
    account_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (chain_id, sequence)
);

CREATE INDEX leaf_account ON dmp.leaf (account_hash, chain_id);

CREATE TABLE dmp.outbox (
    record_key BYTEA NOT NULL,
    version BIGINT NOT NULL,
    key_version BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (record_key, version)
);

CREATE TABLE dmp_keys.meta (
    name TEXT PRIMARY KEY,
    value BYTEA NOT NULL
);

CREATE TABLE dmp_keys.epoch (
    id BIGINT PRIMARY KEY,
    kind BIGINT NOT NULL,                -- 1 erasure epoch of data keys, 2 audit keys
    created_month TEXT NOT NULL,         -- 2026-11
    wrapped BYTEA NOT NULL
);

-- The foreign key keeps a key from being wrapped under an epoch that is being destroyed.
CREATE TABLE dmp_keys.person_key (
    record_key BYTEA NOT NULL,
    kind BIGINT NOT NULL,                -- 1 data key, 2 audit key
    version BIGINT NOT NULL,
    epoch BIGINT NOT NULL REFERENCES dmp_keys.epoch (id),
    wrapped BYTEA NOT NULL,
    PRIMARY KEY (record_key, kind, version)
);

CREATE INDEX person_key_epoch ON dmp_keys.person_key (epoch);

INSERT INTO dmp.migration (version) VALUES (1);
