using FeatureTransfer.Cli.Commands;

namespace FeatureTransfer.Cli.Tests;

public class PipelineFilesTests
{
    [TestCase("""{ "estimators": [] }""", true)]
    [TestCase("""{ "rows": [] }""", false)]
    [TestCase("""[{ "estimators": 1 }]""", false)]
    [TestCase("""{ "estimators": """, true)]
    [TestCase("""{ "estim\ud800": 1 }""", true)]
    public void IsPipeline_Json_IsOneWhereItDeclaresStepsOrCannotBeRead(string json, bool expected)
    {
        var folder = Directory.CreateTempSubdirectory("ft-pipelines-").FullName;
        try
        {
            var path = Path.Combine(folder, "some.json");
            File.WriteAllText(path, json);
            Assert.That(PipelineFiles.IsPipeline(path), Is.EqualTo(expected));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
