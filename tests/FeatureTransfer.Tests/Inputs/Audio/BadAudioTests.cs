using System.Buffers.Binary;
using FeatureTransfer.Inputs.Audio;

namespace FeatureTransfer.Tests.Inputs.Audio;

public class BadAudioTests
{
    private static readonly byte[] _wav = TestAudio.Wav(TestAudio.Sine(300, 16000, 1000));

    private static IEnumerable<TestCaseData> Bad()
    {
        static TestCaseData Case(string name, byte[] bytes, string reason) => new TestCaseData(bytes, reason).SetArgDisplayNames(name);
        yield return Case("empty", [], "it is empty (0 bytes)");
        yield return Case("text", "a text that is no audio"u8.ToArray(), "not audio in a known format");
        yield return Case("flac", "fLaC and more bytes"u8.ToArray(), "it is a FLAC file");
        yield return Case("opus", [.. "OggS"u8, .. new byte[24], .. "OpusHead"u8, .. new byte[20]], "it is a Ogg Opus file");
        yield return Case("m4a", [0, 0, 0, 32, .. "ftypM4A "u8, .. new byte[20]], "it is a MP4 (AAC) file");
        yield return Case("riff alone", _wav[..12], "damaged or cut short");
        yield return Case("no data chunk", _wav[..36], "damaged or cut short");
        yield return Case("no samples", TestAudio.Wav([]), "it holds no samples");
        yield return Case("cut", _wav[..1000], "its header says 2000 bytes of samples, 956 are there");
        yield return Case("A-law", With(20, 6), "WAV file of A-law");
        yield return Case("mu-law", With(20, 7), "WAV file of mu-law");
        yield return Case("ADPCM", With(20, 2), "WAV file of ADPCM");
        yield return Case("12 bits", With(34, 12), "PCM with 12 bits");
        yield return Case("rate 0", With(24, 0), "0 samples a second, expected 1000 to 768000");
        yield return Case("no channel", With(22, 0), "expected 0");
        yield return Case("100 channels", With(22, 100, 32, 200), "100 channels, expected 1 to 64");
        yield return Case("block of another size", With(32, 3), "3 bytes for 1 samples of 16 bits, expected 2");
        yield return Case("not a number", TestAudio.Wav([0, float.NaN], bits: 32, isFloat: true), "a sample of NaN");
        yield return Case("infinite", TestAudio.Wav([0, float.NegativeInfinity], bits: 32, isFloat: true), "a sample of Infinity");
        yield return Case("huge", TestAudio.Wav([0, -1e30f], bits: 64, isFloat: true), "a sample of 1E+30");
        yield return Case("tag beyond the end", [.. "ID3"u8, 3, 0, 0, 127, 127, 127, 127, .. CompressedTone.Mp3], "268435465 bytes");
        yield return Case("mp3 header", CompressedTone.Mp3[..4], "the MP3 data (4 bytes) is damaged or cut short");
        yield return Case("ogg header", CompressedTone.Ogg[..60], "the Ogg Vorbis data (60 bytes) is damaged or cut short");
        yield return Case("ogg without a packet of sound", CompressedTone.Ogg[..3500], "it holds no samples");
        yield return Case("too long", TestAudio.Wav(new float[11001], rate: 1000), "longer than 10 seconds");
    }

    [TestCaseSource(nameof(Bad))]
    public void Read_Bad_IsRejectedWithTheReason(byte[] bytes, string reason)
    {
        var preprocessor = new AudioPreprocessor(new AudioPreprocessing { MaxSeconds = 10 });
        Assert.That(() => preprocessor.Read(bytes, "the name"), Throws.TypeOf<BadInputException>()
            .With.Property(nameof(BadInputException.Input)).EqualTo("the name")
            .And.Property(nameof(BadInputException.Reason)).Contains(reason));
    }

    [Test]
    public void Read_BadWithoutAName_SaysInMemory() =>
        Assert.That(() => new AudioPreprocessor(new AudioPreprocessing()).Read(default), Throws.TypeOf<BadInputException>().With.Message.StartsWith("(audio in memory): "));

    [Test]
    public void Read_HeadersThatPromiseGigabytes_AllocateNothingOfIt()
    {
        var preprocessor = new AudioPreprocessor(new AudioPreprocessing());
        byte[][] liars = [With32(40, 0x7FFFFF00), With32(16, 0x7FFFFFFF), [.. "ID3"u8, 3, 0, 0, 127, 127, 127, 127, 0], With(22, 64, 32, 128)];
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var liar in liars)
            TryRead(preprocessor, liar);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(16 << 20));
    }

    // The same bytes every run: an arbitrary change is read or rejected, and nothing else.
    [TestCase("wav")]
    [TestCase("mp3")]
    [TestCase("ogg")]
    public void Read_ChangedBytes_ReadsOrRejects(string kind)
    {
        var good = kind switch { "wav" => _wav, "mp3" => CompressedTone.Mp3, _ => CompressedTone.Ogg };
        var random = new Random(1);
        var preprocessor = new AudioPreprocessor(new AudioPreprocessing());
        var rejected = 0;
        for (var i = 0; i < 300; i++)
        {
            var bytes = good.ToArray();
            for (var change = random.Next(1, 10); change > 0; change--)
                bytes[random.Next(random.Next(4) == 0 ? 60 : bytes.Length)] = (byte)random.Next(256);
            if (TryRead(preprocessor, bytes[..random.Next(1, bytes.Length + 1)]) is { } clip)
                Assert.That(clip.Samples.ToArray(), Has.All.Matches<float>(float.IsFinite));
            else
                rejected++;
        }

        Assert.That(rejected, Is.GreaterThan(10));
    }

    [Test]
    public void IsAudio_GoesByContent() => Assert.Multiple(() =>
    {
        Assert.That(new[] { _wav, CompressedTone.Mp3, CompressedTone.Ogg }.Select(bytes => AudioSniffer.IsAudio(bytes)), Is.All.True);
        Assert.That(new[] { [], "fLaC"u8.ToArray(), "RIFF\0\0\0\0AVI "u8.ToArray(), new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }, new byte[] { 0xFF, 0xF1, 0x50, 0x80 } }.Select(bytes => AudioSniffer.IsAudio(bytes)), Is.All.False);
    });

    private static AudioClip? TryRead(AudioPreprocessor preprocessor, byte[] bytes)
    {
        try
        {
            return preprocessor.Read(bytes);
        }
        catch (BadInputException)
        {
            return null;
        }
    }

    private static byte[] With(params int[] places)
    {
        var bytes = _wav.ToArray();
        for (var i = 0; i < places.Length; i += 2)
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(places[i]), (short)places[i + 1]);
        return bytes;
    }

    private static byte[] With32(int place, uint value)
    {
        var bytes = _wav.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(place), value);
        return bytes;
    }
}
