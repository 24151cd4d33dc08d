package io.engram.learning.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small images of two pixels, and damaged ones. */
class ImageFileTest {

    @TempDir
    Path folder;

    @Test
    void aPngIsReadExactly() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x102030);
        image.setRGB(1, 0, 0xff8001);

        assertThat(values(png(image))).containsExactly(0x10, 0x20, 0x30, 0xff, 0x80, 0x01);
    }

    @Test
    void transparencyIsPassedOver() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x80102030);
        image.setRGB(1, 0, 0x00ff8001);

        assertThat(values(png(image))).containsExactly(0x10, 0x20, 0x30, 0xff, 0x80, 0x01);
    }

    @Test
    void greyBecomesRedGreenAndBlueAlike() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, 128);
        image.getRaster().setSample(1, 0, 0, 7);

        assertThat(values(png(image))).containsExactly(128, 128, 128, 7, 7, 7);
    }

    @Test
    void ofSixteenBitsTheUpperEightCount() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(0, 0, 0, 0x80ff);
        image.getRaster().setSample(1, 0, 0, 0x0700);

        assertThat(values(png(image))).containsExactly(0x80, 0x80, 0x80, 7, 7, 7);
    }

    @Test
    void coloursOfAPaletteAreLookedUp() throws IOException {
        byte[] red = {0, 10, 20, 30};
        byte[] green = {1, 11, 21, 31};
        byte[] blue = {2, 12, 22, 32};
        BufferedImage image =
                new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(2, 4, red, green, blue));
        image.getRaster().setSample(0, 0, 0, 3);
        image.getRaster().setSample(1, 0, 0, 1);

        assertThat(values(png(image))).containsExactly(30, 31, 32, 10, 11, 12);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aJpegIsReadAlmostExactly(boolean progressive) throws IOException {
        int[] values = values(jpeg(0xc86432, progressive));

        // Rounding of colour space and cosine transform moves a plain colour by at most 2.
        assertThat(values).hasSize(32 * 32 * 3);
        assertThat(IntStream.range(0, values.length)
                        .map(k -> Math.abs(values[k] - new int[] {0xc8, 0x64, 0x32}[k % 3])))
                .allMatch(difference -> difference <= 2);
    }

    @Test
    void aTruncatedJpegIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(jpeg(0xc86432, false));
        Path file = Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(whole, whole.length - 20));

        assertThatThrownBy(() -> ImageFile.read(file))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessageStartingWith(file + " is truncated: ");
    }

    @Test
    void aTruncatedPngIsRefused() throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        IntStream.range(0, 64 * 64).forEach(k -> image.setRGB(k % 64, k / 64, k * 7919));
        byte[] whole = Files.readAllBytes(png(image));
        Path file = Files.write(folder.resolve("cut.png"), Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> ImageFile.read(file))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessageStartingWith(file + " is ");
    }

    @Test
    void aHeaderAloneIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("head.png"), Arrays.copyOf(header(2, 1), 20));

        assertThatThrownBy(() -> ImageFile.read(file))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessageStartingWith(file + " is ");
    }

    @Test
    void whatIsNoImageIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("text.png"), "not an image");

        assertThatThrownBy(() -> ImageFile.read(file))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessage(file + " is neither a PNG nor a JPEG image");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = folder.resolve("nowhere.png");

        assertThatThrownBy(() -> ImageFile.read(file))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessageContaining(file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10000x5001", "65536x1", "1x2000000000"})
    void anImageThatIsTooLargeIsRefusedByItsHeader(String size) throws IOException {
        String[] sides = size.split("x");
        Path file = Files.write(
                folder.resolve("large.png"), header(Integer.parseInt(sides[0]), Integer.parseInt(sides[1])));

        assertThatThrownBy(() -> ImageFile.read(file))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessage(file + " has " + size + " pixels; allowed are at most 50000000, and 65535 on a side");
    }

    private static int[] values(Path file) {
        byte[] values = ImageFile.read(file).values();
        return IntStream.range(0, values.length).map(k -> values[k] & 0xff).toArray();
    }

    private Path png(BufferedImage image) throws IOException {
        Path file = folder.resolve("image.png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private Path jpeg(int colour, boolean progressive) throws IOException {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        IntStream.range(0, 32 * 32).forEach(k -> image.setRGB(k % 32, k / 32, colour));
        Path file = folder.resolve("image.jpg");
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
        } finally {
            writer.dispose();
        }
        return file;
    }

    /** Signature, header and an empty data chunk of a PNG of 8-bit grey. */
    private static byte[] header(int width, int height) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(chunk);
        out.write("IHDR".getBytes(StandardCharsets.US_ASCII));
        out.writeInt(width);
        out.writeInt(height);
        out.write(new byte[] {8, 0, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(chunk.toByteArray());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        DataOutputStream whole = new DataOutputStream(file);
        whole.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        whole.writeInt(13);
        whole.write(chunk.toByteArray());
        whole.writeInt((int) crc.getValue());
        whole.writeInt(0);
        whole.write("IDAT".getBytes(StandardCharsets.US_ASCII));
        whole.writeInt(0x35af061e);
        return file.toByteArray();
    }
}
