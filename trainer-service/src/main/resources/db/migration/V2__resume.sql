-- Attempts go on from checkpoints: what was learned before such a place stays, what was learned after it is superseded.
alter table learned_task add column superseded boolean not null default false;
update learned_task t set superseded = true from run r where r.id = t.run_id and t.attempt < r.attempt;

alter table run
    -- Where the present attempt went on; all null where it began with the first task.
    add column resumed_task integer,
    add column resumed_epoch integer,
    add column resumed_step bigint,
    -- The furthest place an attempt went on from: one that came further makes those lost before it count no more.
    add column furthest_step bigint not null default 0;
