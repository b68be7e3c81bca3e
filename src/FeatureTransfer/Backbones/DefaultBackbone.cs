namespace FeatureTransfer.Backbones;

/// <summary>The backbones that are taken where none is named.</summary>
public static class DefaultBackbone
{
    /// <summary>The backbone for images.</summary>
    public const string Images = "mobilenet_v2.nsfwjs";
}
