-- Statistics and the ledger of remuneration (docs/store.md). In clear: counts of nobody, keyed hashes, months.

CREATE TABLE dmp.deed (
    record_key BYTEA NOT NULL,
    deed_id BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (record_key, deed_id)
);

CREATE TABLE dmp.tally (
    name TEXT NOT NULL,
    day BIGINT NOT NULL,
    channel TEXT NOT NULL,
    department TEXT NOT NULL,
    caisse TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (name, day, channel, department, caisse)
);

CREATE TABLE dmp.mark (
    mark_hash BYTEA PRIMARY KEY,
    month BIGINT NOT NULL
);

CREATE TABLE dmp.ledger (
    line_hash BYTEA PRIMARY KEY,
    month BIGINT NOT NULL,
    sealed BYTEA NOT NULL
);

CREATE INDEX ledger_month_lines ON dmp.ledger (month);

CREATE TABLE dmp.ledger_month (
    month BIGINT PRIMARY KEY,
    state BIGINT NOT NULL,
    sealed BYTEA NOT NULL
);

CREATE TABLE dmp.ledger_gate (
    id BIGINT PRIMARY KEY,
    turn BIGINT NOT NULL
);

INSERT INTO dmp.migration (version) VALUES (6);
