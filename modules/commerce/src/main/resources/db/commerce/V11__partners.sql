-- a payment partner and a carrier may have the same name, and each numbers its own events
alter table commerce.inbox drop constraint inbox_pkey, add primary key (topic, partner, event_id);

-- by whom an order's money goes: nobody else moves it, also when new orders go by another one. Stripe's payments can be told from the
-- sandbox's by their name; whom orders went by before was one of these two
-- (of an order that no provider has named a payment of, or that a node of an earlier version places, it is not known: the configured one)
alter table commerce.orders add column provider text;
update commerce.orders o set provider = case when starts_with(e.reference, 'pi_') then 'stripe' else 'sandbox' end
from (
    select distinct on (p.id) p.id, operation ->> 'reference' as reference
    from commerce.orders p, jsonb_array_elements(p.document -> 'operations') as operation
    where operation ->> 'kind' = 'AUTHORIZE' and operation ->> 'reference' is not null) as e
where e.id = o.id;

-- what partners call payments and parcels, where somebody tells of them by that name alone: at Stripe a payment that is disputed, and
-- what is tracked by a tracking number. Others pay no row. Nobody's personal field is in it, and it stays as long as the orders, whose
-- documents hold the same names.
create table commerce.partner_reference (
    topic     text not null,
    partner   text not null,   -- whose name it is, whoever tells of it
    reference text not null,
    operation uuid not null,   -- the last one that was called so: carriers use their numbers again
    primary key (topic, partner, reference)
);
insert into commerce.partner_reference (topic, partner, reference, operation)
select distinct on (e ->> 'reference') 'payment.callback', 'stripe', e ->> 'reference', (e ->> 'id')::uuid
from commerce.orders o, jsonb_array_elements(o.document -> 'operations') as e
where o.provider = 'stripe' and e ->> 'kind' = 'AUTHORIZE' and e ->> 'reference' is not null
order by e ->> 'reference', (e ->> 'id')::uuid desc;
