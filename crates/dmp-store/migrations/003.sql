-- What was read in documents (docs/store.md): facts and texts, sealed. What stands in clear: whose record, which document, the version of
-- what read it, and whether something waits to be read.

CREATE TABLE dmp.extract (
    record_key BYTEA NOT NULL,
    entry_id BYTEA NOT NULL,
    key_version BIGINT NOT NULL,
    extractor BIGINT NOT NULL,           -- version of what read the document
    sealed BYTEA NOT NULL,               -- the facts
    PRIMARY KEY (record_key, entry_id)
);

CREATE TABLE dmp.extract_text (
    record_key BYTEA NOT NULL,
    entry_id BYTEA NOT NULL,
    key_version BIGINT NOT NULL,
    extractor BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (record_key, entry_id)
);

CREATE TABLE dmp.reading (
    record_key BYTEA PRIMARY KEY,
    generation BIGINT NOT NULL,          -- how often the extracts of the record have changed
    wanted BIGINT,                       -- version of the record with something new to read; NULL: all is read
    leased_until BIGINT NOT NULL,        -- microseconds; 0: nobody reads
    refresh_due BIGINT NOT NULL          -- seconds: when the insurer's lines are drawn next
);

CREATE INDEX reading_wanted ON dmp.reading (leased_until) WHERE wanted IS NOT NULL;
CREATE INDEX reading_refresh ON dmp.reading (refresh_due);

CREATE TABLE dmp.saving (
    day BIGINT PRIMARY KEY,              -- days since 1970
    exams BIGINT NOT NULL,               -- exams not done twice; which ones is kept nowhere
    low BIGINT NOT NULL,                 -- cents
    middle BIGINT NOT NULL,
    high BIGINT NOT NULL
);

-- What was kept before is read now.
INSERT INTO dmp.reading (record_key, generation, wanted, leased_until, refresh_due)
    SELECT record_key, 0, version, 0, 0 FROM dmp.record WHERE key_version > 0;

INSERT INTO dmp.migration (version) VALUES (3);
