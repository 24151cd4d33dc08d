/** Classifiers on top of a backbone's features. Start at {@link io.engram.learning.head.Heads}, which are trained, and {@link io.engram.learning.head.Classifiers}, by which frozen models choose a class. */
package io.engram.learning.head;
