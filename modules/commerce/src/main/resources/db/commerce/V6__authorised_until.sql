-- documents of version 3 say until when an authorisation stands; of those that stand the term was a week, from about their order's time
update commerce.orders o set document = o.document || jsonb_build_object('v', 3, 'operations', (
        select jsonb_agg(case when e ->> 'kind' = 'AUTHORIZE' and e ->> 'status' = 'SUCCEEDED'
                then e || jsonb_build_object('until', (o.document ->> 'placed_at')::bigint + 604800000) else e end order by n)
        from jsonb_array_elements(o.document -> 'operations') with ordinality as t (e, n)))
where (o.document ->> 'v')::int = 2;
