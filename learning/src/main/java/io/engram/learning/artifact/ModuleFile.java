package io.engram.learning.artifact;

/**
 * The file of the data folder that is a model's backbone.
 *
 * @param path relative to the folder
 * @param sha256 its digest, in hexadecimal
 */
public record ModuleFile(String path, String sha256) {

    /** For people. */
    @Override
    public String toString() {
        return path + ", SHA-256 " + sha256;
    }
}
