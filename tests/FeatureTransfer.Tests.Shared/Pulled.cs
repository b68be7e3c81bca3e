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

    /// <summary>A backbone, or skips the test where its weights cannot be had.</summary>
    public static Backbone BackboneOrSkip(string id)
    {
        try
        {
            return Backbone(id);
        }
        catch (FeatureTransferException exception) when (!exception.Message.Contains("not the ones the card describes", StringComparison.Ordinal))
        {
            Assert.Ignore($"The weights of '{id}' are not on this machine: {exception.Message}");
            throw;
        }
    }

    public static OnnxModel Model(string id) => Backbone(id).LoadModel();
}
