-- Subjects, products and stock, into the product's own tables. Variables: subjects, skus. Stock never runs out: the baseline
-- measures orders, not refusals.
insert into stewardship.subject (id, kind, permitted, region, created_at)
select lpad(to_hex(n), 32, '0')::uuid, 'account', 127, 'local', now() from generate_series(1, :subjects) as n;

insert into commerce.product (sku, name, price, currency)
select 'SKU-' || lpad(n::text, 6, '0'), 'Product ' || n, 990, 'EUR' from generate_series(1, :skus) as n;

insert into commerce.stock (sku, on_hand)
select 'SKU-' || lpad(n::text, 6, '0'), 1000000000 from generate_series(1, :skus) as n;

-- leaves are numbered by their writer in the product; bare SQL asks the server
create sequence public.leaf_number minvalue 0;
create sequence public.batch_number minvalue 0;

-- statistics now: a plan made for empty tables would be kept by prepared statements
vacuum analyze;
