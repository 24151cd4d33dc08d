package io.engram.learning.dataset;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A data set whose description and labels are known, and whose samples may still have to be read. Safe for use by many threads. */
public final class Dataset {
    private final DatasetDescription description;
    private final Samples train;
    private final Samples test;
    private String fingerprint;
    private String testFingerprint;
    private volatile boolean unreadable;

    /**
     * A data set.
     *
     * @param description what it is
     * @param train training samples
     * @param test test samples
     */
    public Dataset(DatasetDescription description, Samples train, Samples test) {
        this.description = description;
        this.train = train;
        this.test = test;
    }

    public DatasetDescription description() {
        return description;
    }

    public Samples train() {
        return train;
    }

    public Samples test() {
        return test;
    }

    public String name() {
        return description.name();
    }

    /**
     * SHA-256 of all samples, labels and the normalisation in hexadecimal: provenance of what was trained and scored on it. The first
     * time, reads what was not read yet.
     *
     * @throws DatasetUnavailableException where that cannot be read
     */
    public synchronized String fingerprint() {
        if (fingerprint == null) {
            fingerprint = fingerprintOf(train, test);
            unreadable = false;
        }
        return fingerprint;
    }

    /**
     * SHA-256 of the test samples, their labels and the normalisation in hexadecimal: what scores depend on. The first time, reads them
     * where they were not read yet.
     *
     * @throws DatasetUnavailableException where that cannot be read
     */
    public synchronized String testFingerprint() {
        if (testFingerprint == null) {
            testFingerprint = fingerprintOf(test);
        }
        return testFingerprint;
    }

    /**
     * Reads what was not read yet: an image folder takes as long as it takes to open its images.
     *
     * @throws DatasetUnavailableException where a sample cannot be read, or there is no room for all
     */
    public void read() {
        fingerprint();
    }

    /** Whether nothing is left to be read. */
    public synchronized boolean isRead() {
        return fingerprint != null;
    }

    /** Whether its samples were to be read, and could not be. */
    boolean isUnreadable() {
        return unreadable;
    }

    private static byte[] bytes(Normalisation normalisation) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * normalisation.mean().size());
        normalisation.mean().forEach(bytes::putFloat);
        normalisation.deviation().forEach(bytes::putFloat);
        return bytes.array();
    }

    private String fingerprintOf(Samples... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Samples samples : parts) {
                samples.items().parts().forEach(digest::update);
                ByteBuffer labels = ByteBuffer.allocate(4 * samples.size());
                labels.asIntBuffer().put(samples.labels());
                digest.update(labels);
            }
            description.normalisation().ifPresent(n -> digest.update(bytes(n)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (DatasetUnavailableException e) {
            unreadable = true;
            throw e;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
