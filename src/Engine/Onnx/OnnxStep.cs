using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>A model at work on the rows of a view.</summary>
internal sealed class OnnxStep(InferenceSession session, OnnxTensor[] inputs, OnnxTensor[] outputs, DataViewSchema.Column[] columns)
    : MapStep([.. outputs.Select(tensor => new DataViewSchema.DetachedColumn(tensor.Name, tensor.ColumnType()))], [.. columns.Select(column => column.Index)])
{
    public override int MaxRows => 16;

    public override StepRun Open(BatchColumn[] inputColumns, bool[] activeOutputs)
    {
        var feeds = inputs.Select((tensor, i) => OnnxFeed.Create(tensor, columns[i].Type, inputColumns[i])).ToArray();
        var sinks = outputs.Select((tensor, i) => activeOutputs[i] ? OnnxSink.Create(tensor) : null).ToArray();
        return new Runner(this, feeds, sinks);
    }

    // One name for the first dimension of everything says that it is the batch; unnamed ones might mean anything.
    private bool IsBatched(IEnumerable<OnnxTensor> wanted)
    {
        var symbols = inputs.Concat(wanted).Select(tensor => tensor.BatchSymbol).Distinct().ToArray();
        return symbols is [{ Length: > 0 }] && columns.All(column => column.Type is VectorDataViewType { IsKnownSize: true });
    }

    private sealed class Runner(OnnxStep step, OnnxFeed[] feeds, OnnxSink?[] sinks) : StepRun
    {
        private readonly OnnxTensor[] _wanted = [.. step.WantedOf(sinks)];

        public override BatchColumn Output(int index) => sinks[index]!.Column;

        public override void Run(int rows)
        {
            foreach (var sink in sinks)
                sink?.Column.Resize(rows);
            int together = step.IsBatched(_wanted) ? rows : 1;
            for (int start = 0; start < rows; start += together)
                Run(start, together);
        }

        private void Run(int start, int rows)
        {
            var values = new List<OrtValue>();
            try
            {
                foreach (var feed in feeds)
                    values.Add(feed.Make(start, rows));
                step.Run(values, [.. _wanted.Select(tensor => tensor.Name)], (index, value) => Sink(index).Take(value, start, rows));
            }
            finally
            {
                values.ForEach(value => value.Dispose());
            }
        }

        private OnnxSink Sink(int wanted) => sinks.Where(sink => sink is not null).ElementAt(wanted)!;
    }

    private IEnumerable<OnnxTensor> WantedOf(OnnxSink?[] sinks) => outputs.Where((_, i) => sinks[i] is not null);

    private void Run(IReadOnlyCollection<OrtValue> values, string[] wanted, Action<int, OrtValue> take)
    {
        using var options = new RunOptions();
        using var results = session.Run(options, [.. inputs.Select(tensor => tensor.Name)], values, wanted);
        for (int i = 0; i < wanted.Length; i++)
            take(i, results[i]);
    }
}
