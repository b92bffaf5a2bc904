-- what orders hold of a person who is erased is looked for by the recipients of gifts too
create index orders_by_addressee on commerce.orders (addressee, id) where addressee is not null;
