using FeatureTransfer.Backbones;
using FeatureTransfer.Graphs;

namespace FeatureTransfer.Tests.Backbones;

/// <summary>Backbones of the catalogue, converted once a test run into a folder of the run's own.</summary>
internal static class Pulled
{
    private static readonly BackboneStore _store = new(Path.Combine(AppContext.BaseDirectory, "pulled-backbones"));

    public static Backbone Backbone(string id)
    {
        Reference.Npm("nsfwjs");
        return _store.Open(ModelCatalog.LoadDefault().Get(id));
    }

    public static OnnxModel Model(string id) => Backbone(id).LoadModel();
}
