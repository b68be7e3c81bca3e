using FeatureTransfer.Adaptation;
using FeatureTransfer.Models;
using FeatureTransfer.Onnx.Proto;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML.Data;

namespace FeatureTransfer.Mitigation;

/// <summary>
/// Takes out of the features what a linear classifier could tell a column by, such as a group of people, and leaves them otherwise as near to what they were as it can
/// (Belrose and others, 2023, "LEACE: Perfect Linear Concept Erasure in Closed Form"). The column is read while fitting; the model needs it no more.
/// </summary>
/// <remarks>
/// What is not linear stays: a network or a forest behind it may still tell the column. Where the column and the label go together, what is taken out is missing for
/// the label too. What it fits is ML.NET's own <c>ApplyOnnxModel</c> around a small graph, and model files hold it as such.
/// </remarks>
public sealed class EraseConceptEstimator : IEstimator<ITransformer>
{
    private readonly FeatureTransferServices _services;

    /// <summary>Creates the estimator.</summary>
    /// <param name="options">The columns.</param>
    /// <param name="services">Where work is stopped; null is the default.</param>
    /// <exception cref="ArgumentException">A name is empty, or one column is named twice.</exception>
    public EraseConceptEstimator(EraseConceptOptions options, FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (Options, _services) = (options, services ?? FeatureTransferServices.Default);
    }

    /// <summary>The columns.</summary>
    public EraseConceptOptions Options { get; }

    /// <summary>Learns what to take out; the rows are read once, into memory. Rows without a concept are passed over.</summary>
    /// <param name="input">The rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="FeatureTransferException">There are fewer than two concepts, or a feature is not finite.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var columns = input.Schema.Select(column => column.Name).ToList();
        if (input.Schema.GetColumnOrNull(Options.FeatureColumnName)?.Type is not { } features)
            throw Missing(Options.FeatureColumnName, columns);
        if (features is not VectorDataViewType { IsKnownSize: true, ItemType: NumberDataViewType { RawType: var raw } } || raw != typeof(float))
            throw Unfit(Options.FeatureColumnName, features, "a vector of floats of one length");
        if (input.Schema.GetColumnOrNull(Options.ConceptColumnName)?.Type is not { } concept)
            throw Missing(Options.ConceptColumnName, columns);
        if (concept is not TextDataViewType)
            throw Unfit(Options.ConceptColumnName, concept, "text");
        var (rows, concepts) = Read(input);
        var erasure = LinearErasure.Of(rows, concepts, _services.Cancellation);
        return Chain(Graph(erasure.Mean, erasure.Matrix)).Fit(input);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (var column in new[] { Options.FeatureColumnName, Options.ConceptColumnName }.Where(column => !inputSchema.Any(known => known.Name == column)))
            throw Missing(column, inputSchema.Select(known => known.Name));

        // How long vectors are is not known yet, and no matter.
        return Chain(Graph(Vector<double>.Build.Dense(1), Matrix<double>.Build.DenseIdentity(1))).GetOutputSchema(inputSchema);
    }

    private (double[][] Rows, int[] Concepts) Read(IDataView input)
    {
        var (features, concept) = (input.Schema[Options.FeatureColumnName], input.Schema[Options.ConceptColumnName]);
        var (rows, concepts, known) = (new List<double[]>(), new List<int>(), new Dictionary<string, int>(StringComparer.Ordinal));
        using var cursor = input.GetRowCursor([features, concept]);
        var (readFeatures, readConcept) = (cursor.GetGetter<VBuffer<float>>(features), cursor.GetGetter<ReadOnlyMemory<char>>(concept));
        VBuffer<float> vector = default;
        ReadOnlyMemory<char> name = default;
        while (cursor.MoveNext())
        {
            _services.Cancellation.ThrowIfCancellationRequested();
            readConcept(ref name);
            if (name.IsEmpty)
                continue;
            readFeatures(ref vector);
            double[] values = [.. vector.DenseValues()];
            if (!values.All(double.IsFinite))
                throw new FeatureTransferException($"Column '{Options.FeatureColumnName}' holds a number that is not finite in row {rows.Count + 1}. Put ReplaceMissingValues before EraseConcept.");
            rows.Add(values);
            concepts.Add(known.TryGetValue(name.ToString(), out var place) ? place : known[name.ToString()] = known.Count);
        }

        return known.Count >= 2
            ? ([.. rows], [.. concepts])
            : throw new FeatureTransferException($"Column '{Options.ConceptColumnName}' says {(known.Count == 0 ? "nothing" : $"'{known.Keys.First()}'")} of all rows. Expected two values or more that features can tell apart.");
    }

    private OnnxModel Graph(Vector<double> mean, Matrix<double> matrix)
    {
        var builder = new GraphBuilder("erasure");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused(Options.FeatureColumnName), 1, mean.Count));
        var erased = new AffineMap(mean, matrix, mean).AddTo(builder, Options.FeatureColumnName, "erase_");
        builder.Node("Reshape", RowGraph.Output, [erased, builder.Constant("erase_shape", [(long)mean.Count], 1)]);
        builder.Graph.Output.Add(GraphBuilder.FloatValue(RowGraph.Output, mean.Count));
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return new OnnxModel(proto, "erasure");
    }

    // The custom mapping comes first: it makes ONNX Runtime ready where ML.NET alone reads the model.
    private EstimatorChain<ITransformer> Chain(OnnxModel model)
    {
        _ = OnnxRuntimeLibrary.Environment;
        var transforms = new MLContext().Transforms;
        using var graph = new MemoryStream(model.ToBytes());
        return new EstimatorChain<ITransformer>()
            .Append<ITransformer>(transforms.CustomMapping<ZeroMapping.Anything, ZeroMapping.Zero>(ZeroMapping.Map, ZeroMapping.Contract))
            .Append<ITransformer>(transforms.ApplyOnnxModel([RowGraph.Output], [Options.FeatureColumnName], graph))
            .Append<ITransformer>(transforms.CopyColumns(Options.OutputColumnName, RowGraph.Output))
            .Append<ITransformer>(transforms.DropColumns(HelperColumns.Zero, RowGraph.Output));
    }

    private static ArgumentOutOfRangeException Missing(string name, IEnumerable<string> columns)
    {
        var known = columns.ToList();
        return new("input", $"EraseConcept: there is no column '{name}'.{NearestName.Hint(name, known)} The columns are {string.Join(", ", known)}.");
    }

    private static ArgumentOutOfRangeException Unfit(string column, DataViewType type, string expected) => new("input", $"EraseConcept: column '{column}' is {type}. Expected {expected}.");
}
