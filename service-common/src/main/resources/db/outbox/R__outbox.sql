-- The transactional outbox of a service, in the service's own schema. Repeatable: every statement may run again, so that
-- the library that ships it can change it without a version among those of the service.
create table if not exists outbox (
    sequence bigint generated always as identity primary key,
    event_id text not null,
    topic text not null,
    key text not null,
    source text not null,
    subject text not null,
    time text not null,
    payload text not null,
    append_time timestamptz not null default now()
);
create index if not exists outbox_by_key on outbox (key, sequence);
