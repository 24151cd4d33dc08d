package io.engram.learning.weight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.tensor.TensorEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumpyArchiveTest {
    private static final Path FILE = Path.of("w.npz");
    private static final String MAGIC = "934e554d5059";
    /** 1 is 3f800000 and -2 is c0000000 in IEEE 754. */
    private static final String ONE_MINUS_TWO = "0000803f000000c0";

    @Test
    void anArrayOfEachVersionIsRead() throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }\n";
        String length = "3c00";
        byte[] archive = archive(
                "one", array("0100" + length, header, ONE_MINUS_TWO),
                "two", array("0200" + length + "0000", header, ONE_MINUS_TWO),
                "three", array("0300" + length + "0000", header, ONE_MINUS_TWO));

        List<NamedTensor> tensors = NumpyArchive.decode(archive, FILE);

        assertThat(tensors).extracting(NamedTensor::name).containsExactly("one", "two", "three");
        assertThat(tensors).allSatisfy(tensor -> {
            assertThat(tensor.shape()).containsExactly(1, 2);
            assertThat(tensor.values()).containsExactly(1, -2);
        });
    }

    /** 1.5 is 3ff8000000000000 in IEEE 754. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "<f8; '(1,)'; 000000000000f83f; 1.5",
                "<i8; '()'; feffffffffffffff; -2",
                "<f4; '( 1 ,)'; 000000c0; -2"
            })
    void numbersBecomeFloats(String type, String shape, String data, float expected) throws IOException {
        byte[] archive = archive("a", array(header(type, "False", shape), data));

        assertThat(NumpyArchive.decode(archive, FILE).get(0).values()).containsExactly(expected);
    }

    @Test
    void whatAnIndependentWriterWroteIsRead() throws IOException {
        try (NDManager manager = TensorEngine.start(1).newManager(Device.cpu())) {
            NDList list = new NDList(manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(1, 3, 2)));
            list.get(0).setName("layer1.0.conv1.weight");

            List<NamedTensor> tensors = NumpyArchive.decode(list.encode(NDList.Encoding.NPZ), FILE);

            assertThat(tensors).singleElement().satisfies(tensor -> {
                assertThat(tensor.name()).isEqualTo("layer1.0.conv1.weight");
                assertThat(tensor.shape()).containsExactly(1, 3, 2);
                assertThat(tensor.values()).containsExactly(1, 2, 3, 4, 5, 6);
            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "<f2; False; '(4,)'; has the type <f2; allowed",
                ">f4; False; '(2,)'; has the type >f4; allowed",
                "|O; False; '(1,)'; has the type |O; allowed",
                "<f4; True; '(2,)'; column-major",
                "<f4; False; '(3,)'; needs 3 values, but has 2",
                "<f4; False; '(99999999999,)'; 99999999999",
                "<f4; False; 'two'; lacks",
                "<f4; Maybe; '(2,)'; lacks"
            })
    void anotherArrayIsRefusedByItsName(String type, String order, String shape, String reason) throws IOException {
        byte[] archive = archive("bn1.bias", array(header(type, order, shape), ONE_MINUS_TWO));

        assertThatThrownBy(() -> NumpyArchive.decode(archive, FILE))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageStartingWith("weights that can be read; array bn1.bias of w.npz: ")
                .hasMessageContaining(reason.replace(" allowed", ""));
    }

    @ParameterizedTest
    @CsvSource({"''", "93", "934e554d505901", "934e554d50590400", "934e554d50590100ffff", "934e554d50590200ffffffff"})
    void brokenBytesAreRefusedByTheArraysName(String bytes) throws IOException {
        byte[] archive = archive("a", HexFormat.of().parseHex(bytes));

        assertThatThrownBy(() -> NumpyArchive.decode(archive, FILE))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageStartingWith("weights that can be read; array a of w.npz: ");
    }

    @Test
    void whatIsNoArchiveIsRefused() {
        assertThatThrownBy(() -> NumpyArchive.decode(new byte[100], FILE))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessage("weights that can be read; w.npz is no archive of .npy files");
    }

    private static byte[] header(String type, String order, String shape) {
        String header = "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n".formatted(type, order, shape);
        byte[] bytes = header.getBytes(StandardCharsets.US_ASCII);
        return concatenated(HexFormat.of().parseHex(MAGIC + "0100%02x00".formatted(bytes.length)), bytes);
    }

    private static byte[] array(byte[] header, String data) {
        return concatenated(header, HexFormat.of().parseHex(data));
    }

    private static byte[] array(String versionAndLength, String header, String data) {
        return array(
                concatenated(
                        HexFormat.of().parseHex(MAGIC + versionAndLength), header.getBytes(StandardCharsets.US_ASCII)),
                data);
    }

    /** @param namesAndArrays names and bytes in turn */
    static byte[] archive(Object... namesAndArrays) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndArrays.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndArrays[i] + ".npy"));
                zip.write((byte[]) namesAndArrays[i + 1]);
            }
        }
        return out.toByteArray();
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
