package io.engram.learning.dataset;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file of a data set as it was published, plain or gzip.
 *
 * @param path where it lies
 */
record PublishedFile(Path path) {
    private static final int CHUNK = 1 << 16;

    /** Reads from a file that is open. */
    @FunctionalInterface
    interface Reading<T> {
        T of(InputStream in) throws IOException;
    }

    /** The file {@code name} of a folder, or {@code name.gz}; the plain one where both are there. */
    static Optional<PublishedFile> find(Path folder, String name) {
        for (String candidate : new String[] {name, name + ".gz"}) {
            if (Files.isRegularFile(folder.resolve(candidate))) {
                return Optional.of(new PublishedFile(folder.resolve(candidate)));
            }
        }
        return Optional.empty();
    }

    /** As {@link #find}, for a file that must be there. */
    static PublishedFile require(Path folder, String name) {
        return find(folder, name)
                .orElseThrow(() -> new DatasetUnavailableException(
                        "neither " + name + " nor " + name + ".gz is in the folder " + folder.toAbsolutePath()));
    }

    boolean isCompressed() {
        return path.toString().endsWith(".gz");
    }

    /** Opens the file, reads its values uncompressed, closes it. */
    <T> T read(Reading<T> reading) {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(path), CHUNK);
                InputStream in = isCompressed() ? new GZIPInputStream(bytes, CHUNK) : bytes) {
            return reading.of(in);
        } catch (EOFException e) {
            throw new DatasetUnavailableException(path + " is truncated; copy the published file again", e);
        } catch (ZipException e) {
            throw new DatasetUnavailableException(
                    path + " is damaged (" + e.getMessage() + "); copy the published file again", e);
        } catch (IOException e) {
            throw new DatasetUnavailableException(path + " cannot be read: " + e, e);
        }
    }

    /** Refuses a file of another length than the published one's. */
    void requireLength(String unit, long expected, long found) {
        if (found != expected) {
            throw wrongLength(unit, expected, Long.toString(found), found < expected);
        }
    }

    /** Refuses a file that goes on where the published one ends. */
    void requireEnd(InputStream in, String unit, long expected) throws IOException {
        if (in.read() >= 0) {
            throw wrongLength(unit, expected, "more", false);
        }
    }

    private DatasetUnavailableException wrongLength(String unit, long expected, String found, boolean truncated) {
        return new DatasetUnavailableException(path + " is " + (truncated ? "truncated" : "too long") + ": expected "
                + expected + " " + unit + ", found " + found + "; copy the published file again");
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
