package io.engram.localstack;

/** Every port of a local stack. */
public record StackPorts(int kafka, int postgres, ServicePorts trainer, ServicePorts buffer, ServicePorts evaluator) {
    /** The documented ones. */
    public static StackPorts defaults() {
        return new StackPorts(
                9092, 5432, new ServicePorts(9101, 8101), new ServicePorts(9102, 8102), new ServicePorts(9103, 8103));
    }

    /** Free ones. */
    public static StackPorts free() {
        return new StackPorts(
                FreePorts.next(), FreePorts.next(), ServicePorts.free(), ServicePorts.free(), ServicePorts.free());
    }

    ServicePorts of(Service service) {
        return switch (service) {
            case TRAINER -> trainer;
            case BUFFER -> buffer;
            case EVALUATOR -> evaluator;
        };
    }
}
