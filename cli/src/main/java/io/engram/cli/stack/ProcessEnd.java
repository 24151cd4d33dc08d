package io.engram.cli.stack;

/** Whether this process was told to end: what fails then fails because of that. */
public final class ProcessEnd {
    private ProcessEnd() {}

    public static boolean isUnderWay() {
        Thread hook = new Thread(() -> {});
        try {
            // The one question about it that the JVM answers: hooks are refused from then on.
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }
}
