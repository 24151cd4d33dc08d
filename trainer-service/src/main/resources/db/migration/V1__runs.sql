-- Runs, their queue and their leases. Times are the database's, so that trainers need no common clock.
create table run (
    id text primary key,
    sequence bigint generated always as identity unique,
    request_id text unique,
    -- SHA-256 of the spec as it was sent: the same request_id with another spec is refused.
    request_fingerprint text not null,
    display_name text not null,
    -- Proto3 JSON of engram.type.v1.RunSpec, every default filled in.
    spec text not null,
    task_count integer not null,
    status text not null check (status in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    -- Grows with every claim; every write of a trainer names the attempt it belongs to.
    attempt integer not null default 0,
    lost_attempts integer not null default 0,
    not_before timestamptz,
    owner text,
    lease_until timestamptz,
    cancel_requested boolean not null default false,
    failure_reason text,
    failure_message text,
    -- The newest progress report of the attempt; all null before the first.
    progress_task integer,
    progress_epoch integer,
    progress_epochs integer,
    progress_step bigint,
    progress_total_steps bigint,
    progress_loss double precision,
    progress_accuracy double precision,
    progress_samples_per_second double precision,
    progress_training_seconds double precision,
    progress_seconds_left double precision,
    create_time timestamptz not null default now(),
    start_time timestamptz,
    end_time timestamptz,
    -- Grows with every change that somebody who watches should see.
    revision bigint not null default 1,
    check ((status = 'RUNNING') = (owner is not null)),
    check ((owner is null) = (lease_until is null)),
    check ((status = 'FAILED') = (failure_reason is not null))
);
-- What trainers look for.
create index run_open on run (sequence) where status in ('QUEUED', 'RUNNING');

-- The checkpoint after each task, of every attempt.
create table learned_task (
    run_id text not null references run (id),
    attempt integer not null,
    task_index integer not null,
    labels integer[] not null,
    class_names text[] not null,
    steps bigint not null,
    samples bigint not null,
    seconds double precision not null,
    loss double precision not null,
    accuracy double precision not null,
    artifact_uri text not null,
    artifact_bytes bigint not null,
    artifact_sha256 text not null,
    create_time timestamptz not null default now(),
    primary key (run_id, attempt, task_index)
);
