package io.engram.learning.dataset;

import io.engram.learning.setting.Names;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What {@code dataset.properties} in an image folder says; every key may be left out, and the file, too.
 *
 * @param height of the samples, 1 to 1024; 64 when left out
 * @param width of the samples, 1 to 1024; 64 when left out
 * @param description what it is
 * @param source where it comes from
 * @param normalisation from {@code mean} and {@code deviation}, three numbers each; none when left out
 */
record ImageFolderSettings(
        int height, int width, String description, String source, Optional<Normalisation> normalisation) {
    static final String FILE = "dataset.properties";
    private static final int DEFAULT_SIDE = 64;
    private static final int MOST_SIDE = 1024;
    private static final List<String> KEYS = List.of("height", "width", "description", "source", "mean", "deviation");

    /** @throws DatasetUnavailableException where a value is not allowed, naming file and key */
    static ImageFolderSettings read(Path folder) {
        Path file = folder.resolve(FILE);
        Properties values = Files.exists(file) ? load(file) : new Properties();
        for (String key : values.stringPropertyNames()) {
            if (!KEYS.contains(key)) {
                throw new DatasetUnavailableException(file + ": " + key + " is not " + Names.oneOf(KEYS, key));
            }
        }
        return new ImageFolderSettings(
                side(file, values, "height"),
                side(file, values, "width"),
                values.getProperty("description", "images in a folder").strip(),
                values.getProperty("source", "").strip(),
                normalisation(file, values));
    }

    private static Properties load(Path file) {
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            values.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new DatasetUnavailableException(file + " cannot be read: " + e.getMessage(), e);
        }
        return values;
    }

    private static int side(Path file, Properties values, String key) {
        String text = values.getProperty(key, String.valueOf(DEFAULT_SIDE)).strip();
        int side = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (side < 1 || side > MOST_SIDE) {
            throw refused(file, key, text, "1 to " + MOST_SIDE);
        }
        return side;
    }

    private static Optional<Normalisation> normalisation(Path file, Properties values) {
        String mean = values.getProperty("mean");
        String deviation = values.getProperty("deviation");
        if (mean == null && deviation == null) {
            return Optional.empty();
        }
        try {
            Normalisation normalisation = new Normalisation(numbers(mean), numbers(deviation));
            if (normalisation.mean().size() == RgbImage.CHANNELS) {
                return Optional.of(normalisation);
            }
        } catch (IllegalArgumentException e) {
            // Said below, with what is allowed.
        }
        throw refused(
                file,
                "mean and deviation",
                mean + " and " + deviation,
                "both, three numbers each as 0.4914, 0.4822, 0.4465, deviations greater than 0");
    }

    private static List<Float> numbers(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(","))
                        .map(String::strip)
                        .map(Float::valueOf)
                        .toList();
    }

    private static DatasetUnavailableException refused(Path file, String key, String value, String allowed) {
        return new DatasetUnavailableException(file + ": " + key + ": was " + value + "; allowed: " + allowed);
    }
}
