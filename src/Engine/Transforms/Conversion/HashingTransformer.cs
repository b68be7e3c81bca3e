using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <inheritdoc cref="HashingEstimator"/>
public sealed class HashingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "hash";

    private readonly HashingEstimator.ColumnOptions[] _options;
    private readonly string[]?[] _inverts;

    internal HashingTransformer(HashingEstimator.ColumnOptions[] options, string[]?[] inverts)
        : base([.. options.Select(o => (o.Name, o.InputColumnName))])
    {
        _options = options;
        _inverts = inverts;
    }

    internal static HashingTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        var reader = ctx.Reader;
        var options = new HashingEstimator.ColumnOptions[reader.ReadInt32()];
        var inverts = new string[]?[options.Length];
        for (int i = 0; i < options.Length; i++)
        {
            options[i] = new(reader.ReadString(), reader.ReadString(), reader.ReadInt32(), reader.ReadUInt32(), reader.ReadBoolean(), combine: reader.ReadBoolean());
            inverts[i] = reader.ReadBoolean() ? reader.ReadTexts() : null;
        }
        return new(options, inverts);
    }

    internal override MapStep BindColumn(int pair, DataViewSchema.Column input, string output)
    {
        if (!ItemHash.Knows(input.Type.ItemType()))
            throw Check.Mismatch("input", input.Name, "Text, Key, numeric, Boolean or DataViewRowId item type", input.Type.ToString()!);
        return TypeDispatch.Call(input.Type.ItemType().RawType, new Binder(input, _options[pair], _inverts[pair]));
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(_options.Length);
        for (int i = 0; i < _options.Length; i++)
        {
            ctx.Writer.Write(_options[i].Name);
            ctx.Writer.Write(_options[i].InputColumnName);
            ctx.Writer.Write(_options[i].NumberOfBits);
            ctx.Writer.Write(_options[i].Seed);
            ctx.Writer.Write(_options[i].UseOrderedHashing);
            ctx.Writer.Write(_options[i].Combine);
            ctx.Writer.Write(_inverts[i] is not null);
            if (_inverts[i] is { } texts)
                ctx.Writer.WriteTexts(texts);
        }
    }

    private sealed class Binder(DataViewSchema.Column input, HashingEstimator.ColumnOptions options, string[]? inverts) : IItemVisitor<MapStep>
    {
        public MapStep Visit<T>()
        {
            var hash = new ColumnHash<T>(input, options);
            var key = new KeyDataViewType(typeof(uint), 1UL << options.NumberOfBits);
            var annotations = new DataViewSchema.Annotations.Builder();
            if (!options.Combine)
                annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
            if (inverts is not null)
                annotations.AddVector(AnnotationKinds.KeyValues, TextDataViewType.Instance, inverts.Select(t => t.AsMemory()).ToArray());
            if (input.Type is not VectorDataViewType vector)
                return MapStep.Map(input, options.Name, key, annotations.ToAnnotations(), (in T value, ref uint result) => result = hash.Scalar(value));
            if (options.Combine)
                return MapStep.Map(input, options.Name, key, annotations.ToAnnotations(), (in VBuffer<T> value, ref uint result) => result = hash.Combined(in value));
            return MapStep.Map<VBuffer<T>, VBuffer<uint>>(
                input, options.Name, new VectorDataViewType(key, vector.Dimensions), annotations.ToAnnotations(), hash.Slots);
        }
    }
}

/// <summary>The hash function of one column. Missing values give key 0.</summary>
internal sealed class ColumnHash<T>(DataViewSchema.Column column, HashingEstimator.ColumnOptions options)
{
    private readonly Func<uint, T, uint> _hash = ItemHash.Of<T>(column);
    private readonly Predicate<T> _isMissing = IsMissing(column.Type.ItemType());
    private readonly uint _mask = (uint)((1UL << options.NumberOfBits) - 1);

    public uint Scalar(T value) => Slot(value, 0);

    public uint Slot(T value, int slot)
    {
        if (_isMissing(value))
            return 0;
        uint seed = options.UseOrderedHashing ? Murmur3.Round(options.Seed, (uint)slot) : options.Seed;
        return (_hash(seed, value) & _mask) + 1;
    }

    public uint Combined(in VBuffer<T> values)
    {
        uint hash = options.Seed;
        foreach (var item in values.Items(all: true))
        {
            if (_isMissing(item.Value))
                return 0;
            hash = _hash(hash, item.Value);
        }
        return (hash & _mask) + 1;
    }

    public void Slots(in VBuffer<T> values, ref VBuffer<uint> keys)
    {
        var editor = VBufferEditor.Create(ref keys, values.Length);
        foreach (var item in values.Items(all: true))
            editor.Values[item.Key] = Slot(item.Value, item.Key);
        keys = editor.Commit();
    }

    private static Predicate<T> IsMissing(DataViewType item)
    {
        if (item is TextDataViewType)
            return value => ((ReadOnlyMemory<char>)(object)value!).IsEmpty;
        return MissingValues.Test<T>(item) ?? (_ => false);
    }
}
