create table if not exists accounts (id bigint primary key, name text not null, balance numeric not null);
create table if not exists presales (id bigint primary key, account bigint not null, deadline bigint not null, expired_at bigint);
create table if not exists auctions (id bigint primary key, item text not null, ends_at bigint not null, closed_at bigint, winner bigint);
create table if not exists bids (auction bigint not null, account bigint not null, amount numeric not null);
create table if not exists deposits (id bigint primary key, account bigint not null, amount text not null, arrived_at bigint not null, credited_at bigint);
