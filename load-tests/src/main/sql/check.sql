-- After a run: every order has exactly its rows, and the stock held is three pieces per order. Fails loudly if not.
do $$
declare
  orders bigint := (select count(*) from commerce.orders);
begin
  assert orders > 0, 'no order was placed';
  assert (select sum(reserved) from commerce.stock) = 3 * orders, 'stock held differs from three pieces per order';
  assert (select count(*) from commerce.order_event e join commerce.orders o on o.id = e.order_id) = 2 * orders, 'first events differ';
  assert (select count(*) from commerce.step s join commerce.orders o on o.id = s.order_id) = orders, 'steps differ';
  assert (select count(*) from ledger.leaf) = orders, 'leaves differ';
  assert (select count(*) from storage.idempotency) = orders, 'idempotency rows differ';
end
$$;
