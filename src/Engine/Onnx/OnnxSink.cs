using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Takes a tensor apart into rows of an output column.</summary>
internal abstract class OnnxSink
{
    public abstract BatchColumn Column { get; }

    public abstract void Take(OrtValue value, int start, int rows);

    public static OnnxSink Create(OnnxTensor tensor) => TypeDispatch.Call(tensor.ItemType.RawType, new Creator(tensor.Name));

    private sealed class Creator(string name) : IItemVisitor<OnnxSink>
    {
        public OnnxSink Visit<T>() => new Sink<T>(name);
    }

    private sealed class Sink<T>(string name) : OnnxSink
    {
        private readonly BatchColumn<VBuffer<T>> _column = new();

        public override BatchColumn Column => _column;

        public override void Take(OrtValue value, int start, int rows)
        {
            var items = OnnxValues.Read<T>(value);
            if (items.Length % rows != 0)
                throw new InvalidOperationException($"The model's output '{name}' has {items.Length} values for {rows} rows.");
            int length = items.Length / rows;
            for (int row = 0; row < rows; row++)
            {
                var editor = VBufferEditor.Create(ref _column.Values[start + row], length);
                items.Slice(row * length, length).CopyTo(editor.Values);
                _column.Values[start + row] = editor.Commit();
            }
        }
    }
}
