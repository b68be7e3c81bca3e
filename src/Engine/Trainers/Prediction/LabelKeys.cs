using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>The classes of a key label: their count, and the values that the keys stand for where they are known.</summary>
internal sealed class LabelKeys
{
    private readonly Values? _values;

    private LabelKeys(KeyDataViewType type, Values? values)
    {
        Type = type;
        _values = values;
    }

    public KeyDataViewType Type { get; }

    public int Count => checked((int)Type.Count);

    public static LabelKeys Of(DataViewSchema.Column label)
    {
        var type = (KeyDataViewType)label.Type;
        bool known = label.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is VectorDataViewType { Size: var size }
            && (ulong)size == type.Count;
        return new(type, known ? TypeDispatch.Call(ItemType(label).RawType, new Reader(label)) : null);
    }

    /// <summary>Adds the values as an annotation, if there are any.</summary>
    public void Annotate(DataViewSchema.Annotations.Builder builder, string kind) => _values?.Annotate(builder, kind);

    /// <summary>Adds the values as slot names, if they are text.</summary>
    public void AnnotateSlots(DataViewSchema.Annotations.Builder builder)
    {
        if (_values is Values<ReadOnlyMemory<char>>)
            _values.Annotate(builder, AnnotationKinds.SlotNames);
    }

    public void Save(BinaryWriter writer)
    {
        TypeFormat.Write(writer, Type);
        writer.Write(_values is not null);
        _values?.Save(writer);
    }

    public static LabelKeys Load(BinaryReader reader)
    {
        var type = (KeyDataViewType)TypeFormat.Read(reader);
        if (!reader.ReadBoolean())
            return new(type, null);
        var item = (PrimitiveDataViewType)TypeFormat.Read(reader);
        return new(type, TypeDispatch.Call(item.RawType, new Loader(reader, item)));
    }

    private static PrimitiveDataViewType ItemType(DataViewSchema.Column label) =>
        ((VectorDataViewType)label.Annotations.Schema[AnnotationKinds.KeyValues].Type).ItemType;

    private abstract class Values
    {
        public abstract void Annotate(DataViewSchema.Annotations.Builder builder, string kind);

        public abstract void Save(BinaryWriter writer);
    }

    private sealed class Values<T>(PrimitiveDataViewType item, T[] values) : Values
    {
        public override void Annotate(DataViewSchema.Annotations.Builder builder, string kind) => builder.AddVector(kind, item, values);

        public override void Save(BinaryWriter writer)
        {
            TypeFormat.Write(writer, item);
            writer.Write(values.Length);
            if (values is ReadOnlyMemory<char>[] texts)
                Array.ForEach(texts, t => writer.Write(t.ToString()));
            else if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
                throw new InvalidOperationException($"Keys of type {typeof(T)} cannot be saved.");
            else
                for (int i = 0; i < values.Length; i++)
                    writer.Write(Bytes(ref values[i]));
        }

        public static Values<T> Load(BinaryReader reader, PrimitiveDataViewType item)
        {
            var values = new T[reader.ReadInt32()];
            for (int i = 0; i < values.Length; i++)
            {
                if (values is ReadOnlyMemory<char>[] texts)
                    texts[i] = reader.ReadString().AsMemory();
                else
                    reader.BaseStream.ReadExactly(Bytes(ref values[i]));
            }
            return new(item, values);
        }

        private static Span<byte> Bytes(ref T value) =>
            MemoryMarshal.CreateSpan(ref Unsafe.As<T, byte>(ref value), Unsafe.SizeOf<T>());
    }

    private sealed class Reader(DataViewSchema.Column label) : IItemVisitor<Values>
    {
        public Values Visit<T>()
        {
            VBuffer<T> values = default;
            label.Annotations.GetValue(AnnotationKinds.KeyValues, ref values);
            return new Values<T>(ItemType(label), [.. values.DenseValues()]);
        }
    }

    private sealed class Loader(BinaryReader reader, PrimitiveDataViewType item) : IItemVisitor<Values>
    {
        public Values Visit<T>() => Values<T>.Load(reader, item);
    }
}
