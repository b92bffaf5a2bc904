-- Subjects and stock. Variables (psql -v): subjects, skus. Stock never runs out: the baseline measures orders, not refusals.
insert into bench.subject (id, version, permitted, erased, epoch, roles)
select lpad(to_hex(n), 32, '0')::uuid, 1, 127, false, 1, 1 from generate_series(1, :subjects) as n;

insert into bench.stock (sku, on_hand)
select 'SKU-' || lpad(n::text, 6, '0'), 1000000000 from generate_series(1, :skus) as n;

-- statistics now: a plan made for empty tables would be kept by prepared statements
vacuum analyze bench.subject, bench.stock, bench.orders, bench.order_event, bench.step, bench.idempotency, bench.leaf;
checkpoint;
