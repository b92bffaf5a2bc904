-- The product's own statements of one checkout batch, in its two round trips: what this machine and server could do if HTTP,
-- JSON, decisions, sealing and hashing cost nothing. One transaction places :batch orders of three lines.
-- Variables (pgbench -D): as in checkout.sql without hot, and batch.
-- The product sends ids, SKUs and payloads as arrays. pgbench has none to send, so the server makes them, which is cheaper
-- than to receive and parse them; ids and SKUs wait in settings of the transaction for the statements that need them.
\set first random(1, :subjects - :batch)
\startpipeline
begin;
select set_config('bench.ids', (select array_agg(uuidv7())::text from generate_series(1, :batch)), true);
select set_config('bench.scopes', (select array_agg(encode(sha256(uuid_send(i)), 'hex'))::text from unnest(current_setting('bench.ids')::uuid[]) as i), true);
select set_config('bench.skus', array_agg(k order by k)::text, true), set_config('bench.pieces', array_agg(c order by k)::text, true) from (select k, count(*) as c from (select 'SKU-' || lpad((1 + floor(random() * :skus))::int::text, 6, '0') as k from generate_series(1, 3 * :batch)) as wanted group by k) as t;
select id, version, permitted, erased, session_epoch, roles, region from stewardship.subject where id = any (array(select lpad(to_hex(:first::bigint + i), 32, '0')::uuid from generate_series(1, :batch) as i));
select scope, fingerprint, outcome from storage.idempotency where scope = any (current_setting('bench.scopes')::text[]);
select s.sku, p.price, p.currency, p.tax_class, s.on_hand - s.reserved from commerce.stock s join commerce.product p on p.sku = s.sku where s.sku = any (current_setting('bench.skus')::text[]) order by s.sku for update of s;
\endpipeline
\startpipeline
update commerce.stock s set reserved = s.reserved + t.r, on_hand = s.on_hand + t.h from (select l.sku, u.r, u.h from unnest(current_setting('bench.skus')::text[], current_setting('bench.pieces')::bigint[], array_fill(0::bigint, array[array_length(current_setting('bench.skus')::text[], 1)])) as u (k, r, h) join commerce.stock l on l.sku = u.k order by l.sku for update of l) t where s.sku = t.sku;
insert into commerce.orders (id, buyer, addressee, state, version, document, sealed, created_at) select i, b, a, s, v, d::jsonb, f, now() from unnest(current_setting('bench.ids')::uuid[], array(select lpad(to_hex(:first::bigint + j), 32, '0')::uuid from generate_series(1, :batch) as j), array_fill(null::uuid, array[:batch::int]), array_fill('PLACED'::text, array[:batch::int]), array_fill(2::bigint, array[:batch::int]), array_fill(:document::text, array[:batch::int]), array_fill(decode(repeat('5e', :sealed_bytes), 'hex'), array[:batch::int])) as t (i, b, a, s, v, d, f);
insert into commerce.order_event (order_id, sequence, kind, state, at) select o, n, k, s, now() from unnest(current_setting('bench.ids')::uuid[] || current_setting('bench.ids')::uuid[], array_fill(1::bigint, array[:batch::int]) || array_fill(2::bigint, array[:batch::int]), array_fill('OrderPlaced'::text, array[:batch::int]) || array_fill('OperationRequested'::text, array[:batch::int]), array_fill('PLACED'::text, array[2 * :batch::int])) as t (o, n, k, s);
insert into commerce.step (operation, kind, order_id, due_at) select o, k, r, d from unnest(current_setting('bench.ids')::uuid[], array_fill('AUTHORISE'::text, array[:batch::int]), current_setting('bench.ids')::uuid[], array_fill(now(), array[:batch::int])) as t (o, k, r, d) on conflict (operation, kind) do update set due_at = excluded.due_at, attempts = 0, put_offs = 0, lease_until = null, done_at = null, fence = step.fence + 1;
insert into storage.idempotency (scope, fingerprint, outcome, created_at) select s, f, o, now() from unnest(current_setting('bench.scopes')::text[], current_setting('bench.scopes')::text[], array_fill(decode(repeat('1d', :outcome_bytes), 'hex'), array[:batch::int])) as t (s, f, o);
select pg_advisory_xact_lock(1000 + :client_id);
insert into ledger.batch (shard, seq, first_n, count, root, prev_head, head) select lpad(to_hex(1000 + :client_id), 32, '0')::uuid, nextval('public.batch_number'), 0, :batch, sha256('root'), sha256('head'), sha256('head') where not exists (select from ledger.batch where shard = null::uuid and seq = null::bigint);
insert into ledger.leaf (shard, n, bytes, hash, at) select lpad(to_hex(1000 + :client_id), 32, '0')::uuid, nextval('public.leaf_number'), b, h, t from unnest(array_fill(decode(repeat('1e', :leaf_bytes), 'hex'), array[:batch::int]), array_fill(sha256('leaf'), array[:batch::int]), array_fill(now(), array[:batch::int])) with ordinality as l (b, h, t, i) where not exists (select from ledger.batch where shard = null::uuid and seq = null::bigint);
commit;
\endpipeline
