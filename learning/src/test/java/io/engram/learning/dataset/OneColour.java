package io.engram.learning.dataset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** PNG files of two by two pixels. */
final class OneColour {
    private OneColour() {}

    /** @param colour {@code 0xRRGGBB} */
    static void write(Path file, int colour) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 2, 2, new int[] {colour, colour, colour, colour}, 0, 2);
        ImageIO.write(image, "png", file.toFile());
    }
}
