-- What a run holds after a task; 0 in rows from before.
alter table learned_task
    add column network_bytes bigint not null default 0,
    add column training_bytes bigint not null default 0,
    add column method_bytes bigint not null default 0,
    add column replay_bytes bigint not null default 0,
    -- The training curve, at most 64 points of the three figures; empty in rows from before.
    add column curve_steps bigint[] not null default '{}',
    add column curve_loss double precision[] not null default '{}',
    add column curve_accuracy double precision[] not null default '{}';
