package io.engram.learning.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The archive the engine loads a module from, written in memory: a zip of the code, a pickle of the module's empty lists,
 * and a version (PyTorch, "TorchScript serialization", {@code torch/csrc/jit/docs/serialization.md}).
 */
final class TorchScriptArchive {
    private static final String CLASS_HEADER = "class Program(Module):\n  __parameters__ = []\n  __buffers__ = []\n";
    /** Pickle protocol 2. */
    private static final String PICKLE_START = "\u0080\2";

    private TorchScriptArchive() {}

    static byte[] of(List<String> lists, String functions) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setMethod(ZipOutputStream.STORED);
            add(zip, "program/data.pkl", instanceWithEmptyLists(lists));
            add(zip, "program/code/__torch__.py", code(lists, functions));
            add(zip, "program/constants.pkl", PICKLE_START + ").");
            add(zip, "program/version", "10\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String code(List<String> lists, String functions) {
        StringBuilder code = new StringBuilder(CLASS_HEADER);
        for (String list : lists) {
            code.append("  ").append(list).append(" : List[Tensor]\n");
        }
        for (String list : lists) {
            code.append("  def set_").append(list).append("(self, l: List[Tensor]) -> Tensor:\n");
            code.append("    self.").append(list).append(" = l\n    return torch.zeros([0])\n");
            code.append("  def clear_").append(list).append("(self) -> Tensor:\n");
            code.append("    self.")
                    .append(list)
                    .append(" = annotate(List[Tensor], [])\n    return torch.zeros([0])\n");
            code.append("  def get_").append(list).append("(self) -> List[Tensor]:\n");
            code.append("    return self.").append(list).append("\n");
        }
        code.append(functions.indent(2));
        return code.toString()
                .replace("(self,", "(self: __torch__.Program,")
                .replace("(self)", "(self: __torch__.Program)");
    }

    private static String instanceWithEmptyLists(List<String> lists) {
        StringBuilder pickle = new StringBuilder(PICKLE_START + "c__torch__\nProgram\n)\u0081}(");
        for (String list : lists) {
            pickle.append("X").append((char) list.length()).append("\0\0\0").append(list);
            pickle.append("ctorch.jit._pickle\nbuild_tensorlist\n(]tR");
        }
        return pickle.append("ub.").toString();
    }

    private static void add(ZipOutputStream zip, String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setSize(bytes.length);
        entry.setCompressedSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
    }
}
