package io.engram.learning.dataset;

import io.engram.replay.SplitMix64;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The 8x8 handwritten digits of the UCI repository (Alpaydin and Kaynak 1998, "Optical Recognition of Handwritten
 * Digits", test part), 1797 samples with values 0 to 16. They ship inside.
 *
 * <p>The data set has no published split, and its rows are in the order of writers. Here a fifth of each class, rounded,
 * is drawn once with a fixed seed and is the test set of every run.
 */
final class Digits implements DatasetReader {
    private static final int PIXELS = 64;
    private static final int CLASSES = 10;
    private static final long SPLIT_SEED = 0;
    private static final DatasetDescription DESCRIPTION = new DatasetDescription(
            "digits",
            "8x8 handwritten digits; ships inside",
            "Alpaydin and Kaynak 1998, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository",
            List.of(1, 8, 8),
            16,
            List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
            1438,
            359);

    @Override
    public DatasetDescription description() {
        return DESCRIPTION;
    }

    @Override
    public void check(Optional<Path> dataDir) {
        // It ships inside.
    }

    @Override
    public Dataset read(Optional<Path> dataDir, SampleStorage storage) {
        List<String> rows = rows();
        boolean[] isTest = testRows(rows);
        return new Dataset(DESCRIPTION, part(rows, isTest, false, storage), part(rows, isTest, true, storage));
    }

    private static List<String> rows() {
        try (InputStream file = Digits.class.getResourceAsStream("digits.csv.gz");
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))) {
            return lines.lines().toList();
        } catch (IOException e) {
            throw new DatasetUnavailableException("digits.csv.gz inside this program cannot be read: " + e, e);
        }
    }

    /** Marks a fifth of each class. */
    private static boolean[] testRows(List<String> rows) {
        boolean[] isTest = new boolean[rows.size()];
        SplitMix64 random = new SplitMix64(SPLIT_SEED);
        for (int label = 0; label < CLASSES; label++) {
            List<Integer> ofClass = new ArrayList<>();
            for (int row = 0; row < rows.size(); row++) {
                if (label(rows.get(row)) == label) {
                    ofClass.add(row);
                }
            }
            for (int k = 0, share = Math.round(ofClass.size() / 5f); k < share; k++) {
                isTest[ofClass.remove(random.nextInt(ofClass.size()))] = true;
            }
        }
        return isTest;
    }

    private static Samples part(List<String> rows, boolean[] isTest, boolean test, SampleStorage storage) {
        List<String> chosen = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            if (isTest[row] == test) {
                chosen.add(rows.get(row));
            }
        }
        byte[] pixels = new byte[chosen.size() * PIXELS];
        int[] labels = new int[chosen.size()];
        for (int row = 0; row < labels.length; row++) {
            String[] values = chosen.get(row).split(",");
            for (int k = 0; k < PIXELS; k++) {
                pixels[row * PIXELS + k] = (byte) Double.parseDouble(values[k]);
            }
            labels[row] = label(chosen.get(row));
        }
        return Samples.copyOf(pixels, PIXELS, labels, storage);
    }

    private static int label(String row) {
        return (int) Double.parseDouble(row.substring(row.lastIndexOf(',') + 1));
    }
}
