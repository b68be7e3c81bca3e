namespace FeatureTransfer.Backbones;

/// <summary>The backbones that are taken where none is named.</summary>
public static class DefaultBackbone
{
    /// <summary>The backbone for images.</summary>
    public const string Images = "resnet_18.mlnet";

    /// <summary>The backbone for text.</summary>
    public const string Text = "minilm_l6.sbert";

    /// <summary>The backbone for recordings.</summary>
    public const string Audio = "speech_embedding.openwakeword";
}
