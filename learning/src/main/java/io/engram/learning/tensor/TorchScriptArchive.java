package io.engram.learning.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The archive the engine loads a module from, written in memory: a zip of the code, a pickle of the module's empty lists,
 * and a version (PyTorch, "TorchScript serialization", {@code torch/csrc/jit/docs/serialization.md}). A module from outside
 * that the program holds is in it, too: its records beside ours, its object as an attribute of ours.
 */
final class TorchScriptArchive {
    private static final String CLASS_HEADER = "class Program(Module):\n  __parameters__ = []\n  __buffers__ = []\n";
    /** A name that no module from outside has: in Python, {@code io} is no package. */
    private static final String SCOPE = "__torch__.io.engram";

    private static final String FOLDER = "program/";
    private static final String VERSION = "version";
    private static final String CONSTANTS = "constants.pkl";
    /** Pickle protocol 2. */
    private static final String PICKLE_START = "\u0080\2";

    private TorchScriptArchive() {}

    static byte[] of(List<String> lists, String functions, Optional<ScriptModule> module) {
        Map<String, byte[]> records =
                new LinkedHashMap<>(module.map(ScriptModule::records).orElse(Map.of()));
        records.put("data.pkl", bytes(object(lists, module)));
        records.put("code/" + SCOPE.replace('.', '/') + ".py", bytes(code(lists, functions, module)));
        records.putIfAbsent(CONSTANTS, bytes(PICKLE_START + ")."));
        // Of the operators that our text uses, whatever older ones a module from outside was written for.
        records.put(VERSION, bytes("10\n"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> record : records.entrySet()) {
                add(zip, FOLDER + record.getKey(), record.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String code(List<String> lists, String functions, Optional<ScriptModule> module) {
        StringBuilder code = new StringBuilder(CLASS_HEADER);
        for (String list : lists) {
            code.append("  ").append(list).append(" : List[Tensor]\n");
        }
        module.ifPresent(m -> code.append("  %s : %s\n".formatted(ScriptModule.NAME, m.type())));
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
                .replace("(self,", "(self: " + SCOPE + ".Program,")
                .replace("(self)", "(self: " + SCOPE + ".Program)");
    }

    /** An instance with empty lists, and with the module from outside. */
    private static String object(List<String> lists, Optional<ScriptModule> module) {
        StringBuilder pickle = new StringBuilder(PICKLE_START + "c" + SCOPE + "\nProgram\n)\u0081}(");
        for (String list : lists) {
            pickle.append(text(list)).append("ctorch.jit._pickle\nbuild_tensorlist\n(]tR");
        }
        module.ifPresent(m -> pickle.append(text(ScriptModule.NAME)).append(m.object()));
        return pickle.append("ub.").toString();
    }

    private static String text(String value) {
        return "X" + (char) value.length() + "\0\0\0" + value;
    }

    private static byte[] bytes(String content) {
        return content.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
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
