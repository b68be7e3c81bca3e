using System.Text.RegularExpressions;

namespace FeatureTransfer.Tests;

/// <summary>Which room of the library may know which: arrows point down only.</summary>
public class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> _mayKnow = new()
    {
        ["Schema"] = [],
        ["Text"] = [],
        ["Graphs"] = ["Text"],
        ["Devices"] = ["Text", "Graphs"],
        ["Results"] = [],
        ["Inputs"] = [],
        ["Backbones"] = ["Text", "Graphs", "Inputs"],
        ["Extraction"] = ["Schema", "Text", "Graphs", "Devices", "Inputs", "Backbones"],
        ["Splits"] = [],
        ["FineTuning"] = ["Schema", "Text", "Graphs", "Devices", "Inputs", "Backbones", "Extraction", "Results", "Splits"],
        ["Variants"] = ["Text", "Graphs", "Devices", "Inputs", "Backbones"],
        ["Reports"] = ["Results", "Inputs"],
        ["Pipelines"] = ["Schema", "Text", "Graphs", "Devices", "Inputs", "Backbones", "Extraction", "Results", "Reports", "Splits", "FineTuning"],
    };

    private static string Source => Path.Combine(Reference.Root, "src", "FeatureTransfer");

    [Test]
    public void Rooms_OfTheLibrary_AreAllListed() =>
        Assert.That(Directory.EnumerateDirectories(Source).Select(Path.GetFileName).Where(name => name is not ("bin" or "obj")), Is.EquivalentTo(_mayKnow.Keys));

    [TestCaseSource(nameof(Rooms))]
    public void Room_KnowsOnlyThoseBelow(string room)
    {
        var allowed = _mayKnow[room].Append(room).ToHashSet();
        var wrong =
            from file in Directory.EnumerateFiles(Path.Combine(Source, room), "*.cs", SearchOption.AllDirectories)
            from Match match in Regex.Matches(File.ReadAllText(file), @"\bFeatureTransfer\.(\w+)")
            where _mayKnow.ContainsKey(match.Groups[1].Value) && !allowed.Contains(match.Groups[1].Value)
            select $"{Path.GetRelativePath(Source, file)} knows {match.Groups[1].Value}";
        Assert.That(wrong.Distinct(), Is.Empty);
    }

    private static IEnumerable<string> Rooms() => _mayKnow.Keys;
}
