package io.engram.learning.weight;

import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.backbone.ParameterShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which tensors of a file are which of a network. A tensor belongs to the name that it has, or that it has behind {@code
 * backbone.}.
 *
 * @param matched one for each that was expected, in that order and under that name; fewer where not {@link #complete}
 * @param missing names that the network expects and the file lacks
 * @param misshapen what has the right name and another shape, for people
 * @param unexpected names of the file that the network lacks, such as those of a head
 */
public record WeightMatch(
        List<NamedTensor> matched, List<String> missing, List<String> misshapen, List<String> unexpected) {
    private static final String PREFIX = "backbone.";
    private static final int MOST_NAMES = 8;

    public static WeightMatch of(List<ParameterShape> expected, List<NamedTensor> found) {
        Map<String, NamedTensor> left = new LinkedHashMap<>();
        found.forEach(tensor -> left.put(tensor.name(), tensor));
        List<NamedTensor> matched = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> misshapen = new ArrayList<>();
        for (ParameterShape parameter : expected) {
            Optional<NamedTensor> tensor = take(parameter.name(), left);
            if (tensor.isEmpty()) {
                missing.add(parameter.name());
            } else if (!tensor.get().shape().equals(parameter.shape())) {
                misshapen.add(parameter.name() + " is " + tensor.get().shape() + ", not " + parameter.shape());
            } else {
                matched.add(new NamedTensor(
                        parameter.name(), parameter.shape(), tensor.get().values()));
            }
        }
        return new WeightMatch(matched, missing, misshapen, List.copyOf(left.keySet()));
    }

    private static Optional<NamedTensor> take(String name, Map<String, NamedTensor> left) {
        NamedTensor exact = left.remove(name);
        return exact == null && name.startsWith(PREFIX)
                ? Optional.ofNullable(left.remove(name.substring(PREFIX.length())))
                : Optional.ofNullable(exact);
    }

    /** Whether everything that was expected is there; more may be. */
    public boolean complete() {
        return missing.isEmpty() && misshapen.isEmpty();
    }

    /** What does not fit, for people, for example {@code missing: backbone.bn1.bias; unexpected: fc.weight, fc.bias}. */
    public String report() {
        List<String> parts = new ArrayList<>();
        add(parts, "missing: ", missing);
        add(parts, "misshapen: ", misshapen);
        add(parts, "unexpected: ", unexpected);
        return String.join("; ", parts);
    }

    private static void add(List<String> parts, String title, List<String> names) {
        if (!names.isEmpty()) {
            int shown = Math.min(MOST_NAMES, names.size());
            String more = names.size() > shown ? " and " + (names.size() - shown) + " more" : "";
            parts.add(title + String.join(", ", names.subList(0, shown)) + more);
        }
    }
}
