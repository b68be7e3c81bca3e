using FeatureTransfer.Extraction.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Tests.Extraction.Sessions;

/// <summary>Binding needs no GPU to be right: the processor takes the same calls.</summary>
public class BoundRunTests
{
    [Test]
    public void Run_RowsOfABatch_WritesTheirFeaturesAndNoOthers()
    {
        using var session = new InferenceSession(SmallModels.Image().ToBytes());
        using var options = new RunOptions();
        var batch = new TensorBatch(3, new RowShapes([2, 2, 2], [8]));
        for (var row = 0; row < 3; row++)
            batch.Input(row).Fill(row + 1);

        using (var input = batch.InputValue(1, 2))
        using (var output = batch.OutputValue(1, 2))
            BoundRun.Run(session, options, input, output);

        Assert.That(batch.Output(0).ToArray(), Is.All.Zero);
        Assert.That(batch.Output(1).ToArray(), Is.All.EqualTo(3f));
        Assert.That(batch.Output(2).ToArray(), Is.All.EqualTo(5f));
    }
}
