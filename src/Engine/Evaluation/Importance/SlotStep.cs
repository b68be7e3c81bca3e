using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>A step that gives one slot of a vector column other values, row by row in the order of the rows.</summary>
internal sealed class SlotStep(DataViewSchema.Column input, int slot, float[] values)
    : MapStep([new(input.Name, input.Type, input.Annotations)], input.Index)
{
    public override StepRun Open(BatchColumn[] inputs, bool[] activeOutputs) => new Runner((BatchColumn<VBuffer<float>>)inputs[0], slot, values);

    private sealed class Runner(BatchColumn<VBuffer<float>> source, int slot, float[] values) : StepRun
    {
        private readonly BatchColumn<VBuffer<float>> _output = new();
        private int _next;

        public override BatchColumn Output(int index) => _output;

        public override void Run(int rows)
        {
            _output.Resize(rows);
            for (int i = 0; i < rows; i++)
            {
                source.Values[i].CopyToDense(ref _output.Values[i]);
                var editor = VBufferEditor.CreateFromBuffer(ref _output.Values[i]);
                editor.Values[slot] = values[_next++];
                _output.Values[i] = editor.Commit();
            }
        }
    }
}
