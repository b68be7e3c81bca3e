using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Scores rows and names the class with the highest score.</summary>
internal sealed class MulticlassPrediction(
    IVectorModel model, int? feature, DataViewSchema.DetachedColumn predicted, DataViewSchema.DetachedColumn score)
    : MapStep([predicted, score], feature is { } index ? [index] : [])
{
    public const string Kind = "multiclass-prediction";

    public override StepRun Open(BatchColumn[] inputs, bool[] activeOutputs) =>
        new Runner(inputs.Length == 0 ? null : (BatchColumn<VBuffer<float>>)inputs[0], model.OpenScorer());

    private sealed class Runner(BatchColumn<VBuffer<float>>? features, RowMap<VBuffer<float>, VBuffer<float>> scorer) : StepRun
    {
        private readonly BatchColumn<uint> _predicted = new();
        private readonly BatchColumn<VBuffer<float>> _scores = new();

        public override BatchColumn Output(int index) => index == 0 ? _predicted : _scores;

        public override void Run(int rows)
        {
            _predicted.Resize(rows);
            _scores.Resize(rows);
            VBuffer<float> none = default;
            for (int i = 0; i < rows; i++)
            {
                scorer(in (features is null ? ref none : ref features.Values[i]), ref _scores.Values[i]);
                _predicted.Values[i] = Best(_scores.Values[i].GetValues());
            }
        }

        // A row whose scores are not numbers has no class.
        private static uint Best(ReadOnlySpan<float> scores)
        {
            int best = TensorPrimitives.IndexOfMax(scores);
            return best < 0 || float.IsNaN(scores[best]) ? 0 : (uint)best + 1;
        }
    }
}
