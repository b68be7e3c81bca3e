using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Transforms of categories.</summary>
public static class CategoricalCatalog
{
    public static OneHotEncodingEstimator OneHotEncoding(
        this TransformsCatalog.CategoricalTransforms catalog,
        string outputColumnName,
        string? inputColumnName = null,
        OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.OutputKind.Indicator,
        int maximumNumberOfKeys = 1000000,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        IDataView? keyData = null)
    {
        Check.Name(outputColumnName);
        return new([(outputColumnName, inputColumnName ?? outputColumnName)], outputKind, maximumNumberOfKeys, keyOrdinality, keyData);
    }

    public static OneHotEncodingEstimator OneHotEncoding(
        this TransformsCatalog.CategoricalTransforms catalog,
        InputOutputColumnPair[] columns,
        OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.OutputKind.Indicator,
        int maximumNumberOfKeys = 1000000,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        IDataView? keyData = null) =>
        new(InputOutputColumnPair.Pairs(columns), outputKind, maximumNumberOfKeys, keyOrdinality, keyData);

    public static OneHotHashEncodingEstimator OneHotHashEncoding(
        this TransformsCatalog.CategoricalTransforms catalog,
        string outputColumnName,
        string? inputColumnName = null,
        OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.OutputKind.Indicator,
        int numberOfBits = 16,
        uint seed = 314489979,
        bool useOrderedHashing = true,
        int maximumNumberOfInverts = 0) =>
        new([new(outputColumnName, inputColumnName, numberOfBits, seed, useOrderedHashing, maximumNumberOfInverts)], outputKind);

    public static OneHotHashEncodingEstimator OneHotHashEncoding(
        this TransformsCatalog.CategoricalTransforms catalog,
        InputOutputColumnPair[] columns,
        OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.OutputKind.Indicator,
        int numberOfBits = 16,
        uint seed = 314489979,
        bool useOrderedHashing = true,
        int maximumNumberOfInverts = 0) => new(
            [.. InputOutputColumnPair.Pairs(columns).Select(c => new HashingEstimator.ColumnOptions(
                c.Output, c.Input, numberOfBits, seed, useOrderedHashing, maximumNumberOfInverts))],
            outputKind);
}
