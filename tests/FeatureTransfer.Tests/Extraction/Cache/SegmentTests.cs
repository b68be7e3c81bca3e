using System.Text;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Tests.Extraction.Cache;

/// <summary>The parts of a segment: its format, its writer, its index and the memory that it is read from.</summary>
public class SegmentTests
{
    private static readonly Hash256 _scope = new(1, 2);
    private readonly List<IDisposable> _open = [];
    private CacheFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new CacheFolder();

    [TearDown]
    public void RemoveFolder()
    {
        _open.ForEach(part => part.Dispose());
        _open.Clear();
        _folder.Dispose();
    }

    /// <summary>The check value of CRC-32C, and texts on both sides of 8 bytes.</summary>
    [TestCase("123456789", 0xE3069283u)]
    [TestCase("", 0u)]
    [TestCase("a", 0xC1D04330u)]
    public void Checksum_KnownText_IsTheStandards(string text, uint expected) => Assert.That(Crc32C.Of(Encoding.ASCII.GetBytes(text)), Is.EqualTo(expected));

    [Test]
    public void Header_Written_IsReadForItsScopeAlone()
    {
        var header = new byte[SegmentFormat.HeaderLength];
        header.AsSpan().Fill(0xff);
        var id = Guid.NewGuid();
        SegmentFormat.WriteHeader(header, _scope, id);
        Assert.That((SegmentFormat.TryReadHeader(header, _scope, out var read), read), Is.EqualTo((true, id)));
        Assert.That((SegmentFormat.TryReadHeader(header, new Hash256(1, 3), out read), read), Is.EqualTo((false, Guid.Empty)));
        Assert.That(header[56..60], Is.All.Zero);
    }

    [Test]
    public void RecordHeader_Written_IsReadAndFitsItsValuesAlone()
    {
        var header = new byte[SegmentFormat.RecordHeaderLength];
        SegmentFormat.WriteRecordHeader(header, new Hash256(5, 6), 77, [1f, 2f]);
        Assert.That(SegmentFormat.TryReadRecordHeader(header, out var record), Is.True);
        Assert.That((record.Content, record.Count, record.Time), Is.EqualTo((new Hash256(5, 6), 2, 77L)));
        Assert.That((record.Fits([1f, 2f]), record.Fits([1f, 3f]), record.Fits([1f]), record.Fits([1f, 2f, 0f])), Is.EqualTo((true, false, false, false)));
        Assert.That((SegmentFormat.RecordLength(0), SegmentFormat.RecordLength(3)), Is.EqualTo((56L, 68L)));
    }

    [TestCase(0, 1, false)]
    [TestCase(7, 0x80, false)]
    [TestCase(55, 1, true)]
    public void RecordHeader_ChangedAndItsChecksumMadeAnew_IsReadIfMarkAndCountAreRight(int at, int bit, bool expected)
    {
        var header = new byte[SegmentFormat.RecordHeaderLength];
        SegmentFormat.WriteRecordHeader(header, new Hash256(5, 6), 77, [1f, 2f]);
        header[at] ^= (byte)bit;
        BitConverter.TryWriteBytes(header.AsSpan(12), Crc32C.Of([.. header[..12], .. header[16..]]));
        Assert.That(SegmentFormat.TryReadRecordHeader(header, out _), Is.EqualTo(expected));
    }

    [TestCase("ab", false)]
    [TestCase("", false)]
    public void Hash_OtherNames_AreNone(string name, bool expected) => Assert.That(Hash256.TryParse(name, out _), Is.EqualTo(expected));

    [Test]
    public void Hash_ItsName_IsReadBack()
    {
        var hash = new Hash256(UInt128.MaxValue - 5, 7);
        Assert.That((Hash256.TryParse(hash.ToString(), out var read), read), Is.EqualTo((true, hash)));
        Assert.That(hash.ToString(), Has.Length.EqualTo(64).And.EqualTo(hash.ToString().ToLowerInvariant()));
        Assert.That(Hash256.TryParse(new string('g', 64), out _), Is.False);
        Assert.That(Hash256.TryParse(hash + "00", out _), Is.False);
    }

    [Test]
    public void Append_RecordsSmallAndLarge_AreReadBeforeAndAfterTheFlush()
    {
        var writer = Writer();
        float[][] all = [[1, 2], [.. Enumerable.Range(0, 100_000).Select(i => (float)i)], [], [7]];
        var records = all.Select((values, i) => writer.Append(new Hash256((UInt128)i, 9), values, i)).ToList();
        Assert.That(records.Select(record => record.Offset), Is.EqualTo(new long[] { 64, 64 + 64, 64 + 64 + 400_056, 64 + 64 + 400_056 + 56 }));
        Assert.That((writer.TryReadPending(records[0], new float[2]), writer.TryReadPending(records[3], new float[1])), Is.EqualTo((false, true)), "the large one pushed the first out");
        var last = new float[1];
        writer.TryReadPending(records[3], last);
        Assert.That(last[0], Is.EqualTo(7));
        writer.Flush();
        Assert.That((writer.Segment.End, writer.Segment.Length, writer.TryReadPending(records[3], last)), Is.EqualTo((records[3].End, records[3].End, false)));
        Assert.That(records.Select(record => writer.Segment.Read(record)?.Values), Is.EqualTo(all));
        Assert.That(writer.Segment.Read(records[0] with { Count = 1 }), Is.Null);
        Assert.That(writer.Segment.Read(records[3] with { Offset = records[3].Offset + 4 }), Is.Null);
    }

    [Test]
    public void Append_RecordsThatJustFitTheBuffer_AreNotFlushed()
    {
        var writer = Writer();
        var first = writer.Append(_scope, [1f], 0);
        writer.Append(_scope, new float[((1 << 18) - 60 - 56) / sizeof(float)], 0);
        Assert.That(writer.TryReadPending(first, new float[1]), Is.True);
        writer.Append(_scope, [], 0);
        Assert.That(writer.TryReadPending(first, new float[1]), Is.False);
    }

    [Test]
    public void Create_FolderMissing_SaysSo() =>
        Assert.That(() => SegmentWriter.Create(Path.Combine(_folder.Root, "none"), _scope, new CacheSettings()), Throws.InstanceOf<IOException>().With.Message.EndsWith("cannot be made."));

    [Test]
    public void Create_DiskThatKeepsNothing_LeavesNoFile()
    {
        var settings = new CacheSettings { Write = (_, _, _) => { } };
        Assert.That(() => SegmentWriter.Create(_folder.Root, _scope, settings), Throws.InstanceOf<IOException>().With.Message.EndsWith(".features is not what was written."));
        Assert.That(Directory.GetFiles(_folder.Root), Is.Empty);
    }

    [Test]
    public void TryAdopt_SegmentThatCannotBeRead_IsLeftToOthers()
    {
        var writer = Writer();
        writer.Append(_scope, [1f], 5);
        writer.Flush();
        writer.Dispose();
        writer.Segment.End = SegmentFormat.HeaderLength;
        Assert.That(SegmentWriter.TryAdopt(writer.Segment, _scope, new CacheSettings(), _ => throw new IOException("a bad sector")), Is.Null);
        using var adopted = SegmentWriter.TryAdopt(writer.Segment, _scope, new CacheSettings(), _ => { });
        Assert.That(adopted, Is.Not.Null);
    }

    [Test]
    public void IsFull_LengthReached_CountsWhatIsPending()
    {
        var writer = Writer(new CacheSettings { SegmentLength = 64 + 60 + 60 });
        Assert.That(writer.IsFull, Is.False);
        writer.Append(_scope, [1f], 0);
        Assert.That(writer.IsFull, Is.False);
        writer.Append(_scope, [1f], 0);
        Assert.That(writer.IsFull, Is.True);
        writer.Flush();
        Assert.That(writer.IsFull, Is.True);
    }

    [Test]
    public void Create_Taken_IsNotAdoptedUntilItIsLetGo()
    {
        var writer = Writer();
        writer.Append(_scope, [1f], 5);
        writer.Flush();
        var seen = new List<SegmentRecord>();
        using var segment = FeatureSegment.Open(writer.Segment.Path, _scope)!;
        Assert.That(SegmentWriter.TryAdopt(segment, _scope, new CacheSettings(), seen.Add), Is.Null);
        writer.Dispose();
        Assert.That(SegmentWriter.TryAdopt(segment, new Hash256(3, 3), new CacheSettings(), seen.Add), Is.Null, "of another scope");
        segment.End = SegmentFormat.HeaderLength;
        using var adopted = SegmentWriter.TryAdopt(segment, _scope, new CacheSettings(), seen.Add);
        Assert.That(adopted!.Append(_scope, [1f], 6).Offset, Is.EqualTo(64 + 60));
        Assert.That(seen.Select(record => record.Time), Is.EqualTo(new[] { 5L, 5L }));
    }

    [Test]
    public void Open_FileThatIsGoneOrShort_IsNone()
    {
        var path = Path.Combine(_folder.Root, "a.features");
        Assert.That(FeatureSegment.Open(path, _scope), Is.Null);
        File.WriteAllBytes(path, new byte[63]);
        Assert.That(FeatureSegment.Open(path, _scope), Is.Null);
    }

    // The search reads 16 KB at a time; the record behind 4082 values begins where two such parts meet.
    [Test]
    public void Scan_DamageOverManyBytes_GoesOnAtTheNextRecord([Values(1, 4082, 70_000)] int length)
    {
        var writer = Writer();
        var first = writer.Append(_scope, [1f], 1);
        var second = writer.Append(_scope, new float[length], 2);
        var third = writer.Append(_scope, [3f], 3);
        writer.Flush();
        var bytes = File.ReadAllBytes(writer.Segment.Path);
        bytes[second.Offset + 5] ^= 1;
        File.WriteAllBytes(writer.Segment.Path, bytes);
        using var segment = FeatureSegment.Open(writer.Segment.Path, _scope)!;
        var gaps = new List<(long, long)>();
        Assert.That(segment.Scan((from, to) => gaps.Add((from, to))), Is.EqualTo(new[] { first, third }));
        Assert.That(gaps, Is.EqualTo(new[] { (second.Offset, third.Offset) }));
        Assert.That(segment.End, Is.EqualTo(third.End));
        Assert.That(segment.Scan(), Is.Empty, "what was seen is not seen again");
    }

    [Test]
    public void Index_Saved_GivesTheRecordsAndMovesTheEnd()
    {
        var writer = Writer();
        SegmentRecord[] records = [writer.Append(new Hash256(1, 2), [], 11), writer.Append(new Hash256(UInt128.MaxValue, 2), [1f, 2f], 12)];
        writer.Flush();
        SegmentIndex.TrySave(writer.Segment, records);
        using var segment = FeatureSegment.Open(writer.Segment.Path, _scope)!;
        Assert.That(SegmentIndex.TryLoad(segment), Is.EqualTo(records));
        Assert.That(segment.End, Is.EqualTo(records[1].End));
        Assert.That(segment.Scan(), Is.Empty, "the index reaches to the end");
        var third = writer.Append(_scope, [3f], 13);
        writer.Flush();
        segment.End = SegmentFormat.HeaderLength;
        using (var file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            RandomAccess.Write(file, [0], SegmentFormat.HeaderLength);
        Assert.That(SegmentIndex.Records(segment), Is.EqualTo(new[] { records[0], records[1], third }), "the index is believed without a look at the segment");
    }

    [Test]
    public void Index_OfNoRecords_IsOne()
    {
        var writer = Writer();
        SegmentIndex.TrySave(writer.Segment, []);
        Assert.That(SegmentIndex.TryLoad(writer.Segment), Is.Empty);
        Assert.That(() => SegmentIndex.TryDelete(Path.Combine(_folder.Root, "none", "a")), Throws.Nothing);
    }

    [Test]
    public void Index_ThatReachesBeyondTheSegmentOrOutOfIt_IsNotBelieved()
    {
        var writer = Writer();
        var record = writer.Append(_scope, [1f], 1);
        writer.Flush();
        foreach (var (wrong, end) in new[] { (record with { Offset = 63 }, record.End), (record with { Count = 2 }, record.End), (record with { Count = -1 }, record.End), (record, record.End + 1) })
        {
            using var segment = FeatureSegment.Open(writer.Segment.Path, _scope)!;
            segment.End = end;
            SegmentIndex.TrySave(segment, [wrong]);
            segment.End = SegmentFormat.HeaderLength;
            Assert.That(SegmentIndex.TryLoad(segment), Is.Null, $"{wrong} {end}");
            Assert.That(segment.End, Is.EqualTo(SegmentFormat.HeaderLength));
        }
    }

    [Test]
    public void Index_ThatCannotBeWritten_LeavesNoFile()
    {
        var writer = Writer();
        Directory.CreateDirectory(SegmentIndex.PathOf(writer.Segment.Path));
        SegmentIndex.TrySave(writer.Segment, []);
        Assert.That(Directory.GetFiles(_folder.Root, "*.tmp"), Is.Empty);
        Assert.That(SegmentIndex.TryLoad(writer.Segment), Is.Null);
    }

    [Test]
    public void Windows_PartAskedForTwice_IsMappedThen()
    {
        var writer = Writer();
        var record = writer.Append(_scope, [1f, 2f], 1);
        writer.Flush();
        using var windows = new SegmentWindows();
        var (header, values) = (new byte[SegmentFormat.RecordHeaderLength], new byte[8]);
        Assert.That(windows.TryRead(writer.Segment, record.Offset, header, values), Is.False, "once is no reason");
        Assert.That(windows.TryRead(writer.Segment, record.Offset, header, values), Is.True);
        Assert.That((SegmentFormat.TryReadRecordHeader(header, out var read), read.Time, BitConverter.ToSingle(values, 4)), Is.EqualTo((true, 1L, 2f)));
        var next = writer.Append(_scope, [5f, 6f], 2);
        writer.Flush();
        Assert.That(windows.TryRead(writer.Segment, next.Offset, header, values), Is.True, "it has grown, and is asked for again");
        Assert.That(BitConverter.ToSingle(values, 4), Is.EqualTo(6f));
        Assert.That(windows.TryRead(writer.Segment, next.End - 4, header, values), Is.False, "beyond the end");
        Assert.That(windows.TryRead(writer.Segment, (8 << 20) - 20, header, values), Is.False, "across two parts");
    }

    private SegmentWriter Writer(CacheSettings? settings = null)
    {
        var writer = SegmentWriter.Create(_folder.Root, _scope, settings ?? new CacheSettings());
        _open.AddRange([writer, writer.Segment]);
        return writer;
    }
}
