using FeatureTransfer.Backbones;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Tests.Shared;

/// <summary>Backbones of the catalogue, converted once a test run into a folder of the run's own.</summary>
internal static class Pulled
{
    /// <summary>The folder of the run's own.</summary>
    public static BackboneStore Store { get; } = new(Path.Combine(AppContext.BaseDirectory, "pulled-backbones"));

    public static Backbone Backbone(string id)
    {
        Reference.Npm("nsfwjs");
        return Store.Open(ModelCatalog.LoadDefault().Get(id));
    }

    public static OnnxModel Model(string id) => Backbone(id).LoadModel();
}
