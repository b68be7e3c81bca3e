using FeatureTransfer.Extraction.BuiltIn;
using FeatureTransfer.Inputs;
using FeatureTransfer.Models;
using Microsoft.ML.Data;

namespace FeatureTransfer.Extraction;

/// <summary>Computes features in batches, decoding and inference side by side; unreadable rows are left out and told of.</summary>
public sealed class ExtractFeaturesTransformer : IModelPart, IRejectsRows, IDisposable
{
    /// <summary>What model files call it.</summary>
    internal const string ModelKind = "extractFeatures";

    private ExtractFeaturesTransformer(ExtractFeaturesOptions options, OnnxModel model, string backboneId, FeatureEngine engine, FeatureTransferServices services)
    {
        Options = options;
        Model = model;
        BackboneId = backboneId;
        Engine = engine;
        Services = services;
    }

    /// <summary>What is extracted.</summary>
    public ExtractFeaturesOptions Options { get; }

    /// <summary>The cut graph, from the input's tensors to features.</summary>
    public OnnxModel Model { get; }

    /// <summary>The id of the backbone's card.</summary>
    public string BackboneId { get; }

    /// <summary>How many features a row has.</summary>
    public int FeatureLength => Engine.Length;

    /// <summary>How many rows were computed by the backbone so far; the others came from the cache.</summary>
    public long RowsComputed => Engine.RowsComputed;

    /// <summary>True: a row can be transformed for itself.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>What lies in the input column; a model file that ML.NET itself reads holds one kind.</summary>
    internal InputKind Input { get; private init; }

    internal FeatureEngine Engine { get; }

    internal FeatureTransferServices Services { get; }

    /// <summary>The columns that are read.</summary>
    internal InputColumns Columns => new(Options.InputColumnName, Options.PairColumnName, Preparation.Modality);

    /// <summary>How an input becomes the graph's tensors.</summary>
    internal Preparation Preparation => Engine.Preparation;

    internal VectorDataViewType OutputType => new(NumberDataViewType.Single, Engine.Shape);

    /// <summary>Makes a transformer of a graph that is cut already, as a model file holds it; needs no catalogue and no network.</summary>
    /// <param name="options">What is extracted.</param>
    /// <param name="graph">The cut graph, see <see cref="FeatureGraph.Build"/>.</param>
    /// <param name="preparation">How an input becomes the graph's tensors.</param>
    /// <param name="backboneId">The id of the backbone's card.</param>
    /// <param name="services">Where features are kept, and who takes logs and rejected rows.</param>
    internal static ExtractFeaturesTransformer Create(ExtractFeaturesOptions options, OnnxModel graph, Preparation preparation, string backboneId, FeatureTransferServices services)
    {
        var engine = FeatureEngine.Create(options, graph, graph.Name, preparation, services);
        engine.Describe(new FeatureScope { Backbone = backboneId, Layers = options.Layers ?? [], Pooling = options.Pooling?.ToString() ?? "", Preprocessing = preparation.Fingerprint });
        return new ExtractFeaturesTransformer(options, graph, backboneId, engine, services);
    }

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        CheckInput(inputSchema, Options);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(inputSchema);
        builder.AddColumn(Options.OutputColumnName, OutputType);
        return builder.ToSchema();
    }

    /// <summary>The rows with their features; they are computed as they are read.</summary>
    /// <param name="input">The rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type.</exception>
    /// <exception cref="ObjectDisposedException">The session was freed.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);

        // Rows are read on threads of ML.NET's, which wrap what is thrown there.
        ObjectDisposedException.ThrowIf(Engine.IsDisposed, this);
        return new FeatureView(this, input, GetOutputSchema(input.Schema));
    }

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new FeatureRowMapper(this, inputSchema, GetOutputSchema(inputSchema));

    /// <summary>Writes transformers of ML.NET's own that do the same a row at a time, the backbone with them.</summary>
    /// <param name="ctx">Where to.</param>
    void ICanSaveModel.Save(ModelSaveContext ctx) => ModelParts.Save(this, ctx);

    string IModelPart.Kind => ModelKind;

    BuiltInForm IModelPart.ToBuiltIn() => BuiltInChain.Of(this);

    SavedPart IModelPart.Describe() => new SavedExtraction { Options = Options, Preparation = Preparation.Text, BackboneId = BackboneId, Input = Input };

    ITransformer IModelPart.For(DataViewSchema inputSchema) => For(InputKinds.Of(inputSchema, Options.InputColumnName, Preparation.Modality));

    ITransformer IRejectsRows.With(IRejectedRowSink sink) => With(sink);

    /// <summary>Frees the session.</summary>
    public void Dispose() => Engine.Dispose();

    /// <summary>The same, for another kind of input column; the session is shared.</summary>
    internal ExtractFeaturesTransformer For(InputKind input) => input == Input ? this : new ExtractFeaturesTransformer(Options, Model, BackboneId, Engine, Services) { Input = input };

    /// <summary>The same, which tells of rejected rows elsewhere; the session is shared.</summary>
    internal ExtractFeaturesTransformer With(IRejectedRowSink sink) =>
        new(Options, Model, BackboneId, Engine, Services with { Rejected = sink }) { Input = Input };

    /// <summary>The same with a session of its own, which computes every row anew; whoever asks frees it.</summary>
    internal ExtractFeaturesTransformer WithoutCache() =>
        new(Options, Model, BackboneId, Create(Options with { UseCache = false }, Model, Preparation, BackboneId, Services).Engine, Services) { Input = Input };

    internal static void CheckInput(DataViewSchema schema, ExtractFeaturesOptions options)
    {
        var column = schema.GetColumnOrNull(options.InputColumnName) ?? throw MissingColumn(options.InputColumnName, schema.Select(known => known.Name));
        var isBytes = column.Type is VectorDataViewType vector && vector.ItemType.RawType == typeof(byte);
        if (!isBytes && column.Type is not TextDataViewType)
        {
            throw new ArgumentOutOfRangeException(
                nameof(schema), $"ExtractFeatures: column '{column.Name}' is {column.Type}. Expected text (a path, or the text itself) or a vector of bytes (an encoded image or recording).");
        }

        if (options.PairColumnName is not { } pair)
            return;
        var second = schema.GetColumnOrNull(pair) ?? throw MissingColumn(pair, schema.Select(known => known.Name));
        if (second.Type is not TextDataViewType)
            throw new ArgumentOutOfRangeException(nameof(schema), $"ExtractFeatures: column '{pair}' is {second.Type}. Expected text, the other half of a pair.");
    }

    internal static ArgumentOutOfRangeException MissingColumn(string column, IEnumerable<string> known)
    {
        var names = known.ToList();
        return new ArgumentOutOfRangeException(
            "inputSchema",
            $"ExtractFeatures: there is no column '{column}'.{NearestName.Hint(column, names)} The columns are {string.Join(", ", names)}.");
    }
}
