using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Maps values to keys, numbered as they occur or by their order.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    private readonly (string Output, string Input)[] _columns;
    private readonly int _maximumNumberOfKeys;
    private readonly KeyOrdinality _ordinality;
    private readonly bool _asText;
    private readonly IDataView? _keyData;

    internal ValueToKeyMappingEstimator(
        (string Output, string Input)[] columns, int maximumNumberOfKeys, KeyOrdinality ordinality, bool asText, IDataView? keyData)
    {
        int keyColumns = keyData?.Schema.Count(c => !c.IsHidden) ?? 1;
        Check.Param(keyColumns == 1, nameof(keyData),
            $"If specified, this data view should contain only a single column containing the terms to map, but this had {keyColumns} columns.");
        _columns = columns;
        _maximumNumberOfKeys = maximumNumberOfKeys;
        _ordinality = ordinality;
        _asText = asText;
        _keyData = keyData;
    }

    /// <summary>Whether a column that holds keys already is an error.</summary>
    internal bool RefusesKeys { get; init; }

    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Check.Param(_maximumNumberOfKeys > 0, "maximumNumberOfKeys", "Must be positive");
        return new(_columns, [.. _columns.Select(c => Learn(input, c.Input))], _asText);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(_columns.Select(c => Output(inputSchema.Find(c.Input), c.Output)));
    }

    private SchemaShape.Column Output(SchemaShape.Column input, string name)
    {
        if (RefusesKeys && input.IsKey)
            throw Check.Mismatch("input", input.Name, "a type that can be mapped to keys", input.TypeText());
        var values = new VectorDataViewType(
            _asText ? TextDataViewType.Instance : input.ItemType as PrimitiveDataViewType
                ?? throw Check.Mismatch("input", input.Name, "a primitive type", input.TypeText()), 1);
        var annotations = input.Annotations.Only(AnnotationKinds.SlotNames).Plus(AnnotationKinds.KeyValues, values);
        return new(name, input.Kind, NumberDataViewType.UInt32, true, annotations);
    }

    private KeyList Learn(IDataView input, string name)
    {
        var column = Check.Column(input.Schema, name);
        var item = column.Type.ItemType() as PrimitiveDataViewType ?? throw Check.Mismatch("input", name, "a primitive type", column.Type.ToString()!);
        var keys = KeyList.Create(item);
        if (_keyData is { } data)
        {
            var source = data.Schema.Single(c => !c.IsHidden);
            Check.Param(source.Type.Equals(item), "keyData", $"Input data's column must be of type '{item}' but was '{source.Type}'");
            keys.Learn(data, source, int.MaxValue);
        }
        else
        {
            keys.Learn(input, column, _maximumNumberOfKeys);
        }
        if (_ordinality == KeyOrdinality.ByValue)
            keys.Sort();
        return keys;
    }

    /// <summary>What numbers the keys.</summary>
    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,
        ByValue = 1,
    }
}

/// <inheritdoc cref="ValueToKeyMappingEstimator"/>
public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "value-to-key";

    private readonly KeyList[] _keys;
    private readonly bool _asText;

    internal ValueToKeyMappingTransformer((string Output, string Input)[] columns, KeyList[] keys, bool asText)
        : base(columns)
    {
        _keys = keys;
        _asText = asText;
    }

    internal IReadOnlyList<KeyList> Keys => _keys;

    internal static ValueToKeyMappingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        var columns = ctx.Reader.ReadPairs();
        bool asText = ctx.Reader.ReadBoolean();
        return new(columns, [.. columns.Select(_ => KeyList.Read(ctx.Reader))], asText);
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output)
    {
        if (!_keys[pair].ItemType.Equals(input.Type.ItemType()))
            throw Check.Mismatch("input", input.Name, _keys[pair].ItemType.ToString()!, input.Type.ItemType().ToString()!);
        return _keys[pair].Bind(input, output, input.Annotations.Only(AnnotationKinds.SlotNames), _asText);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(ColumnPairs);
        ctx.Writer.Write(_asText);
        foreach (var keys in _keys)
            keys.Save(ctx.Writer);
    }
}
