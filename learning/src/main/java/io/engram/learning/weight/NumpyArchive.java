package io.engram.learning.weight;

import io.engram.learning.artifact.NamedTensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A NumPy archive, as {@code numpy.savez} and {@code savez_compressed} write it: a zip with one {@code NAME.npy} for each array. */
final class NumpyArchive {
    private static final String SUFFIX = ".npy";

    private NumpyArchive() {}

    /**
     * All arrays, in the order of the archive; entries of another name are passed over.
     *
     * @param file for messages
     * @throws UnusableWeightsException where it is no archive of arrays of numbers
     */
    static List<NamedTensor> decode(byte[] bytes, Path file) throws IOException {
        List<NamedTensor> tensors = new ArrayList<>();
        long left = DataFile.LARGEST;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = zip.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE - 8));
                left -= content.length;
                if (left < 0) {
                    throw new UnusableWeightsException(
                            "an archive of at most " + DataFile.LARGEST + " bytes once unpacked");
                }
                if (entry.getName().endsWith(SUFFIX)) {
                    String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
                    tensors.add(NumpyArray.decode(name, content, file));
                }
            }
        }
        if (tensors.isEmpty()) {
            throw new UnusableWeightsException("weights that can be read; " + file + " is no archive of .npy files");
        }
        return tensors;
    }
}
