using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Makes a tensor of some rows of a column.</summary>
internal abstract class OnnxFeed
{
    public abstract OrtValue Make(int start, int rows);

    public static OnnxFeed Create(OnnxTensor tensor, DataViewType type, BatchColumn column) =>
        TypeDispatch.Call(tensor.ItemType.RawType, new Creator(tensor, type, column));

    private sealed class Creator(OnnxTensor tensor, DataViewType type, BatchColumn column) : IItemVisitor<OnnxFeed>
    {
        public OnnxFeed Visit<T>() => new Feed<T>(tensor, type, column);
    }

    private sealed class Feed<T>(OnnxTensor tensor, DataViewType type, BatchColumn column) : OnnxFeed
    {
        public override OrtValue Make(int start, int rows)
        {
            int length = Length(start);
            var shape = tensor.RowShape(length, type);
            if (rows > 1)
                shape[0] = rows;
            var items = new T[length * rows];
            for (int row = 0; row < rows; row++)
                Copy(start + row, items.AsSpan(row * length, length));
            return OnnxValues.Make(items, shape);
        }

        private int Length(int row) => column is BatchColumn<VBuffer<T>> vectors ? vectors.Values[row].Length : 1;

        private void Copy(int row, Span<T> items)
        {
            if (column is not BatchColumn<VBuffer<T>> vectors)
                items[0] = ((BatchColumn<T>)column).Values[row];
            else if (vectors.Values[row].Length == items.Length)
                vectors.Values[row].CopyTo(items);
            else
                throw new InvalidOperationException($"The rows of the input '{tensor.Name}' differ in length: {items.Length} and {vectors.Values[row].Length}.");
        }
    }
}
