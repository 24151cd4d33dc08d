package io.engram.trainer;

import io.engram.localstack.TestBackends;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/**
 * A data folder with two image folders: {@code pets}, dark cats as PNG and bright dogs as JPEG, and {@code torn-pets}, the same with an
 * image more that is none.
 */
final class Pets {
    static final int TRAIN_PER_CLASS = 8;

    private Pets() {}

    /** The data folder. */
    static Path dataDir() {
        Path dataDir = TestBackends.folder("data");
        try {
            write(dataDir.resolve("pets"));
            write(dataDir.resolve("torn-pets"));
            Files.writeString(torn(dataDir), "torn");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return dataDir;
    }

    /** The image that cannot be read. */
    static Path torn(Path dataDir) {
        return dataDir.resolve("torn-pets/train/cat/torn.png");
    }

    private static void write(Path folder) throws IOException {
        write(folder.resolve("train"), TRAIN_PER_CLASS);
        write(folder.resolve("test"), 2);
        Files.writeString(folder.resolve("dataset.properties"), "height = 4\nwidth = 4\n");
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
