package io.engram.learning.head;

import io.engram.learning.setting.Catalog;
import java.util.List;

/**
 * The catalog of classifiers, by the names that artifacts store as {@code inference}. A method says which one its models
 * use. A new one is a file and a line here.
 */
public final class Classifiers {
    public static final Catalog<Classifier> CATALOG = new Catalog<>(
            "classifier", List.of(Argmax.ENTRY, CorrectedArgmax.ENTRY, NearestMean.ENTRY, LinearDiscriminant.ENTRY));

    /** The classifier of a method that names no other. */
    public static final String DEFAULT = Argmax.ENTRY.name();

    private Classifiers() {}
}
