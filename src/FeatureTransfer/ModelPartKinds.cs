using System.Text.Json;
using FeatureTransfer.Cascades;
using FeatureTransfer.Extraction;
using FeatureTransfer.Extraction.BuiltIn;
using FeatureTransfer.FineTuning;
using FeatureTransfer.FineTuning.BuiltIn;
using FeatureTransfer.Models;

namespace FeatureTransfer;

/// <summary>The parts of ours that model files hold, all of them in one list.</summary>
internal static class ModelPartKinds
{
    private static readonly Dictionary<string, Type> _kinds = new(StringComparer.Ordinal)
    {
        [ExtractFeaturesTransformer.ModelKind] = typeof(SavedExtraction),
        [FineTunedTransformer.ModelKind] = typeof(SavedNetwork),
    };

    private static readonly Dictionary<string, Type> _composites = new(StringComparer.Ordinal)
    {
        [GateTransformer.ModelKind] = typeof(SavedGate),
        [CascadeTransformer.ModelKind] = typeof(SavedCascade),
    };

    /// <summary>The model of a file, with parts of ours that work in batches in the place of built-in transformers.</summary>
    /// <exception cref="FeatureTransferException">A part is of a kind that this version does not know.</exception>
    public static ITransformer Open(this ModelFile file, ModelOperationsCatalog catalog, FeatureTransferServices services, out DataViewSchema schema) =>
        file.Open(catalog, services, place => Read(file, place), place => Read(file, place), out schema);

    private static SavedPart Read(ModelFile file, SavedPlace place) => (SavedPart)place.Part.Deserialize(Find(file, _kinds, place.Kind), ModelManifest.Json)!;

    private static SavedComposite Read(ModelFile file, CompositePlace place) => (SavedComposite)place.Composite.Deserialize(Find(file, _composites, place.Kind), ModelManifest.Json)!;

    private static Type Find(ModelFile file, Dictionary<string, Type> kinds, string kind) => kinds.GetValueOrDefault(kind)
        ?? throw new FeatureTransferException($"{file.Name}: holds a part of kind '{kind}', and this version of FeatureTransfer knows {string.Join(", ", kinds.Keys)}. Use a newer version.");
}
