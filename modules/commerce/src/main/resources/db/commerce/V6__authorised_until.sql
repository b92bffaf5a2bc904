-- documents of version 3 say until when an authorisation stands; of those that stand the term was a week, from about their order's time
update commerce.orders o set document = o.document || jsonb_build_object('v', 3, 'operations', (
        select jsonb_agg(case when e ->> 'kind' = 'AUTHORIZE' and e ->> 'status' in ('SUCCEEDED', 'CONFLICTED')
                then e || jsonb_build_object('until', (o.document ->> 'placed_at')::bigint + 604800000) else e end order by n)
        from jsonb_array_elements(o.document -> 'operations') with ordinality as t (e, n)))
where (o.document ->> 'v')::int = 2;

-- and those whose orders wait are watched from now on
insert into commerce.step (operation, kind, order_id, due_at)
select (e ->> 'id')::uuid, 'LAPSE', o.id, to_timestamp((e ->> 'until')::bigint / 1000.0)
from commerce.orders o, jsonb_array_elements(o.document -> 'operations') as e
where o.state in ('CONFIRMED', 'ON_HOLD') and e ->> 'kind' = 'AUTHORIZE' and e ->> 'status' in ('SUCCEEDED', 'CONFLICTED')
on conflict do nothing;
