using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Vision;

/// <summary>A model that reads encoded images.</summary>
internal interface IImageModel
{
    ImageNetwork Network { get; }

    int ScoreCount { get; }
}

/// <summary>Scores encoded images, several at once. One that cannot be decoded has no class, and scores that are no numbers.</summary>
internal sealed class ImagePrediction(
    IImageModel model, int feature, DataViewSchema.DetachedColumn predicted, DataViewSchema.DetachedColumn score)
    : MapStep([predicted, score], feature)
{
    public override int MaxRows => model.Network.MaxRows;

    public override StepRun Open(BatchColumn[] inputs, bool[] activeOutputs) => new Runner((BatchColumn<VBuffer<byte>>)inputs[0], model);

    private sealed class Runner(BatchColumn<VBuffer<byte>> images, IImageModel model) : StepRun
    {
        private readonly BatchColumn<uint> _predicted = new();
        private readonly BatchColumn<VBuffer<float>> _scores = new();
        private readonly ImageBatch _batch = new(model.Network);

        public override BatchColumn Output(int index) => index == 0 ? _predicted : _scores;

        public override void Run(int rows)
        {
            _predicted.Resize(rows);
            _scores.Resize(rows);
            for (int start = 0; start < rows; start += model.Network.MaxRows)
            {
                int count = Math.Min(model.Network.MaxRows, rows - start);
                var vectors = _batch.Run(images.Values, start, count);
                for (int row = 0; row < count; row++)
                    Set(start + row, vectors[row].Span);
            }
        }

        private void Set(int row, ReadOnlySpan<float> vector)
        {
            var editor = VBufferEditor.Create(ref _scores.Values[row], model.ScoreCount);
            if (vector.IsEmpty)
                editor.Values.Fill(float.NaN);
            else
                vector.CopyTo(editor.Values);
            _scores.Values[row] = editor.Commit();
            _predicted.Values[row] = vector.IsEmpty ? 0 : (uint)TensorPrimitives.IndexOfMax(vector) + 1;
        }
    }
}
