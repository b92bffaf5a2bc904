-- by which a product's rate of tax is found
alter table commerce.product add column tax_class text not null default 'standard';
