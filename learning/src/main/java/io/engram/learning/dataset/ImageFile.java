package io.engram.learning.dataset;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Decodes PNG and JPEG files. Grey becomes red, green and blue alike; transparency and orientation are passed over. */
final class ImageFile {
    private static final List<String> EXTENSIONS = List.of(".png", ".jpg", ".jpeg");
    private static final int MOST_PIXELS = 50_000_000;
    private static final int MOST_SIDE = 65535;

    private ImageFile() {}

    /** Whether the name is one of an image. */
    static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && EXTENSIONS.stream().anyMatch(name::endsWith);
    }

    /**
     * Decodes a file.
     *
     * @throws DatasetUnavailableException where it is no image, too large, or damaged, naming it
     */
    static RgbImage read(Path file) {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            if (in == null) {
                throw new DatasetUnavailableException(file + " is not there or cannot be opened");
            }
            ImageReader reader = reader(file, in);
            try {
                return decode(file, reader);
            } finally {
                reader.dispose();
            }
        } catch (LinkageError e) {
            throw new DatasetUnavailableException(
                    file + " cannot be read, for want of the JDK's libraries for images beside the executable: " + e,
                    e);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // Decoders give the last two for some damaged headers.
            throw new DatasetUnavailableException(file + " is damaged or of an unknown kind: " + e.getMessage(), e);
        }
    }

    private static ImageReader reader(Path file, ImageInputStream in) throws IOException {
        for (Iterator<ImageReader> readers = ImageIO.getImageReaders(in); readers.hasNext(); ) {
            ImageReader reader = readers.next();
            if (List.of("png", "jpeg").contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                reader.setInput(in, true, true);
                return reader;
            }
        }
        throw new DatasetUnavailableException(file + " is neither a PNG nor a JPEG image");
    }

    private static RgbImage decode(Path file, ImageReader reader) throws IOException {
        requireSize(file, reader.getWidth(0), reader.getHeight(0));
        reader.addIIOReadWarningListener((source, warning) -> {
            if (isTruncation(warning)) {
                throw new DatasetUnavailableException(file + " is truncated: " + warning);
            }
        });
        return rgb(reader.read(0));
    }

    private static void requireSize(Path file, int width, int height) {
        if (Math.max(width, height) > MOST_SIDE || (long) width * height > MOST_PIXELS) {
            throw new DatasetUnavailableException(file + " has " + width + "x" + height
                    + " pixels; allowed are at most " + MOST_PIXELS + ", and " + MOST_SIDE + " on a side");
        }
    }

    /** What the decoder says before it fills the rest with grey. */
    private static boolean isTruncation(String warning) {
        String lower = warning.toLowerCase(Locale.ROOT);
        return lower.contains("truncated") || lower.contains("premature end");
    }

    private static RgbImage rgb(BufferedImage image) {
        byte[] values = new byte[image.getWidth() * image.getHeight() * RgbImage.CHANNELS];
        Raster raster = image.getRaster();
        int[] row = new int[image.getWidth() * raster.getNumBands()];
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, image.getWidth(), 1, row);
            int start = y * image.getWidth() * RgbImage.CHANNELS;
            if (image.getColorModel() instanceof IndexColorModel palette) {
                lookUp(palette, row, values, start);
            } else {
                int shift = image.getColorModel().getComponentSize(0) - 8;
                copy(row, raster.getNumBands(), shift, values, start);
            }
        }
        return new RgbImage(image.getWidth(), image.getHeight(), values);
    }

    private static void lookUp(IndexColorModel palette, int[] row, byte[] values, int start) {
        int next = start;
        for (int index : row) {
            values[next++] = (byte) palette.getRed(index);
            values[next++] = (byte) palette.getGreen(index);
            values[next++] = (byte) palette.getBlue(index);
        }
    }

    /** Samples as they are, not by their colour model, which would brighten grey. */
    private static void copy(int[] row, int bands, int shift, byte[] values, int start) {
        int next = start;
        for (int pixel = 0; pixel < row.length; pixel += bands) {
            for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                values[next++] = (byte) (row[pixel + (bands < RgbImage.CHANNELS ? 0 : channel)] >> shift);
            }
        }
    }
}
