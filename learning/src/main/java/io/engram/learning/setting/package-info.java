/** Catalogs of what a run spec may name, the parts chosen from them, and the checking of settings. Start at {@link io.engram.learning.setting.Catalog} and {@link io.engram.learning.setting.Setting}. */
package io.engram.learning.setting;
