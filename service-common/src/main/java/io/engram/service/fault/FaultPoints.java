package io.engram.service.fault;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The named points of a service at which a test can let it fail or die, to see what a crash there leaves behind. At a
 * point that nobody armed, nothing happens. Used from any thread.
 *
 * <p>The property {@code engram.fault.halt-at} names a point at which the process ends at once, as if it were killed; with
 * {@code point:n}, the n-th time it is reached.
 */
public class FaultPoints {
    private static final Logger LOG = Logger.getLogger(FaultPoints.class);
    private static final int KILLED = 137;

    private final Map<String, Runnable> armed = new ConcurrentHashMap<>();

    /** @param haltAt the point at which the process ends, if any, and which time it does, as {@code point:n} */
    public FaultPoints(Optional<String> haltAt) {
        haltAt.map(setting -> setting.split(":")).ifPresent(parts -> {
            int occurrence = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
            armAt(parts[0], occurrence, () -> {
                LOG.warnf("halting at %s, as engram.fault.halt-at says", parts[0]);
                Runtime.getRuntime().halt(KILLED);
            });
        });
    }

    /** Does something the n-th time from now that the point is reached, once. */
    public void armAt(String point, int occurrence, Runnable fault) {
        arm(point, occurrence == 1 ? fault : () -> armAt(point, occurrence - 1, fault));
    }

    /** Does something the next time the point is reached, once. */
    public void arm(String point, Runnable fault) {
        armed.put(point, fault);
    }

    /** Says that a point is reached. */
    public void reach(String point) {
        Runnable fault = armed.remove(point);
        if (fault != null) {
            fault.run();
        }
    }
}
