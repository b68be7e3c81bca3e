using System.Diagnostics;
using System.Reflection;
using FeatureTransfer.Cli.Tests.Samples;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FeatureTransfer.Cli.Tests;

/// <summary>export, and the programs that it writes: the one in C# is compiled and run.</summary>
[NonParallelizable]
public class ExportCommandTests
{
    private ColourFolder _colours = null!;

    private string Exported => Path.Combine(_colours.Root, "colours-exported.onnx");

    [OneTimeSetUp]
    public async Task Train()
    {
        _colours = new ColourFolder(8);
        var (code, _, error) = await Ft.RunAsync("run", _colours.Pipeline, "--quiet");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
    }

    [OneTimeTearDown]
    public void Remove() => _colours.Dispose();

    [Test]
    public async Task Export_Snippets_AnswerAsTheBundle()
    {
        var (code, output, error) = await Ft.RunAsync("export", _colours.Bundle, Exported, "--snippets");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Contain("pixels (?, 8, 8, 3)").And.Contain("scores (?, 3)").And.Contain("label (?)"));
        foreach (var label in new[] { "red", "green", "blue" })
        {
            // 16 x 16 pixels of one colour become 8 x 8 of the same, whatever resizes them.
            var lines = RunSnippet(_colours.ImagePath(label, 3));
            var (_, predicted, _) = await Ft.RunAsync("predict", _colours.Bundle, _colours.ImagePath(label, 3), "--format", "csv");
            Assert.That(lines[0], Is.EqualTo(label));
            Assert.That(lines[1], Does.Match($@"^{label} 0\.\d{{4}}$"));
            Assert.That(double.Parse(lines[1].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(double.Parse(predicted.Split('\n')[1].Split(',')[2], System.Globalization.CultureInfo.InvariantCulture)).Within(1e-3));
        }

        AssertIsPython(Path.ChangeExtension(Exported, ".py"));
    }

    [Test]
    public async Task Export_SnippetsForTexts_AnswerAsTheBundle()
    {
        using var texts = new SmallTexts();
        File.AppendAllText(texts.PathOf("vocab.txt"), "[MASK]\n");
        File.WriteAllLines(texts.PathOf("rows.csv"), Enumerable.Range(0, 20).Select(row => row % 2 == 0 ? $"a b {"abcd"[row % 4]},low" : $"g h {"efgh"[row % 4]},high").Prepend("text,kind"));
        File.WriteAllText(texts.PathOf("p.json"), $$"""{ "data": { "type": "csv", "path": "rows.csv", "image": null, "texts": ["text"], "label": "kind" }, "split": { "testFraction": 0, "folds": 0 }, "estimators": [{ "type": "ExtractFeatures", "input": "text", "pooling": "max", "backbone": "{{texts.CardPath.Replace('\\', '/')}}" }, { "type": "MapValueToKey", "output": "Label" }, { "type": "LbfgsMaximumEntropy" }], "outputs": { "folder": "out" } }""");
        await Ft.RunAsync("run", texts.PathOf("p.json"), "--quiet");
        var (code, output, error) = await Ft.RunAsync("export", texts.PathOf("out/model.ftm"), Exported, "--snippets");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Contain("input_ids (?, ?)").And.Contain("attention_mask (?, ?)"));
        Assert.That(RunSnippet("a b c")[0], Is.EqualTo("low"));
        Assert.That(RunSnippet("g h h")[0], Is.EqualTo("high"));
        AssertIsPython(Path.ChangeExtension(Exported, ".py"));
    }

    [TestCase("{bundle} out.txt", "neither an .onnx file")]
    [TestCase("{bundle} x.onnx --int8", "--calibrate")]
    [TestCase("{bundle} x.onnx --calibrate {images}", "Add --int8")]
    [TestCase("{bundle} x.zip --snippets", "belong to .onnx files")]
    [TestCase("{pipeline} x.onnx", "cannot be opened")]
    public async Task Export_WrongArguments_SaysWhatToDo(string arguments, string expected)
    {
        string[] words = [.. arguments.Split(' ').Select(word => word.Replace("{bundle}", _colours.Bundle, StringComparison.Ordinal).Replace("{images}", _colours.Images, StringComparison.Ordinal).Replace("{pipeline}", _colours.Pipeline, StringComparison.Ordinal))];
        var (code, _, error) = await Ft.RunAsync(["export", .. words]);
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain(expected));
        Assert.That(File.Exists("x.onnx") || File.Exists("x.zip"), Is.False);
    }

    private static void AssertIsPython(string path)
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", "import sys; compile(open(sys.argv[1], encoding='utf-8').read(), sys.argv[1], 'exec')", path]) { RedirectStandardError = true })!;
            var error = python.StandardError.ReadToEnd();
            python.WaitForExit();
            Assert.That(python.ExitCode, Is.Zero, error);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            TestContext.Out.WriteLine("python3 is not on this machine.");
        }
    }

    // The program names its model as it lies beside it; the test runs elsewhere.
    private string[] RunSnippet(string argument)
    {
        var code = File.ReadAllText(Path.ChangeExtension(Exported, ".cs")).Replace($"\"{Path.GetFileName(Exported)}\"", $"@\"{Exported}\"", StringComparison.Ordinal);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("snippet", [CSharpSyntaxTree.ParseText(code)], references, new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var assembly = new MemoryStream();
        Assert.That(compilation.Emit(assembly).Diagnostics.Where(fault => fault.Severity >= DiagnosticSeverity.Warning).Select(fault => fault.ToString()), Is.Empty);
        var (before, written) = (Console.Out, new StringWriter());
        Console.SetOut(written);
        try
        {
            Assembly.Load(assembly.ToArray()).EntryPoint!.Invoke(null, [new[] { argument }]);
        }
        finally
        {
            Console.SetOut(before);
        }

        return written.ToString().ReplaceLineEndings("\n").Split('\n');
    }
}
