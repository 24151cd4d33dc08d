package io.engram.learning.dataset;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A data set that was read.
 *
 * @param description what it is
 * @param train training samples
 * @param test test samples
 * @param fingerprint SHA-256 of all samples, labels and the normalisation in hexadecimal: provenance of what was trained
 *     and scored on it
 */
public record Dataset(DatasetDescription description, Samples train, Samples test, String fingerprint) {

    public static Dataset of(DatasetDescription description, Samples train, Samples test) {
        return new Dataset(description, train, test, fingerprintOf(description, train, test));
    }

    public String name() {
        return description.name();
    }

    private static byte[] bytes(Normalisation normalisation) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * normalisation.mean().size());
        normalisation.mean().forEach(bytes::putFloat);
        normalisation.deviation().forEach(bytes::putFloat);
        return bytes.array();
    }

    private static String fingerprintOf(DatasetDescription description, Samples train, Samples test) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Samples samples : new Samples[] {train, test}) {
                samples.items().parts().forEach(digest::update);
                ByteBuffer labels = ByteBuffer.allocate(4 * samples.size());
                labels.asIntBuffer().put(samples.labels());
                digest.update(labels);
            }
            description.normalisation().ifPresent(n -> digest.update(bytes(n)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
