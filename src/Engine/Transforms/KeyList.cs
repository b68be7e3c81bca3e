using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>A list of distinct values: the key of a value is its place, counted from 1.</summary>
internal abstract class KeyList
{
    public abstract int Count { get; }

    public abstract PrimitiveDataViewType ItemType { get; }

    /// <summary>Adds the values of a column until there are <paramref name="max"/>.</summary>
    public abstract void Learn(IDataView view, DataViewSchema.Column column, int max);

    public abstract void Sort();

    public abstract MapStep Bind(DataViewSchema.Column input, string output, DataViewSchema.Annotations? slots, bool asText);

    /// <summary>A step that maps each item through its key; a vector of another size where the table says nothing of sizes.</summary>
    public abstract MapStep BindItems<TOut>(
        DataViewSchema.Column input, string output, PrimitiveDataViewType type, Func<uint, TOut> map, bool keepsSize, DataViewSchema.Annotations? annotations);

    /// <summary>A step that maps a scalar through its key.</summary>
    public abstract MapStep BindScalar<TOut>(DataViewSchema.Column input, string output, DataViewType type, KeyMap<TOut> map);

    /// <summary>The keys of a column's values.</summary>
    public abstract IEnumerable<uint> Find(IDataView view, DataViewSchema.Column column);

    /// <summary>The values as the annotation of a key column.</summary>
    public abstract DataViewSchema.Annotations Annotation();

    /// <summary>The key values as text.</summary>
    public abstract string[] Texts();

    public abstract void Save(BinaryWriter writer);

    protected abstract void Load(BinaryReader reader);

    public static KeyList Create(PrimitiveDataViewType itemType) => TypeDispatch.Call(itemType.RawType, new Creator(itemType));

    public static KeyList Read(BinaryReader reader)
    {
        var list = Create((PrimitiveDataViewType)TypeFormat.Read(reader));
        list.Load(reader);
        return list;
    }

    private sealed class Creator(PrimitiveDataViewType itemType) : IItemVisitor<KeyList>
    {
        public KeyList Visit<T>() => typeof(T) == typeof(ReadOnlyMemory<char>)
            ? new TextKeyList()
            : new ValueKeyList<T>(itemType);
    }
}

/// <summary>Computes a value from a key.</summary>
internal delegate void KeyMap<TOut>(uint key, ref TOut value);

/// <inheritdoc/>
internal abstract class KeyList<T>(PrimitiveDataViewType itemType) : KeyList
{
    protected List<T> Values { get; } = [];

    public override int Count => Values.Count;

    public override PrimitiveDataViewType ItemType => itemType;

    public abstract uint Find(T value);

    protected abstract bool IsMissing(T value);

    protected abstract void Append(T value);

    protected abstract void Reindex();

    protected abstract int Compare(T a, T b);

    public override void Learn(IDataView view, DataViewSchema.Column column, int max)
    {
        using var cursor = Batches.Open(view, column);
        var scalars = cursor.Column(column.Index) as BatchColumn<T>;
        var vectors = cursor.Column(column.Index) as BatchColumn<VBuffer<T>>;
        while (Count < max && cursor.MoveNext(Batches.MaxRows))
        {
            for (int row = 0; row < cursor.Count && Count < max; row++)
            {
                if (scalars is not null)
                    Offer(scalars.Values[row]);
                else
                    Offer(vectors!.Values[row], max);
            }
        }
    }

    public override void Sort()
    {
        Values.Sort(Compare);
        Reindex();
    }

    public override MapStep Bind(DataViewSchema.Column input, string output, DataViewSchema.Annotations? slots, bool asText)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        if (slots is not null)
            annotations.Add(slots, _ => true);
        if (Count > 0 && asText)
            annotations.AddVector(AnnotationKinds.KeyValues, TextDataViewType.Instance, Texts().Select(t => t.AsMemory()).ToArray());
        else if (Count > 0)
            annotations.AddVector(AnnotationKinds.KeyValues, ItemType, Values.ToArray());
        return ItemMap.Create<T, uint>(input, output, new KeyDataViewType(typeof(uint), Math.Max(1, Count)), annotations.ToAnnotations(), Find);
    }

    public override MapStep BindItems<TOut>(
        DataViewSchema.Column input, string output, PrimitiveDataViewType type, Func<uint, TOut> map, bool keepsSize, DataViewSchema.Annotations? annotations)
    {
        CheckType(input);
        return ItemMap.Create<T, TOut>(input, output, type, annotations, value => map(Find(value)), keepsSize);
    }

    public override MapStep BindScalar<TOut>(DataViewSchema.Column input, string output, DataViewType type, KeyMap<TOut> map)
    {
        CheckType(input);
        if (input.Type is VectorDataViewType)
            throw Check.Mismatch("input", input.Name, "one value a row, since each gives a vector", input.Type.ToString()!);
        return MapStep.Map(input, output, type, null, (in T value, ref TOut result) => map(Find(value), ref result));
    }

    public override IEnumerable<uint> Find(IDataView view, DataViewSchema.Column column) => view.GetColumn<T>(column).Select(Find);

    public override DataViewSchema.Annotations Annotation()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        if (Count > 0)
            annotations.AddVector(AnnotationKinds.KeyValues, ItemType, Values.ToArray());
        return annotations.ToAnnotations();
    }

    public override string[] Texts() => [.. Values.Select(v => v switch
    {
        ReadOnlyMemory<char> text => text.ToString(),
        bool flag => flag ? "1" : "0",
        _ => Convert.ToString(v, CultureInfo.InvariantCulture) ?? "",
    })];

    private void CheckType(DataViewSchema.Column input)
    {
        if (input.Type.ItemType().RawType != typeof(T))
            throw new InvalidOperationException($"Column '{input.Name}' holds {input.Type}, the mapping is from {ItemType}.");
    }

    private void Offer(in VBuffer<T> vector, int max)
    {
        if (vector.IsDense)
        {
            foreach (var value in vector.GetValues())
                if (Count < max)
                    Offer(value);
            return;
        }
        foreach (var value in vector.DenseValues())
            if (Count < max)
                Offer(value);
    }

    private void Offer(T value)
    {
        if (!IsMissing(value) && Find(value) == 0)
            Append(value);
    }
}

/// <summary>Text keys, compared by their characters.</summary>
internal sealed class TextKeyList : KeyList<ReadOnlyMemory<char>>
{
    private readonly Dictionary<string, uint> _index = new(StringComparer.Ordinal);
    private readonly Dictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public TextKeyList()
        : base(TextDataViewType.Instance)
    {
        _lookup = _index.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public override uint Find(ReadOnlyMemory<char> value) => _lookup.TryGetValue(value.Span, out uint key) ? key : 0;

    public override void Save(BinaryWriter writer)
    {
        TypeFormat.Write(writer, ItemType);
        writer.WriteTexts(Texts());
    }

    protected override void Load(BinaryReader reader)
    {
        foreach (string text in reader.ReadTexts())
            Append(text.AsMemory());
    }

    protected override bool IsMissing(ReadOnlyMemory<char> value) => value.IsEmpty;

    protected override void Append(ReadOnlyMemory<char> value)
    {
        // A copy: the memory may be a part of a line of the source.
        string text = value.ToString();
        Values.Add(text.AsMemory());
        _index.Add(text, (uint)Values.Count);
    }

    protected override void Reindex()
    {
        for (int i = 0; i < Values.Count; i++)
            _lookup[Values[i].Span] = (uint)(i + 1);
    }

    protected override int Compare(ReadOnlyMemory<char> a, ReadOnlyMemory<char> b) => a.Span.SequenceCompareTo(b.Span);
}

/// <summary>Keys of values other than text.</summary>
internal sealed class ValueKeyList<T>(PrimitiveDataViewType itemType) : KeyList<T>(itemType)
{
#pragma warning disable CS8714 // The raw types of columns are never null.
    private readonly Dictionary<T, uint> _index = [];
#pragma warning restore CS8714

    public override uint Find(T value) => _index.GetValueOrDefault(value);

    public override void Save(BinaryWriter writer)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            throw new InvalidOperationException($"Keys of type {typeof(T)} cannot be saved.");
        TypeFormat.Write(writer, ItemType);
        writer.Write(Values.Count);
        foreach (ref var value in CollectionsMarshal.AsSpan(Values))
            writer.Write(Bytes(ref value));
    }

    protected override void Load(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            T value = default!;
            reader.BaseStream.ReadExactly(Bytes(ref value));
            Append(value);
        }
    }

    protected override bool IsMissing(T value) => value switch
    {
        float single => float.IsNaN(single),
        double number => double.IsNaN(number),
        _ => ItemType is KeyDataViewType && KeyNumber.Get(value) == 0,
    };

    protected override void Append(T value)
    {
        Values.Add(value);
        _index.Add(value, (uint)Values.Count);
    }

    protected override void Reindex()
    {
        for (int i = 0; i < Values.Count; i++)
            _index[Values[i]] = (uint)(i + 1);
    }

    protected override int Compare(T a, T b) => Comparer<T>.Default.Compare(a, b);

    private static Span<byte> Bytes(ref T value) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<T, byte>(ref value), Unsafe.SizeOf<T>());
}
