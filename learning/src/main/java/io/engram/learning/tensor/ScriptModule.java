package io.engram.learning.tensor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A module as {@code torch.jit.save} writes it, scripted or traced: an archive of its code, its object and its tensors. A {@link
 * TensorProgram} that is given one holds it as {@code self.extractor}, on the program's device.
 *
 * <p>Which parameters and buffers it has is read from the classes of its code, whose form is fixed ({@code
 * torch/csrc/jit/serialization/python_print.cpp}): the engine's own list has no buffers.
 */
public final class ScriptModule {
    /** How a program's text reaches the module. */
    public static final String NAME = "extractor";

    /** Bytes. */
    private static final int LARGEST = 1 << 30;

    private static final String WRITTEN = "a module that torch.jit.save wrote; ";
    private static final String OBJECT = "data.pkl";
    private static final String CODE = "code/";
    private static final String SUFFIX = ".py";
    /** Protocol 2, then the class of the object: its module and its name, each on a line. */
    private static final Pattern ROOT = Pattern.compile("\u0080\2c(__torch__[\\w.]*)\n(\\w+)\n.*\\.", Pattern.DOTALL);

    private final Map<String, byte[]> records;
    private final String object;
    private final String type;
    private final List<Part> parts = new ArrayList<>();

    private ScriptModule(Map<String, byte[]> records) {
        this.records = records;
        object = new String(records.remove(OBJECT), StandardCharsets.ISO_8859_1);
        Matcher root = ROOT.matcher(object);
        if (!root.matches()) {
            throw new UnusableModuleException(WRITTEN + "the object in it is no module");
        }
        type = root.group(1) + "." + root.group(2);
        Map<String, ScriptClass> classes = new LinkedHashMap<>();
        records.forEach((name, content) -> {
            if (name.startsWith(CODE) && name.endsWith(SUFFIX)) {
                String scope = name.substring(CODE.length(), name.length() - SUFFIX.length());
                classes.putAll(ScriptClass.read(scope.replace('/', '.'), new String(content, StandardCharsets.UTF_8)));
            }
        });
        collect(type, "", "self." + NAME, classes);
    }

    /**
     * One of the modules that it consists of, itself included.
     *
     * @param prefix in front of the names of its tensors, for example {@code layer1.0.}; empty for the outermost
     * @param text how a program's text reaches it
     * @param type what its own parameters and buffers are
     */
    public record Part(String prefix, String text, ScriptClass type) {}

    /**
     * Reads an archive.
     *
     * @throws UnusableModuleException where {@code torch.jit.save} did not write it
     * @throws IOException where the file cannot be read
     */
    public static ScriptModule read(Path file) throws IOException {
        Map<String, byte[]> records = new LinkedHashMap<>();
        int left = LARGEST;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                byte[] content = zip.getInputStream(entry).readNBytes(left + 1);
                left -= content.length;
                if (left < 0) {
                    throw new UnusableModuleException("a module of at most " + LARGEST + " bytes once unpacked");
                }
                // All records lie in one folder, whose name is that of the file when it was written.
                String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
                records.put(name, content);
            }
        } catch (ZipException e) {
            throw new UnusableModuleException(WRITTEN + "this is no archive", e);
        }
        if (!records.containsKey(OBJECT) || records.keySet().stream().noneMatch(name -> name.startsWith(CODE))) {
            throw new UnusableModuleException(WRITTEN + "there is no code in it; torch.save writes none");
        }
        return new ScriptModule(records);
    }

    private void collect(String name, String prefix, String text, Map<String, ScriptClass> classes) {
        ScriptClass found = classes.get(name);
        if (found != null) {
            parts.add(new Part(prefix, text, found));
            found.attributes()
                    .forEach((attribute, of) -> collect(
                            of, prefix + attribute + ".", "getattr(%s, \"%s\")".formatted(text, attribute), classes));
        }
    }

    /** Itself, and the modules in it, outermost first. */
    public List<Part> parts() {
        return List.copyOf(parts);
    }

    /** Name of its class, for example {@code __torch__.torchvision.models.resnet.ResNet}. */
    String type() {
        return type;
    }

    /** What a pickle that holds it as a value says there; its references to itself count from 0. */
    String object() {
        return object.substring(2, object.length() - 1);
    }

    /** The records of the archive, but for the object. */
    Map<String, byte[]> records() {
        return records;
    }
}
