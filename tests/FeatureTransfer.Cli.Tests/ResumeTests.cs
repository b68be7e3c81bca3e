using System.IO.Compression;
using FeatureTransfer.Cli.Tests.Samples;
using FeatureTransfer.Onnx.Proto;
using Google.Protobuf;

namespace FeatureTransfer.Cli.Tests;

/// <summary>A fine-tuning that is killed and taken up again.</summary>
public class ResumeTests
{
    [Test]
    public async Task Run_KilledThenResumed_GivesTheSameNetwork([Values] bool augmented)
    {
        var augmentation = augmented ? """ "augmentation": [{ "type": "randomResizedCrop" }, { "type": "colorJitter" }], """ : "";
        using var colours = new ColourFolder();
        AddWeights(colours.Backbone);
        File.WriteAllText(colours.Pipeline, $$"""
            {
              "data": { "type": "imageFolder", "path": "images" },
              "split": { "testFraction": 0.3, "folds": 0 },
              "estimators": [
                { "type": "MapValueToKey", "output": "Label" },
                { "type": "FineTune", "backbone": "colours.onnx", "trainablePatterns": ["weight"], "headEpochs": 5, "epochs": 50, "batchSize": 4, "alwaysKeepTuned": true, {{augmentation}}
                  "earlyStopping": { "restoreBest": false }, "checkpoint": { "everyEpochs": 1 } }
              ],
              "outputs": { "folder": "out" }
            }
            """);
        string[] run = ["run", colours.Pipeline, "--quiet"];
        var checkpoint = colours.Output("checkpoints/training.checkpoint");
        using (var killed = FtProcess.Start(colours.Root, run))
        {
            while (!File.Exists(checkpoint))
            {
                Assert.That(File.Exists(colours.Bundle), Is.False, "the run ended before it could be killed");
                await Task.Delay(2);
            }

            await Task.Delay(100);
        }

        Assert.That(File.Exists(checkpoint), "killed in the middle");
        Assert.That(File.Exists(colours.Bundle), Is.False);
        using (var resumed = FtProcess.Start(colours.Root, [.. run, "--resume"]))
            Assert.That((await resumed.WaitAsync()).Code, Is.EqualTo(ExitCodes.Ok));
        var network = Network(colours.Bundle);
        Assert.That(File.Exists(checkpoint), Is.False, "the run is over");
        using (var whole = FtProcess.Start(colours.Root, run))
            Assert.That((await whole.WaitAsync()).Code, Is.EqualTo(ExitCodes.Ok));
        Assert.That(Network(colours.Bundle), Is.EqualTo(network));
    }

    // A convolution of 1 x 1 in front, so that there is something to train besides the head.
    private static void AddWeights(string path)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        model.Graph.Initializer.Add(new TensorProto { Name = "weight", DataType = 1, Dims = { 3, 3, 1, 1 }, FloatData = { 1, 0, 0, 0, 1, 0, 0, 0, 1 } });
        model.Graph.Node[0].Input[0] = "mixed";
        model.Graph.Node.Insert(0, new NodeProto { OpType = "Conv", Name = "mixed", Input = { "x", "weight" }, Output = { "mixed" } });
        File.WriteAllBytes(path, model.ToByteArray());
    }

    private static byte[] Network(string bundle)
    {
        using var zip = ZipFile.OpenRead(bundle);
        using var memory = new MemoryStream();
        using var stream = zip.Entries.Single(entry => entry.Name == "OnnxModel").Open();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
