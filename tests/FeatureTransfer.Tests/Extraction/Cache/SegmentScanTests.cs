using System.Runtime.InteropServices;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Tests.Extraction.Cache;

/// <summary>Which records are found among damaged bytes; the segments are put together byte by byte.</summary>
public class SegmentScanTests
{
    private static readonly Hash256 _scope = new(1, 2);
    private readonly List<(long From, long To)> _gaps = [];
    private CacheFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new CacheFolder();
        _gaps.Clear();
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase(4)]
    [TestCase(60)]
    public void Scan_RecordWithoutValuesBehindDamage_IsFound(int damaged)
    {
        using var segment = Segment(Record(1), new byte[damaged], Record(2));
        Assert.That(Times(segment), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(_gaps, Is.EqualTo(new[] { (64L + 56, 64L + 56 + damaged) }));
        Assert.That(segment.End, Is.EqualTo(segment.Length));
    }

    // Part of a header stands behind the value of the first record, and that value is what would have to stand before it.
    [Test]
    public void Scan_DamageThatWouldBeAHeaderWithTheBytesBefore_IsNone()
    {
        var header = Record(7);
        using var segment = Segment(Record(1, MemoryMarshal.Read<float>(header)), header[4..], Record(2));
        Assert.That(Times(segment), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(_gaps, Is.EqualTo(new[] { (64L + 60, 64L + 60 + 52) }));
    }

    [Test]
    public void Scan_BytesAddedMeanwhile_AreLeftForTheNextTime()
    {
        using var segment = Segment(Record(1), new byte[56]);
        using var records = Scan(segment).GetEnumerator();
        Assert.That(records.MoveNext(), Is.True);
        File.AppendAllBytes(segment.Path, Record(2));
        Assert.That((records.MoveNext(), _gaps.Count, segment.End), Is.EqualTo((false, 0, 64L + 56)));
        Assert.That(Times(segment), Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public void Read_ZerosThatWereCutOff_AreNone()
    {
        using var segment = Segment(Record(1, 0f, 0f, 0f)[..^4]);
        var record = new SegmentRecord(_scope.Low, 64, 3, 1);
        using var windows = new SegmentWindows();
        Assert.That(segment.Read(record), Is.Null);
        Assert.That(segment.TryRead(record, _scope, new float[3], windows), Is.False);
    }

    private IEnumerable<SegmentRecord> Scan(FeatureSegment segment) => segment.Scan((from, to) => _gaps.Add((from, to)));

    private long[] Times(FeatureSegment segment) => [.. Scan(segment).Select(record => record.Time)];

    private static byte[] Record(long time, params float[] values)
    {
        var header = new byte[SegmentFormat.RecordHeaderLength];
        SegmentFormat.WriteRecordHeader(header, _scope, time, values);
        return [.. header, .. MemoryMarshal.AsBytes<float>(values)];
    }

    private FeatureSegment Segment(params byte[][] parts)
    {
        var header = new byte[SegmentFormat.HeaderLength];
        SegmentFormat.WriteHeader(header, _scope, Guid.NewGuid());
        var path = Path.Combine(_folder.Root, "a.features");
        File.WriteAllBytes(path, [.. header, .. parts.SelectMany(part => part)]);
        return FeatureSegment.Open(path, _scope)!;
    }
}
