-- After a run: every order has exactly its rows, and the stock held is three pieces per order. Fails loudly if not.
do $$
declare
  orders bigint := (select count(*) from bench.orders);
begin
  assert orders > 0, 'no order was placed';
  assert (select sum(reserved) from bench.stock) = 3 * orders, 'stock held differs from three pieces per order';
  assert (select count(*) from bench.order_event e join bench.orders o on o.id = e.order_id) = orders, 'first events differ';
  assert (select count(*) from bench.step s join bench.orders o on o.id = s.order_id) = orders, 'steps differ';
  assert (select count(*) from bench.leaf) = orders, 'leaves differ';
  assert (select count(*) from bench.idempotency) = orders, 'idempotency rows differ';
end
$$;
