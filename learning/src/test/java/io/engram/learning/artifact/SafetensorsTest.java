package io.engram.learning.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.engram.learning.tensor.TensorEngine;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    private static final Path FILE = Path.of("weights.safetensors");
    private static final NamedTensor TENSOR = new NamedTensor("ab", List.of(1, 2), new float[] {1, -2});

    /** By hand: 57 characters of JSON and seven spaces make 64 = 0x40; 1 is 3f800000 and -2 is c0000000 in IEEE 754. */
    private static final String JSON = "{\"ab\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";

    private static final String LENGTH = "4000000000000000";
    private static final String DATA = "0000803f000000c0";

    @Test
    void theBytesAreThoseOfTheFormat() {
        String json = JSON + " ".repeat(7);

        assertThat(Safetensors.encode(List.of(TENSOR)))
                .isEqualTo(concatenated(hex(LENGTH), json.getBytes(StandardCharsets.US_ASCII), hex(DATA)));
    }

    @Test
    void aFileWithoutPaddingAndWithMetadataIsRead() {
        String json = "{\"__metadata__\":{\"by\":\"hand\"}," + JSON.substring(1);

        List<NamedTensor> tensors = Safetensors.decode(file(json, hex(DATA)), FILE);

        assertThat(tensors).singleElement().satisfies(tensor -> {
            assertThat(tensor.name()).isEqualTo("ab");
            assertThat(tensor.shape()).containsExactly(1, 2);
            assertThat(tensor.values()).containsExactly(1, -2);
        });
    }

    @Test
    void anIndependentReaderFindsTheSameTensors() {
        byte[] bytes = Safetensors.encode(
                List.of(TENSOR, new NamedTensor("b", List.of(3), new float[] {0.5f, 1e-40f, Float.MAX_VALUE})));

        try (NDManager manager = TensorEngine.start(1).newManager(Device.cpu())) {
            NDList read = NDList.decode(manager, bytes);
            assertThat(read.get("ab").getShape()).isEqualTo(new Shape(1, 2));
            assertThat(read.get("ab").toFloatArray()).containsExactly(1, -2);
            assertThat(read.get("b").toFloatArray()).containsExactly(0.5f, 1e-40f, Float.MAX_VALUE);
        }
    }

    @Test
    void whatAnIndependentWriterWroteIsRead() {
        try (NDManager manager = TensorEngine.start(1).newManager(Device.cpu())) {
            NDList list = new NDList(manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2)));
            list.get(0).setName("c");

            List<NamedTensor> tensors = Safetensors.decode(list.encode(NDList.Encoding.SAFETENSORS), FILE);

            assertThat(tensors).singleElement().satisfies(tensor -> {
                assertThat(tensor.name()).isEqualTo("c");
                assertThat(tensor.values()).containsExactly(1, 2, 3, 4);
            });
        }
    }

    /** 1.5 is 3ff8000000000000 in IEEE 754. */
    @Test
    void doublesAndLongsAreReadAsFloats() {
        String json = "{\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
                + "\"l\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[8,16]}}";

        List<NamedTensor> tensors = Safetensors.decode(file(json, hex("000000000000f83f" + "0700000000000000")), FILE);

        assertThat(tensors.get(0).values()).containsExactly(1.5f);
        assertThat(tensors.get(1).values()).containsExactly(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"a\":7}",
                "{\"a\":{}}",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,7]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[500000000],\"data_offsets\":[0,2000000000]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[{}],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":{},\"data_offsets\":[0,8]}}"
            })
    void aBrokenHeaderIsCorrupt(String json) {
        assertThatThrownBy(() -> Safetensors.decode(file(json, hex(DATA)), FILE))
                .isInstanceOf(CorruptArtifactException.class)
                .hasMessageStartingWith("weights.safetensors is not a safetensors file of F32, F64 or I64 tensors");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "40", "ffffffffffffffff", "ffffff7f00000000", "0500000000000000"})
    void aBrokenLengthIsCorrupt(String start) {
        assertThatThrownBy(() -> Safetensors.decode(hex(start), FILE)).isInstanceOf(CorruptArtifactException.class);
    }

    @Test
    void aTensorWhoseValuesDoNotFitItsShapeCannotBeMade() {
        assertThatThrownBy(() -> new NamedTensor("a", List.of(2, 2), new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a of shape [2, 2] needs 4 values, but has 3");
    }

    private static byte[] file(String json, byte[] data) {
        byte[] header = json.getBytes(StandardCharsets.US_ASCII);
        byte[] length = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array();
        return concatenated(length, header, data);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
