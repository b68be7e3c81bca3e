using Microsoft.ML;

namespace Engine.Tests.Golden.Code;

/// <summary>The metrics of evaluators over given scores.</summary>
[TestFixture]
public class EvaluatorsTests() : CodeCases("evaluators")
{
    private static IEnumerable<string> Ids() => GoldenFiles.Cases("evaluators").Select(c => c.GetProperty("id").GetString()!);

    [TestCaseSource(nameof(Ids))]
    public void Evaluate_ScoresOfTheFile_GivesItsMetrics(string id) => Agree(id, ml => Evaluate(id, ml));

    private object? Evaluate(string id, MLContext ml)
    {
        var json = GoldenFiles.Case(Group, id);
        return Calls.Invoke(json.GetProperty("evaluate"), "call", ml, DataSpec.Load(json.GetProperty("data"), ml));
    }
}
