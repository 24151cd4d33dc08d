package io.engram.localstack;

/** The signal that asks a process to stop in good order. */
enum StopSignal {
    /** What nearly everything understands. */
    TERM,
    /** PostgreSQL's "fast shutdown": it does not wait for its clients to go. */
    INT,
    /** At once, for processes whose data is thrown away with them. */
    KILL
}
