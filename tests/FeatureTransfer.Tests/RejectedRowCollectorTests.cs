using System.Text.Json;

namespace FeatureTransfer.Tests;

public class RejectedRowCollectorTests
{
    private readonly RejectedRowCollector _rows = new();

    [Test]
    public void Reject_SameInputAgain_CountsOnce()
    {
        IRejectedRowSink sink = new RejectedRowCollector();
        sink.Reject(new RejectedRow("a.png", "first", "one"));
        sink.Reject(new RejectedRow("b.png", "other", "one"));
        sink.Reject(new RejectedRow("a.png", "second", "two"));
        var rows = ((RejectedRowCollector)sink).Rows;
        Assert.That(rows.Select(row => $"{row.Input} {row.Reason}"), Is.EqualTo(new[] { "a.png first", "b.png other" }));
    }

    [Test]
    public void Reject_FromManyThreads_LosesNone()
    {
        var collector = new RejectedRowCollector();
        Parallel.For(0, 1000, i => collector.Reject(new RejectedRow($"{i}", "r", "s")));
        Assert.That(collector.Count, Is.EqualTo(1000));
    }

    [Test]
    public void WriteJsonLines_AnyText_IsOneValueALine()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("ft-rejected-").FullName, "rejected.jsonl");
        _rows.Reject(new RejectedRow("a\n\"b\".png", "größe <1>", "ExtractFeatures"));
        _rows.Reject(new RejectedRow("c.png", "", "read"));
        _rows.WriteJsonLines(file);
        var lines = File.ReadAllLines(file).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.That(lines.Select(line => line.GetProperty("input").GetString()), Is.EqualTo(new[] { "a\n\"b\".png", "c.png" }));
        Assert.That(lines[0].GetProperty("reason").GetString(), Is.EqualTo("größe <1>"));
        Assert.That(lines[1].GetProperty("step").GetString(), Is.EqualTo("read"));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }
}
