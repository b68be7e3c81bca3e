using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Tests;

public class PipelineReaderTests
{
    [Test]
    public void Parse_SeveralFaults_ReportsAllTogether()
    {
        const string Json = """
            {
              "sed": 3,
              "data": { "type": "imageFolder" },
              "split": { "testFraction": 1.5, "folds": "five" },
              "estimators": [ { "type": "LbfgsMaximumEntropy", "historySize": 0 }, { } ]
            }
            """;
        var exception = Assert.Throws<PipelineFormatException>(() => PipelineReader.Parse(Json, "p.json"));
        Assert.That(exception.Faults.Select(fault => $"{fault.Place.Path} {fault.Place.Line}"), Is.EquivalentTo(new[]
        {
            "$.sed 2", "$.data 3", "$.split.testFraction 4", "$.split.folds 4", "$.estimators[0].historySize 5", "$.estimators[1] 5",
        }));
        Assert.That(exception.Message, Does.Contain("did you mean \"seed\"").And.Contain("\"path\" is missing").And.Contain("whole number from 0 to 100, found the string \"five\""));
    }

    [Test]
    public void Read_FileThatDoesNotExist_SaysWhichWithPlace()
    {
        var folder = Directory.CreateTempSubdirectory("ft-reader-").FullName;
        var file = Path.Combine(folder, "p.json");
        File.WriteAllText(file, """{ "data": { "type": "csv", "path": "rows.csv" }, "estimators": [ { "type": "LbfgsMaximumEntropy" } ] }""");
        Assert.That(
            () => PipelineReader.Read(file),
            Throws.TypeOf<PipelineFormatException>().With.Message.Contains("p.json(1,36): $.data.path").And.Message.Contains(Path.Combine(folder, "rows.csv")));
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Read_NoSuchPipeline_SaysSo() =>
        Assert.That(() => PipelineReader.Read("nowhere.json"), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("nowhere.json"));

    [Test]
    public void Parse_WithoutName_TakesTheFilesName() =>
        Assert.That(PipelineReader.Parse("""{ "data": { "type": "csv", "path": "x" }, "estimators": [ { "type": "LbfgsMaximumEntropy" } ] }""", "birds.json").Name, Is.EqualTo("birds"));

    [Test]
    public void Parse_OverriddenPath_StartsAtTheCurrentFolderIfItIsThereAndElseAtThePipeline()
    {
        const string Json = """{ "data": { "type": "csv", "path": "x" }, "estimators": [ { "type": "LbfgsMaximumEntropy" } ] }""";
        var file = $"ft-here-{Environment.ProcessId}.csv";
        File.WriteAllText(file, "");
        try
        {
            Assert.That(((DelimitedSource)PipelineReader.Parse(Json, "p.json", "/below", [$"data.path={file}"]).Data).Path, Is.EqualTo(Path.GetFullPath(file)));
            Assert.That(((DelimitedSource)PipelineReader.Parse(Json, "p.json", "/below", ["data.path=not-here.csv"]).Data).Path, Is.EqualTo("not-here.csv"));
            Assert.That(((DelimitedSource)PipelineReader.Parse(Json.Replace("\"x\"", $"\"{file}\"", StringComparison.Ordinal), "p.json", "/below").Data).Path, Is.EqualTo(file), "in the file itself, paths start at it");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public void Parse_Override_IsReportedWithItsOwnPlace() =>
        Assert.That(
            () => PipelineReader.Parse("""{ "data": { "type": "csv", "path": "x" }, "estimators": [ { "type": "LbfgsMaximumEntropy" } ] }""", "p.json", overrides: ["split.folds=many"]),
            Throws.TypeOf<PipelineFormatException>().With.Message.Contains("--set split.folds=many").And.Message.Contains("$.split.folds"));
}
