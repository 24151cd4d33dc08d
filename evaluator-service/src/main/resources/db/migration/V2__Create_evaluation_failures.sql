-- A frozen model that could not be scored, until it is. Numbered with evaluations, so that a watcher sees both in order.
create table evaluation_failure (
    run text not null references run,
    task_index integer not null check (task_index >= 0),
    sequence bigint not null unique,
    attempt integer not null check (attempt >= 1),
    reason text not null,
    message text not null,
    fail_time timestamptz not null,
    primary key (run, task_index)
);
