-- Where tasks bring classes of their own, right answers are counted both when the model chooses among all classes seen so far
-- and when it is told the task and chooses among its classes; one of the two is `correct`, by the kind of scenario. Null
-- where there is one way to count, and in rows from before.
alter table task_score
    add column task_agnostic_correct bigint check (task_agnostic_correct between 0 and total),
    add column task_aware_correct bigint check (task_aware_correct between 0 and total);
