using FeatureTransfer.Backbones;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Tests.Shared;

/// <summary>Backbones of the catalogue, fetched or converted once a test run into a folder of the run's own.</summary>
internal static class Pulled
{
    /// <summary>The folder of the run's own.</summary>
    public static BackboneStore Store { get; } = new(Path.Combine(AppContext.BaseDirectory, "pulled-backbones"));

    public static Backbone Backbone(string id)
    {
        var card = ModelCatalog.LoadDefault().Get(id);
        if (card.Source.Kind == ModelSourceKind.Npm)
            Reference.Npm(card.Source.Package!);
        return Store.Open(card);
    }

    public static OnnxModel Model(string id) => Backbone(id).LoadModel();
}
