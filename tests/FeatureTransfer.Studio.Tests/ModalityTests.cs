using FeatureTransfer.Backbones;
using FeatureTransfer.Inputs;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Studio.Tests;

/// <summary>Texts and recordings go the same way as images: the backbone's card says which it is.</summary>
public class ModalityTests
{
    private readonly string _home = Directory.CreateTempSubdirectory("ft-studio-").FullName;

    private string Folder => Path.Combine(_home, "items");

    [SetUp]
    public void Make() => Directory.CreateDirectory(Folder);

    [TearDown]
    public void Remove() => Directory.Delete(_home, recursive: true);

    [Test]
    public async Task Texts_LabelledTrainedExported_PredictTexts()
    {
        using var texts = new SmallTexts();
        for (var i = 0; i < 12; i++)
            await File.WriteAllTextAsync(Path.Combine(Folder, $"{i:00}.txt"), $"{(i % 2 == 0 ? "a b" : "g h")}\n{"abcdef"[i / 2]}");
        await RunAsync(texts.CardPath, Modality.Text);
        using var bundle = Bundle.Load(Path.Combine(Folder, "export", "model.ftm"));
        Assert.That((bundle.ReadsTexts, bundle.PredictTexts(["a b c"])[0].Label), Is.EqualTo((true, "even")));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(Folder, "labels.csv")), Does.StartWith("path,label,text\n00.txt,even,\"a b\na\"\n"));
    }

    [Test]
    public async Task Recordings_LabelledTrainedExported_PredictRecordings()
    {
        SmallModels.Sounds().Save(Path.Combine(_home, "sounds.onnx"));
        var card = new ModelCard { Id = "sounds.local", Modality = Modality.Audio, Source = new ModelSource { Kind = ModelSourceKind.Path, Path = Path.Combine(_home, "sounds.onnx") }, InputName = "samples", Audio = new() { WindowSamples = 1600 }, DefaultLayers = ["windows"] };
        await File.WriteAllTextAsync(Path.Combine(_home, "sounds.json"), ModelCardReader.Write(card));
        for (var i = 0; i < 12; i++)
            await File.WriteAllBytesAsync(Path.Combine(Folder, $"{i:00}.wav"), Tones.Wav(i % 2 == 0 ? 220 + i : 880 + i, 0.5));
        await RunAsync(Path.Combine(_home, "sounds.json"), Modality.Audio);
        using var bundle = Bundle.Load(Path.Combine(Folder, "export", "model.ftm"));
        Assert.That(bundle.Predict(Path.Combine(Folder, "03.wav")).Label, Is.EqualTo("odd"));
    }

    private async Task RunAsync(string backbone, Modality modality)
    {
        await using var session = StudioSession.Open(Folder, backbone, FeatureTransferServices.Default);
        Assert.That((session.Folder.Modality, session.State.Rows.Count), Is.EqualTo((modality, 12)));
        await session.ReadFeaturesAsync();
        session.Label(Enumerable.Range(0, 12).Where(row => row % 2 == 0), "even");
        session.Label(Enumerable.Range(0, 12).Where(row => row % 2 == 1), "odd");
        await session.TrainAsync();
        Assert.That((session.State.Problem, session.State.Result?.Judged.Count()), Is.EqualTo(((string?)null, (int?)12)));
        await session.ExportAsync();
        Assert.That((session.State.Problem, session.State.Unreadable.Count), Is.EqualTo(((string?)null, 0)));
    }
}
