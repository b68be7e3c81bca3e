using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Copies the values of several columns one after the other; sparse where most values are not stored.</summary>
internal sealed class ConcatenateStep<T>(DataViewSchema.DetachedColumn output, DataViewSchema.Column[] columns)
    : MapStep([output], [.. columns.Select(c => c.Index)])
{
    public override StepRun Open(BatchColumn[] inputs, bool[] activeOutputs) =>
        new Runner([.. inputs.Select(c => c as BatchColumn<T>)], [.. inputs.Select(c => c as BatchColumn<VBuffer<T>>)], columns);

    private sealed class Runner(BatchColumn<T>?[] scalars, BatchColumn<VBuffer<T>>?[] vectors, DataViewSchema.Column[] columns) : StepRun
    {
        private readonly BatchColumn<VBuffer<T>> _output = new();

        public override BatchColumn Output(int index) => _output;

        public override void Run(int rows)
        {
            _output.Resize(rows);
            for (int row = 0; row < rows; row++)
                Concatenate(row, ref _output.Values[row]);
        }

        private void Concatenate(int row, ref VBuffer<T> destination)
        {
            int length = 0;
            int stored = 0;
            for (int i = 0; i < vectors.Length; i++)
            {
                if (vectors[i] is { } vector)
                    CheckLength(i, vector.Values[row].Length);
                length += vectors[i]?.Values[row].Length ?? 1;
                stored += vectors[i]?.Values[row].GetValues().Length ?? 1;
            }
            if (stored == length || stored > length / 2)
                Dense(row, length, ref destination);
            else
                Sparse(row, length, stored, ref destination);
        }

        private void CheckLength(int input, int actual)
        {
            if (columns[input].Type is VectorDataViewType { IsKnownSize: true, Size: var size } && actual != size)
                throw new InvalidOperationException($"A vector of column '{columns[input].Name}' has {actual} items, its type says {size}.");
        }

        private void Dense(int row, int length, ref VBuffer<T> destination)
        {
            var editor = VBufferEditor.Create(ref destination, length);
            int at = 0;
            for (int i = 0; i < vectors.Length; i++)
            {
                if (vectors[i] is { } vector)
                {
                    vector.Values[row].CopyTo(editor.Values, at);
                    at += vector.Values[row].Length;
                }
                else
                {
                    editor.Values[at++] = scalars[i]!.Values[row];
                }
            }
            destination = editor.Commit();
        }

        private void Sparse(int row, int length, int stored, ref VBuffer<T> destination)
        {
            var editor = VBufferEditor.Create(ref destination, length, stored);
            int at = 0;
            int start = 0;
            for (int i = 0; i < vectors.Length; i++)
            {
                if (vectors[i] is not { } vector)
                {
                    editor.Values[at] = scalars[i]!.Values[row];
                    editor.Indices[at++] = start++;
                    continue;
                }
                var values = vector.Values[row].GetValues();
                var indices = vector.Values[row].GetIndices();
                values.CopyTo(editor.Values[at..]);
                for (int k = 0; k < values.Length; k++)
                    editor.Indices[at++] = start + (indices.IsEmpty ? k : indices[k]);
                start += vector.Values[row].Length;
            }
            destination = editor.Commit();
        }
    }
}
