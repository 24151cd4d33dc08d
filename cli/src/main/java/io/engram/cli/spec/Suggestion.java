package io.engram.cli.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The word that was probably meant. */
final class Suggestion {
    private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

    private Suggestion() {}

    /** The closest known word; none where nothing is close. */
    static Optional<String> of(String word, Collection<String> known) {
        String plain = plain(word);
        int limit = Math.max(2, word.length() / 3);
        return known.stream()
                .filter(candidate -> DISTANCE.apply(plain, plain(candidate)) <= limit)
                .min(Comparator.comparingInt(candidate -> DISTANCE.apply(plain, plain(candidate))));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }
}
