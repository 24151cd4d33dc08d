package io.engram.evaluator;

import io.engram.localstack.TestBackends;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** A data folder with one image folder: {@code pets}, dark cats as PNG and bright dogs as JPEG. */
final class Pets {
    static final int TEST_PER_CLASS = 3;

    private static Path dataDir;

    private Pets() {}

    /** The data folder, written once. */
    static synchronized Path dataDir() {
        if (dataDir == null) {
            Path folder = TestBackends.folder("data");
            try {
                write(folder.resolve("pets/train"), 32);
                write(folder.resolve("pets/test"), TEST_PER_CLASS);
                Files.writeString(folder.resolve("pets/dataset.properties"), "height = 4\nwidth = 4\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            dataDir = folder;
        }
        return dataDir;
    }

    private static void write(Path part, int perClass) throws IOException {
        Files.createDirectories(part.resolve("cat"));
        Files.createDirectories(part.resolve("dog"));
        for (int k = 0; k < perClass; k++) {
            ImageIO.write(plain(k), "png", part.resolve("cat/" + k + ".png").toFile());
            ImageIO.write(
                    plain(255 - k), "jpeg", part.resolve("dog/" + k + ".jpg").toFile());
        }
    }

    private static BufferedImage plain(int grey) {
        BufferedImage image = new BufferedImage(10, 6, BufferedImage.TYPE_INT_RGB);
        int[] pixels = new int[60];
        Arrays.fill(pixels, grey << 16 | grey << 8 | grey);
        image.setRGB(0, 0, 10, 6, pixels, 0, 10);
        return image;
    }
}
