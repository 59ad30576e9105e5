-- The queue of notices (docs/store.md). What stands in clear of one: whose record (a random key), by which way it goes, when it may be
-- tried, how often it was. Whom it tells, of what and where to is sealed.

CREATE TABLE dmp.notice (
    record_key BYTEA NOT NULL,
    id BYTEA NOT NULL,
    slot BIGINT NOT NULL,                -- 1 mail, 2 letter, 3 given up
    due BIGINT NOT NULL,                 -- seconds: when it may go, or may be tried again
    tries BIGINT NOT NULL,
    leased_until BIGINT NOT NULL,        -- microseconds; 0: nobody has it
    key_version BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (record_key, id)
);

CREATE INDEX notice_due ON dmp.notice (slot, due);

CREATE TABLE dmp.clock (
    record_key BYTEA PRIMARY KEY,
    version BIGINT NOT NULL,             -- version of the record that it was reckoned from
    due BIGINT,                          -- seconds: the end of an hour
    told BIGINT NOT NULL                 -- microseconds: until when it has told
);

CREATE INDEX clock_due ON dmp.clock (due) WHERE due IS NOT NULL;

INSERT INTO dmp.migration (version) VALUES (2);
