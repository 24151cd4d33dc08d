package io.engram.learning.run;

import io.engram.learning.dataset.Dataset;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.dataset.Samples;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;

/** The first six digits as an image folder of a data folder: in grey, and wide enough for every backbone. */
final class DigitImages {
    static final String NAME = "digit-images";
    private static final int CLASSES = 6;
    private static final int SIDE = 8;
    private static final int GREY_LEVELS = 16;

    private DigitImages() {}

    static void write(Path dataDir) {
        Dataset digits = new Datasets(Optional.empty()).load("digits");
        Path folder = dataDir.resolve(NAME);
        try {
            write(digits.train(), folder.resolve("train"));
            write(digits.test(), folder.resolve("test"));
            Files.writeString(folder.resolve("dataset.properties"), "height = 32\nwidth = 32\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Samples samples, Path folder) throws IOException {
        for (int digit = 0; digit < CLASSES; digit++) {
            Files.createDirectories(folder.resolve(Integer.toString(digit)));
        }
        for (int row = 0; row < samples.size(); row++) {
            if (samples.labels()[row] < CLASSES) {
                Path file = folder.resolve(samples.labels()[row] + "/" + row + ".png");
                ImageIO.write(image(samples, row), "png", file.toFile());
            }
        }
    }

    private static BufferedImage image(Samples samples, int row) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
            int grey = samples.items().get(row, pixel) * 255 / GREY_LEVELS;
            image.setRGB(pixel % SIDE, pixel / SIDE, grey << 16 | grey << 8 | grey);
        }
        return image;
    }
}
