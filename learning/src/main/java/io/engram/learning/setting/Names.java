package io.engram.learning.setting;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What is allowed where a spec names something, for people. */
public final class Names {
    /** Distance up to which a name is taken for a misspelt one; beyond it the answer is -1. */
    private static final LevenshteinDistance SPELLING = new LevenshteinDistance(2);

    private Names() {}

    /** {@code one of a, b, c}, and which one was probably meant where one is close. */
    public static String oneOf(Collection<String> known, String given) {
        return "one of " + String.join(", ", known) + suggestion(known, given);
    }

    private static String suggestion(Collection<String> known, String given) {
        return known.stream()
                .filter(name -> distance(name, given) < name.length())
                .min(Comparator.comparingInt(name -> distance(name, given)))
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    private static int distance(String known, String given) {
        int distance = SPELLING.apply(known, given);
        return distance < 0 ? Integer.MAX_VALUE : distance;
    }
}
