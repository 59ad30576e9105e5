-- Spreads the tables of the numbered scripts over a Citus cluster. Run by hand once, after them and before the first start of the
-- program, while every table is empty:
--     psql -f 001.sql && psql -f 002.sql && psql -f 003.sql && psql -f 004.sql && psql -f 005.sql && psql -f 006.sql && psql -f distribute.citus.sql

SELECT create_reference_table('dmp.migration');
SELECT create_reference_table('dmp.meta');
SELECT create_reference_table('dmp.counter');
SELECT create_reference_table('dmp.saving');
SELECT create_reference_table('dmp.ledger_month');
SELECT create_reference_table('dmp.ledger_gate');
SELECT create_reference_table('dmp_keys.meta');
SELECT create_reference_table('dmp_keys.epoch');

SELECT create_distributed_table('dmp.record', 'record_key');
SELECT create_distributed_table('dmp.entry', 'record_key', colocate_with => 'dmp.record');
SELECT create_distributed_table('dmp.member', 'record_key', colocate_with => 'dmp.record');
SELECT create_distributed_table('dmp.content', 'record_key', colocate_with => 'dmp.record');
SELECT create_distributed_table('dmp.outbox', 'record_key', colocate_with => 'dmp.record');
SELECT create_distributed_table('dmp.notice', 'record_key', colocate_with => 'dmp.record');
SELECT create_distributed_table('dmp.clock', 'record_key', colocate_with => 'dmp.record');
SELECT create_distributed_table('dmp.extract', 'record_key', colocate_with => 'dmp.record');
SELECT create_distributed_table('dmp.extract_text', 'record_key', colocate_with => 'dmp.record');
SELECT create_distributed_table('dmp.reading', 'record_key', colocate_with => 'dmp.record');
SELECT create_distributed_table('dmp.deed', 'record_key', colocate_with => 'dmp.record');
SELECT create_distributed_table('dmp_keys.person_key', 'record_key', colocate_with => 'dmp.record');

SELECT create_distributed_table('dmp.chain', 'chain_id', colocate_with => 'none');
SELECT create_distributed_table('dmp.leaf', 'chain_id', colocate_with => 'dmp.chain');

SELECT create_distributed_table('dmp.identifier', 'ins_hash', colocate_with => 'none');
SELECT create_distributed_table('dmp.opening', 'ins_hash', colocate_with => 'dmp.identifier');
SELECT create_distributed_table('dmp.locator', 'unique_hash', colocate_with => 'none');
SELECT create_distributed_table('dmp.note', 'note_hash', colocate_with => 'none');
SELECT create_distributed_table('dmp.tally', 'name', colocate_with => 'none');
SELECT create_distributed_table('dmp.mark', 'mark_hash', colocate_with => 'none');
SELECT create_distributed_table('dmp.ledger', 'line_hash', colocate_with => 'none');
