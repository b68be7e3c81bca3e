using System.Diagnostics;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Reports;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Pipelines.Tests.Reports;

/// <summary>The page in Debian's Chromium: its policy lets its own script run, and the script has no fault.</summary>
public class ReportInBrowserTests
{
    private static string? Chromium => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);

    [Test]
    public void Page_InChromium_DrawsTheMapWithoutAMessage()
    {
        if (Chromium is not { } chromium)
        {
            Assert.Ignore("There is no chromium on the path.");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("ft-browser-").FullName;
        try
        {
            var page = Path.Combine(folder, "report.html");
            HtmlReport.Write(Run(), page);
            var start = new ProcessStartInfo(chromium, ["--headless=new", "--no-sandbox", "--disable-gpu", $"--user-data-dir={folder}/profile", "--enable-logging=stderr", "--virtual-time-budget=2000", "--dump-dom", new Uri(page).AbsoluteUri]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var messages = process.StandardError.ReadToEndAsync();
            var dom = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.That(messages.Result, Does.Not.Contain("CONSOLE"));
            Assert.That(dom, Does.Match("<canvas [^>]*style=\"height: [1-9][0-9]*px;\"").And.Contain("<output hidden=\"\"></output>"), messages.Result);
            Assert.That(dom, Does.Match("<button aria-pressed=\"false\" value=\"0\"><i style=\"background: "));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static RunResult Run() => new()
    {
        Name = "a run",
        Started = DateTimeOffset.UnixEpoch,
        Pipeline = PipelineWriter.ToJson(PipelineDefinition.From(new CsvSource { Path = "rows.csv" }).Build()),
        TestRows = 3,
        Map = new FeatureMap([new(0, 0, 0), new(1, 0.5f, 1), new(2, 1, 0)], 0.8),
        Test = new EvaluationResult { Task = PipelineTask.Multiclass, Metrics = [new("microAccuracy", 1, true)], Predictions = [new("a", "cat", "cat", 0.9), new("b", "cat", "dog", 0.8), new("c", "dog", "dog", 0.9)] },
    };
}
