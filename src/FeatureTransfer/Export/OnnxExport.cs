using System.Text.Encodings.Web;
using System.Text.Json;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Models;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.Data;

namespace FeatureTransfer.Export;

/// <summary>A whole model as one ONNX graph: from decoded pixels, token ids and columns to scores and labels.</summary>
internal static class OnnxExport
{
    private const string Key = "featuretransfer.model";

    private static readonly JsonSerializerOptions _json = new(ModelManifest.Json) { WriteIndented = false, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes the graph.</summary>
    /// <param name="catalog">ML.NET's writer and converter.</param>
    /// <param name="model">The chain.</param>
    /// <param name="schema">The columns that it reads.</param>
    /// <param name="answer">What it answers; null is what its last columns say.</param>
    /// <param name="networks">The graph of each network as it is to be written; null is as it is.</param>
    /// <exception cref="FeatureTransferException">A step that the answer needs has no form in ONNX; the message names it.</exception>
    public static OnnxModel Of(ModelOperationsCatalog catalog, ITransformer model, DataViewSchema schema, ExportedAnswer? answer = null, Func<ITransformer, OnnxModel>? networks = null)
    {
        var chain = new ChainGraph(catalog, model, schema, networks ?? GraphOf);
        var given = answer ?? Answer(chain.Schema);
        AnswerNodes.Add(chain, given);
        var whole = chain.Graph.Finish();
        var description = new ExportedModel { Task = given.Task, Labels = given.Labels, Threshold = given.Threshold, Inputs = chain.Inputs.Finish(whole) };
        whole.Proto.ProducerName = "FeatureTransfer";
        whole.Proto.MetadataProps.Add(new StringStringEntryProto { Key = Key, Value = JsonSerializer.Serialize(description, _json) });
        return whole;
    }

    /// <summary>What an exported file says of itself; null for any other.</summary>
    public static ExportedModel? Describe(OnnxModel model) =>
        model.Proto.MetadataProps.FirstOrDefault(entry => entry.Key == Key) is { } entry ? JsonSerializer.Deserialize<ExportedModel>(entry.Value, _json) : null;

    /// <summary>The graph of a network of ours.</summary>
    public static OnnxModel GraphOf(ITransformer network) => network is FineTunedTransformer tuned ? tuned.Model : ((Extraction.ExtractFeaturesTransformer)network).Model;

    // As ML.NET's trainers name their answers.
    private static ExportedAnswer Answer(DataViewSchema schema) => schema.GetColumnOrNull("PredictedLabel") switch
    {
        { Type: KeyDataViewType } key => new(FineTuneTask.Multiclass, Names(key, "KeyValues"), null),
        { Type: VectorDataViewType } several => new(FineTuneTask.MultiLabel, Names(several, "SlotNames"), null),
        { Type: BooleanDataViewType } => new(FineTuneTask.Binary, ["false", "true"], null),
        _ => new(FineTuneTask.Regression, [], null),
    };

    private static IReadOnlyList<string> Names(DataViewSchema.Column column, string kind)
    {
        var count = column.Type is KeyDataViewType key ? (int)key.Count : ((VectorDataViewType)column.Type).Size;
        if (column.Annotations.Schema.GetColumnOrNull(kind)?.Type is not VectorDataViewType { ItemType: TextDataViewType })
            return [.. Enumerable.Range(0, count).Select(place => place.ToString(CultureInfo.InvariantCulture))];
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.Annotations.GetValue(kind, ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}

/// <summary>What an exported file says of itself, as <c>featuretransfer.model</c> in its metadata.</summary>
internal sealed record ExportedModel
{
    /// <summary>What was learned.</summary>
    public FineTuneTask Task { get; init; }

    /// <summary>The labels, in the order of the scores.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>From where on a row is positive, has a label, or is sure enough.</summary>
    public double? Threshold { get; init; }

    /// <summary>What is fed.</summary>
    public IReadOnlyList<ExportedInput> Inputs { get; init; } = [];
}
