-- When a note that nobody came back for may go (docs/store.md): the end of an hour, as of every clock. NULL: it stays until it is removed.

ALTER TABLE dmp.note ADD COLUMN due BIGINT;

CREATE INDEX note_due ON dmp.note (due) WHERE due IS NOT NULL;

INSERT INTO dmp.migration (version) VALUES (5);
