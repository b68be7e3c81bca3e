using FeatureTransfer.Models;
using FeatureTransfer.Neighbours;
using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Schema;
using Microsoft.ML.Data;

namespace FeatureTransfer.Heads;

/// <summary>
/// Adds how far a row lies from all classes: the squared Mahalanobis distance to the nearest class mean, see <see cref="MahalanobisDetector"/> (Lee and others 2018). The
/// higher, the less known; a limit comes of <see cref="FiniteSampleQuantile"/> over rows that it was not fitted on.
/// </summary>
/// <remarks>Where all rows of each class are alike, such as a single one, it is Euclid's squared distance. What it fits is ML.NET's own <c>ApplyOnnxModel</c> around a small graph, and model files hold it as such; the label is read while fitting alone.</remarks>
public sealed class ClassDistanceEstimator : IEstimator<ITransformer>
{
    private readonly FeatureTransferServices _services;

    /// <summary>Creates the estimator.</summary>
    /// <param name="options">The columns and the shrinkage.</param>
    /// <param name="services">Where work is stopped; null is the default.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public ClassDistanceEstimator(ClassDistanceOptions options, FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (Options, _services) = (options, services ?? FeatureTransferServices.Default);
    }

    /// <summary>The columns and the shrinkage.</summary>
    public ClassDistanceOptions Options { get; }

    /// <summary>Fits means and covariance; the rows are read once, into memory.</summary>
    /// <param name="input">The rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="FeatureTransferException">Features are not finite, or there are fewer than two classes.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        var rows = HeadRows.Read(input, Options.LabelColumnName, Options.FeatureColumnName, _services.Cancellation).Features;
        var detector = MahalanobisDetector.Fit([.. Enumerable.Range(0, rows.Count).Select(row => rows.Row(row).ToArray())], rows.Labels, Options.Shrinkage, mayBeAlike: true, _services.Cancellation);
        return Chain(Graph(detector, rows.Dimension)).Fit(input);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);

        // What a head reads: it names what is missing or of another type.
        new RidgeClassifierOptions { LabelColumnName = Options.LabelColumnName, FeatureColumnName = Options.FeatureColumnName }.Shape(inputSchema);
        return new SchemaShape(inputSchema.Where(column => column.Name != Options.OutputColumnName).Append(SchemaColumns.FloatVector(Options.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, 1))));
    }

    private OnnxModel Graph(MahalanobisDetector detector, int dimension)
    {
        var builder = new GraphBuilder("distance");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused(Options.FeatureColumnName), 1, dimension));

        // Sums of large products cancel in single precision, so the centre comes off first.
        var centred = builder.Node("Sub", "distance_centred", [Options.FeatureColumnName, builder.Constant("distance_centre", detector.Centre, 1, dimension)]);
        var white = builder.Node("MatMul", "distance_white", [centred, builder.Constant("distance_whitening", detector.Whitening(), dimension, dimension)]);
        var means = detector.WhiteMeans();
        var flat = builder.Node("Reshape", "distance_flat", [DistanceGraph.Add(builder, SimilarityMetric.Euclidean, means, means.Length / dimension, dimension, white), builder.Constant("distance_row", [-1L], 1)]);
        var nearest = builder.Node("ReduceMin", "distance_nearest", [flat], GraphBuilder.Ints("axes", 0), GraphBuilder.Int("keepdims", 1));
        builder.Node("Mul", RowGraph.Output, [nearest, nearest]);
        builder.Graph.Output.Add(GraphBuilder.FloatValue(RowGraph.Output, 1));
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return new OnnxModel(proto, "distance");
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
}
