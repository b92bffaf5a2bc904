-- documents of version 4 may say that a person has let an order go on though it looked like fraud; of none is that known yet
update commerce.orders set document = document || '{"v": 4}' where (document ->> 'v')::int = 3;
