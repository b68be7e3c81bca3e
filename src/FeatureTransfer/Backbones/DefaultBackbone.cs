namespace FeatureTransfer.Backbones;

/// <summary>The backbones that are taken where none is named.</summary>
public static class DefaultBackbone
{
    /// <summary>The backbone for images.</summary>
    public const string Images = "resnet_18.mlnet";
}
