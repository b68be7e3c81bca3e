using System.Buffers.Binary;
using FeatureTransfer.Inputs.Audio;
using NVorbis;

namespace FeatureTransfer.Tests.Inputs.Audio;

/// <summary>Where the sound ends: where the decoder alone would have cut it, and, where that goes round without end, at the position of the last page.</summary>
public class VorbisSourceTests
{
    private const int AFew = 64;
    private static readonly byte[] _headers = CompressedTone.Ogg[..3402];
    private static readonly byte[][] _packets = [.. OggPackets.First(CompressedTone.Ogg, 99).Skip(3)];

    [Test]
    public void Read_AsItsEncoderWroteIt_IsWhatTheDecoderReads([Values(AFew, 4096, 100_000)] int atOnce) =>
        Assert.That(Read(CompressedTone.Ogg, atOnce), Is.EqualTo(Reference(CompressedTone.Ogg).Samples).And.Length.EqualTo(8000));

    [Test]
    public void Read_CutWithinTheLastPacket_IsWhatTheDecoderReads([Values(AFew, 4096)] int atOnce, [Values(0, 1, 50)] int less, [Values(1, 4, 99)] int packets, [Values(0, 700, 100_000)] long first)
    {
        var file = Ending(packets, first, Natural(packets, first).End - less);
        Assert.That(Read(file, atOnce), Is.EqualTo(Reference(file).Samples).And.Length.EqualTo(Natural(packets, first).Samples.Length - less));
    }

    /// <summary>More is cut than the last packet adds.</summary>
    [Test]
    public void Read_EndBeforeTheLastPacket_EndsThere([Values(AFew, 4096, 100_000)] int atOnce, [Values(1200, 3000)] int less)
    {
        var natural = Natural(99, 0);
        Assert.That(Read(Ending(99, 0, natural.End - less), atOnce), Is.EqualTo(natural.Samples[..^less]));
    }

    /// <summary>A page in the middle says that less has been heard than there was, and the last one agrees with it.</summary>
    [Test]
    public void Read_SeveralPagesEndBeforeTheSound_EndsThere([Values(AFew, 500)] int atOnce)
    {
        var natural = Natural(4, 700);
        Assert.That(Read(Ending(4, 700, natural.End - 3000, step: 1), atOnce), Is.EqualTo(natural.Samples[..^3000]));
    }

    [Test]
    public void Read_EndAtZero_HoldsNothing() => Assert.That(Read(Ending(99, 0, 0), 4096), Is.Empty);

    [TestCase(new[] { 900L, 800, 2000 }, TestName = "Read_PositionsGoBack_IsRefused")]
    [TestCase(new[] { 900L, long.MaxValue, 2000 }, TestName = "Read_HugePositionInTheMiddle_IsRefused")]
    [TestCase(new[] { 900L, -1, 2000 }, TestName = "Read_NoPositionWhereAPacketEnds_IsRefused")]
    [TestCase(new[] { 900L, 1000, -1 }, TestName = "Read_NoPositionAtTheEnd_IsRefused")]
    [TestCase(new[] { 900L, 1000, long.MaxValue }, TestName = "Read_HugeEnd_IsRefused")]
    [TestCase(new[] { long.MinValue, 1000, 999 }, TestName = "Read_EndBeforeAnotherPage_IsRefused")]
    public void Read_PositionsThatCannotBe_IsRefused(long[] positions) =>
        Assert.That(() => Read(File([.. positions.Zip(_packets.Chunk(6))]), 4096), Throws.TypeOf<InvalidDataException>());

    /// <summary>Positions that jump within the file tell nothing that the samples need.</summary>
    [TestCase(0, 0, 2000)]
    [TestCase(long.MaxValue - 9000, long.MaxValue - 8000, long.MaxValue)]
    public void Read_OddPositions_ComesToAnEnd(long first, long second, long last) =>
        Assert.That(Read(File([.. ((long[])[first, second, last]).Zip(_packets.Chunk(6))]), 4096), Has.Length.LessThan(9000));

    [Test]
    public void Read_LastPacketIsUnfinished_HasWhatCameBefore()
    {
        // Two pieces of 255 bytes, and the third, which would end the packet, is not there.
        var page = Page(-1, 4, [new byte[255 * 2]], 1);
        page = [.. page[..26], 2, 255, 255, .. page[30..]];
        var whole = Natural(99, 0);
        Assert.That(Read([.. _headers, .. Page(whole.End, 0, _packets), .. Signed(page)], 4096)[..whole.Samples.Length], Is.EqualTo(whole.Samples));
    }

    // The file whose end cuts nothing, as the decoder reads it.
    private static (float[] Samples, long End) Natural(int packets, long first)
    {
        var (samples, end) = Reference(Ending(packets, first, first + 9000));
        return (samples, packets < _packets.Length ? end : samples.Length);
    }

    // All pages but the last have so many packets; the first of several says the position, and those behind it grow by less than they hold.
    private static byte[] Ending(int packets, long first, long end, int step = 450)
    {
        byte[][][] pages = [.. _packets.Chunk(packets)];
        return File([.. pages.Select((page, i) => (i == pages.Length - 1 ? end : first + (i * packets * step), page))]);
    }

    private static byte[] File((long Position, byte[][] Packets)[] pages) =>
        [.. _headers, .. pages.SelectMany((page, i) => Page(page.Position, i == pages.Length - 1 ? (byte)4 : (byte)0, page.Packets, i))];

    private static byte[] Page(long position, byte flags, byte[][] packets, int number = 0)
    {
        byte[] segments = [.. packets.SelectMany(packet => (byte[])[.. Enumerable.Repeat((byte)255, packet.Length / 255), (byte)(packet.Length % 255)])];
        byte[] page = [.. "OggS"u8, 0, flags, .. new byte[20], (byte)segments.Length, .. segments, .. packets.SelectMany(packet => packet)];
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(6), position);
        _headers.AsSpan(14, 4).CopyTo(page.AsSpan(14));
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(18), number + 2);
        return Signed(page);
    }

    private static byte[] Signed(byte[] page)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(22), OggPages.Checksum(page));
        return page;
    }

    private static float[] Read(byte[] file, int atOnce)
    {
        using var source = new VorbisSource(file);
        List<float> samples = [];
        var some = new float[atOnce];
        while (source.Read(some) is > 0 and var read)
            samples.AddRange(some.AsSpan(0, read));
        return [.. samples];
    }

    private static (float[] Samples, long End) Reference(byte[] file)
    {
        using var reader = new VorbisReader(new MemoryStream(file));
        List<float> samples = [];
        var some = new float[4096];
        while (reader.ReadSamples(some) is > 0 and var read)
            samples.AddRange(some.AsSpan(0, read));
        return ([.. samples], reader.SamplePosition);
    }
}
