using FeatureTransfer.Pipelines.Cleaning;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Cleaning;

public sealed class CleanerTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("ft-clean-").FullName;
        foreach (var (label, red) in new[] { ("red", 200), ("blue", 20) })
        {
            Directory.CreateDirectory(Path.Combine(_folder, "photos", label));
            for (var i = 0; i < 20; i++)
                File.WriteAllBytes(Path.Combine(_folder, "photos", label, $"{i}.png"), TestImages.SolidPng(6, 6, (byte)(red + (2 * i)), 60, (byte)(220 - red + i)));
        }

        SmallModels.Colours().Save(Path.Combine(_folder, "colours.onnx"));
    }

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Clean_CopyUnderAnotherLabel_IsAContradictionOnOneSideOfTheSplit()
    {
        File.Copy(Path.Combine(_folder, "photos", "red", "7.png"), Path.Combine(_folder, "photos", "blue", "copy.png"));
        foreach (var seed in Enumerable.Range(1, 5))
        {
            var report = await new Cleaner().CleanAsync(Definition(seed), new CleanOptions { Duplicates = 1 - 1e-6, Repeats = 1 });
            var pair = report.Rows.Where(row => Path.GetFileName(row.Input) == "copy.png" || row.Input.EndsWith("red/7.png", StringComparison.Ordinal)).ToList();
            Assert.Multiple(() =>
            {
                Assert.That(pair, Has.Count.EqualTo(2));
                Assert.That(pair.Select(row => (row.IsContradicted, row.IsAcrossSplit)), Is.All.EqualTo((true, false)), $"seed {seed}");
                Assert.That(pair.Select(row => row.Duplicates).Distinct().Single(), Is.Not.Null);
            });
        }
    }

    [Test]
    public void DuplicateRows_OneGroupOnBothSides_IsAcross()
    {
        var rows = new DuplicateRows([[0, 2], [1, 3]], ["a", "b", "a", "c"], new HashSet<int> { 2 });
        Assert.Multiple(() =>
        {
            Assert.That(Enumerable.Range(0, 5).Select(rows.GroupOf), Is.EqualTo(new int?[] { 1, 2, 1, 2, null }));
            Assert.That(Enumerable.Range(0, 4).Select(rows.IsAcross), Is.EqualTo([true, false, true, false]));
            Assert.That(Enumerable.Range(0, 4).Select(rows.IsContradicted), Is.EqualTo([false, true, false, true]));
        });
    }

    [Test]
    public void OutOfFoldProbabilities_TwoRepeats_AreAveragedByLabel()
    {
        var probabilities = new OutOfFoldProbabilities(
            PipelineTask.Multiclass,
            [],
            [(0, ["b", "a"], new RowScore([0.8f, 0.2f])), (0, ["a", "b"], new RowScore([0.4f, 0.6f])), (1, ["a"], new RowScore([1f]))],
            2);
        Assert.Multiple(() =>
        {
            Assert.That(probabilities.Labels, Is.EqualTo(["a", "b"]));
            Assert.That(probabilities.Rows[0], Is.EqualTo([0.3f, 0.7f]).Within(1e-6));
            Assert.That(probabilities.Rows[1], Is.EqualTo([1f, 0f]));
        });
    }

    private PipelineDefinition Definition(int seed) => new()
    {
        Name = "colours",
        BaseFolder = _folder,
        Seed = seed,
        Data = new ImageFolderSource { Path = "photos" },
        Split = new SplitOptions { TestFraction = 0.5 },
        Estimators =
        [
            new ExtractFeaturesStep { Backbone = "colours.onnx", UseCache = false },
            new MapValueToKeyStep { Output = "Label" },
            new LbfgsMaximumEntropyStep(),
        ],
    };
}
