package io.engram.learning.backbone;

import java.util.List;

/** A backbone cannot take samples of a shape; the message says which it takes. */
public final class UnsuitableSamplesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsuitableSamplesException(String message) {
        super(message);
    }

    /**
     * Refuses samples of which pooling and strides would leave less than one position.
     *
     * @param side the smallest height and width
     * @param backbone for the message
     * @param sampleShape {@code [channels, height, width]}
     */
    static void requireAtLeast(int side, String backbone, List<Integer> sampleShape) {
        if (sampleShape.get(1) < side || sampleShape.get(2) < side) {
            throw new UnsuitableSamplesException("%1$s takes samples of %2$dx%2$d or larger, not of %3$dx%4$d"
                    .formatted(backbone, side, sampleShape.get(1), sampleShape.get(2)));
        }
    }
}
