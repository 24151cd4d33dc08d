-- A run as its events tell of it.
create table run (
    run text primary key,
    display_name text not null,
    method text not null,
    dataset text not null,
    task_count integer not null check (task_count >= 0)
);

-- A frozen model that was scored. The sequence grows with every evaluation that is stored, also where it replaces the one
-- of an earlier attempt.
create table evaluation (
    run text not null references run,
    task_index integer not null check (task_index >= 0),
    sequence bigint generated always as identity unique,
    attempt integer not null check (attempt >= 1),
    artifact_uri text not null,
    artifact_size_bytes bigint not null,
    artifact_sha256 text not null,
    evaluate_time timestamptz not null,
    primary key (run, task_index)
);

-- Its score on one task. Counts are exact; the accuracy is theirs, for people who look with SQL.
create table task_score (
    run text not null,
    task_index integer not null,
    scored_task integer not null,
    correct bigint not null check (correct between 0 and total),
    total bigint not null check (total >= 1),
    accuracy numeric(5, 2) not null,
    labels integer[] not null,
    class_names text[] not null,
    primary key (run, task_index, scored_task),
    foreign key (run, task_index) references evaluation on delete cascade
);

-- Events that were handled: one that is delivered again changes nothing.
create table handled_event (
    event_id text primary key,
    handle_time timestamptz not null default now()
);
