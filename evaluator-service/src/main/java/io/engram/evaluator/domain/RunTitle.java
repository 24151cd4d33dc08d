package io.engram.evaluator.domain;

/**
 * What a run is called and made of.
 *
 * @param displayName a title for people, maybe empty
 * @param method the name of the method
 * @param dataset the name of the data set
 */
public record RunTitle(String displayName, String method, String dataset) {}
