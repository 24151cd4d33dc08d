-- In a domain-incremental scenario, how a model did on the task that comes next, before it was learned, and how the network did
-- before any training, null where that is not known. No part of the accuracy matrix, so it has a table of its own.
create table next_task_score (
    run text not null,
    task_index integer not null,
    correct bigint not null check (correct between 0 and total),
    untrained_correct bigint check (untrained_correct between 0 and total),
    total bigint not null check (total >= 1),
    primary key (run, task_index),
    foreign key (run, task_index) references evaluation on delete cascade
);

-- How the tasks of a run relate, in words: runs are compared within one scenario. Null in rows from before.
alter table run add column scenario text;
