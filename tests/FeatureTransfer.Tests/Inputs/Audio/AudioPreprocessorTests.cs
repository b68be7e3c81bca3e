using FeatureTransfer.Inputs.Audio;

namespace FeatureTransfer.Tests.Inputs.Audio;

public class AudioPreprocessorTests
{
    private static float[] Read(byte[] encoded, AudioPreprocessing? settings = null) =>
        new AudioPreprocessor(settings ?? new AudioPreprocessing()).Read(encoded, "a").Samples.ToArray();

    [TestCase(8, false, 1 / 128.0)]
    [TestCase(16, false, 1 / 32768.0)]
    [TestCase(24, false, 1e-6)]
    [TestCase(32, false, 1e-6)]
    [TestCase(64, false, 1e-6)]
    [TestCase(32, true, 0)]
    [TestCase(64, true, 0)]
    public void Read_EveryKindOfWav_GivesTheSamples(int bits, bool isFloat, double tolerance)
    {
        float[] samples = [0, 0.5f, -0.5f, 0.9f, -1, 0.123f, .. TestAudio.Sine(300, 16000, 5000)];
        Assert.Multiple(() =>
        {
            Assert.That(Read(TestAudio.Wav(samples, bits: bits, isFloat: isFloat)), Is.EqualTo(samples).Within(tolerance));
            Assert.That(Read(TestAudio.Wav(samples, bits: bits, isFloat: isFloat, isExtensible: true)), Is.EqualTo(samples).Within(tolerance));
        });
    }

    [Test]
    public void Read_Stereo_AveragesTheChannels() =>
        Assert.That(Read(TestAudio.Wav([1, 0, 0.5f, -0.5f, -0.25f, -0.75f], channels: 2, bits: 32, isFloat: true)), Is.EqualTo(new[] { 0.5f, 0, -0.5f }));

    [Test]
    public void Read_UnknownChunkBeforeTheData_IsPassedOver()
    {
        var wav = TestAudio.Wav([0.25f, 0.5f]);
        wav[4] += 12;
        byte[] withList = [.. wav[..36], .. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0, .. wav[36..]];
        Assert.That(Read(withList), Is.EqualTo(new[] { 0.25f, 0.5f }));
    }

    [Test]
    public void Read_WavOfUnknownLength_TakesAllThereIs()
    {
        var wav = TestAudio.Wav([0.25f, 0.5f]);
        wav.AsSpan(40, 4).Fill(0xFF);
        Assert.That(Read(wav), Is.EqualTo(new[] { 0.25f, 0.5f }));
    }

    [Test]
    public void Read_PartOfMemory_ReadsThatPart()
    {
        var wav = TestAudio.Wav([0.25f, 0.5f]);
        var memory = new byte[] { 1, 2, 3 }.Concat(wav).Concat(new byte[] { 4, 5 }).ToArray().AsMemory(3, wav.Length);
        Assert.That(new AudioPreprocessor(new AudioPreprocessing()).Read(memory).Samples.ToArray(), Is.EqualTo(new[] { 0.25f, 0.5f }));
    }

    [TestCase("mp3")]
    [TestCase("ogg")]
    public void Read_CompressedTone_IsKnownByContentAndHeard(string kind)
    {
        var clip = new AudioPreprocessor(new AudioPreprocessing()).Read(kind == "mp3" ? CompressedTone.Mp3 : CompressedTone.Ogg, "tone.wav");
        var (amplitude, rest) = SineFit.Of(clip.Samples.Span, 440, 16000);
        Assert.Multiple(() =>
        {
            Assert.That(clip.Duration.TotalSeconds, Is.EqualTo(0.5).Within(0.1));
            Assert.That(amplitude, Is.EqualTo(0.5).Within(0.05));
            Assert.That(rest, Is.LessThan(0.02));
        });
    }

    [Test]
    public void Read_Mp3BehindATag_IsHeardAsWithout()
    {
        byte[] tagged = [.. "ID3"u8, 3, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4, .. CompressedTone.Mp3];
        Assert.That(Read(tagged), Is.EqualTo(Read(CompressedTone.Mp3)));
    }

    /// <summary>A frame has 72 bytes: 16 kbit a second at 16,000 samples of which a frame has 576.</summary>
    [TestCase(0)]
    [TestCase(5)]
    public void Read_Mp3WithAHeaderBetweenFramesThatEndsNowhere_IsHeardAsWithout(int frames)
    {
        byte[] endless = [.. "RIFF"u8, 0, 0, 0, 0, .. "WAVEfmt "u8, 248, 255, 255, 255, 0, 0, 0, 0];
        byte[] broken = [.. CompressedTone.Mp3[..(72 * frames)], 0xFF, 0xFB, .. endless, .. CompressedTone.Mp3[(72 * frames)..]];
        Assert.That(Read([.. "ID3"u8, 3, 0, 0, 0, 0, 0, 0, .. broken]), Is.EqualTo(Read(CompressedTone.Mp3)));
    }

    [TestCase(8000, 16000, 1000)]
    [TestCase(44100, 16000, 1000)]
    [TestCase(44100, 16000, 6900)]
    [TestCase(48000, 16000, 6900)]
    [TestCase(11025, 16000, 4500)]
    [TestCase(16000, 44100, 7000)]
    [TestCase(44101, 16000, 5000)]
    public void Read_AnotherRate_KeepsATone(int from, int to, double hertz)
    {
        var samples = Read(TestAudio.Wav(TestAudio.Sine(hertz, from, from), from, bits: 32, isFloat: true), new AudioPreprocessing { SampleRate = to });
        var (amplitude, rest) = SineFit.Of(samples, hertz, to);
        Assert.Multiple(() =>
        {
            Assert.That(samples, Has.Length.EqualTo(to));
            Assert.That(amplitude, Is.EqualTo(0.5).Within(0.001));
            Assert.That(rest, Is.LessThan(0.00025), "anything else is 66 dB below the tone at least");
        });
    }

    [TestCase(44100, 8100)]
    [TestCase(44100, 15000)]
    [TestCase(48000, 9000)]
    [TestCase(192000, 60000)]
    public void Read_ToneAboveTheBand_LeavesNoAlias(int from, double hertz)
    {
        var samples = Read(TestAudio.Wav(TestAudio.Sine(hertz, from, from), from, bits: 32, isFloat: true));
        Assert.That(samples.Skip(1000).Take(14000).Max(Math.Abs), Is.LessThan(0.0005), "60 dB below the tone");
    }

    [TestCase(AudioNormalization.Peak)]
    [TestCase(AudioNormalization.Loudness)]
    public void Read_SoftAndLoud_HaveTheSameLevelAfterwards(AudioNormalization normalization)
    {
        var settings = new AudioPreprocessing { Normalization = normalization, PeakLevel = 0.8, LoudnessLevel = 0.2, Scale = 100 };
        var soft = Read(TestAudio.Wav(TestAudio.Sine(500, 16000, 16000, 0.01), bits: 32, isFloat: true), settings);
        var loud = Read(TestAudio.Wav(TestAudio.Sine(500, 16000, 16000, 0.9), bits: 32, isFloat: true), settings);
        var expected = normalization == AudioNormalization.Peak ? 80 : 20 * Math.Sqrt(2);
        Assert.Multiple(() =>
        {
            Assert.That(soft, Is.EqualTo(loud).Within(1e-3));
            Assert.That(soft.Max(), Is.EqualTo(expected).Within(1e-2));
        });
    }

    [Test]
    public void Read_Silence_IsZerosUnderEveryNormalization([Values] AudioNormalization normalization) =>
        Assert.That(Read(TestAudio.Wav(new float[300]), new AudioPreprocessing { Normalization = normalization }), Is.EqualTo(new float[300]));

    [Test]
    public void FromSamples_ScalesAsRead() => Assert.Multiple(() =>
    {
        var preprocessor = new AudioPreprocessor(new AudioPreprocessing { Scale = 32768 });
        Assert.That(preprocessor.FromSamples([0.5f, -1]).Samples.ToArray(), Is.EqualTo(new[] { 16384f, -32768 }));
        Assert.That(preprocessor.Settings.Scale, Is.EqualTo(32768));
        Assert.That(() => preprocessor.FromSamples([]), Throws.ArgumentException);
        Assert.That(() => preprocessor.FromSamples([float.NaN]), Throws.ArgumentException);
    });
}
