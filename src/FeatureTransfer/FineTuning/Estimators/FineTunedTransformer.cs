using FeatureTransfer.Extraction;
using FeatureTransfer.Extraction.BuiltIn;
using FeatureTransfer.FineTuning.BuiltIn;
using FeatureTransfer.Inputs;
using FeatureTransfer.Models;
using Microsoft.ML.Data;

namespace FeatureTransfer.FineTuning;

/// <summary>A tuned network as a transformer: from images, texts or recordings to the columns that ML.NET's trainers give.</summary>
public sealed partial class FineTunedTransformer : IModelPart, IRejectsRows, IDisposable
{
    /// <summary>What model files call it.</summary>
    internal const string ModelKind = "fineTune";

    private readonly ExtractFeaturesTransformer _network;
    private readonly TransformerChain<ITransformer> _chain;
    private readonly TuningLayout _layout;

    private FineTunedTransformer(OnnxModel model, TuningLayout layout, ExtractFeaturesTransformer network, FineTuneSummary? summary)
    {
        (Model, _layout, _network, Summary) = (model, layout, network, summary);
        _chain = new TransformerChain<ITransformer>(network, ScoreMapping.Create(layout));
    }

    /// <summary>The tuned network, from the input's tensors to scores, with the names that the backbone gave its weights.</summary>
    public OnnxModel Model { get; }

    /// <summary>How the training went; null for a network that was opened again.</summary>
    public FineTuneSummary? Summary { get; }

    /// <summary>What was learned.</summary>
    public FineTuneTask Task => _layout.Task;

    /// <summary>The classes, in the order of the scores; empty for numbers and for yes and no.</summary>
    public IReadOnlyList<string> Labels => _layout.Labels;

    /// <summary>The column that is read.</summary>
    public string InputColumnName => _network.Options.InputColumnName;

    /// <summary>The id of the backbone's card.</summary>
    public string BackboneId => _network.BackboneId;

    /// <summary>How an input becomes the network's tensors.</summary>
    internal Preparation Preparation => _network.Preparation;

    /// <summary>What runs the network.</summary>
    internal ExtractFeaturesTransformer Network => _network;

    /// <summary>The numbers a row that the head reads.</summary>
    internal int FeatureLength => (int)Model.Proto.Graph.Initializer.Single(tensor => tensor.Name == _layout.FirstWeight).Dims[0];

    /// <summary>True: a row can be transformed for itself.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _chain.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => _chain.Transform(input);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => ((ITransformer)_chain).GetRowToRowMapper(inputSchema);

    /// <summary>Writes the tuned network as one ONNX file, which runs in plain ONNX Runtime; the file appears when it is whole.</summary>
    /// <param name="path">The file.</param>
    public void SaveOnnx(string path) => Model.Save(path);

    /// <summary>Writes transformers of ML.NET's own that do the same a row at a time, the network with them.</summary>
    /// <param name="ctx">Where to.</param>
    void ICanSaveModel.Save(ModelSaveContext ctx) => ModelParts.Save(this, ctx);

    string IModelPart.Kind => ModelKind;

    BuiltInForm IModelPart.ToBuiltIn() => BuiltInChain.Create(
        _network, Model, Labels, ScoreMappings.Outputs(Task), transforms => ScoreMappings.Behind(transforms, Task, Labels));

    SavedPart IModelPart.Describe() => new SavedNetwork { Options = _network.Options, Preparation = _network.Preparation.Text, BackboneId = BackboneId, Input = _network.Input };

    ITransformer IModelPart.For(DataViewSchema inputSchema) => For(inputSchema);

    ITransformer IRejectsRows.With(IRejectedRowSink sink) => new FineTunedTransformer(Model, _layout, _network.With(sink), Summary);

    /// <summary>Frees the session.</summary>
    public void Dispose() => _network.Dispose();

    /// <summary>The same, for rows of a schema; the session is shared.</summary>
    internal FineTunedTransformer For(DataViewSchema schema) => For(InputKinds.Of(schema, InputColumnName, _network.Preparation.Modality));

    /// <summary>The same, for another kind of input column; the session is shared.</summary>
    internal FineTunedTransformer For(InputKind input) => input == _network.Input ? this : new FineTunedTransformer(Model, _layout, _network.For(input), Summary);

    /// <summary>Makes a transformer of a tuned network, as a model file holds it.</summary>
    /// <param name="model">The network.</param>
    /// <param name="preparation">How an input becomes its tensors.</param>
    /// <param name="options">The columns, and what it runs on.</param>
    /// <param name="backboneId">The id of the backbone's card.</param>
    /// <param name="services">Who takes logs and rejected rows.</param>
    /// <param name="summary">How the training went; null for a network that is opened again.</param>
    /// <exception cref="FeatureTransferException">The network was not saved by fine-tuning, or does not fit the preparation.</exception>
    internal static FineTunedTransformer Create(OnnxModel model, Preparation preparation, ExtractFeaturesOptions options, string backboneId, FeatureTransferServices services, FineTuneSummary? summary)
    {
        var layout = TuningLayout.Of(model) ?? throw new FeatureTransferException($"{model.Name}: was not saved by fine-tuning. Expected an .onnx file that FineTunedTransformer.SaveOnnx wrote.");
        return new FineTunedTransformer(model, layout, ExtractFeaturesTransformer.Create(options, model, preparation, backboneId, services), summary);
    }
}
