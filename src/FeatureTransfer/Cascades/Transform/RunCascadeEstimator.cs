using FeatureTransfer.Models;
using FeatureTransfer.Schema;
using Microsoft.ML.Data;

namespace FeatureTransfer.Cascades;

/// <summary>Adds a column with what a cascade gives for an image. It learns nothing.</summary>
public sealed class RunCascadeEstimator : IEstimator<CascadeTransformer>
{
    private readonly Lazy<string> _run;
    private readonly long? _length;
    private readonly FeatureTransferServices _services;

    /// <summary>Creates the estimator.</summary>
    /// <param name="cascade">A cascade of one input, an image; the estimator takes a copy of it.</param>
    /// <param name="options">What is read and given. Default the defaults.</param>
    /// <param name="services">Who is told of rejected rows. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <exception cref="FeatureTransferException">The cascade does not read one image, or the value is neither texts nor a tensor whose rows have a known length.</exception>
    public RunCascadeEstimator(Cascade cascade, RunCascadeOptions? options = null, FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(cascade);
        (Options, _services) = (options ?? new RunCascadeOptions(), services ?? FeatureTransferServices.Default);
        if (cascade.Inputs is not [{ Kind: CascadeKind.Image }])
            throw new FeatureTransferException($"The cascade reads {string.Join("; ", cascade.Inputs)}. Expected one image.");
        var given = cascade.Stages.SelectMany(stage => stage.Outputs).ToList();
        var port = Options.Value is { } name ? given.Find(value => value.Name == name) : given.LastOrDefault();
        if (port is null)
            throw new FeatureTransferException($"No stage of the cascade gives '{Options.Value}'.{NearestName.Hint(Options.Value ?? "", [.. given.Select(value => value.Name)])} The values are {string.Join("; ", given)}.");
        _length = port.Kind == CascadeKind.Texts ? null : Length(port);
        _run = new(() => new CascadeRun(cascade, port.Name, Options.Separator).ToText());
    }

    /// <summary>What is read and given.</summary>
    public RunCascadeOptions Options { get; }

    /// <summary>Makes the transformer; no row is read.</summary>
    /// <param name="input">The rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column of paths is missing or of another type.</exception>
    public CascadeTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        var transforms = new MLContext().Transforms;
        List<ITransformer> parts = [];
        SideBySide.Append(parts, input.Schema, [
            transforms.CustomMapping<ZeroMapping.Anything, ZeroMapping.Zero>(ZeroMapping.Map, ZeroMapping.Contract),
            transforms.Expression(HelperColumns.Preparation, $"zero : \"{_run.Value}\"", HelperColumns.Zero),
            transforms.CopyColumns(HelperColumns.Input, Options.InputColumnName),
            .. Mapping(transforms),
        ]);
        return new CascadeTransformer(parts, Options.InputColumnName, Options.OutputColumnName, _services);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        if (!inputSchema.Any(column => column.Name == Options.InputColumnName && column is { Kind: SchemaShape.Column.VectorKind.Scalar, ItemType: TextDataViewType }))
            throw new ArgumentOutOfRangeException(nameof(inputSchema), $"There is no column '{Options.InputColumnName}' of text, the paths of images. The columns are {string.Join(", ", inputSchema.Select(column => column.Name))}.");
        var added = _length is { } length ? SchemaColumns.FloatVector(Options.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, (int)length)) : SchemaColumns.Text(Options.OutputColumnName);
        return ModelShapes.Add(inputSchema, [added]);
    }

    private IEstimator<ITransformer>[] Mapping(TransformsCatalog transforms)
    {
        if (_length is not { } length)
        {
            return [
                transforms.CustomMapping<CascadeRow, CascadeTextMapping.Answer>(CascadeTextMapping.Map, CascadeTextMapping.Contract),
                transforms.CopyColumns(Options.OutputColumnName, HelperColumns.Name),
                transforms.DropColumns(HelperColumns.Zero, HelperColumns.Preparation, HelperColumns.Input, HelperColumns.Name),
            ];
        }

        // A custom mapping's vector has no length, and trainers want one.
        using var graph = new MemoryStream(AnswerColumns.Identity((int)length, []).ToBytes());
        return [
            transforms.CustomMapping<CascadeRow, CascadeVectorMapping.Answer>(CascadeVectorMapping.Map, CascadeVectorMapping.Contract),
            transforms.ApplyOnnxModel([RowGraph.Output], [RowGraph.Input], graph),
            transforms.CopyColumns(Options.OutputColumnName, RowGraph.Output),
            transforms.DropColumns(HelperColumns.Zero, HelperColumns.Preparation, HelperColumns.Input, RowGraph.Input, RowGraph.Output),
        ];
    }

    private static long Length(CascadePort port) => port is { Kind: CascadeKind.Tensor, Shape.Count: > 1 } && port.Shape.Skip(1).All(size => size is > 0)
        ? port.Shape.Skip(1).Aggregate(1L, (product, size) => product * size!.Value)
        : throw new FeatureTransferException($"The cascade's value {port} cannot be a column. Expected texts, or a tensor (n, ...) whose other sizes are known: end it with a stage that gives one, such as ArgMaxToLabel.");
}
