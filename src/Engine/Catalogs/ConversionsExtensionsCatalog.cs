using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Transforms from one type to another.</summary>
public static partial class ConversionsExtensionsCatalog
{
    public static ValueToKeyMappingEstimator MapValueToKey(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        string? inputColumnName = null,
        int maximumNumberOfKeys = 1000000,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false,
        IDataView? keyData = null)
    {
        Check.Name(outputColumnName);
        return new([(outputColumnName, inputColumnName ?? outputColumnName)], maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText, keyData);
    }

    public static ValueToKeyMappingEstimator MapValueToKey(
        this TransformsCatalog.ConversionTransforms catalog,
        InputOutputColumnPair[] columns,
        int maximumNumberOfKeys = 1000000,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false,
        IDataView? keyData = null) =>
        new(InputOutputColumnPair.Pairs(columns), maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText, keyData);

    public static KeyToValueMappingEstimator MapKeyToValue(
        this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string? inputColumnName = null)
    {
        Check.Name(outputColumnName);
        return new((outputColumnName, inputColumnName ?? outputColumnName));
    }

    public static KeyToValueMappingEstimator MapKeyToValue(this TransformsCatalog.ConversionTransforms catalog, InputOutputColumnPair[] columns) =>
        new(InputOutputColumnPair.Pairs(columns));

    public static KeyToVectorMappingEstimator MapKeyToVector(
        this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string? inputColumnName = null, bool outputCountVector = false)
    {
        Check.Name(outputColumnName);
        return new([(outputColumnName, inputColumnName ?? outputColumnName)], outputCountVector);
    }

    public static KeyToVectorMappingEstimator MapKeyToVector(
        this TransformsCatalog.ConversionTransforms catalog, InputOutputColumnPair[] columns, bool outputCountVector = false) =>
        new(InputOutputColumnPair.Pairs(columns), outputCountVector);

    public static TypeConvertingEstimator ConvertType(
        this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string? inputColumnName = null, DataKind outputKind = DataKind.Single)
    {
        Check.Name(outputColumnName);
        return new([(outputColumnName, inputColumnName ?? outputColumnName)], outputKind);
    }

    public static TypeConvertingEstimator ConvertType(
        this TransformsCatalog.ConversionTransforms catalog, InputOutputColumnPair[] columns, DataKind outputKind = DataKind.Single) =>
        new(InputOutputColumnPair.Pairs(columns), outputKind);

    public static HashingEstimator Hash(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        string? inputColumnName = null,
        int numberOfBits = 31,
        int maximumNumberOfInverts = 0) =>
        new(new HashingEstimator.ColumnOptions(
            outputColumnName, inputColumnName, numberOfBits, useOrderedHashing: false, maximumNumberOfInverts: maximumNumberOfInverts));

    public static HashingEstimator Hash(this TransformsCatalog.ConversionTransforms catalog, params HashingEstimator.ColumnOptions[] columns) =>
        new(columns);

    public static ValueMappingEstimator<TKey, TValue> MapValue<TKey, TValue>(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        IEnumerable<KeyValuePair<TKey, TValue>> keyValuePairs,
        string? inputColumnName = null,
        bool treatValuesAsKeyType = false) =>
        new(Mapping(outputColumnName, inputColumnName, Pairs(keyValuePairs), treatValuesAsKeyType));

    public static ValueMappingEstimator<TKey, TValue> MapValue<TKey, TValue>(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        IEnumerable<KeyValuePair<TKey, TValue[]>> keyValuePairs,
        string? inputColumnName = null) =>
        new(Mapping(outputColumnName, inputColumnName, Pairs(keyValuePairs), asKeys: false));

    public static ValueMappingEstimator MapValue(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        IDataView lookupMap,
        DataViewSchema.Column keyColumn,
        DataViewSchema.Column valueColumn,
        string? inputColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(lookupMap);
        return new(new ValueMappingTransformer(
            [(outputColumnName, inputColumnName ?? outputColumnName)], ValueTable.Create(lookupMap, keyColumn, valueColumn, asKeys: false)));
    }

    private static ValueMappingTransformer Mapping(string output, string? input, IDataView pairs, bool asKeys)
    {
        Check.Name(output);
        return new([(output, input ?? output)], ValueTable.Create(pairs, pairs.Schema["Key"], pairs.Schema["Value"], asKeys));
    }

    private static IDataView Pairs<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var rows = pairs.Select(p => new LookupRow<TKey, TValue> { Key = p.Key, Value = p.Value }).ToArray();
        var binding = new RowBinding<LookupRow<TKey, TValue>>(null, SchemaDefinition.Direction.Read);
        return new EnumerableView<LookupRow<TKey, TValue>>(rows, binding, binding.ToSchema());
    }

    private sealed class LookupRow<TKey, TValue>
    {
        public TKey Key { get; init; } = default!;

        public TValue Value { get; init; } = default!;
    }
}
