using Microsoft.ML.Data;

namespace FeatureTransfer.Weighting;

/// <summary>
/// Adds a column with a weight for each row, such that all classes weigh alike however many rows they have: n / (k n_c) for a class with n_c of the n
/// rows, where there are k classes; with a group column, n / (k n_cg), where k pairs of a class and a group have rows. Trainers that take weights are told of the
/// column by <c>ExampleWeightColumnName</c>.
/// </summary>
/// <remarks>
/// The counts are those of the rows that it is fitted on; a label that none of them has weighs 0, and so does a missing one. What it fits is made of
/// ML.NET's own transformers, and model files hold it as such. Weights are for training: appended with <see cref="TransformerScope.Training" />,
/// the column is left out of <c>model.GetModelFor(TransformerScope.Scoring)</c>, which then needs no label to predict.
/// </remarks>
public sealed class ClassWeightsEstimator : IEstimator<ITransformer>
{
    // Exists between the transformers for a key alone.
    private const string Raw = "FeatureTransfer.RawLabel";
    private const char Separator = '\u0001';
    private const string Cell = "FeatureTransfer.LabelAndGroup";
    private readonly MLContext _ml = new();

    /// <summary>Creates the estimator.</summary>
    /// <param name="options">The columns.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public ClassWeightsEstimator(ClassWeightsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.OutputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(options.LabelColumnName);
        Options = options;
    }

    /// <summary>The columns.</summary>
    public ClassWeightsOptions Options { get; }

    /// <summary>Counts the rows of each class.</summary>
    /// <param name="input">The rows; they are read once.</param>
    /// <exception cref="ArgumentOutOfRangeException">The label is missing, or of another type.</exception>
    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var type = input.Schema.GetColumnOrNull(Options.LabelColumnName)?.Type ?? throw Missing(input.Schema.Select(column => column.Name), Options.LabelColumnName, "label");
        if (Options.GroupColumnName is { } name)
        {
            if ((input.Schema.GetColumnOrNull(name)?.Type ?? throw Missing(input.Schema.Select(column => column.Name), name, "group")) is not TextDataViewType)
                throw new ArgumentOutOfRangeException(nameof(Options.GroupColumnName), $"The group '{name}' is {input.Schema[name].Type}. Expected text, one a row.");
            var keys = (type as KeyDataViewType)?.Count;
            var cells = ToCells(keys).Fit(input).Transform(input).GetColumn<string>(Cell).Where(cell => cell[0] != Separator && cell[^1] != Separator);
            return ToCells(keys).Append(Weigh(cells, Cell)).Append(_ml.Transforms.DropColumns(Cell)).Fit(input);
        }

        return type switch
        {
            TextDataViewType => Weigh(input.GetColumn<string>(Options.LabelColumnName).Where(label => label.Length > 0)).Fit(input),
            BooleanDataViewType => Weigh(input.GetColumn<bool>(Options.LabelColumnName)).Fit(input),
            NumberDataViewType { RawType: var raw } when raw == typeof(float) => Weigh(input.GetColumn<float>(Options.LabelColumnName).Where(label => !float.IsNaN(label))).Fit(input),

            // 0 is a missing key.
            KeyDataViewType => WeighKeys(ToNumber().Fit(input).Transform(input).GetColumn<uint>(Raw).Where(key => key > 0)).Fit(input),
            _ => throw Unfit(type.ToString()!),
        };
    }

    /// <inheritdoc />
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var label = inputSchema.FirstOrDefault(column => column.Name == Options.LabelColumnName) is { Name: not null } found ? found : throw Missing(inputSchema.Select(column => column.Name), Options.LabelColumnName, "label");
        if (Options.GroupColumnName is { } group)
        {
            if (!inputSchema.Any(column => column.Name == group))
                throw Missing(inputSchema.Select(column => column.Name), group, "group");
            return ToCells(label.IsKey ? 1 : null).Append(Weigh([""], Cell)).Append(_ml.Transforms.DropColumns(Cell)).GetOutputSchema(inputSchema);
        }

        IEstimator<ITransformer> estimator = label switch
        {
            { Kind: not SchemaShape.Column.VectorKind.Scalar } => throw Unfit("a vector"),
            { IsKey: true } => WeighKeys([1]),
            { ItemType: TextDataViewType } => Weigh([""]),
            { ItemType: BooleanDataViewType } => Weigh([true]),
            _ => Weigh([0f]),
        };
        return estimator.GetOutputSchema(inputSchema);
    }

    private IEstimator<ITransformer> Weigh<T>(IEnumerable<T> labels, string? column = null)
        where T : notnull
    {
        var counts = labels.CountBy(label => label).ToList();
        var rows = counts.Sum(label => (long)label.Value);
        return _ml.Transforms.Conversion.MapValue(
            Options.OutputColumnName,
            counts.Select(label => KeyValuePair.Create(label.Key, (float)((double)rows / counts.Count / label.Value))),
            column ?? Options.LabelColumnName);
    }

    private IEstimator<ITransformer> WeighKeys(IEnumerable<uint> keys) =>
        ToNumber().Append(Weigh(keys, Raw)).Append(_ml.Transforms.DropColumns(Raw));

    // Label and group as one text; a missing one leaves its side of the separator empty. ML.NET converts no key to text.
    private IEstimator<ITransformer> ToCells(ulong? keys) => (keys is { } count
            ? ToNumber().Append(_ml.Transforms.Conversion.MapValue(Raw, Enumerable.Range(1, (int)count).Select(key => KeyValuePair.Create((uint)key, key.ToString(CultureInfo.InvariantCulture))), Raw))
            : (IEstimator<ITransformer>)_ml.Transforms.Conversion.ConvertType(Raw, Options.LabelColumnName, DataKind.String))
        .Append(_ml.Transforms.Expression(Cell, $"(label, group) => concat(label, \"{Separator}\", group)", Raw, Options.GroupColumnName!))
        .Append(_ml.Transforms.DropColumns(Raw));

    private IEstimator<ITransformer> ToNumber() => _ml.Transforms.Conversion.ConvertType(Raw, Options.LabelColumnName, DataKind.UInt32);

    private static ArgumentOutOfRangeException Missing(IEnumerable<string> columns, string name, string what) => new(
        nameof(name), $"There is no column '{name}' with the {what}. The columns are {string.Join(", ", columns)}.");

    private ArgumentOutOfRangeException Unfit(string type) => new(
        nameof(Options.LabelColumnName), $"The label '{Options.LabelColumnName}' is {type}. Expected text, a key, a boolean or a float, one a row.");
}
