using FeatureTransfer.Models;
using Microsoft.ML.Data;

namespace FeatureTransfer.Heads;

/// <summary>A classifier over features. Adds <c>Score</c> (probabilities), <c>PredictedLabel</c> and, where they are asked for, the logits.</summary>
/// <remarks>
/// It is made of ML.NET's own transformers around a small ONNX graph: <c>ml.Model.Save</c> and <c>ml.Model.SaveBundle</c> write these, and what
/// is loaded is a chain that gives the same answers.
/// </remarks>
public sealed class HeadTransformer : ISingleFeaturePredictionTransformer<HeadModel>, IDisposable
{
    private readonly ITransformer _chain;

    private HeadTransformer(HeadModel model, string features, ITransformer chain) => (Model, FeatureColumnName, _chain) = (model, features, chain);

    /// <summary>What was learned.</summary>
    public HeadModel Model { get; }

    /// <summary>The column that is read.</summary>
    public string FeatureColumnName { get; }

    /// <summary>The type of that column: a vector of floats.</summary>
    public DataViewType FeatureColumnType => new VectorDataViewType(NumberDataViewType.Single, Model.FeatureLength);

    /// <summary>The transformers that it is made of.</summary>
    internal ITransformer Chain => _chain;

    /// <summary>True: a row can be transformed for itself.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _chain.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => _chain.Transform(input);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => _chain.GetRowToRowMapper(inputSchema);

    /// <summary>Writes transformers of ML.NET's own that do the same.</summary>
    /// <param name="ctx">Where to.</param>
    void ICanSaveModel.Save(ModelSaveContext ctx) => _chain.Save(ctx);

    /// <summary>Frees the session.</summary>
    public void Dispose() => (_chain as IDisposable)?.Dispose();

    /// <summary>Puts a model behind the columns of a table.</summary>
    internal static HeadTransformer Create(HeadModel model, HeadOptions options, IDataView rows)
    {
        // The custom mapping comes first: it makes ONNX Runtime ready where ML.NET alone reads the model.
        _ = OnnxRuntimeLibrary.Environment;
        var transforms = new MLContext().Transforms;
        using var graph = new MemoryStream(HeadGraph.Of(model.Decision, model.FeatureLength, model.Labels, options).ToBytes());
        string[] outputs = [RowGraph.Output, .. options.LogitsColumnName is { } logits ? [logits] : (string[])[]];
        var chain = new EstimatorChain<ITransformer>()
            .Append<ITransformer>(transforms.CustomMapping<ZeroMapping.Anything, ZeroMapping.Zero>(ZeroMapping.Map, ZeroMapping.Contract))
            .Append<ITransformer>(transforms.ApplyOnnxModel(outputs, [options.FeatureColumnName], graph))
            .Append<ITransformer>(transforms.DropColumns(HelperColumns.Zero))
            .Append(ClassColumns.FromOutput(transforms, model.Labels));
        return new HeadTransformer(model, options.FeatureColumnName, chain.Fit(rows));
    }
}
