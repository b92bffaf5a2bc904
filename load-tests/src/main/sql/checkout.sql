-- One order of three lines in one transaction, a statement at a time, as an application without batching places it.
-- Variables (pgbench -D): subjects, skus; hot: the percentage of orders with the first SKU among their lines; document,
-- sealed_bytes, outcome_bytes, leaf_bytes: what an order of the product looks like, and how wide its ciphertexts are.
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
begin;
select id, version, permitted, erased, session_epoch, roles, region from stewardship.subject where id = lpad(to_hex(:subject::bigint), 32, '0')::uuid;
update commerce.stock set reserved = reserved + 1 where sku = 'SKU-' || lpad(:low::text, 6, '0') and on_hand - reserved >= 1;
update commerce.stock set reserved = reserved + 1 where sku = 'SKU-' || lpad(:middle::text, 6, '0') and on_hand - reserved >= 1;
update commerce.stock set reserved = reserved + 1 where sku = 'SKU-' || lpad(:high::text, 6, '0') and on_hand - reserved >= 1;
insert into commerce.orders (id, buyer, addressee, state, version, document, sealed, created_at) values (uuidv7(), lpad(to_hex(:subject::bigint), 32, '0')::uuid, null, 'PLACED', 2, :document::jsonb, decode(repeat('5e', :sealed_bytes), 'hex'), now()) returning id as order_id \gset
insert into commerce.order_event (order_id, sequence, kind, state, at) values (:order_id::uuid, 1, 'OrderPlaced', 'PLACED', now()), (:order_id::uuid, 2, 'OperationRequested', 'PLACED', now());
insert into commerce.step (operation, kind, order_id, due_at) values (:order_id::uuid, 'AUTHORISE', :order_id::uuid, now());
insert into ledger.leaf (shard, n, bytes, hash, at) values ('00000000-0000-0000-0000-000000000001', nextval('public.leaf_number'), decode(repeat('1e', :leaf_bytes), 'hex'), sha256(uuid_send(:order_id::uuid)), now());
insert into storage.idempotency (scope, fingerprint, outcome, created_at) values (encode(sha256(uuid_send(:order_id::uuid)), 'hex'), encode(sha256(uuid_send(:order_id::uuid)), 'hex'), decode(repeat('1d', :outcome_bytes), 'hex'), now());
commit;
