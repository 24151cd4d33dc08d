package io.engram.learning.optimizer;

import io.engram.learning.setting.Catalog;
import java.util.List;

/** The catalog of optimisers. A new one is a file and a line here. */
public final class Optimizers {
    public static final Catalog<Optimizer> CATALOG = new Catalog<>("optimiser", List.of(Sgd.ENTRY, Adam.ENTRY));

    private Optimizers() {}
}
