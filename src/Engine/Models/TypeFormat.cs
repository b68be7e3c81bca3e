using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML;

/// <summary>Column types in a model file.</summary>
internal static class TypeFormat
{
    private static readonly List<(string Code, Type Type, Action<BinaryWriter, DataViewType> Write, Func<BinaryReader, DataViewType> Read)> _custom =
        [("image", typeof(ImageDataViewType), ImageDataViewType.Write, ImageDataViewType.Read)];

    /// <summary>Teaches a type of another area, such as images.</summary>
    public static void Add(string code, Type type, Action<BinaryWriter, DataViewType> write, Func<BinaryReader, DataViewType> read)
    {
        lock (_custom)
            if (!_custom.Exists(c => c.Code == code))
                _custom.Add((code, type, write, read));
    }

    public static void Write(BinaryWriter writer, DataViewType type)
    {
        switch (type)
        {
            case KeyDataViewType key:
                writer.Write("key");
                Write(writer, NumberDataViewType.FromType(key.RawType)!);
                writer.Write(key.Count);
                break;
            case VectorDataViewType vector:
                writer.Write("vector");
                Write(writer, vector.ItemType);
                writer.WriteArray<int>(vector.Dimensions.AsSpan());
                break;
            default:
                WriteSimple(writer, type);
                break;
        }
    }

    public static DataViewType Read(BinaryReader reader)
    {
        string code = reader.ReadString();
        if (code == "key")
            return new KeyDataViewType(Read(reader).RawType, reader.ReadUInt64());
        if (code == "vector")
            return new VectorDataViewType((PrimitiveDataViewType)Read(reader), ImmutableArray.Create(reader.ReadArray<int>()));
        if (Simple.FirstOrDefault(t => t.ToString() == code) is { } simple)
            return simple;
        lock (_custom)
            if (_custom.Find(c => c.Code == code) is { Read: { } read })
                return read(reader);
        throw new FormatException($"The model has a column of type '{code}', which this version of the engine does not know.");
    }

    private static IEnumerable<DataViewType> Simple =>
    [
        NumberDataViewType.Single, NumberDataViewType.Double, NumberDataViewType.SByte, NumberDataViewType.Byte,
        NumberDataViewType.Int16, NumberDataViewType.UInt16, NumberDataViewType.Int32, NumberDataViewType.UInt32,
        NumberDataViewType.Int64, NumberDataViewType.UInt64, TextDataViewType.Instance, BooleanDataViewType.Instance,
        DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance, TimeSpanDataViewType.Instance, RowIdDataViewType.Instance,
    ];

    private static void WriteSimple(BinaryWriter writer, DataViewType type)
    {
        if (Simple.Contains(type))
        {
            writer.Write(type.ToString()!);
            return;
        }
        lock (_custom)
        {
            if (_custom.Find(c => c.Type == type.GetType()) is not { Write: { } write } custom)
                throw new InvalidOperationException($"A column of type {type} cannot be written to a model file.");
            writer.Write(custom.Code);
            write(writer, type);
        }
    }
}
