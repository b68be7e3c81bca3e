using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>The table of a value mapping: from keys, as a key list, to values in the same order.</summary>
internal abstract class ValueTable(KeyList keys)
{
    protected KeyList Keys => keys;

    public abstract SchemaShape.Column Output(SchemaShape.Column input, string name);

    public abstract MapStep Bind(DataViewSchema.Column input, string output);

    public abstract void Save(BinaryWriter writer);

    /// <summary>Makes the table out of a view of two columns.</summary>
    public static ValueTable Create(IDataView view, DataViewSchema.Column key, DataViewSchema.Column value, bool asKeys)
    {
        var keyItem = key.Type as PrimitiveDataViewType ?? throw Check.Mismatch("key", key.Name, "a primitive type", key.Type.ToString()!, "keyColumn");
        var keys = KeyList.Create(keyItem);
        keys.Learn(view, key, int.MaxValue);
        if (keys.Count != view.Preview(int.MaxValue).RowView.Length)
            throw new InvalidOperationException($"Duplicate keys in data: the {keys.Count} different keys of column '{key.Name}' are fewer than its rows, or one is missing.");
        if (!asKeys)
            return TypeDispatch.Call(value.Type.ItemType().RawType, new Maker(keys, view, value));
        var values = KeyList.Create((PrimitiveDataViewType)value.Type.ItemType());
        values.Learn(view, value, int.MaxValue);
        return new KeyedTable(keys, values, [.. values.Find(view, value)]);
    }

    public static ValueTable Read(BinaryReader reader)
    {
        bool asKeys = reader.ReadBoolean();
        var keys = KeyList.Read(reader);
        if (asKeys)
            return new KeyedTable(keys, KeyList.Read(reader), reader.ReadArray<uint>());
        var type = TypeFormat.Read(reader);
        return TypeDispatch.Call(type.ItemType().RawType, new Loader(keys, type, reader));
    }

    private sealed class Maker(KeyList keys, IDataView view, DataViewSchema.Column value) : IItemVisitor<ValueTable>
    {
        public ValueTable Visit<T>() => value.Type is VectorDataViewType
            ? new VectorTable<T>(keys, value.Type, [.. view.GetColumn<T[]>(value)])
            : new ScalarTable<T>(keys, (PrimitiveDataViewType)value.Type, [.. view.GetColumn<T>(value)]);
    }

    private sealed class Loader(KeyList keys, DataViewType type, BinaryReader reader) : IItemVisitor<ValueTable>
    {
        public ValueTable Visit<T>()
        {
            if (type is not VectorDataViewType)
                return new ScalarTable<T>(keys, (PrimitiveDataViewType)type, ItemFormat.Read<T>(reader));
            var rows = new T[reader.ReadInt32()][];
            for (int i = 0; i < rows.Length; i++)
                rows[i] = ItemFormat.Read<T>(reader);
            return new VectorTable<T>(keys, type, rows);
        }
    }
}

/// <summary>One value for each key.</summary>
internal sealed class ScalarTable<T>(KeyList keys, PrimitiveDataViewType type, T[] values) : ValueTable(keys)
{
    public override SchemaShape.Column Output(SchemaShape.Column input, string name) => new(
        name,
        input.Kind == SchemaShape.Column.VectorKind.Scalar ? input.Kind : SchemaShape.Column.VectorKind.VariableVector,
        type,
        false);

    public override MapStep Bind(DataViewSchema.Column input, string output)
    {
        T missing = default!;
        return Keys.BindItems(input, output, type, key => key == 0 ? missing : values[key - 1], keepsSize: false, null);
    }

    public override void Save(BinaryWriter writer)
    {
        writer.Write(false);
        Keys.Save(writer);
        TypeFormat.Write(writer, type);
        ItemFormat.Write(writer, values);
    }
}

/// <summary>A vector for each key.</summary>
internal sealed class VectorTable<T>(KeyList keys, DataViewType type, T[][] values) : ValueTable(keys)
{
    private readonly VectorDataViewType _type = new(((VectorDataViewType)type).ItemType);

    public override SchemaShape.Column Output(SchemaShape.Column input, string name) =>
        new(name, SchemaShape.Column.VectorKind.VariableVector, _type.ItemType, false);

    public override MapStep Bind(DataViewSchema.Column input, string output) => Keys.BindScalar<VBuffer<T>>(
        input, output, _type, (uint key, ref VBuffer<T> value) =>
        {
            var row = key == 0 ? [] : values[key - 1];
            VBuffer<T>.Copy(row, 0, ref value, row.Length);
        });

    public override void Save(BinaryWriter writer)
    {
        writer.Write(false);
        Keys.Save(writer);
        TypeFormat.Write(writer, type);
        writer.Write(values.Length);
        foreach (var row in values)
            ItemFormat.Write(writer, row);
    }
}

/// <summary>A key for each key: the values are numbered themselves.</summary>
internal sealed class KeyedTable(KeyList keys, KeyList values, uint[] numbers) : ValueTable(keys)
{
    public override SchemaShape.Column Output(SchemaShape.Column input, string name) => new(
        name,
        input.Kind == SchemaShape.Column.VectorKind.Scalar ? input.Kind : SchemaShape.Column.VectorKind.VariableVector,
        NumberDataViewType.UInt32,
        true,
        SchemaShape.Empty.Plus(AnnotationKinds.KeyValues, new VectorDataViewType(values.ItemType, 1)));

    public override MapStep Bind(DataViewSchema.Column input, string output) => Keys.BindItems(
        input, output, new KeyDataViewType(typeof(uint), Math.Max(1, values.Count)), key => key == 0 ? 0 : numbers[key - 1], keepsSize: false, values.Annotation());

    public override void Save(BinaryWriter writer)
    {
        writer.Write(true);
        Keys.Save(writer);
        values.Save(writer);
        writer.WriteArray(numbers);
    }
}
