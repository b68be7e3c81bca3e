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
    public async Task Clean_PhotoUnderTheWrongLabel_IsDoubtedAndTheOtherSuggested()
    {
        File.Move(Path.Combine(_folder, "photos", "red", "7.png"), Path.Combine(_folder, "photos", "blue", "wrong.jpg"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "photos", "blue", "text.png"), "no picture");
        await File.WriteAllBytesAsync(Path.Combine(_folder, "photos", "blue", "far.png"), TestImages.SolidPng(6, 6, 0, 255, 0));
        var report = await new Cleaner().CleanAsync(Definition(1), new CleanOptions { Repeats = 1, Outliers = 3 });
        var (wrong, far) = (report.Rows.Single(row => row.Input.EndsWith("wrong.jpg", StringComparison.Ordinal)), report.Rows.Single(row => row.Input.EndsWith("far.png", StringComparison.Ordinal)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((wrong.Label, wrong.Suggestion, wrong.IsSuspect), Is.EqualTo(("blue", "red", true)));
            Assert.That(wrong.Doubt, Is.GreaterThan(0.5).And.EqualTo(report.Rows[0].Doubt));
            Assert.That(report.Rows.Where(row => row.Doubt < 0.5).Select(row => row.Suggestion), Is.All.Null.And.Not.Empty);
            Assert.That((far.IsOutlier, far.Outlier), Is.EqualTo((true, report.Rows.Max(row => row.Outlier))));
            Assert.That(report.Rows.Select(row => row.IsOutlier), Is.EqualTo(report.Rows.Select(row => row.Outlier >= 3)));
            Assert.That(report.Rejected.Single().Input, Does.EndWith("text.png"));
        }
    }

    [Test]
    public void Clean_TaskWithoutClasses_SaysWhichHave() => Assert.That(
        () => new Cleaner().CleanAsync(Definition(1) with { Task = PipelineTask.Regression }),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("colours: labels are judged by the probabilities of classes").And.Message.Contains("multiclass or binary"));

    [Test]
    public void Clean_OptionsOutOfRange_AreNamed()
    {
        foreach (var (options, fault) in new (CleanOptions, string)[]
        {
            (new() { Folds = 1 }, "Folds"),
            (new() { Repeats = 0 }, "Repeats"),
            (new() { Duplicates = 1.01 }, "Expected a cosine, from -1 to 1."),
            (new() { Duplicates = -1.01 }, "Expected a cosine, from -1 to 1."),
            (new() { Duplicates = double.NaN }, "Expected a cosine, from -1 to 1."),
            (new() { Outliers = 0 }, "Expected a number above 0."),
            (new() { Outliers = double.NaN }, "Expected a number above 0."),
        })
            Assert.That(() => new Cleaner().CleanAsync(Definition(1), options), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains(fault));

        Assert.That(new CleanOptions { Folds = 2, Repeats = 1, Duplicates = -1, Outliers = 1e-9 }.Validate, Throws.Nothing);
        Assert.That(new CleanOptions { Duplicates = 1 }.Validate, Throws.Nothing);
    }

    [TestCase(false, null, false, false)]
    [TestCase(true, null, false, true)]
    [TestCase(false, 1, false, true)]
    [TestCase(false, null, true, true)]
    public void IsSuspect_AnyFinding_Is(bool isError, int? duplicates, bool isOutlier, bool expected) =>
        Assert.That(new CleanedRow("a", "b") { IsProbableError = isError, Duplicates = duplicates, IsOutlier = isOutlier }.IsSuspect, Is.EqualTo(expected));

    [Test]
    public void FileProperties_OfFilesThatDiffer_AreNamed()
    {
        string[] names = ["a1.png", "a2.PNG", "b3.png", "c.txt"];
        string[] paths = [.. names.Select(name => Path.Combine(_folder, name))];
        for (var i = 0; i < 3; i++)
            File.WriteAllBytes(paths[i], TestImages.SolidPng(6 + i, 6, 1, 2, 3));
        File.WriteAllText(paths[3], "no picture");
        var all = FileProperties.Of(new Table(4).With(DataSource.PathColumn, paths), default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(all["ending"], Is.EqualTo(new[] { ".png", ".png", ".png", ".txt" }));
            Assert.That(all["beginning of the name"], Is.EqualTo(new[] { "a", "a", "b", "c" }));
            Assert.That(all["size"], Is.EqualTo(new[] { "6 x 6", "7 x 6", "8 x 6", "" }));
            Assert.That(all["channels"].Distinct().Last(), Is.Empty);
            Assert.That(all["resolution"].Distinct().Last(), Is.Empty);
            Assert.That(FileProperties.Of(new Table(2).With(DataSource.PathColumn, paths[..2]), default).Keys, Is.EquivalentTo(new[] { "size" }));
            Assert.That(FileProperties.Of(new Table(2), default), Is.Empty);
        }
    }

    [Test]
    public void OutOfFoldProbabilities_OfTwoAnswers_AreThoseOfBoth()
    {
        var probabilities = new OutOfFoldProbabilities(
            PipelineTask.Binary,
            ["no", "yes"],
            [(0, [], new RowScore([2f], 0.9f)), (1, [], new RowScore([MathF.Log(3)])), (1, [], new RowScore([0f]))],
            3);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(probabilities.Labels, Is.EqualTo(["no", "yes"]));
            Assert.That(probabilities.ClassOf("yes"), Is.EqualTo(1));
            Assert.That(probabilities.Rows[0], Is.EqualTo([0.1f, 0.9f]).Within(1e-6));
            Assert.That(probabilities.Rows[1], Is.EqualTo([0.375f, 0.625f]).Within(1e-6));
            Assert.That(probabilities.Rows[2], Is.EqualTo([0f, 0f]), "a row that no fold scored");
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
