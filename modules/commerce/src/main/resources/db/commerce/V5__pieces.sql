-- documents of version 2 say which pieces are in which parcel, have gone out, or were given up; until then an order had one fate and
-- at most one parcel, and a refund one operation
update commerce.orders o set document = (o.document - 'reservation') || jsonb_strip_nulls(jsonb_build_object(
    'v', 2,
    'committed', case when o.document ->> 'reservation' = 'COMMITTED' then l.pieces end,
    'released', case when o.document ->> 'reservation' = 'RELEASED' then l.pieces end,
    'operations', (
        select jsonb_agg(case when e ->> 'kind' = 'CAPTURE' then e || '{"final": true}' else e end order by n)
        from jsonb_array_elements(o.document -> 'operations') with ordinality as t (e, n)),
    'shipments', (
        select jsonb_agg(e || jsonb_build_object('pieces', l.pieces) order by n)
        from jsonb_array_elements(o.document -> 'shipments') with ordinality as t (e, n)),
    'refunds', (
        select jsonb_agg((e - 'operation') || jsonb_build_object('operations', jsonb_build_array(e -> 'operation')) order by n)
        from jsonb_array_elements(o.document -> 'refunds') with ordinality as t (e, n))))
from (
    select d.id, jsonb_agg(jsonb_build_object('sku', e -> 'sku', 'quantity', e -> 'quantity')) as pieces
    from commerce.orders d, jsonb_array_elements(d.document -> 'lines') as e group by d.id) l
where l.id = o.id and (o.document ->> 'v')::int = 1;
