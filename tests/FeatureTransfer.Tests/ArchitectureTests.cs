using System.Text.RegularExpressions;

namespace FeatureTransfer.Tests;

/// <summary>Which room of a project may know which: arrows point down only. Between projects the compiler sees to it.</summary>
public class ArchitectureTests
{
    private static readonly Dictionary<string, Dictionary<string, string[]>> _mayKnow = new()
    {
        ["FeatureTransfer.Onnx"] = new()
        {
            ["Text"] = [],
            ["Kernels"] = [],
            ["Memory"] = ["Kernels"],
            ["Gradients"] = ["Text", "Opsets", "Kernels"],
            ["Opsets"] = [],
            ["Quantization"] = ["Text", "Opsets"],
            ["Fusion"] = ["Kernels", "Quantization"],
        },
        ["FeatureTransfer"] = new()
        {
            ["Schema"] = [],
            ["Devices"] = [],
            ["Inputs"] = [],
            ["Splits"] = [],
            ["Weighting"] = [],
            ["Diagnostics"] = ["Neighbours", "Heads"],
            ["Adaptation"] = ["Models", "Neighbours", "Diagnostics"],
            ["Mitigation"] = ["Adaptation", "Models"],
            ["Neighbours"] = ["Models"],
            ["Backbones"] = ["Inputs"],
            ["Models"] = [],
            ["Extraction"] = ["Schema", "Devices", "Inputs", "Backbones", "Models"],
            ["FineTuning"] = ["Schema", "Devices", "Inputs", "Backbones", "Models", "Extraction", "Splits"],
            ["Heads"] = ["Schema", "Models", "Neighbours"],
            ["Cascades"] = ["Schema", "Devices", "Inputs", "Backbones", "Models", "Extraction", "Splits", "Heads"],
            ["Export"] = ["Schema", "Inputs", "Models", "Extraction", "FineTuning", "Heads"],
            ["Serving"] = ["Extraction"],
            ["Variants"] = ["Devices", "Inputs", "Backbones"],
            ["Vision"] = ["Devices", "Inputs", "FineTuning"],
        },
        ["FeatureTransfer.Pipelines"] = new()
        {
            ["Json"] = [],
            ["Binding"] = ["Json"],
            ["Results"] = [],
            ["FeatureFiles"] = [],
            ["Reports"] = ["Results"],
            ["Data"] = ["Binding", "Json"],
            ["Steps"] = ["Binding", "Json"],
            ["Bundles"] = ["Data", "Results", "Running", "Steps"],
            ["Running"] = ["Binding", "Json", "Data", "Steps", "Results", "Reports", "Bundles"],
            ["Advising"] = ["Data", "Steps", "Results", "Running", "Bundles"],
            ["Comparing"] = ["Results", "Reports"],
            ["Cleaning"] = ["Data", "Steps", "Running", "Bundles"],
        },
        ["FeatureTransfer.Orleans"] = new()
        {
            ["Jobs"] = [],
            ["Membership"] = ["Jobs"],
            ["Working"] = ["Jobs", "Membership"],
        },
        ["FeatureTransfer.Server"] = new()
        {
            ["Telemetry"] = [],
            ["Batching"] = ["Telemetry"],
            ["Requests"] = ["Batching", "Models", "Telemetry"],
            ["Models"] = ["Batching", "Telemetry"],
            ["Hosting"] = ["Models", "Requests", "Telemetry"],
        },
        ["FeatureTransfer.Studio"] = new()
        {
            ["Rows"] = [],
            ["Learning"] = [],
            ["Exporting"] = [],
            ["Session"] = ["Rows", "Learning", "Exporting"],
            ["Components"] = ["Rows", "Learning", "Session"],
            ["Hosting"] = ["Rows", "Session", "Exporting"],
            ["Assets"] = [],
        },
    };

    private static string Source(string project) => Path.Combine(Reference.Root, "src", project);

    [TestCaseSource(nameof(Projects))]
    public void Rooms_OfAProject_AreAllListed(string project) =>
        Assert.That(Directory.EnumerateDirectories(Source(project)).Select(Path.GetFileName).Where(name => name is not ("bin" or "obj")), Is.EquivalentTo(_mayKnow[project].Keys));

    [TestCaseSource(nameof(Rooms))]
    public void Room_KnowsOnlyThoseBelow(string project, string room)
    {
        var rooms = _mayKnow[project];
        var allowed = rooms[room].Append(room).ToHashSet();
        var name = new Regex($@"\b{Regex.Escape(project)}\.(\w+)");
        var wrong =
            from file in Directory.EnumerateFiles(Path.Combine(Source(project), room), "*.cs", SearchOption.AllDirectories)
            from Match match in name.Matches(File.ReadAllText(file))
            where rooms.ContainsKey(match.Groups[1].Value) && !allowed.Contains(match.Groups[1].Value)
            select $"{Path.GetRelativePath(Source(project), file)} knows {match.Groups[1].Value}";
        Assert.That(wrong.Distinct(), Is.Empty);
    }

    /// <summary>The clone of ML.NET is gone, and no type may stand in its place.</summary>
    [Test]
    public void Namespaces_OfTheProduct_AreItsOwn()
    {
        var foreign =
            from file in Directory.EnumerateFiles(Path.Combine(Reference.Root, "src"), "*.cs", SearchOption.AllDirectories)
            where !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")
            where Regex.IsMatch(File.ReadAllText(file), @"^namespace (?!FeatureTransfer)", RegexOptions.Multiline)
            select file;
        Assert.That(foreign, Is.Empty);
    }

    private static IEnumerable<string> Projects() => _mayKnow.Keys;

    private static IEnumerable<TestCaseData> Rooms() => _mayKnow.SelectMany(project => project.Value.Keys.Select(room => new TestCaseData(project.Key, room)));
}
