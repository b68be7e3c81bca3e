using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli.Tests.Documentation;

/// <summary>Every pipeline, and every part of one, that a page shows is one that the reader takes.</summary>
public class DocumentedPipelineTests
{
    private static IEnumerable<TestCaseData> Blocks() => DocumentedCode.In("json").Select(code => new TestCaseData(code).SetArgDisplayNames(code.ToString()));

    [TestCaseSource(nameof(Blocks))]
    public void Json_OfAPage_IsAPipelineOrStepsOfOne(object block)
    {
        var code = (DocumentedCode)block;
        var json = code.Text.Contains("\"estimators\"", StringComparison.Ordinal)
            ? code.Text
            : $"{{ \"data\": {{ \"type\": \"imageFolder\", \"path\": \"photos\" }}, \"estimators\": [ {code.Text} ] }}";
        Assert.That(() => PipelineReader.Parse(json, code.ToString()), Throws.Nothing);
    }
}
