using System.Text.Json;
using System.Text.RegularExpressions;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Reports;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Pipelines.Tests.Reports;

public class MapSectionTests
{
    private const string Evil = "</script><script>alert(1)</script>";
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-map-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Write_Map_HasThePointsTheirLabelsAndASummary()
    {
        var html = Page(Run([("a.png", "cat", "cat"), ("b.png", "cat", "dog"), ("c.png", "dog", "dog"), ("d.png", "dog", "dog")]));
        var data = Data(html);
        Assert.That(data.GetProperty("labels").EnumerateArray().Select(label => label.GetString()), Is.EqualTo(new[] { "cat", "dog" }));
        Assert.That(data.GetProperty("points").GetArrayLength(), Is.EqualTo(4));
        Assert.That(data.GetProperty("points")[1].ToString(), Is.EqualTo("[0.333,0.5,0,1,\"b.png\",\"\"]"));
        Assert.That(html, Does.Contain("<td>cat</td><td>2</td><td>100.0 %</td>").And.Contain("<canvas tabindex=\"0\" role=\"img\" aria-label="));
        Assert.That(html, Does.Contain("keeps 80.0 % of the variance"));
    }

    [Test]
    public void Write_LabelsThatAreScripts_StayData()
    {
        var html = Page(Run([(Evil, Evil, Evil), ("b", "cat", "cat"), ("c", "cat", Evil)]));
        Assert.That(Regex.Count(html, "<script"), Is.EqualTo(2), "the data and the report's own");
        Assert.That(Data(html).GetProperty("labels").EnumerateArray().Select(label => label.GetString()), Does.Contain(Evil));
        Assert.That(html, Does.Contain(MapScript.Policy).And.Contain($"<script>{MapScript.Text}</script>"));
    }

    /// <summary>Photographs that are as hard to compress as any: noise.</summary>
    [Test]
    public void Write_ThousandImages_StaysUnderTwoMegabytes()
    {
        var random = new Random(1);
        var rows = new List<(string, string, string)>();
        for (var i = 0; i < 1000; i++)
        {
            var path = Path.Combine(_folder, $"a photograph with a long name {i}.png");
            if (i < 20)
                File.WriteAllBytes(path, TestImages.NoisePng(120, 90, random));
            else
                File.Copy(rows[i % 20].Item1, path);
            rows.Add((path, $"class {i % 50}", $"class {(i % 9 == 0 ? 3 : i % 50)}"));
        }

        var path2 = Path.Combine(_folder, "report.html");
        HtmlReport.Write(Run(rows), path2);
        Assert.That(new FileInfo(path2).Length, Is.GreaterThan(400_000).And.LessThan(2_000_000));
        var pictures = Data(File.ReadAllText(path2)).GetProperty("points").EnumerateArray().Count(point => point[5].GetString()!.Length > 0);
        Assert.That(pictures, Is.EqualTo(500));
    }

    [Test]
    public void Write_NoFeatures_HasNoMapAndNoScript() =>
        Assert.That(Page(Run([("a", "cat", "cat")]) with { Map = null }), Does.Not.Contain("<script").And.Not.Contain("canvas tabindex"));

    private string Page(RunResult run)
    {
        var path = Path.Combine(_folder, "page.html");
        HtmlReport.Write(run, path);
        return File.ReadAllText(path);
    }

    private static JsonElement Data(string html) => JsonDocument.Parse(Regex.Match(html, "<script type=\"application/json\">(.*?)</script>").Groups[1].Value).RootElement;

    private static RunResult Run(IReadOnlyList<(string Input, string Label, string Predicted)> rows) => new()
    {
        Name = "a run",
        Started = DateTimeOffset.UnixEpoch,
        Pipeline = PipelineWriter.ToJson(PipelineDefinition.From(new CsvSource { Path = "rows.csv" }).Build()),
        Rows = rows.Count,
        TestRows = rows.Count,
        Map = new FeatureMap([.. rows.Select((_, i) => new MapPoint(i, i / (float)Math.Max(1, rows.Count - 1), 0.5f))], 0.8),
        Test = new EvaluationResult { Task = PipelineTask.Multiclass, Metrics = [new("microAccuracy", 1, true)], Predictions = [.. rows.Select(row => new PredictionRow(row.Input, row.Label, row.Predicted, 0.9))] },
    };
}
