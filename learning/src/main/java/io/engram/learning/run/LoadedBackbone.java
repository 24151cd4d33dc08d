package io.engram.learning.run;

import io.engram.learning.artifact.ModuleFile;
import io.engram.learning.backbone.Backbone;
import java.util.Optional;

/**
 * A backbone, and the file it is from.
 *
 * @param backbone with the values it starts from
 * @param provenance the file and its digest, for people; empty where it starts from initial values
 * @param module the file, where it is the network itself
 */
record LoadedBackbone(Backbone backbone, Optional<String> provenance, Optional<ModuleFile> module) {

    /** Whether a seed gives the network anew, together with the file that is the network. */
    boolean followsFromSeed() {
        return provenance.isEmpty() || module.isPresent();
    }
}
