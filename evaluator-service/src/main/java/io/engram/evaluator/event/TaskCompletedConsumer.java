package io.engram.evaluator.event;

import io.engram.evaluator.application.EvaluateTask;
import io.engram.evaluator.config.EvaluatorConfig;
import io.engram.evaluator.domain.TaskToEvaluate;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.event.EventType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/**
 * Receives task-completed events, one after another. While an evaluation is under way on its own thread, the connector's
 * thread goes on polling, so that Kafka knows that this consumer lives. A record is acknowledged when its evaluation is
 * stored; one that can never be processed goes to the dead letters; where the database is away, the record is tried until
 * it is back.
 */
@Singleton
public class TaskCompletedConsumer {
    private static final Logger LOG = Logger.getLogger(TaskCompletedConsumer.class);
    private static final int MOST_DOUBLINGS = 4;
    private static final int TRIES_OF_FAULTS = 3;

    private final EvaluateTask evaluateTask;
    private final EvaluationThread thread;
    private final EvaluatorConfig config;
    private final MeterRegistry meters;

    /** What it works with. */
    public TaskCompletedConsumer(
            EvaluateTask evaluateTask, EvaluationThread thread, EvaluatorConfig config, MeterRegistry meters) {
        this.evaluateTask = evaluateTask;
        this.thread = thread;
        this.config = config;
        this.meters = meters;
    }

    /** Handles a record and acknowledges it. */
    @Incoming("task-completed")
    public Uni<Void> receive(IncomingKafkaRecord<byte[], byte[]> message) {
        return thread.call(() -> handle(message))
                .onItem()
                .transformToUni(done -> Uni.createFrom().completionStage(message.ack()))
                .onFailure()
                .recoverWithUni(refused -> deadLetter(message, refused));
    }

    private boolean handle(IncomingKafkaRecord<byte[], byte[]> message) throws InterruptedException {
        Timer.Sample time = Timer.start(meters);
        TaskToEvaluate task = TaskCompletedReader.read(message.getHeaders(), message.getPayload());
        try {
            boolean evaluated = untilItWorks(task, () -> evaluateTask.evaluate(task));
            if (evaluated) {
                time.stop(meters.timer("engram.evaluator.evaluations"));
            }
            return evaluated;
        } catch (ApiException refused) {
            untilItWorks(task, () -> {
                evaluateTask.fail(task, refused);
                return false;
            });
            throw refused;
        }
    }

    private boolean untilItWorks(TaskToEvaluate task, Work work) throws InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                return work.run();
            } catch (ApiException refused) {
                throw refused;
            } catch (RuntimeException failed) {
                if (!isTransient(failed) && failures >= TRIES_OF_FAULTS) {
                    LOG.errorf(failed, "%s cannot be evaluated", task.task());
                    throw ApiException.of(ErrorReason.INTERNAL, failed.toString(), failed);
                }
                LOG.warnf("%s is tried again: %s", task.task(), failed);
                thread.pause(config.retryPause().toMillis() << Math.min(failures - 1, MOST_DOUBLINGS));
            }
        }
    }

    private Uni<Void> deadLetter(IncomingKafkaRecord<byte[], byte[]> message, Throwable refused) {
        LOG.warnf(
                "%s partition %d offset %d goes to %s: %s",
                message.getTopic(),
                message.getPartition(),
                message.getOffset(),
                EventType.TASK_COMPLETED.deadLetterTopic(),
                refused.getMessage());
        meters.counter("engram.evaluator.dead.letters").increment();
        return Uni.createFrom().completionStage(message.nack(refused));
    }

    /** Returns whether there is a new evaluation. */
    @FunctionalInterface
    private interface Work {
        boolean run() throws InterruptedException;
    }

    /** Whether it may work later: files or a database that are away, but not values which the database refuses. */
    private static boolean isTransient(RuntimeException failed) {
        if (failed instanceof UncheckedIOException) {
            return true;
        }
        if (!(failed instanceof JdbiException)) {
            return false;
        }
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && refused.getSQLState() != null) {
                // Classes of SQL states: 22 bad data, 23 a constraint.
                return !refused.getSQLState().startsWith("22")
                        && !refused.getSQLState().startsWith("23");
            }
        }
        return true;
    }
}
