using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>One input or output of a model: item type and shape. The first dimension of a shape is the batch; -1 is unknown.</summary>
internal sealed class OnnxTensor
{
    private readonly string? _batchSymbol;

    public OnnxTensor(string name, NodeMetadata metadata, int[]? shape)
    {
        if (metadata.OnnxValueType != OnnxValueType.ONNX_TYPE_TENSOR)
            throw new NotSupportedException($"'{name}' is a {metadata.OnnxValueType}, only tensors can be columns: leave it out by naming the others.");
        Name = name;
        ItemType = ToItemType(name, metadata.ElementDataType);
        Shape = shape ?? metadata.Dimensions;
        // A shape that the user gave fixes the batch; a named first dimension that all share is one.
        _batchSymbol = shape is null && Shape.Length > 1 && Shape[0] < 0 && metadata.SymbolicDimensions.Length > 0 ? metadata.SymbolicDimensions[0] : null;
    }

    public string Name { get; }

    public PrimitiveDataViewType ItemType { get; }

    public int[] Shape { get; }

    /// <summary>The name of a free batch dimension; null or empty where rows must go one by one.</summary>
    public string? BatchSymbol => _batchSymbol;

    /// <summary>The column type of an output: the shape without a batch of one or of unknown size.</summary>
    public VectorDataViewType ColumnType()
    {
        var row = Shape.Length > 0 && Shape[0] is < 0 or 1 ? Shape[1..] : Shape;
        return row.Length == 0
            ? new VectorDataViewType(ItemType, Shape.Length > 0 && Shape[0] < 0 ? 0 : 1)
            : new VectorDataViewType(ItemType, row.Select(dimension => Math.Max(0, dimension)).ToArray());
    }

    /// <summary>The full shape of one row of this many items; dimensions of the column fill unknown ones.</summary>
    public long[] RowShape(int length, DataViewType columnType)
    {
        long[] shape = [.. Shape.Select(dimension => (long)dimension)];
        if (shape.Length == 0)
            return length == 1 ? shape : throw WrongLength(length);
        if (shape.Length > 1 && shape[0] < 0)
            shape[0] = 1;
        if (columnType is VectorDataViewType { IsKnownSize: true } vector && vector.Dimensions.Length == shape.Length - 1)
        {
            for (int i = 1; i < shape.Length; i++)
                shape[i] = shape[i] < 0 ? vector.Dimensions[i - 1] : shape[i];
        }
        FillLast(shape, length);
        return shape.Aggregate(1L, (size, dimension) => size * dimension) == length ? shape : throw WrongLength(length);
    }

    // One dimension that is still unknown follows from the number of items.
    private void FillLast(long[] shape, int length)
    {
        int unknown = Array.FindIndex(shape, dimension => dimension < 0);
        if (unknown < 0)
            return;
        long known = shape.Where(dimension => dimension >= 0).Aggregate(1L, (size, dimension) => size * dimension);
        if (shape.Count(dimension => dimension < 0) > 1 || known == 0 || length % known != 0)
            throw WrongLength(length);
        shape[unknown] = length / known;
    }

    private InvalidOperationException WrongLength(int length) => new(
        $"The model's input '{Name}' has the shape ({string.Join(", ", Shape)}), which {length} values of the column do not fill: give the shape with shapeDictionary, or a column of that size.");

    private static PrimitiveDataViewType ToItemType(string name, TensorElementType type) => type switch
    {
        TensorElementType.Float => NumberDataViewType.Single,
        TensorElementType.Double => NumberDataViewType.Double,
        TensorElementType.Int8 => NumberDataViewType.SByte,
        TensorElementType.UInt8 => NumberDataViewType.Byte,
        TensorElementType.Int16 => NumberDataViewType.Int16,
        TensorElementType.UInt16 => NumberDataViewType.UInt16,
        TensorElementType.Int32 => NumberDataViewType.Int32,
        TensorElementType.UInt32 => NumberDataViewType.UInt32,
        TensorElementType.Int64 => NumberDataViewType.Int64,
        TensorElementType.UInt64 => NumberDataViewType.UInt64,
        TensorElementType.Bool => BooleanDataViewType.Instance,
        TensorElementType.String => TextDataViewType.Instance,
        _ => throw new NotSupportedException($"'{name}' is a tensor of {type}, which is not a type of a column."),
    };
}
