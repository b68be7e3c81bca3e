using FeatureTransfer.FineTuning;
using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Tests.FineTuning;

public class BatchLoaderTests
{
    private static readonly TuningPart _part = new(new OnnxModel(new ModelProto(), "part"), [new PartInput("x", [1])], true);
    private static readonly FineTuneOptions _options = new() { Backbone = "b", BatchSize = 2 };

    private static IReadOnlyList<TuningRow> Rows => [.. Enumerable.Range(0, 5).Select(row => new TuningRow($"{row}", null, [row], null))];

    [Test]
    public void Batches_Order_IsThatOfTheRowsAndTheLastIsShorter()
    {
        using var source = new Numbers();
        var seen = Load(source).Select(batch => (batch.Inputs[0][..batch.Rows], batch.Targets[..batch.Rows])).ToList();
        Assert.That(seen.Select(batch => batch.Item1), Is.EqualTo(new[] { new[] { 40f, 30 }, [20, 10], [0] }));
        Assert.That(seen.Select(batch => batch.Item2), Is.EqualTo(new[] { new[] { 4f, 3 }, [2, 1], [0] }));
    }

    [Test]
    public void Batches_WhileOneIsUsed_TheNextIsReadAndNoMore()
    {
        using var source = new Numbers();
        using var batches = Load(source).GetEnumerator();
        Assert.That(batches.MoveNext());
        Assert.That(() => source.Read(2) && source.Read(1), Is.True.After(10_000, 5), "the second batch is read while the first is used");
        Assert.That(source.Read(0), Is.False);
        Assert.That(batches.Current.Inputs[0], Is.EqualTo(new[] { 40f, 30 }), "into memory of its own");
    }

    [Test]
    public void Batches_ImageGoneMeanwhile_NamesItAndSaysWhatToDo()
    {
        using var source = new Numbers { Bad = 3 };
        Assert.That(() => Load(source).ToList(), Throws.TypeOf<FeatureTransferException>().With.Message.StartsWith("3: it is gone.").And.Message.Contains("resume"));
    }

    [Test]
    public void Batches_LeftOut_BeginWhereTheyAreWanted()
    {
        using var source = new Numbers();
        Assert.That(Load(source, first: 2).Select(batch => batch.Inputs[0][0]), Is.EqualTo(new[] { 0f }));
        Assert.That(source.Read(4), Is.False);
    }

    private static IEnumerable<TrainingBatch> Load(IRowSource source, int first = 0)
    {
        var loader = new BatchLoader(Rows, source, _part, null, null, _options, 2);
        TrainingBatch[] buffers = [new(_part.Inputs, 1, [], 2), new(_part.Inputs, 1, [], 2)];
        return loader.Batches([4, 3, 2, 1, 0], 0, 0, first, buffers, CancellationToken.None);
    }

    /// <summary>Ten times the row's number, and which rows were read.</summary>
    private sealed class Numbers : IRowSource
    {
        private readonly bool[] _read = new bool[5];

        public int Bad { get; init; } = -1;

        public bool Read(int row) => Volatile.Read(ref _read[row]);

        public void Read(int row, int epoch, Span<float> values)
        {
            if (row == Bad)
                throw new BadInputException("3", "it is gone");
            values[0] = 10 * row;
            Volatile.Write(ref _read[row], true);
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
