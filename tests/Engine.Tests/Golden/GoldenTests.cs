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
        var differences = Run(GoldenFiles.Case(group, id));

        Verdict.Judge(group, id, differences);
    }

    private static IReadOnlyList<string> Run(JsonElement json)
    {
        try
        {
            return new PipelineCase(json).Run();
        }
        catch (Exception e) when (e is not AssertionException)
        {
            return [$"{e.GetType().Name}: {e.Message}{Environment.NewLine}{e.StackTrace}"];
        }
    }

    private static TestCaseData Case(string group, JsonElement json) =>
        new TestCaseData(group, json.GetProperty("id").GetString()).SetCategory("Golden-" + group);
}
