package io.engram.learning.backbone;

import io.engram.learning.setting.Catalog;
import java.util.List;

/** The catalog of backbones. A new one is a file and a line here. */
public final class Backbones {
    public static final Catalog<BackboneFactory> CATALOG = new Catalog<>(
            "backbone",
            List.of(
                    Mlp.ENTRY,
                    Conv.ENTRY,
                    CifarResnet.RESNET_20,
                    CifarResnet.RESNET_32,
                    Resnet18.ENTRY,
                    TorchScript.ENTRY));

    private Backbones() {}
}
