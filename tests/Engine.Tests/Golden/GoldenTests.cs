using System.Text.Json;

namespace Engine.Tests.Golden;

/// <summary>Every case of the golden files: the engine agrees, or the case is listed with its reason.</summary>
[TestFixture]
public class GoldenTests
{
    private static IEnumerable<TestCaseData> PipelineCases() => GoldenFiles.Groups.SelectMany(
        group => GoldenFiles.Cases(group).Where(c => !c.TryGetProperty("code", out _)).Select(c => Case(group, c)));

    [TestCaseSource(nameof(PipelineCases))]
    public void Pipeline_OfTheGoldenFiles_Agrees(string group, string id)
    {
        var differences = Run(group, id);

        Verdict.Judge(group, id, differences);
    }

    private static IReadOnlyList<string> Run(string group, string id)
    {
        try
        {
            return new PipelineCase(GoldenFiles.Case(group, id)).Run();
        }
        catch (Exception e) when (e is not AssertionException && !MustRun(group, id, e))
        {
            return [$"{e.GetType().Name}: {e.Message}{Environment.NewLine}{e.StackTrace}"];
        }
    }

    // A case that is listed with other values still runs to its end; only input that the engine refuses may stop it.
    private static bool MustRun(string group, string id, Exception e) =>
        e is not (ArgumentException or InvalidOperationException) && Exceptions.All.Any(x => x.Group == group && x.Id == id && x.Kind == "differs");

    private static TestCaseData Case(string group, JsonElement json) =>
        new TestCaseData(group, json.GetProperty("id").GetString()).SetCategory("Golden-" + group);
}
