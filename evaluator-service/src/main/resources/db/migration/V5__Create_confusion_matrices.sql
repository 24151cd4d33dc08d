-- Which class the model of an evaluation takes for which. Apart from `evaluation`, since it is asked for alone and is as large as
-- the square of its classes: 200 classes have 40 000 counts, 320 kB before PostgreSQL compresses them. Evaluations from before
-- have none.
create table confusion_matrix (
    run text not null,
    task_index integer not null,
    labels integer[] not null,
    class_names text[] not null,
    -- Row by row, the row being the true class: one array of one dimension.
    counts bigint[] not null,
    primary key (run, task_index),
    foreign key (run, task_index) references evaluation on delete cascade,
    check (cardinality(class_names) = cardinality(labels)),
    check (cardinality(counts) = cardinality(labels) * cardinality(labels))
);
