/** Networks in front of the head, as tensor-program text. Start at {@link io.engram.learning.backbone.Backbone} and {@link io.engram.learning.backbone.Backbones}. */
package io.engram.learning.backbone;
