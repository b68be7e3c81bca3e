using FeatureTransfer.Models;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace FeatureTransfer.Adaptation;

/// <summary>
/// Weighs rows of the source by how much likelier they are in the target, for a trainer's <c>ExampleWeightColumnName</c>: right where the domains differ in which
/// rows are frequent, and not in what their labels are (covariate shift; Shimodaira 2000). Rows of the target weigh 1.
/// </summary>
public sealed class ImportanceWeightsEstimator : DomainEstimator
{
    /// <summary>Creates the estimator.</summary>
    /// <param name="options">The method and the columns.</param>
    /// <param name="services">Where work is stopped; null is the default.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public ImportanceWeightsEstimator(ImportanceWeightsOptions options, FeatureTransferServices? services = null)
        : base(options ?? throw new ArgumentNullException(nameof(options)), services) => Options = options;

    /// <summary>The method and the columns.</summary>
    public ImportanceWeightsOptions Options { get; }

    private protected override (DomainMap Source, DomainMap Target, int Length) Learn(DomainRows rows, CancellationToken cancellation)
    {
        DomainMap map = Options.Method switch
        {
            ImportanceMethod.DomainClassifier => OddsMap.Learn(rows, cancellation),
            ImportanceMethod.Kliep => Kliep.Learn(rows.Some(Options.MaximumRows, Options.Seed), Options.Seed, cancellation),
            _ => KernelMeanMatching.Learn(rows.Some(Options.MaximumRows, Options.Seed), Options.MaximumWeight, cancellation),
        };
        return (new BoundedMap(map, Options.MaximumWeight), new OneMap(), 1);
    }

    private protected override IEstimator<ITransformer> Finish(TransformsCatalog transforms) =>
        transforms.CustomMapping<NetworkRow, WeightRow>(WeightFactory.Map, WeightFactory.Contract)
            .Append(transforms.CopyColumns(Options.OutputColumnName, WeightRow.Column))
            .Append(transforms.DropColumns(WeightRow.Column));
}

/// <summary>A weight as a number.</summary>
internal sealed class WeightRow
{
    public const string Column = "FeatureTransfer.Weight";

    [ColumnName(Column)]
    public float Weight { get; set; }
}

/// <summary>Takes the one value of a vector.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class WeightFactory : CustomMappingFactory<NetworkRow, WeightRow>
{
    public const string Contract = "FeatureTransfer.Weight/1";

    public override Action<NetworkRow, WeightRow> GetMapping() => Map;

    public static void Map(NetworkRow row, WeightRow weight) => weight.Weight = row.Values[0];
}
