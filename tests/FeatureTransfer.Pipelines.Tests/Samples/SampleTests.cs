using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Samples;

/// <summary>The samples that use a saved model run.</summary>
public class SampleTests
{
    private ColourImages _images = null!;
    private string _bundle = "";

    [OneTimeSetUp]
    public async Task Train()
    {
        _images = new ColourImages(20);
        var result = await new PipelineRunner().RunAsync(PipelineDefinition.From(new ListSource { Items = [.. _images.Paths.Select((path, i) => new ListItem { Path = path, Label = i < 10 ? "dark" : "light" })] }, "shades")
            .Split(new SplitOptions { TestFraction = 0, Folds = 0 })
            .Append(new ExtractFeaturesStep { Backbone = _images.Backbone, UseCache = false })
            .Append(new MapValueToKeyStep { Output = "Label" })
            .Append(new LbfgsMaximumEntropyStep { L2Regularization = 0.01f })
            .Write(new OutputOptions { Folder = Path.Combine(_images.Folder, "out") })
            .Build());
        _bundle = result.BundlePath!;
    }

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [Test]
    public void ConsoleApp_TableWithABadPhotograph_AnswersTheOthersAndSaysWhichFailed()
    {
        var (table, answers) = (Path.Combine(_images.Folder, "returns.csv"), Path.Combine(_images.Folder, "answers.csv"));
        File.WriteAllLines(table, ["Number,Photo", $"A-1,{Path.GetFileName(_images.Paths[0])}", "A-2,gone.png"]);
        var (code, output, error) = SampleProcess.Run("ConsoleApp", _bundle, table, answers);
        var lines = File.ReadAllLines(answers);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1), error);
            Assert.That(output, Does.Contain("1 no photograph"));
            Assert.That(lines[0], Is.EqualTo("Number,Label,Confidence,Way,Error"));
            Assert.That(lines[1], Does.StartWith($"A-1,dark,0.").And.EndsWith(","));
            Assert.That(lines[2], Does.StartWith("A-2,,,ask a person,").And.Contain("there is no such file"));
        }
    }

    [Test]
    public void FolderWatcher_GoodAndBadFiles_AreSortedAndItGoesOn()
    {
        var (inbox, sorted) = (Directory.CreateDirectory(Path.Combine(_images.Folder, "inbox")).FullName, Path.Combine(_images.Folder, "sorted"));
        File.WriteAllText(Path.Combine(inbox, "bad.png"), "no image");
        using var process = SampleProcess.Start("FolderWatcher", "--model", _bundle, "--inbox", inbox, "--sorted", sorted);
        try
        {
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            Assert.That(() => File.Exists(Path.Combine(sorted, "unreadable", "bad.png")), Is.True.After(120_000, 100), "the bad file");
            for (var i = 0; i < 2; i++)
            {
                var copy = i == 0 ? "again.png" : "again (2).png";
                File.Copy(_images.Paths[0], Path.Combine(inbox, "again.png"));
                Assert.That(() => File.Exists(Path.Combine(sorted, "dark", copy)), Is.True.After(120_000, 100), copy);
            }

            Assert.That(process.HasExited, Is.False);
            Assert.That(Directory.GetFiles(inbox), Is.Empty);
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }
}
