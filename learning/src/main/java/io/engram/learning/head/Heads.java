package io.engram.learning.head;

import io.engram.learning.setting.Catalog;
import io.engram.learning.setting.CatalogEntry;
import java.util.List;

/** The catalog of heads. A new one is a file and a line here. */
public final class Heads {
    public static final Catalog<HeadFactory> CATALOG =
            new Catalog<>("head", List.of(LinearHead.ENTRY, CosineHead.ENTRY, SplitCosineHead.ENTRY));

    public static final String LINEAR = LinearHead.ENTRY.name();
    public static final String COSINE = CosineHead.ENTRY.name();
    public static final String SPLIT_COSINE = SplitCosineHead.ENTRY.name();

    /** Their names; {@link #LINEAR} is the first. */
    public static final List<String> NAMES =
            CATALOG.entries().stream().map(CatalogEntry::name).toList();

    private Heads() {}
}
