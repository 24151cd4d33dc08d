/** What training images are changed by at random. Start at {@link io.engram.learning.augmentation.Augmentation}. */
package io.engram.learning.augmentation;
