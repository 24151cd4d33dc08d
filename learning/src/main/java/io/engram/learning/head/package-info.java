/** Classifiers on top of a backbone's features. Start at {@link io.engram.learning.head.LinearHead}. */
package io.engram.learning.head;
