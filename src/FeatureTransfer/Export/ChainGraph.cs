using FeatureTransfer.Extraction;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Heads;
using FeatureTransfer.Inputs;
using FeatureTransfer.Models;
using FeatureTransfer.Schema;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Onnx;

namespace FeatureTransfer.Export;

/// <summary>
/// A chain as a graph, step by step: which tensor holds which column. A column that no graph can give is no error before it is asked for, for
/// the label's own columns are of no use at prediction.
/// </summary>
internal sealed class ChainGraph
{
    private readonly GraphAssembly _graph = new("model");
    private readonly Dictionary<string, string> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _lost = new(StringComparer.Ordinal);
    private readonly ModelOperationsCatalog _catalog;
    private readonly ExportedInputs _inputs;
    private readonly int _steps;

    /// <summary>Walks a chain.</summary>
    /// <param name="catalog">ML.NET's writer and converter.</param>
    /// <param name="model">The chain.</param>
    /// <param name="schema">The columns that it reads.</param>
    /// <param name="networks">The graph of each network, as it is to be written.</param>
    public ChainGraph(ModelOperationsCatalog catalog, ITransformer model, DataViewSchema schema, Func<ITransformer, OnnxModel> networks)
    {
        (_catalog, Schema) = (catalog, schema);
        AnswerNodes.Reserve(_graph.Builder);
        var steps = Flatten(model).ToList();
        var graphs = steps.Where(step => step is ExtractFeaturesTransformer or FineTunedTransformer).Distinct().ToDictionary(step => step, step => FreeBatch.Apply(networks(step)));
        _inputs = new ExportedInputs(_graph) { IsFixed = graphs.Values.Any(graph => graph.HasFixedBatch) };
        foreach (var column in schema.Where(column => !column.IsHidden))
        {
            if (ColumnTypes.Of(column.Type) is { } type)
                _tensors[column.Name] = _inputs.Column(column.Name, type.Element, type.Length);
        }

        foreach (var step in steps)
        {
            var after = step.GetOutputSchema(Schema);
            Add(step, graphs.GetValueOrDefault(step), after);
            Schema = after;
            _steps++;
        }
    }

    /// <summary>The graph so far.</summary>
    public GraphAssembly Graph => _graph;

    /// <summary>The columns that the chain gives.</summary>
    public DataViewSchema Schema { get; private set; }

    /// <summary>What is fed.</summary>
    public ExportedInputs Inputs => _inputs;

    /// <summary>The tensor of a column, (batch, values).</summary>
    /// <exception cref="FeatureTransferException">No graph can give it; the message names the step.</exception>
    public string Tensor(string column) => _tensors.TryGetValue(column, out var tensor)
        ? tensor
        : throw new FeatureTransferException($"The model cannot become one ONNX file: {_lost.GetValueOrDefault(column, $"it gives no column '{column}'")}. Its own model file and ML.NET's (.zip) run everything.");

    /// <summary>Whether a column has a tensor.</summary>
    public bool Has(string column) => _tensors.ContainsKey(column);

    private static IEnumerable<ITransformer> Flatten(ITransformer model) => model switch
    {
        HeadTransformer head => Flatten(head.Chain),
        _ when ModelChain.Parts(model) is { } parts => parts.SelectMany(Flatten),
        _ => [model],
    };

    private void Add(ITransformer step, OnnxModel? network, DataViewSchema after)
    {
        List<string> added = [.. after.Select(column => column.Name).Distinct().Where(name => after.Count(column => column.Name == name) > Schema.Count(column => column.Name == name))];
        switch (step)
        {
            case ExtractFeaturesTransformer extraction:
                Set(extraction.Options.OutputColumnName, Flat(Network(extraction, network!), extraction.Engine.Shape.Length));
                break;
            case FineTunedTransformer tuned:
                AddScores(tuned.Task, Network(tuned.Network, network!));
                break;

            // Columns that are dropped are asked for no more.
            case ColumnSelectingTransformer:
                break;
            default:
                Convert(step, added);
                break;
        }
    }

    private string Network(ExtractFeaturesTransformer network, OnnxModel graph)
    {
        var fed = _inputs.Of(network);
        var inputs = graph.Inputs.ToDictionary(input => input.Name, input => network.Preparation is FixedPreparation ? fed.Values.Single() : fed[input.Name], StringComparer.Ordinal);
        return _graph.Add(graph, $"step{_steps}/", inputs)[graph.Outputs[0].Name];
    }

    private string Flat(string tensor, int rank) => rank == 1 ? tensor : _graph.Builder.Node("Flatten", _graph.Builder.Unused("flat"), [tensor]);

    private void AddScores(FineTuneTask task, string scores)
    {
        Set("Score", scores);
        if (task != FineTuneTask.Binary)
            return;
        Set("Probability", Side(1));

        // The score of two answers is the logit.
        Set("Score", _graph.Builder.Node("Sub", _graph.Builder.Unused("logit"), [Logarithm(Side(1)), Logarithm(Side(0))]));

        string Side(long side) => _graph.Builder.Node("Gather", _graph.Builder.Unused("probability"), [scores, _graph.Builder.Constant(_graph.Builder.Unused("side"), [side], 1)], GraphBuilder.Int("axis", 1));

        string Logarithm(string probability) => _graph.Builder.Node("Log", _graph.Builder.Unused("logarithm"), [_graph.Builder.Node("Max", _graph.Builder.Unused("clipped"), [probability, _graph.Builder.Constant(_graph.Builder.Unused("least"), [1e-7f], 1)])]);
    }

    private void Convert(ITransformer step, List<string> added)
    {
        if (!step.IsRowToRowMapper)
        {
            Lose(added, step, null);
            return;
        }

        var mapper = step.GetRowToRowMapper(Schema);
        List<string> needed = [.. mapper.GetDependencies(mapper.OutputSchema.Where(column => !column.IsHidden && added.Contains(column.Name))).Select(column => column.Name).Distinct()];
        if (needed.Find(column => !_tensors.ContainsKey(column)) is { } missing)
        {
            Lose(added, step, missing is HelperColumns.Zero or HelperColumns.Preparation ? null : _lost.GetValueOrDefault(missing));
            return;
        }

        var part = step is OnnxTransformer ? StepGraph.Saved(_catalog, step, Schema) : StepGraph.Converted(_catalog, step, new SchemaOnly(ColumnTypes.Part(Schema, needed)), added);
        if (part is null || part.Model.Inputs.Any(input => !_tensors.ContainsKey(input.Name)))
        {
            Lose(added, step, null);
            return;
        }

        _inputs.IsFixed |= step is OnnxTransformer && part.Model.HasFixedBatch;
        var outputs = _graph.Add(part.Model, $"step{_steps}/", part.Model.Inputs.ToDictionary(input => input.Name, input => _tensors[input.Name], StringComparer.Ordinal));
        Lose([.. added.Where(column => !part.Columns.ContainsKey(column))], step, null);
        foreach (var column in added.Where(part.Columns.ContainsKey))
            Set(column, Row(outputs[part.Columns[column]], step, mapper.OutputSchema[column].Type));
    }

    // The converter leaves a dimension of 1 in what it makes of a key.
    private string Row(string tensor, ITransformer step, DataViewType type) => step is OneHotEncodingTransformer or KeyToVectorMappingTransformer && ColumnTypes.Of(type) is { } row
        ? _graph.Builder.Node("Reshape", _graph.Builder.Unused($"step{_steps}/row"), [tensor, _graph.Builder.Constant($"step{_steps}/row_shape", [-1L, row.Length], 2)])
        : tensor;

    private void Set(string column, string tensor)
    {
        _tensors[column] = tensor;
        _lost.Remove(column);
    }

    private void Lose(List<string> columns, ITransformer step, string? reason)
    {
        foreach (var column in columns)
        {
            _tensors.Remove(column);
            _lost[column] = reason ?? $"the step {StepGraph.NameOf(step)}, which gives the column '{column}', has no form in ONNX";
        }
    }
}
