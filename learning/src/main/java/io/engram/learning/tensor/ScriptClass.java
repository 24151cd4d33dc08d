package io.engram.learning.tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A class of a module, as far as its text says it in front of its functions.
 *
 * @param attributes the type of each attribute, in order
 * @param parameters names of the attributes that are parameters; some may be {@code None}
 * @param buffers names of the attributes that are buffers; some may be {@code None}
 */
public record ScriptClass(Map<String, String> attributes, List<String> parameters, List<String> buffers) {
    private static final Pattern CLASS = Pattern.compile("class (\\w+)\\(Module\\):");
    private static final Pattern NAMES = Pattern.compile("  __(parameters|buffers)__ = \\[(.*)]");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
    /** Names that are no words of Python, such as {@code 0}, are written as keys. */
    private static final Pattern ATTRIBUTE =
            Pattern.compile("  (?:(\\w+) : |__annotations__\\[\"([^\"]+)\"] = )([\\w.\\[\\]]+)");

    private static final String MODE = "training";

    /** Classes of modules by their full names. */
    static Map<String, ScriptClass> read(String scope, String code) {
        Map<String, ScriptClass> classes = new LinkedHashMap<>();
        ScriptClass current = none();
        for (String line : code.split("\n")) {
            Matcher begins = CLASS.matcher(line);
            if (begins.matches()) {
                current = none();
                classes.put(scope + "." + begins.group(1), current);
            } else if (!line.startsWith(" ")) {
                // A function or a class that is no module; what is in it is of no interest.
                current = none();
            } else {
                current.take(line);
            }
        }
        return classes;
    }

    private static ScriptClass none() {
        return new ScriptClass(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
    }

    private void take(String line) {
        Matcher names = NAMES.matcher(line);
        Matcher attribute = ATTRIBUTE.matcher(line);
        if (names.matches()) {
            Matcher quoted = QUOTED.matcher(names.group(2));
            while (quoted.find()) {
                (names.group(1).equals("parameters") ? parameters : buffers).add(quoted.group(1));
            }
        } else if (attribute.matches()) {
            attributes.put(attribute.group(1) == null ? attribute.group(2) : attribute.group(1), attribute.group(3));
        }
    }

    /** Whether it has a mode: {@code training}, which is true or false. */
    public boolean hasMode() {
        return "bool".equals(attributes.get(MODE));
    }

    /** Names among {@link #parameters} or {@link #buffers} that can hold a tensor. */
    public List<String> tensors(List<String> names) {
        return names.stream()
                .filter(name -> attributes.getOrDefault(name, "").contains("Tensor"))
                .toList();
    }
}
