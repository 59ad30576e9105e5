-- Small sealed things of accounts (docs/store.md). What stands in clear of one: a keyed hash of what it is about and whose it is, and its version.

CREATE TABLE dmp.note (
    note_hash BYTEA PRIMARY KEY,
    version BIGINT NOT NULL,
    sealed BYTEA NOT NULL
);

INSERT INTO dmp.migration (version) VALUES (4);
