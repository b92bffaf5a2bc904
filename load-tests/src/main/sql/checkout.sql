-- One order of three lines in one transaction, a statement at a time, as an application without batching places it.
-- Variables (pgbench -D): subjects, skus, and hot: the percentage of orders with the first SKU among their lines.
\set subject random(1, :subjects)
\set a random(1, :skus)
\set b random(1, :skus)
\set c random(1, :skus)
\if random(1, 100) <= :hot
\set a 1
\endif
-- in SKU order, as every checkout takes its locks: no two of them can wait for each other in a circle
\set low least(:a, :b, :c)
\set high greatest(:a, :b, :c)
\set middle :a + :b + :c - :low - :high
\set total random(500, 50000)
begin;
select version, permitted, erased, epoch, roles from bench.subject where id = lpad(to_hex(:subject::bigint), 32, '0')::uuid;
update bench.stock set reserved = reserved + 1 where sku = 'SKU-' || lpad(:low::text, 6, '0') and on_hand - reserved >= 1;
update bench.stock set reserved = reserved + 1 where sku = 'SKU-' || lpad(:middle::text, 6, '0') and on_hand - reserved >= 1;
update bench.stock set reserved = reserved + 1 where sku = 'SKU-' || lpad(:high::text, 6, '0') and on_hand - reserved >= 1;
insert into bench.orders (id, subject, addressee, state, version, currency, total, lines, sealed) values (uuidv7(), lpad(to_hex(:subject::bigint), 32, '0')::uuid, lpad(to_hex(:subject::bigint), 32, '0')::uuid, 0, 1, 'EUR', :total::bigint, decode(repeat('4c', 180), 'hex'), decode(repeat('5e', 640), 'hex')) returning id as order_id \gset
insert into bench.order_event (order_id, seq, kind, body) values (:order_id::uuid, 1, 0, decode(repeat('45', 200), 'hex'));
insert into bench.step (id, order_id, kind, state) values (uuidv7(), :order_id::uuid, 0, 0);
insert into bench.leaf (shard, body, hash) values (1, decode(repeat('1e', 420), 'hex'), sha256(uuid_send(:order_id::uuid)));
insert into bench.idempotency (principal, key, fingerprint, status, answer) values (lpad(to_hex(:subject::bigint), 32, '0')::uuid, :order_id::text, sha256(uuid_send(:order_id::uuid)), 201, decode(repeat('1d', 420), 'hex'));
commit;
